import type { ClusterGitOps, SyncObjectSpec } from '../../generator/model/api.generated.ts';
import type { ProviderType } from '../../generator/model/provider.ts';

/** How a cluster of each provider says so, and the sync objects that it names. One that is missing does not compile. */
export interface ProviderCase {
  /** Absent for direct access. */
  readonly gitOps?: Omit<ClusterGitOps, 'gitOpsReferenceObject' | 'gitOpsResourceObject'>;
  /** What references go through. */
  readonly reference: Omit<SyncObjectSpec, 'provider'>;
}

export const providerCases: Readonly<Record<ProviderType, ProviderCase>> = {
  fluxv2: {
    gitOps: { gitOpsType: 'fluxv2' },
    reference: { type: 'git', git: { url: 'https://github.com/example/fleet', secretRef: { name: 'flux-system' } } },
  },
  azureArc: {
    gitOps: { gitOpsType: 'azureArc' },
    reference: { type: 'azure', azure: { subscriptionId: '00000000-0000-0000-0000-000000000001', resourceGroup: 'edge' } },
  },
  argocd: { gitOps: { gitOpsType: 'argocd' }, reference: { type: 'argocd', argocd: {} } },
  googleAnthos: { gitOps: { gitOpsType: 'googleAnthos' }, reference: { type: 'google', google: { project: 'example-fleet' } } },
  kubernetes: { reference: { type: 'kubeconfig', kubeconfig: {} } },
};

/** One sync object of each type. */
export const syncCases = [
  { type: 'git', git: { url: 'https://github.com/example/fleet' } },
  { type: 'azure', azure: { subscriptionId: '00000000-0000-0000-0000-000000000001', resourceGroup: 'edge' } },
  { type: 'google', google: { project: 'example-fleet' } },
  { type: 'argocd', argocd: {} },
  { type: 'kubeconfig', kubeconfig: {} },
] as const satisfies readonly Omit<SyncObjectSpec, 'provider'>[];
