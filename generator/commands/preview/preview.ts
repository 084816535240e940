import type { ChangedFile } from '../../diagnostics/report/json.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import type { ChangeSet } from '../../model/change.ts';
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

export interface Previewing {
  readonly root: string;
  readonly paint: Paint;
  readonly options: Pick<RunOptions, 'output' | 'diff'>;
}

/** Describes changes by object and field. To be asked before they are written: what stands there is one of the two sides. */
export async function preview({ changes }: ChangeSet, { root, paint, options }: Previewing): Promise<Preview> {
  async function* diffs(): AsyncGenerator<FileDiff> {
    for await (const change of textChanges(root, changes)) yield describeChange(change);
  }
  if (options.output !== 'json') return { text: await showChanges(diffs(), { paint, isFull: options.diff === 'full' }) };
  const files: ChangedFile[] = [];
  for await (const diff of diffs()) files.push(diffJson(diff));
  return { files };
}
