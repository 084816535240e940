import { relative, resolve } from 'node:path';
import { githubReport } from '../diagnostics/report/github.ts';
import { humanReport } from '../diagnostics/report/human.ts';
import { type ChangedFile, jsonReport, type Summary } from '../diagnostics/report/json.ts';
import { readLines } from '../io/read-lines.ts';
import type { Change } from '../model/change.ts';
import type { Terminal } from '../io/terminal.ts';
import { countChanges, fileAction } from '../lib/file-action.ts';
import type { RunOptions } from './run-options.ts';
import type { Finished } from './run-once.ts';
import { heldLines } from './held-lines.ts';
import { removalLines } from './removal-lines.ts';
import { summaryLine } from './summary-line.ts';
import { targetLines } from './target-lines.ts';

/** Tells what came of a run: one JSON document, or findings on standard error and results on standard output. Annotations come on top. */
export async function report(finished: Finished, options: RunOptions, terminal: Terminal): Promise<void> {
  const { diagnostics, changeSet, exitCode, preview, removals, held, handovers } = finished;
  if (options.annotations) {
    const folder = relative(process.env['GITHUB_WORKSPACE'] ?? process.cwd(), resolve(options.root));
    terminal.err(githubReport(diagnostics, { folder }));
  }
  if (options.output === 'json') {
    const changes = preview?.files ?? (changeSet?.changes ?? []).map(toChangedFile);
    terminal.out(jsonReport({ diagnostics, changes, removals, held, agentChanges: handovers, summary: summarise(finished), exitCode }));
    return;
  }
  terminal.err(humanReport(diagnostics, { paint: terminal.errPaint, lines: await readLines(resolve(options.root), diagnostics) }));
  terminal.out(preview?.text ?? '');
  terminal.out(heldLines(held));
  terminal.out(removalLines(removals, finished.isWritten));
  const isPreview = options.mode === 'preview' || options.mode === 'compare';
  terminal.out(targetLines(changeSet?.changes ?? [], { isWritten: finished.isWritten, isPreview }));
  terminal.out(`${summaryLine(summarise(finished), options.mode, changeSet !== undefined)}\n`);
}

function toChangedFile(change: Change): ChangedFile {
  const { name } = change.target;
  return { action: fileAction(change), path: change.path, ...(name !== '' && { target: name }) };
}

function summarise({ diagnostics, changeSet, elsewhere, instances, isWritten, seconds }: Finished): Summary {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    errors,
    warnings: diagnostics.length - errors,
    elsewhere,
    instances,
    ...countChanges(changeSet?.changes ?? []),
    unchanged: changeSet?.unchanged ?? 0,
    held: changeSet?.kept.held ?? 0,
    outside: changeSet?.kept.outside ?? 0,
    written: isWritten,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}
