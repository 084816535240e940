import { jsonReport, NOTHING_DONE } from '../diagnostics/report/json.ts';
import { countChanges, fileAction } from '../lib/file-action.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

export interface FilesMade {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes?: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
  readonly unchanged?: number;
  readonly isWritten?: boolean;
  readonly notes?: readonly string[] | undefined;
  readonly imported?: readonly object[] | undefined;
  readonly bootstrap?: object | undefined;
  readonly compared?: readonly object[] | undefined;
  readonly handover?: readonly object[] | undefined;
  readonly applied?: readonly object[];
  /** Where something else than errors decides it. */
  readonly exitCode?: number;
}

/** The JSON of commands that do not render: which files they wrote, or why none. */
export function filesReport({
  diagnostics,
  changes = [],
  unchanged = 0,
  isWritten = false,
  notes,
  imported,
  compared,
  handover,
  applied,
  bootstrap,
  exitCode,
}: FilesMade): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const found = { errors, warnings: diagnostics.length - errors };
  return jsonReport({
    diagnostics,
    changes: changes.map((change) => ({ action: fileAction(change), path: change.path })),
    removals: [],
    held: [],
    summary: { ...NOTHING_DONE, ...found, ...countChanges(changes), unchanged, written: isWritten },
    ...(notes && { notes }),
    ...(imported && { imported }),
    ...(compared && { compared }),
    ...(handover && { handover }),
    ...(applied && { applied }),
    ...(bootstrap && { bootstrap }),
    exitCode: exitCode ?? (errors > 0 ? 1 : 0),
  });
}
