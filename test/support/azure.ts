import type { AzureSync, ClusterGitOps, SyncObject } from '../../generator/model/api.generated.ts';
import type { KnownCluster } from '../../generator/model/intents.ts';
import type { ProviderCluster } from '../../generator/model/provider.ts';
import type { Located } from '../../generator/model/source.ts';
import type { GitSource } from '../../generator/model/sync.ts';
import { makeSync } from './fleet.ts';
import { makeCluster } from './intents.ts';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';

/** A cluster that Azure looks after. */
export function makeArcCluster(
  id: string,
  gitOps: Partial<ClusterGitOps> = {},
  facts: Parameters<typeof makeCluster>[1] = {},
): KnownCluster {
  const base = { gitOpsType: 'azureArc', gitOpsReferenceObject: 'arc', gitOpsResourceObject: 'fleet-git' } as const;
  return makeCluster(id, { ...facts, gitOps: { ...base, ...gitOps } });
}

export function makeAzureSync(azure: Partial<AzureSync> = {}, provider = 'provider1'): Located<SyncObject> {
  const { value, at } = makeSync(provider, {}, 'arc');
  const spec = { provider, type: 'azure', azure: { subscriptionId: SUBSCRIPTION, resourceGroup: 'edge', ...azure } } as const;
  return { value: { ...value, spec }, at };
}

export interface ArcParts {
  readonly gitOps?: Partial<ClusterGitOps>;
  readonly facts?: Parameters<typeof makeCluster>[1];
  readonly azure?: Partial<AzureSync>;
  readonly git?: Partial<GitSource>;
  readonly id?: string;
}

export function makeArc({ gitOps, facts, azure, git, id = 'provider1+edge1' }: ArcParts = {}): ProviderCluster {
  return {
    cluster: makeArcCluster(id, gitOps, facts),
    sync: {
      reference: { type: 'azure', azure: { subscriptionId: SUBSCRIPTION, resourceGroup: 'edge', ...azure } },
      resource: { url: 'https://github.com/example/fleet', branch: 'main', interval: '1m', ...git },
    },
    present: new Map(),
    vendoredFlux: [],
  };
}
