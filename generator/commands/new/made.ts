import type { Asker } from '../../io/ask.ts';
import type { SourceFile } from '../../model/source.ts';
import type { Entry } from '../../scaffold/emco/report.ts';
import type { SharedOptions } from '../cli/command-line.ts';

/** Options of all that makes files. */
export interface MakeOptions extends SharedOptions {
  readonly dryRun: boolean;
  /** Who answers; without one, whoever is at the terminal. */
  readonly asker?: Asker;
}

/** Files to write, and what to say about them. */
export interface Made {
  readonly files: readonly SourceFile[];
  /** Written with them, and told in one line. */
  readonly attached?: { readonly title: string; readonly files: readonly SourceFile[] };
  /** Lines for people, such as what was left out. */
  readonly notes?: readonly string[];
  /** What became of each thing that was imported. */
  readonly imported?: readonly Entry[];
  /** The commands that come next. */
  readonly next: readonly string[];
  /** Documents that use what was made, so that it is tried; they are not written. With them, it is tried apart from the repository. */
  readonly trial?: readonly SourceFile[];
}
