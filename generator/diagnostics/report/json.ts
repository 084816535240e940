import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Handover } from '../../model/handover.ts';
import type { HeldApp } from '../../model/held.ts';
import type { Removal } from '../../model/removal.ts';
import { inOrder } from './in-order.ts';

/** A changed file; with `--diff` also what differs. */
export interface ChangedFile {
  readonly action: 'create' | 'update' | 'delete';
  readonly path: string;
  readonly cluster?: string;
  /** The sync object in whose repository or branch it is; absent: it is in the repository at hand. */
  readonly target?: string;
  readonly objects?: readonly object[];
  readonly text?: { readonly before?: string; readonly after?: string };
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  /** Errors that concern nothing that `--only` names: they are not among the diagnostics. */
  readonly elsewhere: number;
  /** Apps and logical clouds on clusters that are wanted. */
  readonly instances: number;
  /** From here on: files. */
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  /** Left as they are because of errors. */
  readonly held: number;
  /** Left as they are because they are outside of `--only`, or of a cluster without a document. */
  readonly outside: number;
  /** Whether the changes are in the tree now. */
  readonly written: boolean;
  readonly seconds: number;
}

/** The figures of what changed nothing. */
export const NOTHING_DONE: Summary = {
  errors: 0,
  warnings: 0,
  elsewhere: 0,
  instances: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  held: 0,
  outside: 0,
  written: false,
  seconds: 0,
};

export interface JsonReport {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly ChangedFile[];
  /** What is taken away from clusters, by context and app. */
  readonly removals: readonly Removal[];
  /** What stays as committed because of errors, by context and app. */
  readonly held: readonly HeldApp[];
  /** Clusters whose agent changes, and how far they have come. */
  readonly agentChanges?: readonly Handover[];
  readonly summary: Summary;
  /** What people should know of what was made. */
  readonly notes?: readonly string[];
  /** What became of each thing that was imported. */
  readonly imported?: readonly object[];
  /** What runs, beside what was made of it. */
  readonly compared?: readonly object[];
  /** The steps in which another program lets go. */
  readonly handover?: readonly object[];
  /** What became of each cluster that was applied to. */
  readonly applied?: readonly object[];
  /** The first steps of a cluster, and where they stand. */
  readonly bootstrap?: object;
  readonly exitCode: number;
}

/** For programs: one document, findings in the order in which people see them. */
export function jsonReport(report: JsonReport): string {
  return `${JSON.stringify({ ...report, diagnostics: inOrder(report.diagnostics).map(page) }, plainNumbers, 2)}\n`;
}

/** JSON.stringify() knows no integers beyond 2^53: they become text. */
function plainNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function page(diagnostic: Diagnostic): Diagnostic & { readonly documentation: string } {
  return { ...diagnostic, documentation: `espalier explain ${diagnostic.code}` };
}
