import { resolve } from 'node:path';
import { humanReport } from '../../diagnostics/report/human.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { readLines } from '../../io/read-lines.ts';
import type { Terminal } from '../../io/terminal.ts';
import type { InstanceOutcome } from '../../model/apply.ts';
import type { ClusterId } from '../../model/context.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { filesReport } from '../files-report.ts';
import { showChanges } from '../preview/show-changes.ts';
import { type AppliedCluster, appliedJson } from './applied-json.ts';
import type { Names } from './names.ts';
import { objectDiffs } from './object-diffs.ts';
import type { ApplyOptions } from './options.ts';
import { outcomeLines, totalLine } from './outcome-lines.ts';

export interface Beginning {
  readonly cluster: ClusterId;
  readonly server: string;
  readonly context: string;
  readonly commit: string;
  readonly version: string;
  readonly names: Names;
}

/** Tells what goes on: for people as it happens, for programs at the end. */
export interface Telling {
  /** Which server is talked to, before anything is done there. */
  begin(beginning: Beginning): void;
  instance(outcome: InstanceOutcome): void;
  end(applied: AppliedCluster, seconds: number): Promise<void>;
  /** Gives the exit code back. */
  close(diagnostics: readonly Diagnostic[], exitCode: number): Promise<number>;
}

export function createTelling(options: ApplyOptions, terminal: Terminal): Telling {
  const told: object[] = [];
  let names: Names | undefined;
  const say = (text: string): void => (options.json ? undefined : terminal.out(text));
  return {
    begin(beginning) {
      ({ names } = beginning);
      const { cluster, server, context, commit, version } = beginning;
      say(
        `${terminal.outPaint.bold(cluster)} is ${visible(server)} (context "${visible(context)}", Kubernetes ${visible(version)}); commit ${shortOf(commit)}\n`,
      );
    },
    instance(outcome) {
      if (names)
        say(
          outcomeLines(outcome, { mode: options, names, paint: terminal.outPaint })
            .map((line) => `${line}\n`)
            .join(''),
        );
    },
    async end(applied, seconds) {
      if (names) told.push(appliedJson(applied, { names, hasDiff: options.diff !== undefined }));
      if (options.diff && !options.json)
        say(
          await showChanges(objectDiffs(applied.cluster, applied.outcomes), { paint: terminal.outPaint, isFull: options.diff === 'full' }),
        );
      say(`${totalLine(applied.outcomes, options, seconds)}\n`);
    },
    async close(diagnostics, exitCode) {
      if (options.json) terminal.out(filesReport({ diagnostics, applied: told, exitCode }));
      else if (diagnostics.length > 0)
        terminal.err(humanReport(diagnostics, { paint: terminal.errPaint, lines: await readLines(resolve(options.root), diagnostics) }));
      return exitCode;
    },
  };
}

function shortOf(commit: string): string {
  return commit.replace(/^([0-9a-f]{12})[0-9a-f]+/, '$1');
}
