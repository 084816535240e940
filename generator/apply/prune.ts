import type { InstanceStep, ObjectOutcome, ObjectRef } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { describeFailure } from './describe-failure.ts';
import { judge, type Verdict } from './judge.ts';
import { listed } from '../lib/words.ts';
import { namespaceHolds } from './namespace-holds.ts';
import { identityOf, nameWithout } from './refs.ts';
import type { Running } from './running.ts';
import type { Reply } from './server.ts';
import { isApiVersion, isPathSegment } from './sound-ref.ts';
import { asObject } from './without-server-fields.ts';

export interface Pruned {
  readonly outcomes: readonly ObjectOutcome[];
  /** What is still there and ours. */
  readonly ours: readonly ObjectRef[];
  /** All of it was looked at, and nothing failed. */
  readonly isWhole: boolean;
}

/** Deletes what an instance has no use for any more, as far as it is ours. */
export async function pruneAll({ id, prune, wants }: InstanceStep, running: Running): Promise<Pruned> {
  const outcomes: ObjectOutcome[] = [];
  const ours: ObjectRef[] = [];
  let isWhole = true;
  for (const ref of prune) {
    const isOver = running.signal.aborted || outcomes.some(({ failure }) => failure?.kind === 'lost');
    if (isOver) {
      isWhole = false;
      ours.push(ref);
      continue;
    }
    const { outcome, isOurs } = await pruneOne(ref, { id, wants, running });
    outcomes.push(outcome);
    isWhole &&= outcome.action !== 'fail';
    if (isOurs) ours.push(ref);
  }
  return { outcomes, ours, isWhole };
}

interface Judged {
  readonly outcome: ObjectOutcome;
  readonly isOurs: boolean;
}

interface Pruning extends Pick<InstanceStep, 'id' | 'wants'> {
  readonly running: Running;
}

async function pruneOne(ref: ObjectRef, { id, wants, running }: Pruning): Promise<Judged> {
  const { server, deleteData, dryRun, going } = running;
  const live = await server.get(ref);
  if ('failure' in live) {
    // Its definition went, and all of its kind with it.
    if (live.failure.kind === 'unknown-kind') return { outcome: { ref, action: 'gone' }, isOurs: false };
    return { outcome: { ref, action: 'fail', failure: live.failure }, isOurs: true };
  }
  if (!live.value) return { outcome: { ref, action: 'gone' }, isOurs: false };
  if (isWantedAnyway(ref, live.value, wants))
    return { outcome: { ref, action: 'stay', note: 'the tree has it: its kind has no namespace' }, isOurs: false };
  const verdict = await besides(judge(ref, live.value, { id, deleteData }), { ref, live: live.value, running });
  if (verdict.do === 'stay') return { outcome: { ref, action: 'stay', note: verdict.reason }, isOurs: verdict.isOurs };
  const removed = dryRun ? undefined : await server.remove(ref, live.value);
  if (removed && 'failure' in removed) return { outcome: { ref, action: 'fail', failure: removed.failure }, isOurs: true };
  going.add(identityOf(ref));
  if (ref.kind === 'CustomResourceDefinition') server.kinds.forget();
  return { outcome: { ref, action: 'delete', before: asObject(live.value) }, isOurs: false };
}

/** Of a kind that only the server knows to have no namespace, a record with another namespace names what the tree still wants. */
function isWantedAnyway(ref: ObjectRef, { metadata }: JsonObject, wants: InstanceStep['wants']): boolean {
  const isPlaced = isJsonObject(metadata) && metadata['namespace'] !== undefined;
  return ref.namespace !== undefined && !isPlaced && wants.has(nameWithout(ref));
}

interface Looking {
  readonly ref: ObjectRef;
  readonly live: JsonObject;
  readonly running: Running;
}

/** What goes with a namespace or a definition may be anybody's. */
async function besides(verdict: Verdict, { ref, live, running }: Looking): Promise<Verdict> {
  if (verdict.do === 'stay') return verdict;
  const isNamespace = ref.group === '' && ref.kind === 'Namespace';
  if (!isNamespace && ref.kind !== 'CustomResourceDefinition') return verdict;
  const holds = isNamespace ? await namespaceHolds(ref.name, running) : await definitionHolds(live, running);
  if ('failure' in holds)
    return { do: 'stay', reason: `what else would go with it cannot be told: ${describeFailure(holds.failure)}`, isOurs: true };
  return holds.value.length === 0 ? verdict : { do: 'stay', reason: `it holds ${listed(holds.value)}`, isOurs: true };
}

const UNSERVED: Reply<never> = { failure: { kind: 'refused', reason: 'none of its versions is served' } };

async function definitionHolds(live: JsonObject, { server, going }: Running): ReturnType<typeof namespaceHolds> {
  const { spec } = live;
  if (!isJsonObject(spec) || !isJsonObject(spec['names'])) return UNSERVED;
  const { group, versions, scope } = spec;
  const { kind, plural } = spec['names'];
  const [served] = ((Array.isArray(versions) ? versions : []) as readonly Json[]).filter(
    (one) => isJsonObject(one) && one['served'] === true,
  );
  if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string' || !isJsonObject(served)) return UNSERVED;
  const version = typeof served['name'] === 'string' ? served['name'] : '';
  if (!isApiVersion(`${group}/${version}`) || !isPathSegment(plural)) return UNSERVED;
  const resource = { apiVersion: `${group}/${version}`, kind, plural, isNamespaced: scope === 'Namespaced', verbs: [] };
  const objects = await server.list(resource);
  if ('failure' in objects) return objects;
  const staying = objects.value
    .filter(({ metadata }) => metadata['deletionTimestamp'] === undefined)
    .map(({ metadata }) => ({
      group,
      version,
      kind,
      ...(typeof metadata['namespace'] === 'string' && { namespace: metadata['namespace'] }),
      name: metadata.name,
    }))
    .filter((each) => !going.has(identityOf(each)));
  return { value: staying.map(({ namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`) };
}
