import type { Json, JsonObject } from '../../model/json.ts';
import type { Place } from '../import-report.ts';
import type { EmcoKind } from './anchors.ts';

/** One document for emcoctl. */
export interface EmcoDocument {
  readonly kind: EmcoKind;
  /** The names in its anchor, in order: those of what it belongs to. */
  readonly scope: readonly string[];
  /** Of a label, the label itself. */
  readonly name: string;
  /** The anchor, for people. */
  readonly anchor: string;
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  /** Paths of files that go with it, as it names them. */
  readonly files: readonly string[];
  readonly place: Place;
}

/** A file that a document names. */
export interface FileWish {
  readonly path: string;
  readonly place: Place;
}

/** An archive: its files by path, with its one top folder taken off where it has one. */
export interface Archive {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** What a chart is rendered with. */
export interface ChartJob {
  readonly app: string;
  readonly wish: FileWish;
  readonly release: string;
  readonly namespace: string;
  readonly values: JsonObject;
  /** Files of the chart that a profile replaces, by path in the chart. */
  readonly replaced: ReadonlyMap<string, string>;
}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** What becomes of charts: a reference to a repository that holds them, a package that Helm renders, or nothing. */
export type ChartWay =
  | { readonly kind: 'repository'; readonly address: string }
  | { readonly kind: 'render'; readonly render: (job: ChartJob) => Promise<Attempt<string>> }
  | { readonly kind: 'leave' };

/** What reaches the disk and other programs. */
export interface Ports {
  readonly readArchive: (wish: FileWish) => Promise<Attempt<Archive>>;
  readonly readText: (wish: FileWish) => Promise<Attempt<string>>;
  readonly charts: ChartWay;
}

/** What a deployment has to know of its cloud. */
export interface CloudFacts {
  readonly name: string;
  readonly namespace: string;
  /** Whether it is of level 0, whose apps may hold anything, but no charts. */
  readonly isAdmins: boolean;
}

/** What is known of the program that reads the intents. */
export interface Surroundings {
  /** Values of `gitOpsType` that can be written. */
  readonly agents: ReadonlySet<string>;
  /** Namespaces that no logical cloud may have. */
  readonly reserved: ReadonlySet<string>;
  /** Logical clouds that the repository has, by `<project>/<name>`. */
  readonly clouds: ReadonlyMap<string, CloudFacts>;
}

/** An intent to be written. */
export interface Intent {
  readonly kind: 'Cluster' | 'SyncObject' | 'LogicalCloud' | 'DeploymentIntent';
  readonly metadata: JsonObject;
  readonly spec: Readonly<Record<string, Json | undefined>>;
}
