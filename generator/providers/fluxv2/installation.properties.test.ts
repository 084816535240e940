import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFluxCluster } from '../../../test/support/fleet.ts';
import {
  BOOTSTRAPPED,
  committed,
  COMPONENTS,
  INSTANCE,
  KUSTOMIZATION,
  listed,
  ours,
  run,
  type Situation,
  SYNC,
  upstream,
  vendor,
  without,
} from '../../../test/support/flux-situations.ts';
import { compareVersions } from '../../lib/version.ts';
import { MARKER } from '../../model/file.ts';
import { versionOf } from './heads.ts';

const version = fc.constantFrom('2.8.4', '2.9.1', '2.9.4', '2.10.0');
const components = fc.option(
  fc.oneof(version.map(upstream), version.map(ours), fc.constant('kind: Namespace\n'), fc.constant(`${MARKER}\nkind: Namespace\n`)),
  { nil: undefined },
);
const list = fc.option(
  fc.oneof(
    fc.constantFrom(
      BOOTSTRAPPED,
      'resources:\n  - "gotk-components.yaml"\n  - gotk-sync.yaml # ours\n',
      `${MARKER}\nresources:\n- gotk-sync.yaml\n`,
      `${MARKER}\nresources:\n- flux-instance.yaml\n`,
      `${MARKER}\r\nresources:\r\n- gotk-components.yaml\r\n- gotk-sync.yaml\r\n`,
    ),
    fc.boolean().map((lockdown) => `${MARKER}\n${run({ vendored: vendor('2.9.4'), gitOps: { lockdown } }).tree.get(KUSTOMIZATION)!}`),
  ),
  { nil: undefined },
);
const gitOps = fc.record(
  {
    install: fc.constantFrom('manifests' as const, 'operator' as const, 'none' as const),
    agentVersion: fc.oneof(version, fc.constantFrom('2.9', '2.8')),
  },
  { requiredKeys: [] },
);

const situation = fc
  .record({ components, list, instance: fc.boolean(), versions: fc.uniqueArray(version), gitOps, isRemoved: fc.boolean() })
  .map(({ components: text, list: kustomization, instance, versions, gitOps: asked, isRemoved }): Situation => {
    const tree = new Map<string, string>();
    if (text !== undefined) tree.set(COMPONENTS, text);
    if (kustomization !== undefined) {
      tree.set(KUSTOMIZATION, kustomization);
      tree.set('flux-system/gotk-sync.yaml', 'flux');
    }
    if (instance) tree.set(INSTANCE, `${MARKER}\nkind: FluxInstance\n`);
    const cluster = makeFluxCluster('provider1+cluster1', isRemoved ? { state: 'Removed' } : {}, asked);
    return { tree, vendored: vendor(...[...versions].sort(compareVersions)), cluster };
  });

test('nothing that Flux applies is ever unlisted, no listed file is missing, and no version goes down', () => {
  const seen = { written: 0, kept: 0, refused: 0 };
  fc.assert(
    fc.property(situation, (given) => {
      const { tree: before = new Map<string, string>() } = given;
      const result = run(given);
      seen[result.isWritten ? (result.tree.get(COMPONENTS) === before.get(COMPONENTS) ? 'kept' : 'written') : 'refused'] += 1;
      if (!result.isWritten) return;
      const after = listed(result.tree);
      // A FluxInstance that is listed and lost is made anew; so are both files of the manifests.
      for (const name of listed(before)) if (before.has(`flux-system/${name}`)) expect(after).toContain(name);
      for (const name of after) expect(result.tree.has(`flux-system/${name}`)).toBe(true);
      const [old, now] = [before.get(COMPONENTS), result.tree.get(COMPONENTS)];
      if (old !== undefined) {
        expect(now).toBeDefined();
        const [from, to] = [versionOf(committed(old)), versionOf(committed(now!))];
        if (from !== undefined) expect(compareVersions(to!, from)).toBeGreaterThanOrEqual(0);
      }
      expect(run({ ...given, tree: result.tree }).tree).toEqual(result.tree);
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});

const DELETABLE = [COMPONENTS, KUSTOMIZATION, SYNC, INSTANCE, 'kustomization.yaml', 'references.yaml', 'references/README.md'];
const accident = fc.record({ given: situation, then: situation, gone: fc.subarray(DELETABLE, { minLength: 1 }) });

test('whatever a person deletes by hand, Flux is never unlisted but by the way to the operator, or with all of the cluster', () => {
  const seen = { safe: 0, refused: 0, operator: 0 };
  fc.assert(
    fc.property(accident, ({ given, then, gone }) => {
      const { tree: applied, isWritten } = run(given);
      fc.pre(isWritten && applied.has(COMPONENTS) && listed(applied).includes('gotk-components.yaml'));
      // What Espalier leaves alone, it does not unlist.
      const tree = without(applied, ...gone);
      fc.pre(tree.size > 0);
      const result = run({ ...then, tree });
      seen[result.isWritten ? 'safe' : 'refused'] += 1;
      if (!result.isWritten) return;
      if (listed(result.tree).includes('flux-instance.yaml') && !tree.has(SYNC)) {
        seen.operator += 1;
        expect([KUSTOMIZATION, COMPONENTS, SYNC].filter((path) => tree.has(path))).toEqual([]);
        expect(tree.has(INSTANCE)).toBe(true);
        return;
      }
      expect(listed(result.tree)).toContain('gotk-components.yaml');
      expect(result.tree.get(COMPONENTS)).toMatch(/^kind: /m);
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});
