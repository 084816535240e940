import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCloud, makeCluster, makeIntents } from '../../test/support/intents.ts';
import { toContext } from '../lib/hash.ts';
import { type ClusterId, type ContextId, type ContextRef, instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { History } from '../model/history.ts';
import { gate } from './gate.ts';

const retail = makeCloud();
const vision = makeCloud({}, 'vision');
const clusters = ['p+a', 'p+b'] as const;
const shop = '41' as ContextId;
const video = '42' as ContextId;

function historyOf(clouds: ReadonlyMap<ContextId, ContextRef>): History {
  const nothing = () => undefined;
  return {
    nameOf: nothing,
    idsOf: () => [],
    cloudOf: (context) => clouds.get(context),
    namespaceOn: nothing,
    levelOn: () => undefined,
    namespacesOn: () => [],
  };
}

const history = historyOf(
  new Map([
    [shop, retail.context],
    [video, vision.context],
  ]),
);

function app(context: ContextId, cluster: ClusterId = 'p+a'): InstanceRef {
  return { cluster, context, app: 'web' };
}

function cloud({ context }: typeof retail, cluster: ClusterId = 'p+a'): InstanceRef {
  return { cluster, context: context.id, app: LOGICAL_CLOUD_APP };
}

const all = makeIntents({ clusters: clusters.map((id) => makeCluster(id)), clouds: [], deployments: [] });

/** What a run without documents of them removes of what is committed. */
function removed(
  committed: readonly InstanceRef[],
  { told = history, intents = all }: { readonly told?: History; readonly intents?: typeof all } = {},
) {
  const gates = gate({ intents, wanted: [], committed, diagnostics: [], isolate: false, history: told });
  return committed.filter((ref) => gates.get(instanceKey(ref))?.do === 'remove');
}

describe('a logical cloud', () => {
  test('stays in the run that removes its last app, and goes in the next', () => {
    expect(removed([app(shop), cloud(retail)])).toEqual([app(shop)]);
    expect(removed([cloud(retail)])).toEqual([cloud(retail)]);
  });

  test('says why it stays', () => {
    const gates = gate({ intents: all, wanted: [], committed: [app(shop), cloud(retail)], diagnostics: [], isolate: false, history });
    expect(gates.get(instanceKey(cloud(retail)))).toMatchObject({ do: 'keep', reasons: [{ code: 'still-used' }] });
  });

  test('goes though another one has apps on the cluster, and its own are on others', () => {
    expect(removed([app(video), app(shop, 'p+b'), cloud(retail), cloud(retail, 'p+b'), cloud(vision)])).toEqual([
      app(video),
      app(shop, 'p+b'),
      cloud(retail),
    ]);
  });

  test('stays while an app is there that nothing tells the cloud of', () => {
    expect(removed([app('77' as ContextId), cloud(retail)])).toEqual([app('77' as ContextId)]);
    expect(removed([app(video), cloud(retail)])).toEqual([app(video)]);
  });

  test('is known by the id that it kept from an earlier name', () => {
    const renamed = { ...retail, context: toContext(retail.context, '99') };
    const intents = { ...all, clouds: [renamed] };
    expect(removed([app(shop), app(video), cloud(renamed), cloud(vision)], { intents })).toEqual([app(shop), app(video)]);
    expect(removed([app(shop), cloud(renamed), cloud(vision)], { intents })).toEqual([app(shop), cloud(vision)]);
  });
});

test('no run removes a cloud while an app that used it is committed', () => {
  const contexts = fc.constantFrom(shop, video, '77' as ContextId);
  const apps = fc.record({ cluster: fc.constantFrom(...clusters), context: contexts, app: fc.constantFrom('web', 'db') });
  const clouds = fc.constantFrom(...clusters.flatMap((id) => [cloud(retail, id), cloud(vision, id)]));
  const run = fc.record({
    committed: fc.array(fc.oneof(apps, clouds), { maxLength: 12 }),
    wanted: fc.array(fc.oneof(apps, clouds), { maxLength: 6 }),
    told: fc.dictionary(contexts, fc.constantFrom(retail.context, vision.context)),
    isKnown: fc.boolean(),
  });
  fc.assert(
    fc.property(run, ({ committed, wanted, told, isKnown }) => {
      const cloudOf = new Map(Object.entries(told).map(([context, ref]) => [context as ContextId, ref] as const));
      const intents = { ...all, clouds: isKnown ? [retail, vision] : [] };
      const gates = gate({ intents, wanted, committed, diagnostics: [], isolate: false, history: historyOf(cloudOf) });
      const gone = committed.filter((ref) => ref.app === LOGICAL_CLOUD_APP && gates.get(instanceKey(ref))?.do === 'remove');
      for (const { cluster, context } of gone) {
        const users = committed.filter((ref) => ref.cluster === cluster && ref.app !== LOGICAL_CLOUD_APP && cloudOf.get(ref.context));
        expect(users.filter((ref) => toContext(cloudOf.get(ref.context) ?? retail.context).id === context)).toEqual([]);
      }
    }),
  );
});
