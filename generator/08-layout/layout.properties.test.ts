import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFluxCluster, makeLayoutRequest, type Tenancy } from '../../test/support/fleet.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from '../../test/support/intents.ts';
import { instanceKey } from '../model/context.ts';
import type { KubeObject } from '../model/kube.ts';
import { providers } from '../providers/registry.ts';
import { layout } from './layout.ts';
import { ownerOf } from './owner-of.ts';

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/);
const objectName = fc.oneof(
  label,
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.constantFrom('../../x', '..', 'a/b', 'A', 'a'),
);
const type = fc.constantFrom<(readonly [string, string])[]>(
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'Job'],
  ['example.com/v1', 'Widget'],
);
const object = fc
  .record({ type, name: objectName })
  .map(({ type: [apiVersion, kind], name }): KubeObject => ({ apiVersion, kind, metadata: { name } }));
const objects = fc.array(object, { minLength: 1, maxLength: 5 });
const clusters = [
  makeFluxCluster('provider1+one'),
  makeFluxCluster('provider1+two', {}, { agentVersion: '2.3' }),
  makeCluster('provider1+bare'),
];

const tenancy = fc
  .record({
    name: label,
    apps: fc.uniqueArray(fc.record({ name: label, objects }), { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
    where: fc.subarray(clusters, { minLength: 1 }),
  })
  .map(({ name, apps, where }): Tenancy => ({
    cloud: makeCloud({}, `cloud-${name}`),
    deployment: makeDeployment(
      apps.map((app) => makeApp({ name: app.name })),
      name,
    ),
    clusters: where,
    objects: apps.map((app) => app.objects),
  }));
const fleet = fc.uniqueArray(tenancy, { minLength: 1, maxLength: 3, selector: ({ deployment }) => deployment.context.name });

test('every path lies inside its root, tells its owner, and is written once', () => {
  fc.assert(
    fc.property(fleet, (tenancies) => {
      const files = layout(makeLayoutRequest(tenancies)).value;
      for (const { path, owner } of files) {
        expect(path).toMatch(/^clusters\/(?:[a-z0-9-]+\+[a-z0-9-]+|decisions)\/[A-Za-z0-9._/-]+$/);
        expect(path.split('/')).not.toContain('..');
        expect(ownerOf(path, providers)).toEqual(owner);
      }
      expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(files.length);
    }),
  );
});

test('an instance that is not written takes its own files along and changes no other', () => {
  fc.assert(
    fc.property(fleet, fc.nat(), (tenancies, pick) => {
      const request = makeLayoutRequest(tenancies);
      const { instance } = request.instances[pick % request.instances.length]!;
      const gates = new Map(request.gates).set(instanceKey(instance), { do: 'keep', reasons: [] });
      const all = layout(request).value;
      const others = all.filter(({ owner }) => owner.kind !== 'instance' || instanceKey(owner.instance) !== instanceKey(instance));
      expect(others.length).toBeLessThan(all.length);
      expect(layout({ ...request, gates }).value).toEqual(others);
    }),
  );
});

test('the order of instances, placements and documents changes nothing', () => {
  fc.assert(
    fc.property(fleet, (tenancies) => {
      const request = makeLayoutRequest(tenancies);
      const { intents } = request;
      const reversed = {
        ...request,
        intents: { ...intents, clouds: [...intents.clouds].reverse(), deployments: [...intents.deployments].reverse() },
        instances: [...request.instances].reverse(),
        placements: [...request.placements].reverse(),
        decisions: [...request.decisions].reverse(),
      };
      expect(layout(reversed).value).toEqual(layout(request).value);
    }),
    { numRuns: 30 },
  );
});
