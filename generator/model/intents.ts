import type { Cluster, DeploymentIntent, LogicalCloud, SyncObject, Template } from './api.generated.ts';
import type { ClusterId, Context } from './context.ts';
import type { Json } from './json.ts';
import type { Located, RepoPath, SourceFile } from './source.ts';

/** One YAML document as loaded: JSON and places, not yet checked against a schema. */
export interface IntentDocument extends Located<Json> {
  readonly file: RepoPath;
}

/** Everything the run reads, as text. Made by io, where size, links and paths were checked. */
export interface InputFiles {
  /** Every YAML file of `intents/`. */
  readonly intents: readonly SourceFile[];
  /** Every file of `templates/apps/`, by template name; paths are those of the repository. */
  readonly templates: ReadonlyMap<string, readonly SourceFile[]>;
}

export interface KnownCluster extends Located<Cluster> {
  readonly id: ClusterId;
  /** Object-name form of the id, unique in the fleet: `+` reads `-`. */
  readonly slug: string;
}

export interface KnownCloud extends Located<LogicalCloud> {
  readonly context: Context;
  /** The cloud's Kubernetes namespace. */
  readonly namespace: string;
}

export interface KnownDeployment extends Located<DeploymentIntent> {
  readonly context: Context;
}

/** What people wrote, checked: names are unique, references resolve. Sorted by identity, so that the order of documents does not matter. */
export interface Intents {
  readonly clusters: readonly KnownCluster[];
  readonly syncObjects: readonly Located<SyncObject>[];
  readonly clouds: readonly KnownCloud[];
  readonly deployments: readonly KnownDeployment[];
  readonly templates: ReadonlyMap<string, TemplatePackage>;
}

/** A package of `templates/apps/<name>/`, its `template.yaml` checked. */
export interface TemplatePackage {
  readonly name: string;
  /** SHA-256 (hex) over all its files' names and contents. */
  readonly digest: string;
  readonly manifest: Located<Template>;
  /** All files but `template.yaml`, by path relative to the package. */
  readonly files: ReadonlyMap<string, SourceFile>;
}
