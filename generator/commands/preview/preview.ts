import type { ChangedFile } from '../../diagnostics/report/json.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import type { ChangeSet } from '../../model/change.ts';
import { instanceKey, type InstanceKey } from '../../model/context.ts';
import type { Removal } from '../../model/removal.ts';
import type { Places } from '../changes-by-root.ts';
import type { RunOptions } from '../run-options.ts';
import { describeChange, type FileDiff } from './describe-change.ts';
import { diffJson } from './diff-json.ts';
import { showChanges } from './show-changes.ts';
import { textChanges } from './text-changes.ts';

/** The changes in the form that was asked for. */
export interface Preview {
  /** For people. */
  readonly text?: string;
  /** For programs. */
  readonly files?: readonly ChangedFile[];
}

export interface Previewing extends Places {
  readonly paint: Paint;
  readonly options: Pick<RunOptions, 'output' | 'diff'>;
  /** What the run takes away. */
  readonly removals: readonly Removal[];
}

/** Describes changes by object and field. To be asked before they are written: what stands there is one of the two sides. */
export async function preview({ changes }: ChangeSet, { root, roots, paint, options, removals }: Previewing): Promise<Preview> {
  const left = leftOn(removals);
  async function* diffs(): AsyncGenerator<FileDiff> {
    for await (const change of textChanges({ root, roots }, changes)) yield describeChange(change, left);
  }
  if (options.output !== 'json') return { text: await showChanges(diffs(), { paint, isFull: options.diff === 'full' }) };
  const files: ChangedFile[] = [];
  for await (const diff of diffs()) files.push(diffJson(diff));
  return { files };
}

/** Instances whose agent was told to leave their objects as they are. */
function leftOn(removals: readonly Removal[]): ReadonlySet<InstanceKey> {
  return new Set(removals.flatMap(({ context, app, leftOn }) => leftOn.map((cluster) => instanceKey({ cluster, context, app }))));
}
