import { textOid } from '../lib/hash.ts';
import { compareText, sortBy } from '../lib/order.ts';
import type { Change, ChangeSet, Gated, Reason } from '../model/change.ts';
import { instanceKey, type InstanceKey } from '../model/context.ts';
import type { Outcome } from '../model/diagnostic.ts';
import { type CommittedFile, type GeneratedFile, HERE, type Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { partOf } from '../lib/parts.ts';
import { findForeign } from './foreign-files.ts';
import { keeper } from './keeper.ts';
import type { PlanRequest } from './plan-request.ts';
import { unmarkedFiles } from './unmarked-files.ts';

/**
 * Compares the wanted with the committed tree. Only files of ours, by marker and path, are changed or deleted; hand edits of them are
 * overwritten. Where something else stands in the way, that is an error, and what it is in the way of is held.
 */
export function plan(request: PlanRequest): Outcome<ChangeSet> {
  const { committed } = request;
  const isKept = keeper(request);
  const { targetOf = () => HERE } = request;
  const released = [...(request.released?.values() ?? [])].flat().map((file) => ({ ...file, target: targetOf(partOf(file.path)) }));
  const wanted = [...request.desired.filter(({ owner, path }) => !isKept(owner, path)), ...released];
  const { isBlocked, left, diagnostics } = findForeign(wanted, request);
  const writable = wanted.filter(({ owner, path }) => !left.has(path) && !isBlocked(owner, path));
  const encode = createEncoder();
  const writes = writable.flatMap((file) => writeOf(file, { before: committed.get(file.path), encode }) ?? []);
  const spare = (owner: Owner, path: RepoPath): boolean => isKept(owner, path) || isBlocked(owner, path);
  const held = heldBy(request, { wanted, isBlocked });
  const changes = [...writes, ...deletionsOf(request, { wanted, spare })];
  const touched = new Set([...writable, ...changes].map(({ path }) => path));
  return {
    value: {
      changes: sortBy(changes, ({ path }) => path),
      unchanged: writable.length - writes.length,
      held,
      reasons: new Map(held.map((key) => [key, reasonOf(key, request.gates)])),
      kept: countKept(request, { held: new Set(held), touched }),
    },
    diagnostics: [...diagnostics, ...unmarkedFiles(request)],
  };
}

const encoder = new TextEncoder();

const LARGE = 64 * 1024;

/** Large texts are those of Flux's manifests, the same on many clusters: their bytes are kept once. */
function createEncoder(): (text: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (text) => {
    if (text.length < LARGE) return encoder.encode(text);
    const bytes = known.get(text) ?? encoder.encode(text);
    known.set(text, bytes);
    return bytes;
  };
}

interface Writing {
  readonly before: CommittedFile | undefined;
  readonly encode: (text: string) => Uint8Array;
}

function writeOf({ target, owner, path, content }: GeneratedFile, { before, encode }: Writing): Change | undefined {
  if (before?.oid === textOid(content)) return undefined;
  const after = encode(content);
  return { target, owner, path, ...(before && { before: before.oid }), after };
}

interface Deleting {
  readonly wanted: readonly GeneratedFile[];
  readonly spare: (owner: Owner, path: RepoPath) => boolean;
}

function deletionsOf({ committed, ownerOf, targetOf = () => HERE }: PlanRequest, { wanted, spare }: Deleting): readonly Change[] {
  const paths = new Set(wanted.map(({ path }) => path));
  return [...committed.values()].flatMap(({ path, oid, isMarked }) => {
    if (!isMarked || paths.has(path)) return [];
    const owner = ownerOf(path);
    return owner && !spare(owner, path) ? [{ target: targetOf(partOf(path)), owner, path, before: oid }] : [];
  });
}

interface Blocking {
  readonly wanted: readonly GeneratedFile[];
  readonly isBlocked: (owner: Owner, path: RepoPath) => boolean;
}

function heldBy({ gates }: PlanRequest, { wanted, isBlocked }: Blocking): readonly InstanceKey[] {
  const held = new Set([...gates].filter(([, gated]) => isHeld(gated)).map(([key]) => key));
  for (const { owner, path } of wanted) if (owner.kind === 'instance' && isBlocked(owner, path)) held.add(instanceKey(owner.instance));
  return [...held].sort(compareText);
}

/** What is outside of --only is left as asked, and of targets that are not at hand a finding tells. */
const UNTOLD: ReadonlySet<Reason['code']> = new Set<Reason['code']>(['out-of-scope', 'not-at-hand']);

function isHeld(gated: Gated): boolean {
  return gated.do === 'keep' && gated.reasons.some(({ code }) => !UNTOLD.has(code));
}

/** What stands in the way of a file has no verdict of its own; its finding tells. */
function reasonOf(key: InstanceKey, gates: PlanRequest['gates']): string {
  const gated = gates.get(key);
  const reason = gated && gated.do !== 'write' ? gated.reasons.find(({ code }) => !UNTOLD.has(code)) : undefined;
  return reason?.message ?? 'something that is not ours stands in its way';
}

interface Touched {
  readonly held: ReadonlySet<InstanceKey>;
  /** Whatever is written, deleted or right as it is. */
  readonly touched: ReadonlySet<RepoPath>;
}

function countKept({ committed, ownerOf, scope, left }: PlanRequest, { held, touched }: Touched): ChangeSet['kept'] {
  const kept = { held: 0, outside: 0 };
  for (const { path, isMarked } of committed.values()) {
    if (!isMarked || touched.has(path)) continue;
    const owner = ownerOf(path);
    if (!owner) continue;
    kept[isHeldFile(owner, { held, left, scope }) ? 'held' : 'outside'] += 1;
  }
  return kept;
}

function isHeldFile(
  owner: Owner,
  { held, left, scope }: Pick<Touched, 'held'> & { readonly left: PlanRequest['left']; readonly scope: PlanRequest['scope'] },
): boolean {
  switch (owner.kind) {
    case 'instance':
      return held.has(instanceKey(owner.instance));
    case 'cluster':
      return left?.has(owner.cluster) === true;
    case 'decision':
      // A run of everything keeps decisions for one reason only.
      return scope === undefined;
    default:
      return owner satisfies never;
  }
}
