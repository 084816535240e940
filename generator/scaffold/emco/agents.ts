import type { JsonObject } from '../../model/json.ts';
import { pairText, type Pairs } from './kv.ts';
import { present } from './members.ts';

/** How a `gitOpsType` of EMCO comes here. In EMCO's code, its reference object holds Git's access and its resource object the cloud's and the timing. */
export interface Agent {
  /** EMCO's names of it, over all its versions, in lower case. */
  readonly aliases: readonly string[];
  readonly type: string;
  /** Reads what EMCO's resource object says of the service that reaches the cluster. Absent: nothing beside Git is needed. */
  readonly service?: (pairs: Pairs) => Service | undefined;
  /** What people have to write where it does not say enough. */
  readonly needs?: string;
}

export interface Service {
  /** The sync object, by its type. */
  readonly type: 'azure' | 'google' | 'argocd';
  readonly members: JsonObject;
  /** The cluster's name with the service, if it is said. */
  readonly resourceName?: string;
}

/** One line for each agent. What `gitOpsType` cannot say yet is told and left out. */
const AGENTS: readonly Agent[] = [
  { aliases: ['fluxcd', 'fluxv2', 'flux'], type: 'fluxv2' },
  {
    aliases: ['azurearc', 'azurearcv2'],
    type: 'azureArc',
    service: azure,
    needs: 'a SyncObject of type azure, and the cluster’s resourceName',
  },
  {
    aliases: ['anthos', 'googleanthos'],
    type: 'googleAnthos',
    service: google,
    needs: 'a SyncObject of type google, with the fleet’s project',
  },
  { aliases: ['argocd', 'argo'], type: 'argocd', service: () => ({ type: 'argocd', members: {} }), needs: 'a SyncObject of type argocd' },
];

export function agentFor(gitOpsType: string): Agent | undefined {
  return AGENTS.find(({ aliases }) => aliases.includes(gitOpsType.toLowerCase()));
}

function azure(pairs: Pairs): Service | undefined {
  const subscriptionId = pairText(pairs, 'subscriptionID');
  const resourceGroup = pairText(pairs, 'arcResourceGroup');
  const resourceName = pairText(pairs, 'arcCluster');
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return { type: 'azure', members: { subscriptionId, resourceGroup }, ...(resourceName !== undefined && { resourceName }) };
}

function google(pairs: Pairs): Service | undefined {
  const project = pairText(pairs, 'project', 'projectID', 'gcpProject');
  const location = pairText(pairs, 'location');
  if (project === undefined) return undefined;
  return { type: 'google', members: present({ project, location }) };
}
