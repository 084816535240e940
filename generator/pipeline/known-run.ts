import { createHash } from 'node:crypto';
import { sha256 } from '../lib/hash.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CheckedOut, Checkout } from '../model/checkout.ts';
import type { Committed } from '../model/file.ts';
import type { InputFiles } from '../model/intents.ts';
import type { RunRequest, RunResult } from '../model/run.ts';
import type { SourceFile } from '../model/source.ts';

export interface RunInputs {
  readonly files: InputFiles;
  readonly committed: Committed;
  readonly checkouts: readonly Checkout[];
  /** What was seen on clusters, if that was told. */
  readonly seen: SourceFile | undefined;
  /** What makes a result of them: Espalier itself, by its digest, and the engine's version. */
  readonly program: string;
  readonly engine: string;
}

/** One text for all that a run's result follows from: equal texts give equal results, because the steps are functions of values. */
export function runKey(
  { isolate, binding, withoutCheckouts = [] }: RunRequest,
  { files, committed, checkouts, seen, program, engine }: RunInputs,
): string {
  const digest = createHash('sha256');
  const add = (...texts: readonly string[]): void => void digest.update(JSON.stringify(texts));
  const addFiles = (name: string, some: readonly SourceFile[] | undefined): void => {
    add(name, some ? String(some.length) : 'none');
    for (const { path, text } of some ?? []) add(path, sha256(text));
  };
  // Typed so that a new kind of input cannot be left out.
  const lists: Readonly<Record<Exclude<keyof InputFiles, 'templates' | 'unread'>, readonly SourceFile[] | undefined>> = {
    intents: files.intents,
    flux: files.flux,
    charts: files.charts,
    crds: files.crds,
    sops: files.sops,
  };
  add(program, engine, String(isolate), binding);
  for (const [name, some] of Object.entries(lists)) addFiles(name, some);
  addFiles('seen', seen && [seen]);
  for (const [name, template] of files.templates) addFiles(`template ${name}`, template);
  const addTree = (tree: Committed): void => {
    for (const { path, oid, isMarked, head } of tree.values()) add(path, oid, isMarked ? '+' : '-', ...(head === undefined ? [] : [head]));
  };
  const addCheckout = ({ root, branch, remotes, committed: tree }: CheckedOut): void => {
    add('checkout', root, branch ?? '', ...remotes);
    addTree(tree);
  };
  addTree(committed);
  add('without', ...withoutCheckouts);
  for (const { name, folder, found } of checkouts) {
    add('target', name, folder, found.kind, found.kind === 'refused' ? found.reason : '');
    if (found.kind === 'one') addCheckout(found.checkedOut);
    for (const [cluster, one] of found.kind === 'many' ? found.byCluster : []) {
      add(cluster, typeof one === 'string' ? one : '');
      if (typeof one !== 'string') addCheckout(one);
    }
  }
  return `run ${digest.digest('hex')}`;
}

/** What is kept of a run that had nothing to change: what it found, and how much it compared. */
interface KnownRun {
  readonly diagnostics: readonly Diagnostic[];
  readonly unchanged: number;
  readonly outside: number;
  readonly instances: number;
}

/** `undefined` for a run that changes or holds something, or found an error: such a one is made anew. */
export function writeRun({ diagnostics, elsewhere, changeSet, removals, held, handovers, instances }: RunResult): string | undefined {
  if (!changeSet || elsewhere > 0 || removals.length > 0 || held.length > 0 || handovers.length > 0 || changeSet.changes.length > 0)
    return undefined;
  if (changeSet.held.length > 0 || changeSet.kept.held > 0 || diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  const known: KnownRun = { diagnostics, unchanged: changeSet.unchanged, outside: changeSet.kept.outside, instances };
  return JSON.stringify(known);
}

export function readRun(text: string): RunResult {
  const { diagnostics, unchanged, outside, instances } = JSON.parse(text) as KnownRun;
  const changeSet = { changes: [], unchanged, held: [], reasons: new Map(), kept: { held: 0, outside } };
  return { diagnostics, elsewhere: 0, changeSet, removals: [], held: [], handovers: [], instances, roots: new Map() };
}
