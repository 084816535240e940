import type { ChangeSet } from './change.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { GivenCheckout } from './checkout.ts';
import type { TargetKey } from './file.ts';
import type { Handover } from './handover.ts';
import type { HeldApp } from './held.ts';
import type { Removal } from './removal.ts';
import type { SourceFile } from './source.ts';
import type { BuildCache, Kustomizer, FolderWatch, Progress, TreeIndex } from './ports.ts';

/** What one run is asked for. */
export interface RunRequest {
  /** Folder that holds `intents/`, `templates/` and `clusters/`. */
  readonly root: string;
  /** An error holds what it reaches and the rest proceeds; otherwise any error stops everything. */
  readonly isolate: boolean;
  /** Deployments (`[namespace/]name`) and clusters (`provider+name` or name): all else is kept as committed. */
  readonly only?: readonly string[];
  readonly binding: 'late' | 'early';
  /** Checkouts of other targets. */
  readonly checkouts?: readonly GivenCheckout[];
  /** Sync objects (`<provider>/<name>`, or `all`) whose targets may be missing: their clusters are left alone, with a warning. */
  readonly withoutCheckouts?: readonly string[];
  /** A file that says what was seen on clusters. */
  readonly seen?: string;
  /** New files of `intents/` and `templates/apps/` that are not on disk: the run is as if they were. */
  readonly proposed?: readonly SourceFile[];
}

export interface RunResult {
  /** What concerns the run. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many errors concern nothing that `--only` names: they stop nothing and are not shown. */
  readonly elsewhere: number;
  /** `undefined`: nothing may be written. */
  readonly changeSet: ChangeSet | undefined;
  /** What the change set takes away from clusters, by context and app. */
  readonly removals: readonly Removal[];
  /** What stays as committed because of errors. */
  readonly held: readonly HeldApp[];
  /** Clusters whose agent changes. */
  readonly handovers: readonly Handover[];
  /** How many instances are wanted. */
  readonly instances: number;
  /** Absolute paths of the checkouts of other targets that the change set speaks of. */
  readonly roots: ReadonlyMap<TargetKey, string>;
}

/** What a pipeline is made of. */
export interface PipelineOptions {
  readonly kustomizer: Kustomizer;
  readonly cache?: BuildCache;
  readonly treeIndex?: TreeIndex;
  /** Tells a pipeline that is run again where in the tree something happened. */
  readonly treeWatch?: FolderWatch;
  readonly progress?: Progress;
  /** It will be run only once, so that nothing need be kept for another time. */
  readonly isOnce?: boolean;
  /** A digest of Espalier itself. With it and a cache, a run that has nothing to change is remembered for the next one of the same inputs. */
  readonly program?: string;
}

/** All steps up to the plan. Keeps what it rendered between runs (watch mode); writes nothing. */
export interface Pipeline {
  run(request: RunRequest): Promise<RunResult>;
  close(): Promise<void>;
}
