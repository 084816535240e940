import type { Json, JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer } from '../../model/ports.ts';
import type { Entries, Place } from '../import-report.ts';
import type { Gathered } from './gather.ts';
import type { SourceTree } from './source-tree.ts';

/** A cluster of the fleet: `provider+name`. */
export type ClusterName = string;

/** What one of the old agent's objects (a Kustomization, an Application) applies to one cluster today. */
export interface Unit {
  readonly cluster: ClusterName;
  readonly name: string;
  /** For people: `Kustomization flux-system/apps`. */
  readonly title: string;
  readonly place: Place;
  /** As they are on the cluster, but for what the agent adds; none of the agent's own kinds. */
  readonly objects: readonly KubeObject[];
  readonly source: UnitSource;
  readonly delivery: Readonly<Record<string, Json | undefined>>;
  /** What comes first on the same cluster: `unit <name>`, or `release <name>`. */
  readonly dependsOn: readonly string[];
  /** The account that it is applied with; `undefined`: the agent's own. */
  readonly account?: string | undefined;
}

/** What a unit's objects were built from. */
export interface UnitSource {
  readonly gathered: Gathered;
  /** What is laid over it: fields of a kustomization. Paths count from the top of the repository. */
  readonly over: JsonObject;
  /** Whether texts were substituted after the build, so that files do not hold what is applied. */
  readonly isSubstituted: boolean;
}

/** A Helm chart that an agent installs. */
export interface Release {
  readonly cluster: ClusterName;
  /** The unit that it came with. */
  readonly unit: string;
  /** What others call it that wait for it. */
  readonly objectName: string;
  /** The release's name in Helm, and so the app's. */
  readonly name: string;
  readonly namespace: string;
  readonly title: string;
  readonly place: Place;
  /** `source.chart` without values. */
  readonly chart: JsonObject;
  readonly values: JsonObject;
  readonly patches: readonly JsonObject[];
  readonly delivery: Readonly<Record<string, Json | undefined>>;
  readonly dependsOn: readonly string[];
}

/** A namespace of a cluster, as its own object says. */
export interface FoundNamespace {
  /** Who applies it. */
  readonly unit: Unit;
  readonly object: KubeObject;
}

/** All that was found. */
export interface FoundFleet {
  readonly units: readonly Unit[];
  readonly releases: readonly Release[];
}

/** What an import reaches, and what it has to know. */
export interface Surroundings {
  readonly tree: SourceTree;
  readonly kustomizer: Kustomizer;
  readonly report: Entries;
  /** What in an object anybody could read and nobody should: `a GitHub token`, `a Secret`. */
  readonly credentialIn: (object: KubeObject) => string | undefined;
  /** Namespaces that no logical cloud may have. */
  readonly isReserved: (namespace: string) => boolean;
  /** Logical clouds that are there, by Kubernetes' namespace. */
  readonly clouds: ReadonlyMap<string, { readonly scope: string; readonly name: string }>;
  /** Names of template packages that are there. */
  readonly templates: ReadonlySet<string>;
  /** The program that is read, as in `In Flux: …`. */
  readonly from: 'Flux' | 'Argo CD';
}

/** Where an object stands, or who applies it. */
export function placeOf(
  object: KubeObject,
  { tree, unit }: { readonly tree: SourceTree; readonly unit: Pick<Unit, 'place' | 'source'> },
): Place {
  const written = tree.written(object, unit.source.gathered.files);
  return written ? { file: written.file.path, line: written.document.locate([]).line } : unit.place;
}
