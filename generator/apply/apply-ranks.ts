import { canonicalJson } from '../lib/canonical-json.ts';
import type { ApplyFailure, DeploymentId, InstanceStep, ObjectOutcome, ObjectRef, TreeObject } from '../model/apply.ts';
import { FIELD_MANAGER } from '../model/apply.ts';
import { isJsonObject, type JsonObject, type JsonPath } from '../model/json.ts';
import { managersOf } from './failures.ts';
import { ownerLabelOf } from './inventory.ts';
import { definedKind } from './plan.ts';
import { refOf } from './refs.ts';
import type { Running } from './running.ts';
import { settle } from './settle.ts';
import { asObject } from './without-server-fields.ts';

const AT_ONCE = 8;

type Applying = Running & Pick<InstanceStep, 'isAdmins'>;

/** Applies an instance's objects, rank after rank; what fails keeps later ranks from being begun. */
export async function applyRanks(
  { ranks, isAdmins }: Pick<InstanceStep, 'ranks' | 'isAdmins'>,
  running: Running,
): Promise<readonly ObjectOutcome[]> {
  const outcomes: ObjectOutcome[] = [];
  for (const rank of ranks) {
    for (let from = 0; from < rank.length; from += AT_ONCE) {
      if (running.signal.aborted || outcomes.some(({ failure }) => failure?.kind === 'lost')) return outcomes;
      outcomes.push(...(await Promise.all(rank.slice(from, from + AT_ONCE).map((object) => applyOne(object, { ...running, isAdmins })))));
    }
    if (outcomes.some(({ action }) => action === 'fail')) return outcomes;
    const unsettled = await settleRank(rank, running);
    if (unsettled) return [...outcomes.filter(({ path }) => path !== unsettled.path), unsettled];
  }
  return outcomes;
}

/** Waits for what later ranks cannot do without. */
async function settleRank(rank: readonly TreeObject[], running: Running): Promise<ObjectOutcome | undefined> {
  for (const { path, object, at } of rank) {
    const failure = running.dryRun ? undefined : await settle(object, running.server);
    if (failure) return { ref: refOf(object), path, action: 'fail', failure, source: at(['metadata', 'name']) };
  }
  return undefined;
}

async function applyOne(tree: TreeObject, running: Applying): Promise<ObjectOutcome> {
  const outcome = await tryOne(tree, running);
  return outcome.failure ? { ...outcome, source: tree.at(pathIn(outcome.failure)) } : outcome;
}

/** The field that the failure is about, or else the object's name. */
function pathIn(failure: ApplyFailure): JsonPath {
  const field = failure.kind === 'conflict' ? failure.conflicts[0]?.fields[0] : undefined;
  // Items of lists are named by their keys there: the list will do.
  return field === undefined ? ['metadata', 'name'] : (/^[^[]*/.exec(field)?.[0] ?? '').split('.').filter((key) => key !== '');
}

async function tryOne({ path, object }: TreeObject, running: Applying): Promise<ObjectOutcome> {
  const { server, dryRun, ids, mayForce, isAdmins } = running;
  const ref = refOf(object);
  const head = { ref, path };
  if (isPromised(ref, running)) return { ...head, action: 'create', note: NOT_CHECKED, after: object };
  const live = await liveOf(ref, running);
  if ('failure' in live) return { ...head, action: 'fail', failure: live.failure };
  const force = mayForce(ref);
  if (live.value && !force && !isOurs(live.value, ids)) {
    return { ...head, action: 'fail', failure: { kind: 'foreign', managers: managersOf(live.value) } };
  }
  const applied = await server.apply(object, { dryRun, force, isAdmins });
  if ('failure' in applied) return { ...head, action: 'fail', failure: applied.failure };
  if (!live.value) {
    promise(object, running);
    return { ...head, action: 'create', after: object };
  }
  const [before, after] = [asObject(live.value), asObject(applied.value)];
  // Not by their versions: a controller may have written its status in between.
  const isSame = canonicalJson(before) === canonicalJson(after);
  return { ...head, action: isSame ? 'unchanged' : 'update', ...(!isSame && { before, after }) };
}

const NOT_CHECKED = 'the server did not check it, because what it needs would be made by the same run';

/** In a dry run, the server knows neither the namespaces nor the kinds that would have been made before. */
function isPromised({ group, kind, namespace }: ObjectRef, { dryRun, promised }: Running): boolean {
  return dryRun && ((namespace !== undefined && promised.namespaces.has(namespace)) || promised.kinds.has(`${group}/${kind}`));
}

function promise(object: TreeObject['object'], { dryRun, promised }: Running): void {
  if (!dryRun) return;
  const { group, kind, name } = refOf(object);
  if (group === '' && kind === 'Namespace') promised.namespaces.add(name);
  const defined = definedKind(object);
  if (defined !== undefined) promised.kinds.add(defined);
}

/** What is there; what is about to go is waited for, because it would take what is applied to it along. */
async function liveOf(ref: ObjectRef, { server, dryRun }: Running): ReturnType<Running['server']['get']> {
  const live = await server.get(ref);
  if ('failure' in live || !live.value || !isGoing(live.value) || dryRun) return live;
  const gone = await server.waitFor(ref, (there) => there === undefined || !isGoing(there));
  if ('failure' in gone || !gone.value || !isGoing(gone.value)) return gone;
  return { failure: { kind: 'refused', reason: 'it is being deleted, and does not go' } };
}

function isGoing({ metadata }: JsonObject): boolean {
  return isJsonObject(metadata) && metadata['deletionTimestamp'] !== undefined;
}

/** An inventory does not make an object ours: it is written before anybody looked. */
function isOurs(live: JsonObject, ids: ReadonlySet<DeploymentId>): boolean {
  const label = ownerLabelOf(live);
  return (label !== undefined && ids.has(label as DeploymentId)) || managersOf(live).includes(FIELD_MANAGER);
}
