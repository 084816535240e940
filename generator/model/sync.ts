import type { ArgoCDSync, AzureSync, GitSync, GoogleSync, KubeconfigSync, SyncObject } from './api.generated.ts';

export type SyncType = SyncObject['spec']['type'];

/** A Git repository that an agent pulls from, defaults filled in. Where each cluster has a branch of its own, it is the cluster's. */
export type GitSource = Required<Pick<GitSync, 'url' | 'branch' | 'interval'>> & Pick<GitSync, 'secretRef'>;

/** What a sync object says, defaults filled in where every provider has the same. */
export type SyncSource =
  | { readonly type: 'git'; readonly git: GitSource }
  | { readonly type: 'azure'; readonly azure: AzureSync }
  | { readonly type: 'google'; readonly google: GoogleSync }
  | { readonly type: 'argocd'; readonly argocd: ArgoCDSync }
  | { readonly type: 'kubeconfig'; readonly kubeconfig: KubeconfigSync };

/** What a cluster syncs through and from. */
export interface ClusterSync {
  /** Through what references reach the cluster: of a type that its provider can use. */
  readonly reference: SyncSource;
  /** The repository and branch that hold the cluster's tree. */
  readonly resource: GitSource;
}
