import type { Asker } from '../../io/ask.ts';
import type { SourceFile } from '../../model/source.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RunResult } from '../../model/run.ts';
import type { Entry } from '../../scaffold/import-report.ts';
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
  /** Looks at what a run with the files comes to, before they are written. */
  readonly examine?: (result: RunResult) => Examined;
  /** How the program that applied it until now lets go, cluster by cluster. */
  readonly handover?: readonly Handover[];
  /** The commands that come next. */
  readonly next: readonly string[];
  /** Documents that use what was made, so that it is tried; they are not written. With them, it is tried apart from the repository. */
  readonly trial?: readonly SourceFile[];
}

/** What a trial run showed beyond its own findings. */
export interface Examined {
  /** Reasons to write nothing. */
  readonly problems: readonly Diagnostic[];
  readonly compared: readonly ComparedObject[];
}

/** One object as it runs and as it would be given to the cluster. */
export interface ComparedObject {
  readonly cluster: string;
  readonly state: 'same' | 'changed' | 'missing' | 'new';
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Of one that changes: the fields, with what they are and what they would be. */
  readonly fields?: readonly string[];
}

export interface Handover {
  readonly cluster: string;
  readonly steps: readonly string[];
}
