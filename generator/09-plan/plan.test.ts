import { describe, expect, test } from 'vitest';
import { blobOid, toContext } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import type { Gated } from '../model/change.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import { type Committed, type GeneratedFile, HERE, MARKER, type Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import type { PlanRequest } from './plan-request.ts';
import { plan } from './plan.ts';

const shop = toContext({ kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' });
const cluster: ClusterId = 'p+a';
const web: InstanceRef = { cluster, context: shop.id, app: 'web' };
const folder = `clusters/p+a/context/${shop.id}/app/web`;
const owners: Readonly<Record<string, Owner>> = {
  instance: { kind: 'instance', instance: web },
  cluster: { kind: 'cluster', cluster },
  decision: { kind: 'decision', namespace: 'retail', deployment: 'shop', app: 'web' },
};

const text = (body: string): string => `${MARKER}\n${body}\n`;

function file(path: string, content: string): GeneratedFile {
  const owner = ownerOf(repoPath(path));
  if (!owner) throw new Error(path);
  return { target: HERE, owner, path: repoPath(path), content };
}

function ownerOf(path: RepoPath): Owner | undefined {
  if (path.startsWith(`${folder}/`)) return owners['instance'];
  if (path.startsWith('clusters/decisions/')) return owners['decision'];
  if (/^clusters\/p\+a\/(references|flux-system\/|kustomization)/.test(path)) return owners['cluster'];
  return /^clusters\/p\+z\/references/.test(path) ? { kind: 'cluster', cluster: 'p+z' } : undefined;
}

function tree(files: Readonly<Record<string, string>>): Committed {
  return new Map(
    Object.entries(files).map(([name, content]) => {
      const path = repoPath(name);
      return [path, { path, oid: blobOid(Buffer.from(content)), isMarked: content.startsWith(`${MARKER}\n`) }];
    }),
  );
}

function planned(desired: readonly GeneratedFile[], files: Readonly<Record<string, string>>, request: Partial<PlanRequest> = {}) {
  const gates = new Map<InstanceKey, Gated>([[instanceKey(web), { do: 'write' }]]);
  const contexts = new Map([[shop.id, shop]]);
  const { value, diagnostics } = plan({
    desired,
    committed: tree(files),
    gates,
    ownerOf,
    clusters: new Map([[cluster, providers.fluxv2]]),
    contexts,
    ...request,
  });
  return {
    changes: value.changes.map(({ path, before, after }) => `${before === undefined ? '+' : after === undefined ? '-' : '~'} ${path}`),
    unchanged: value.unchanged,
    held: value.held,
    kept: value.kept,
    codes: diagnostics.map(({ code, message }) => `${code}: ${message}`),
    reaches: diagnostics.map(({ reach }) => reach),
  };
}

test('plan() creates, updates (hand edits too), leaves and deletes', () => {
  const desired = [file(`${folder}/a.yaml`, text('a')), file(`${folder}/b.yaml`, text('b')), file(`${folder}/c.yaml`, text('c'))];
  const there = { [`${folder}/b.yaml`]: text('edited by hand'), [`${folder}/c.yaml`]: text('c'), [`${folder}/d.yaml`]: text('d') };
  expect(planned(desired, there)).toMatchObject({
    changes: [`+ ${folder}/a.yaml`, `~ ${folder}/b.yaml`, `- ${folder}/d.yaml`],
    unchanged: 1,
    held: [],
    codes: [],
  });
});

test('plan() carries what is there as a precondition', () => {
  const desired = [file('clusters/p+a/references.yaml', text('new'))];
  const committed = tree({ 'clusters/p+a/references.yaml': text('old'), 'clusters/p+a/references/x.yaml': text('x') });
  const { value } = plan({
    desired,
    committed,
    gates: new Map(),
    ownerOf,
    clusters: new Map([[cluster, providers.fluxv2]]),
    contexts: new Map(),
  });
  expect(value.changes).toEqual([
    {
      target: HERE,
      owner: owners['cluster'],
      path: 'clusters/p+a/references.yaml',
      before: blobOid(Buffer.from(text('old'))),
      after: new TextEncoder().encode(text('new')),
    },
    { target: HERE, owner: owners['cluster'], path: 'clusters/p+a/references/x.yaml', before: blobOid(Buffer.from(text('x'))) },
  ]);
});

test.each([
  ['without our marker', { [`${folder}/notes.yaml`]: 'mine\n' }],
  ['that nobody owns', { 'clusters/p+a/elsewhere.yaml': text('x'), 'clusters/readme.yaml': text('x') }],
  ['of a cluster that is not described', { 'clusters/p+z/references.yaml': text('x') }],
])('plan() leaves files %s', (_name, there) => {
  expect(planned([], there).changes).toEqual([]);
});

describe('a kept owner', () => {
  const kept = new Map<InstanceKey, Gated>([[instanceKey(web), { do: 'keep', reasons: [{ code: 'error', message: 'x' }] }]]);

  test('keeps its files, and is reported as held', () => {
    const there = { [`${folder}/a.yaml`]: text('old'), [`${folder}/b.yaml`]: text('b') };
    expect(planned([file(`${folder}/a.yaml`, text('new'))], there, { gates: kept })).toMatchObject({
      changes: [],
      held: [instanceKey(web)],
      kept: { held: 2, outside: 0 },
    });
  });

  test('is not held when it is only out of scope', () => {
    const gates = new Map<InstanceKey, Gated>([[instanceKey(web), { do: 'keep', reasons: [{ code: 'out-of-scope', message: 'x' }] }]]);
    expect(planned([], { [`${folder}/a.yaml`]: text('a') }, { gates })).toMatchObject({
      changes: [],
      held: [],
      kept: { held: 0, outside: 1 },
    });
  });

  test('may be a decision', () => {
    const path = 'clusters/decisions/retail.shop/web.yaml';
    expect(planned([], { [path]: text('x') }, { keepsDecision: () => true }).changes).toEqual([]);
    expect(planned([], { [path]: text('x') }, { keepsDecision: () => false }).changes).toEqual([`- ${path}`]);
  });
});

describe('somebody else’s file', () => {
  test('in the way of an instance holds the whole instance', () => {
    const desired = [file(`${folder}/a.yaml`, text('a')), file(`${folder}/b.yaml`, text('b'))];
    const there = { [`${folder}/a.yaml`]: 'mine\n', [`${folder}/old.yaml`]: text('old') };
    expect(planned(desired, there)).toEqual({
      changes: [],
      unchanged: 0,
      held: [instanceKey(web)],
      kept: { held: 1, outside: 0 },
      codes: [`foreign-file: Cannot write "${folder}/a.yaml": what stands there was not generated by Espalier`],
      reaches: [{ kind: 'context', context: shop, app: 'web' }],
    });
  });

  test.each([
    ['a file where a folder belongs', { 'clusters/p+a/context': 'mine\n' }, 'clusters/p+a/context'],
    ['a folder where a file belongs', { [`${folder}/a.yaml/b`]: 'mine\n' }, `${folder}/a.yaml`],
  ])('may be %s', (_name, there, path) => {
    expect(planned([file(`${folder}/a.yaml`, text('a'))], there)).toMatchObject({
      changes: [],
      codes: [`foreign-file: Cannot write "${path}": what stands there was not generated by Espalier`],
    });
  });

  test('in the way of what the cluster itself owns stops the run', () => {
    expect(planned([file('clusters/p+a/references.yaml', text('a'))], { 'clusters/p+a/references.yaml': 'mine' })).toMatchObject({
      changes: [],
      reaches: [{ kind: 'run' }],
    });
  });

  test('that says the same is no obstacle', () => {
    const path = 'clusters/p+a/flux-system/other.yaml';
    expect(planned([file(path, 'same')], { [path]: 'same' })).toMatchObject({ changes: [], unchanged: 1, codes: [] });
  });
});

describe('what flux bootstrap wrote', () => {
  const sync = 'clusters/p+a/flux-system/gotk-sync.yaml';
  const kustomization = 'clusters/p+a/flux-system/kustomization.yaml';
  const bootstrap =
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- gotk-components.yaml\n- gotk-sync.yaml\n';

  test('is adopted', () => {
    const desired = [file(sync, 'sync: new\n'), file(kustomization, text('ours'))];
    expect(planned(desired, { [sync]: 'sync: old\n', [kustomization]: bootstrap })).toMatchObject({
      changes: [`~ ${sync}`, `~ ${kustomization}`],
      codes: [],
    });
  });

  test('is never deleted', () => {
    expect(planned([], { [sync]: 'sync: old\n', [kustomization]: bootstrap }).changes).toEqual([]);
  });

  test('is left alone, with a warning, once a person edited it', () => {
    expect(planned([file(kustomization, text('ours'))], { [kustomization]: `${bootstrap}patches: []\n` })).toMatchObject({
      changes: [],
      codes: [`own-flux-kustomization: File "${kustomization}" was written by hand: it is left alone`],
    });
  });
});

describe('with a scope', () => {
  const desired = [file('clusters/p+a/references.yaml', text('new')), file('clusters/p+a/kustomization.yaml', text('root'))];
  const there = { 'clusters/p+a/references.yaml': text('old') };
  const scope = [{ kind: 'deployment', deployment: shop }] as const;

  test('of a cluster, only its own files are written', () => {
    expect(planned(desired, there, { scope: [{ kind: 'cluster', cluster: 'p+b' }] }).changes).toEqual([]);
    expect(planned(desired, there, { scope: [{ kind: 'cluster', cluster }] }).changes).toHaveLength(2);
  });

  test('of a deployment, a cluster that it is written to gets what is missing, and no more', () => {
    expect(planned(desired, there, { scope }).changes).toEqual(['+ clusters/p+a/kustomization.yaml']);
    expect(planned(desired, there, { scope, gates: new Map() }).changes).toEqual([]);
  });
});

test('plan() takes an instance without a verdict for a bug', () => {
  expect(() => planned([], { [`${folder}/a.yaml`]: text('a') }, { gates: new Map() })).toThrow('No verdict on instance');
});
