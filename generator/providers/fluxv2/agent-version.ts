import type { KnownCluster } from '../../model/intents.ts';
import { type FluxVersion, toVersion } from '../shared/flux-version.ts';
import { agentOf } from './agent.ts';

export function agentVersion(cluster: KnownCluster): FluxVersion {
  return toVersion(agentOf(cluster).version);
}
