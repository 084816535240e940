import type { AgentInstallation, Cluster, DeploymentIntent, LogicalCloud, SyncObject, Template } from './api.generated.ts';
import type { ClusterId, Context } from './context.ts';
import type { Demand } from './demand.ts';
import type { Kinds } from './kinds.ts';
import type { Json, JsonObject } from './json.ts';
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
  /** Every file of `templates/flux/`, if the folder is there; paths are those of the repository. */
  readonly flux?: readonly SourceFile[];
  /** What `templates/charts/<name>/<version>/` keeps of charts, if the folder is there; paths are those of the repository. */
  readonly charts?: readonly SourceFile[];
  /** YAML files of `templates/crds/`, if the folder is there; paths are those of the repository. */
  readonly crds?: readonly SourceFile[];
  /** `.sops.yaml`, if it is there. */
  readonly sops?: readonly SourceFile[];
  /** What is there but could not be read, and is reported already: a name that only it could explain is no second mistake. */
  readonly unread?: { readonly intents: boolean; readonly templates: 'all' | ReadonlySet<string>; readonly flux?: boolean };
}

/** What the files say, before any schema was asked. */
export interface Loaded {
  readonly documents: readonly IntentDocument[];
  readonly templates: ReadonlyMap<string, LoadedTemplate>;
  readonly flux: LoadedFlux;
  /** By `<name>/<version>`. */
  readonly charts: ReadonlyMap<string, VendoredChart>;
  /** Kinds that definitions in `templates/crds/` tell of. */
  readonly kinds?: Kinds;
  /** Files that are not sound YAML: their documents are checked, but nothing is made of them. */
  readonly broken: ReadonlySet<RepoPath>;
  /** Kinds of documents that could not be read at all, so that a name that nobody has may be one of theirs. */
  readonly unreadKinds: 'all' | ReadonlySet<string>;
  /** Templates that are there but could not be read. */
  readonly unreadTemplates: 'all' | ReadonlySet<string>;
}

/** What is known of a chart that is not rendered here. */
export interface VendoredChart {
  /** Where it was vendored from; `undefined`: the lock file does not tell. */
  readonly repository: string | undefined;
  readonly defaults: JsonObject;
  /** The schema of its values, if it has one; a reason, if that is no JSON object. */
  readonly schema: JsonObject | string | undefined;
  /** What it requests, with the values that it was vendored with. */
  readonly demand: Demand | undefined;
}

/** `templates/flux/` as loaded: the lock file, and the vendored manifests by version. */
export interface LoadedFlux {
  readonly lock?: IntentDocument;
  readonly manifests: ReadonlyMap<string, SourceFile>;
  /** Something there could not be read, which is reported already. */
  readonly isDamaged: boolean;
}

/** Install manifests of one version of Flux, as the lock file has them. */
export interface VendoredFlux {
  /** `major.minor.patch`. */
  readonly version: string;
  readonly components: readonly string[];
  readonly file: SourceFile;
}

/** A package as loaded; its `template.yaml` may be missing or broken, which is reported already. */
export interface LoadedTemplate extends Omit<TemplatePackage, 'manifest'> {
  readonly manifest: IntentDocument | undefined;
}

export interface KnownCluster extends Located<Cluster> {
  readonly id: ClusterId;
  /** Object-name form of the id, unique in the fleet: `+` reads `-`. */
  readonly slug: string;
  /** The first AgentInstallation that selects it. */
  readonly installation?: Located<AgentInstallation>;
}

export interface KnownCloud extends Located<LogicalCloud> {
  readonly context: Context;
  /** The cloud's Kubernetes namespace; of several, the first: objects that name none go there. */
  readonly namespace: string;
  /** Kinds beyond Kubernetes' own, as far as definitions tell. */
  readonly kinds?: Kinds;
}

export interface KnownDeployment extends Located<DeploymentIntent> {
  readonly context: Context;
}

/**
 * What people wrote, checked: names are unique, references resolve. Sorted by identity, so that the order of documents does not matter.
 * With errors among the findings: apps of unknown or broken templates are left out, but a deployment stays when its cloud could not be used,
 * and dependencies may name apps that were left out. Whatever is left out is reached by a finding.
 */
export interface Intents {
  readonly clusters: readonly KnownCluster[];
  /** Some Cluster document cannot be used, which is reported: nothing follows from what selectors do not match. */
  readonly lacksClusters?: true;
  readonly syncObjects: readonly Located<SyncObject>[];
  readonly clouds: readonly KnownCloud[];
  readonly deployments: readonly KnownDeployment[];
  readonly templates: ReadonlyMap<string, TemplatePackage>;
  readonly installations: readonly Located<AgentInstallation>[];
  /** Charts of which something is kept, by `<name>/<version>`. */
  readonly charts: ReadonlyMap<string, VendoredChart>;
  /** Lowest version first. */
  readonly vendoredFlux: readonly VendoredFlux[];
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
