import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { mergeOutcomes } from '../lib/outcomes.ts';
import { compareText } from '../lib/order.ts';
import type { CheckedOut, Checkout, GivenCheckout } from '../model/checkout.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { TreeIndex } from '../model/ports.ts';
import { type GitState, readGitState } from './git-state.ts';
import { explainFailure } from './read-text.ts';
import { createTreeReader, type TreeReader } from './read-tree.ts';

/** Reads the checkouts again and again; a tree that did not change is the same object as before. */
export type CheckoutReader = (root: string, given: readonly GivenCheckout[]) => Promise<Outcome<readonly Checkout[]>>;

interface Reading {
  /** The repository with the intents. */
  readonly root: string;
  readonly readerOf: (folder: string) => TreeReader;
}

/** Whether a checkout is the right one is for those to tell who know the intents. What of its tree cannot be read is a finding that reaches the whole run. */
export function createCheckoutReader(index?: TreeIndex): CheckoutReader {
  const readers = new Map<string, TreeReader>();
  const readerOf = (folder: string): TreeReader => {
    const reader = readers.get(folder) ?? createTreeReader({ index });
    readers.set(folder, reader);
    return reader;
  };
  return async (root, given) => {
    const read: Outcome<Checkout>[] = [];
    for (const one of given) read.push(await readCheckout(one, { root, readerOf }));
    return mergeOutcomes(read);
  };
}

async function readCheckout(given: GivenCheckout, reading: Reading): Promise<Outcome<Checkout>> {
  const refused = (reason: string): Outcome<Checkout> => ({ value: { ...given, found: { kind: 'refused', reason } }, diagnostics: [] });
  try {
    const folder = resolve(given.folder);
    const reason = obstacleTo(folder, reading.root);
    if (reason !== undefined) return refused(reason);
    if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false })) {
      const one = await readOne(given.name, folder, reading);
      return typeof one === 'string'
        ? refused(one)
        : { value: { ...given, found: { kind: 'one', checkedOut: one.value } }, diagnostics: one.diagnostics };
    }
    return await readMany(given, folder, reading);
  } catch (error) {
    return refused(explainFailure(error).reason);
  }
}

/** A folder of checkouts: each cluster's bears the cluster's id. What else lies there is passed over. */
async function readMany(given: GivenCheckout, folder: string, reading: Reading): Promise<Outcome<Checkout>> {
  const byCluster = new Map<string, CheckedOut | string>();
  const outcomes: Outcome<CheckedOut>[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))) {
    if (!/^[^+]+\+[^+]+$/.test(entry.name)) continue;
    const one = entry.isSymbolicLink() ? 'it is a symbolic link' : await readOne(given.name, join(folder, entry.name), reading);
    byCluster.set(entry.name, typeof one === 'string' ? one : one.value);
    if (typeof one !== 'string') outcomes.push(one);
  }
  const { diagnostics } = mergeOutcomes(outcomes);
  const found: Checkout['found'] =
    byCluster.size > 0
      ? { kind: 'many', byCluster }
      : { kind: 'refused', reason: 'it is not the root of a checkout of Git, and holds none' };
  return { value: { ...given, found }, diagnostics };
}

async function readOne(name: string, folder: string, { readerOf }: Reading): Promise<Outcome<CheckedOut> | string> {
  const state: GitState | string = readGitState(folder);
  if (typeof state === 'string') return state;
  const root = realpathSync(folder);
  const { value, diagnostics } = await readerOf(root).read(root);
  return { value: { root, ...state, committed: value }, diagnostics: diagnostics.map((one) => ({ ...one, target: name })) };
}

const OURS = ['clusters', 'intents', 'templates', '.espalier', '.git'];

/** Why nothing may be written to a folder. Links on the way, from the repository on, could come from a pull request. */
function obstacleTo(folder: string, root: string): string | undefined {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats) return 'it does not exist';
  if (stats.isSymbolicLink()) return 'it is a symbolic link';
  if (!stats.isDirectory()) return 'it is not a folder';
  const link = linkBetween(resolve(root), folder);
  if (link !== undefined) return `"${link}" is a symbolic link`;
  const [real, home] = [realpathSync(folder), realpathSync(root)];
  if (real === home) return 'it is the repository with the intents';
  const own = OURS.find((name) => isInside(join(home, name), real));
  if (own !== undefined) return `it lies in ${own}/ of the repository with the intents`;
  return isInside(join(real, 'clusters'), home) ? 'the repository with the intents lies in its clusters/' : undefined;
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function linkBetween(root: string, folder: string): string | undefined {
  const steps = relative(root, folder).split(sep);
  if (steps[0] === '..' || steps[0] === '') return undefined;
  const paths = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  return paths.find((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true);
}
