import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { compileSelector } from '../lib/selector.ts';
import type { ClusterSelector, Placement } from '../model/api.generated.ts';
import type { Intents } from '../model/intents.ts';
import { place } from './place.ts';

const word = fc.constantFrom('a', 'b', 'c');
const id = fc.tuple(word, fc.constantFrom('x', 'y', 'z', 'x-1', 'y2')).map(([provider, name]) => `${provider}+${name}`);
const labels = fc.dictionary(fc.constantFrom('tier', 'zone'), word, { maxKeys: 2, noNullPrototype: true });
const cluster = fc
  .record({ id, labels, state: fc.constantFrom('Active' as const, 'Active' as const, 'Removed' as const) })
  .map(({ id: name, ...facts }) => makeCluster(name, facts));
const clusters = fc.uniqueArray(cluster, { selector: (made) => made.id, maxLength: 12 });

const selector: fc.Arbitrary<ClusterSelector> = fc.oneof(
  fc.constant({}),
  fc.record({ provider: word }),
  fc.record({ matchLabels: labels }),
  fc.record({ clusterLabel: fc.constantFrom('tier', 'zone=a') }),
  fc.record({
    matchExpressions: fc.tuple(
      fc.record({ key: fc.constant('tier'), operator: fc.constantFrom('In' as const, 'NotIn' as const), values: fc.tuple(word) }),
    ),
  }),
  fc.record({ expression: word.map((value) => `cluster.labels.tier == "${value}"`) }),
);
const selectors = fc
  .tuple(selector, fc.array(selector, { maxLength: 2 }))
  .map(([first, rest]): [ClusterSelector, ...ClusterSelector[]] => [first, ...rest]);
// A cloud with a selector that names nobody rules nothing out; that case has a test of its own.
const cloudSelectors = selectors.filter((list) => list.every(({ provider }) => provider === undefined));
const item = fc.oneof(
  selector,
  selectors.map((anyOf) => ({ anyOf })),
);
const placement: fc.Arbitrary<Placement> = fc.record(
  { allOf: fc.tuple(item, item), anyOf: selectors, count: fc.integer({ min: 1, max: 4 }) },
  { requiredKeys: [] },
);
const intents: fc.Arbitrary<Intents> = fc
  .record({
    clusters,
    placements: fc.array(placement, { minLength: 1, maxLength: 3 }),
    cloud: fc.option(cloudSelectors, { nil: undefined }),
  })
  .map(({ clusters: fleet, placements, cloud }) =>
    makeIntents({
      clusters: fleet,
      clouds: [makeCloud(cloud ? { clusters: cloud } : {})],
      deployments: placements.map((asked, index) => makeDeployment([makeApp({ placement: asked })], `d${index}`)),
    }),
  );

const decisions = (given: Intents) => place(given).value.map(({ decision }) => decision);

function selectorsOf({ allOf, anyOf }: Placement): readonly ClusterSelector[] {
  return [...(allOf ?? []).flatMap((one) => ('anyOf' in one ? one.anyOf : [one])), ...(anyOf ?? [])];
}

test('the order of documents changes no decision and no finding', () => {
  fc.assert(
    fc.property(intents, fc.gen(), (given, gen) => {
      const shuffle = <T>(items: readonly T[]): T[] => gen(fc.shuffledSubarray<T>, [...items], { minLength: items.length });
      const shuffled = { ...given, clusters: shuffle(given.clusters), deployments: shuffle(given.deployments) };
      expect(place(shuffled).value.map(({ decision }) => decision)).toEqual(decisions(given));
      expect(place(shuffled).diagnostics).toEqual(place(given).diagnostics);
    }),
  );
});

test('every matched cluster is chosen or rejected, no other is, and each has reasons', () => {
  fc.assert(
    fc.property(intents, (given) => {
      for (const { app, clusters: chosen, decision } of place(given).value) {
        const asked = selectorsOf(app.value.placement);
        const matched = given.clusters.filter((one) => asked.some((each) => compileSelector(each).matches(one)));
        const listed = [...decision.chosen, ...decision.rejected];
        expect(listed.map(({ cluster: name }) => name).sort()).toEqual(matched.map(({ id: name }) => name).sort());
        expect(listed.every(({ reasons }) => reasons.length > 0)).toBe(true);
        expect(chosen.map(({ id: name }) => name)).toEqual(decision.chosen.map(({ cluster: name }) => name));
      }
    }),
  );
});

test('a cluster that a filter rules out is never chosen', () => {
  fc.assert(
    fc.property(intents, (given) => {
      const spans = given.clouds[0]!.value.spec.clusters ?? [{}];
      for (const { clusters: chosen } of place(given).value) {
        for (const one of chosen) {
          expect(one.value.spec.state).toBe('Active');
          expect(spans.some((each) => compileSelector(each).matches(one))).toBe(true);
        }
      }
    }),
  );
});

test('anyOf alone takes count clusters, or says that there are fewer', () => {
  fc.assert(
    fc.property(clusters, selectors, fc.integer({ min: 1, max: 4 }), (fleet, anyOf, count) => {
      const given = makeIntents({ clusters: fleet, deployments: [makeDeployment([makeApp({ placement: { anyOf, count } })])] });
      const { value, diagnostics } = place(given);
      const taken = value[0]!.clusters.length;
      expect(taken).toBeLessThanOrEqual(count);
      const isNamed = anyOf.some(
        ({ provider }) => provider !== undefined && !fleet.some(({ value: { spec } }) => spec.provider === provider),
      );
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(taken < count && !isNamed);
    }),
  );
});

test('allOf alone takes every matching cluster that is free', () => {
  fc.assert(
    fc.property(clusters, selector, (fleet, only) => {
      const given = makeIntents({ clusters: fleet, deployments: [makeDeployment([makeApp({ placement: { allOf: [only] } })])] });
      const free = given.clusters.filter((one) => one.value.spec.state === 'Active' && compileSelector(only).matches(one));
      expect(place(given).value[0]!.clusters).toEqual(free);
    }),
  );
});

test('adding a cluster that nothing selects, or one that is ruled out, moves nothing', () => {
  fc.assert(
    fc.property(intents, cluster, (given, added) => {
      fc.pre(given.clusters.every(({ id: known }) => known !== added.id));
      const asked = given.deployments.flatMap(({ value }) => value.spec.apps.flatMap((app) => selectorsOf(app.placement)));
      const isSelected = asked.some((each) => compileSelector(each).matches(added));
      const larger = { ...given, clusters: [...given.clusters, added] };
      if (!isSelected) expect(decisions(larger)).toEqual(decisions(given));
      if (added.value.spec.state === 'Removed')
        expect(decisions(larger).map(({ chosen }) => chosen)).toEqual(decisions(given).map(({ chosen }) => chosen));
    }),
  );
});
