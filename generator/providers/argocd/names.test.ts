import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClusterId, type ContextId, clusterId, type InstanceRef } from '../../model/context.ts';
import { clusterName, instanceName, slugOf } from './names.ts';

const instance = (cluster: ClusterId, context: string, app: string): InstanceRef => ({ cluster, context: context as ContextId, app });
const CID = '2698366390668718506';

describe('instanceName()', () => {
  test.each<[string, string | undefined, string, string, RegExp]>([
    ['is what other agents call it', undefined, CID, 'web', /^2698366390668718506-web$/],
    ['begins with the cluster on a hub', 'prov-edge1', CID, 'web', /^prov-edge1-2698366390668718506-web$/],
    ['takes short numbers of names', 'prov-edge-1', CID, 'web-2', /^prov-edge-1-2698366390668718506-web-2$/],
    ['is hashed where it is too long', 'prov-edge1', CID, 'w'.repeat(33), /^prov-edge1-w{33}-x[0-9a-f]{16}$/],
    ['is cut where it is far too long', 'p'.repeat(63), CID, 'w'.repeat(63), /^p{45}-x[0-9a-f]{16}$/],
    ['is hashed where the id is short', 'prov-edge1', '42', 'web', /^prov-edge1-web-x[0-9a-f]{16}$/],
    ['is hashed where the app has a long number', undefined, CID, 'web-123456789012', /^web-x[0-9a-f]{16}$/],
    ['is hashed where the cluster has a long number', 'prov-123456789012', CID, 'web', /^prov-web-x[0-9a-f]{16}$/],
    ['is nothing but a hash where nothing else is left', undefined, '42', '123456789012', /^x[0-9a-f]{16}$/],
  ])('%s', (_, prefix, context, app, expected) => {
    const name = instanceName(instance('prov+edge1', context, app), prefix);
    expect(name).toMatch(expected);
    expect(name.length).toBeLessThanOrEqual(63);
  });
});

// Few and awkward parts, so that names come near each other.
const part = fc.constantFrom('a', 'b', '1', '12', '123456789012', '2698366390668718506', 'x0123456789abcdef', 'w'.repeat(30));
const label = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('-').slice(0, 63).replace(/-+$/, ''))
  .filter((text) => text !== '');
const context = fc.oneof(fc.constantFrom('1', '12', '123456789012', '2698366390668718506'), fc.stringMatching(/^[1-9][0-9]{17,18}$/));
const cluster = fc.tuple(label, label).map(([provider, name]) => clusterId(provider, name));
const instances = fc.array(
  fc.tuple(cluster, context, label).map(([at, id, app]) => instance(at, id, app)),
  { minLength: 2, maxLength: 40 },
);

test('no two instances have one name on a hub, nor the roots of any two clusters', () => {
  let several = 0;
  fc.assert(
    fc.property(instances, (all) => {
      // Clusters of one slug are refused before.
      const owners = new Map<string, ClusterId>();
      const kept = all.filter(({ cluster: id }) => {
        const slug = slugOf(id);
        if (!owners.has(slug)) owners.set(slug, id);
        return owners.get(slug) === id;
      });
      const distinct = [...new Map(kept.map((each) => [JSON.stringify(each), each])).values()];
      const clusters = [...new Set(distinct.map(({ cluster: id }) => id))];
      const names = [
        ...distinct.map((each) => instanceName(each, slugOf(each.cluster))),
        ...clusters.map((id) => clusterName('espalier', { id, slug: slugOf(id) })),
      ];
      if (distinct.length > 10) several += 1;
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }),
    { numRuns: 500 },
  );
  expect(several).toBeGreaterThan(50);
});

test('no two instances of a cluster have one name where Argo CD is its own, nor beside the targets of a hub', () => {
  fc.assert(
    fc.property(instances, (all) => {
      const own = [...new Map(all.map((each) => [`${each.context}/${each.app}`, { ...each, cluster: 'a+hub' as const }])).values()];
      const targets = [...new Map(all.map((each) => [`${each.context}/${each.app}`, { ...each, cluster: 'b+b' as const }])).values()];
      const names = [...own.map((each) => instanceName(each, undefined)), ...targets.map((each) => instanceName(each, 'b-b'))];
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 300 },
  );
});
