import { partOf } from '../lib/parts.ts';
import type { ClusterId } from '../model/context.ts';
import type { CommittedFile } from '../model/file.ts';
import type { Stray } from '../model/provider.ts';
import type { PlanRequest } from './plan-request.ts';

/** What becomes of a file that is not ours, by what its cluster's agent knows of it. */
export function strayAt(file: CommittedFile, clusters: PlanRequest['clusters']): Stray | undefined {
  const cluster = partOf(file.path) as ClusterId;
  return clusters.get(cluster)?.stray?.(file.path.slice(`clusters/${cluster}/`.length), file);
}
