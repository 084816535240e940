import { sortBy } from '../../lib/order.ts';
import { printable } from '../../lib/printable.ts';
import type { SourceFile } from '../../model/source.ts';
import { textAt } from '../emco/members.ts';
import { fleetFiles } from '../gitops/fleet.ts';
import { knownAgents } from '../gitops/handover.ts';
import type { ClusterName, Surroundings } from '../gitops/model.ts';
import { type Fault, isFault } from '../gitops/source-tree.ts';
import type { Known } from '../known.ts';
import { clusterFiles, repositoryName } from './cluster-files.ts';
import { fluxHandover } from './handover.ts';
import { type FluxCluster, readCluster } from './read-cluster.ts';

export interface FluxRequest {
  /** Folders of clusters, from the top of their repository. */
  readonly clusters: readonly { readonly cluster: ClusterName; readonly folder: string }[];
  /** Of new documents; without it, the repository's name. */
  readonly project: string | undefined;
  readonly known: Known;
  readonly surroundings: Surroundings;
}

export interface FluxConverted {
  readonly files: readonly SourceFile[];
  readonly clusters: readonly FluxCluster[];
  readonly handover: readonly { readonly cluster: ClusterName; readonly steps: readonly string[] }[];
  readonly faults: readonly Fault[];
}

/** Makes intents and template packages of what Flux applies. */
export async function convertFlux({ clusters, project, known, surroundings }: FluxRequest): Promise<FluxConverted> {
  const read: FluxCluster[] = [];
  const faults: Fault[] = [];
  for (const wanted of sortBy(clusters, ({ cluster }) => cluster)) {
    const found = await readCluster(wanted, surroundings);
    if (isFault(found)) faults.push({ ...found, reason: printable(found.reason) });
    else read.push(found);
  }
  const [first] = read;
  if (faults.length > 0 || !first) return { files: [], clusters: [], handover: [], faults };
  const described = clusterFiles({ clusters: read, known: knownAgents(known), syncObjects: known.syncObjects, surroundings });
  const files = [
    ...described.files,
    ...(await fleetFiles({
      found: { units: read.flatMap(({ units }) => units), releases: read.flatMap(({ releases }) => releases) },
      project: project ?? repositoryName(textAt(first.sync.source.object['spec'], 'url') ?? ''),
      surroundings,
    })),
  ];
  const handover = read.map((one) => ({ cluster: one.cluster, steps: fluxHandover(one, described.agents.get(one.cluster)) }));
  return { files: sortBy(files, ({ path }) => path), clusters: read, handover, faults };
}
