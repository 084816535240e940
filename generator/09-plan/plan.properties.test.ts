import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobOid } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import type { ChangeSet, Gated } from '../model/change.ts';
import { type ClusterId, type ContextId, instanceKey, type InstanceRef } from '../model/context.ts';
import { type Committed, type GeneratedFile, HERE, MARKER, type Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { plan } from './plan.ts';

/** Path to content. */
type Tree = ReadonlyMap<RepoPath, string>;

const clusters: readonly ClusterId[] = ['p+a', 'p+b', 'q+a'];
const contexts = ['1', '2'] as readonly string[] as readonly ContextId[];
const instances: readonly InstanceRef[] = clusters.flatMap((cluster) =>
  contexts.flatMap((context) => ['web', 'redis'].map((app) => ({ cluster, context, app }))),
);

function ownerOf(path: RepoPath): Owner | undefined {
  const [, cluster = '', folder, context = '', , app = ''] = path.split('/');
  if (cluster === 'decisions') return { kind: 'decision', namespace: 'retail', deployment: 'shop', app: 'web' };
  if (folder === 'context') return { kind: 'instance', instance: { cluster: cluster as ClusterId, context: context as ContextId, app } };
  return folder === 'references' ? { kind: 'cluster', cluster: cluster as ClusterId } : undefined;
}

const instancePaths = instances.flatMap(({ cluster, context, app }) =>
  ['kustomization.yaml', 'web-service.yaml'].map((name) => repoPath(`clusters/${cluster}/context/${context}/app/${app}/${name}`)),
);
const otherPaths = [...clusters.map((cluster) => `clusters/${cluster}/references/x.yaml`), 'clusters/decisions/retail.shop/web.yaml'].map(
  repoPath,
);
const paths = [...instancePaths, ...otherPaths];

const content = fc.constantFrom('a: 1', 'a: 2', 'a: 3', '').map((body) => `${MARKER}\n${body}`);
const ours: fc.Arbitrary<Tree> = fc
  .subarray(paths)
  .chain((some) =>
    fc
      .array(content, { minLength: some.length, maxLength: some.length })
      .map((texts) => new Map(some.map((path, at) => [path, texts[at] ?? '']))),
  );
const gatesOf = (verdict: fc.Arbitrary<Gated>): fc.Arbitrary<ReadonlyMap<ReturnType<typeof instanceKey>, Gated>> =>
  fc.tuple(...instances.map((ref) => verdict.map((gated) => [instanceKey(ref), gated] as const))).map((entries) => new Map(entries));
const write: Gated = { do: 'write' };
const keep: Gated = { do: 'keep', reasons: [{ code: 'error', message: 'x' }] };

function committedOf(tree: Tree): Committed {
  return new Map(
    [...tree].map(([path, text]) => [path, { path, oid: blobOid(Buffer.from(text)), isMarked: text.startsWith(`${MARKER}\n`) }]),
  );
}

function desiredOf(tree: Tree): readonly GeneratedFile[] {
  return [...tree].flatMap(([path, text]) => {
    const owner = ownerOf(path);
    return owner ? [{ target: HERE, owner, path, content: text }] : [];
  });
}

function planned(desired: Tree, committed: Tree, gates: ReadonlyMap<ReturnType<typeof instanceKey>, Gated>): ChangeSet {
  const request = { desired: desiredOf(desired), committed: committedOf(committed), gates, ownerOf };
  return plan({ ...request, clusters: new Map(clusters.map((id) => [id, providers.fluxv2])), contexts: new Map() }).value;
}

function apply(tree: Tree, { changes }: ChangeSet): Tree {
  const result = new Map(tree);
  for (const { path, before, after } of changes) {
    const there = result.get(path);
    expect(there === undefined ? undefined : blobOid(Buffer.from(there))).toBe(before);
    if (after) result.set(path, Buffer.from(after).toString());
    else result.delete(path);
  }
  return result;
}

const sorted = (tree: Tree): readonly (readonly [RepoPath, string])[] => [...tree].sort(([a], [b]) => (a < b ? -1 : 1));

test('plan(t, t) is empty', () => {
  fc.assert(
    fc.property(ours, gatesOf(fc.constantFrom(write, keep)), (tree, gates) => {
      expect(planned(tree, tree, gates).changes).toEqual([]);
    }),
  );
});

test('applying the plan gives the desired tree, and foreign files beside it stay', () => {
  const foreign: fc.Arbitrary<Tree> = fc
    .subarray(['clusters/p+a/context/1/app/web/notes.txt', 'clusters/p+a/mine.yaml', 'clusters/readme.md'].map(repoPath))
    .map((some) => new Map(some.map((path) => [path, 'mine'])));
  fc.assert(
    fc.property(ours, ours, foreign, gatesOf(fc.constant(write)), (desired, committed, mine, gates) => {
      const before = new Map([...committed, ...mine]);
      expect(sorted(apply(before, planned(desired, before, gates)))).toEqual(sorted(new Map([...desired, ...mine])));
    }),
  );
});

test('no file of a kept instance is touched, whatever is wanted', () => {
  fc.assert(
    fc.property(ours, ours, gatesOf(fc.constantFrom(write, keep)), (desired, committed, gates) => {
      const { changes, held } = planned(desired, committed, gates);
      const kept = new Set([...gates].filter(([, gated]) => gated.do === 'keep').map(([key]) => key));
      expect(changes.filter(({ owner }) => owner.kind === 'instance' && kept.has(instanceKey(owner.instance)))).toEqual([]);
      expect(new Set(held)).toEqual(kept);
    }),
  );
});

test('changes are sorted, and unlike what is there', () => {
  fc.assert(
    fc.property(ours, ours, gatesOf(fc.constant(write)), (desired, committed, gates) => {
      const { changes, unchanged } = planned(desired, committed, gates);
      const names = changes.map(({ path }) => path);
      expect(names).toEqual([...names].sort());
      expect(changes.filter(({ before, after }) => after && before === blobOid(after))).toEqual([]);
      expect(unchanged + changes.filter(({ after }) => after).length).toBe(desired.size);
    }),
  );
});

test('every file that was there is updated, deleted, unchanged, held or outside', () => {
  const outside: Gated = { do: 'keep', reasons: [{ code: 'out-of-scope', message: 'x' }] };
  fc.assert(
    fc.property(ours, ours, gatesOf(fc.constantFrom(write, keep, outside)), (desired, committed, gates) => {
      const { changes, unchanged, kept } = planned(desired, committed, gates);
      const before = changes.filter((change) => change.before !== undefined).length;
      expect(before + unchanged + kept.held + kept.outside).toBe(committed.size);
    }),
  );
});
