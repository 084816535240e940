import { listed } from '../../lib/words.ts';
import type { Known } from '../known.ts';
import type { ClusterName, Surroundings } from './model.ts';

/** The type of the agent that each cluster has here; `undefined`: nothing would take up its tree. */
export type Agents = ReadonlyMap<ClusterName, string | undefined>;

/** Agents of clusters that are described already. */
export function knownAgents({ clusters }: Known): Agents {
  return new Map(clusters.map(({ scope, name, agent }) => [`${scope}+${name}`, agent]));
}

/** In place of a handover: the old agent must not let go of what no other would look after. `remedy`: another way than describing the clusters. */
export function notHandedOver(
  clusters: readonly ClusterName[],
  { from, remedy }: { readonly from: Surroundings['from']; readonly remedy?: string },
): readonly string[] {
  const names = listed(clusters);
  const described = `describe ${names} with an agent: spec.gitOps with gitOpsType, gitOpsReferenceObject and gitOpsResourceObject, and the SyncObject that they name`;
  return [
    `Leave ${from} as it is: ${names} ${clusters.length === 1 ? 'has' : 'have'} no agent here, so that nobody would look after what ${from} lets go of. Take back the files of this import, and see to an agent first: ${remedy === undefined ? '' : `${remedy}; or `}${described} (espalier new cluster writes both). Then import again: the steps come with that.`,
  ];
}

/** How an agent takes up a cluster's new tree, where it is not the one that applies it today. */
export function takenUpBy(agent: string, cluster: ClusterName): string {
  return `Have the cluster's agent (${agent}) take up the new tree: do what this prints.\nespalier bootstrap --cluster ${cluster}`;
}
