import type { ArgoCDOptions } from '../../model/api.generated.ts';
import type { ClusterId } from '../../model/context.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { FOLDER, NAMESPACE, OWN_SERVER } from './names.ts';
import { versionOf } from './version.ts';

/** Where a cluster's Applications live, what they are aimed at, and what they read. */
export interface Setting {
  readonly cluster: KnownCluster;
  readonly options: ArgoCDOptions;
  readonly version: string;
  /** Argo CD's own namespace, on the cluster that it runs on. */
  readonly namespace: string;
  /** The cluster that Argo CD runs on, if its sync object names one: it may be this one. */
  readonly hub: ClusterId | undefined;
  /** Whether Argo CD runs elsewhere. */
  readonly isTarget: boolean;
  /** The cluster in the eyes of Argo CD: by address, or by the name that its Secret gives it. */
  readonly destination: { readonly server: string } | { readonly name: string };
  readonly git: GitSource;
  /** Address of the repository that the hub itself follows; `undefined`: it is no target, or its hub is not known. */
  readonly hubsRepository: string | undefined;
  readonly source: { readonly repoURL: string; readonly targetRevision: string };
}

/** `undefined`: a sync object is missing or unfit, which is reported. */
export function settingOf({ cluster, sync, host }: ProviderCluster): Setting | undefined {
  if (sync?.reference.type !== 'argocd') return undefined;
  const { namespace = NAMESPACE, hub } = sync.reference.argocd;
  const { resourceName, argocd = {} } = cluster.value.spec.gitOps ?? {};
  const isTarget = hub !== undefined && hub !== cluster.id;
  return {
    cluster,
    options: argocd,
    version: versionOf(cluster),
    namespace,
    hub: hub as ClusterId | undefined,
    isTarget,
    destination: isTarget ? { name: resourceName ?? cluster.slug } : { server: OWN_SERVER },
    git: sync.resource,
    hubsRepository: host?.resource.url,
    // A tag of the same name cannot come between.
    source: { repoURL: sync.resource.url, targetRevision: `refs/heads/${sync.resource.branch}` },
  };
}

/** What keeps names of several clusters apart on a hub. */
export function prefixOf({ cluster, hub }: Setting): string | undefined {
  return hub === undefined ? undefined : cluster.slug;
}

/** The AppProject of what a tenant must not do. */
export function projectOf({ options }: Setting): string {
  return options.project ?? 'default';
}

/** The folder that the cluster's root Application reads. */
export function folderOf({ cluster }: Setting): string {
  return `clusters/${cluster.id}/${FOLDER.slice(0, -1)}`;
}

/** Argo CD's own namespace, as a place to deploy to: where Applications are objects like others. */
export function home({ namespace }: Setting): JsonObject {
  return { namespace, server: OWN_SERVER };
}
