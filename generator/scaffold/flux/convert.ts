import { sortBy } from '../../lib/order.ts';
import { printable } from '../../lib/printable.ts';
import type { SourceFile } from '../../model/source.ts';
import { textAt } from '../emco/members.ts';
import { fleetFiles } from '../gitops/fleet.ts';
import type { ClusterName, Surroundings } from '../gitops/model.ts';
import { type Fault, isFault } from '../gitops/source-tree.ts';
import type { Known } from '../known.ts';
import { clusterFiles, repositoryName } from './cluster-files.ts';
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
  if (faults.length > 0 || !first) return { files: [], clusters: [], faults };
  const files = [
    ...clusterFiles({
      clusters: read,
      known: new Set(known.clusters.map(({ scope, name }) => `${scope}+${name}`)),
      syncObjects: known.syncObjects,
      surroundings,
    }),
    ...(await fleetFiles({
      found: { units: read.flatMap(({ units }) => units), releases: read.flatMap(({ releases }) => releases) },
      project: project ?? repositoryName(textAt(first.sync.source.object['spec'], 'url') ?? ''),
      surroundings,
    })),
  ];
  return { files: sortBy(files, ({ path }) => path), clusters: read, faults };
}
