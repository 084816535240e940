import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { convert, type Converted } from './convert.ts';
import type { Archive, Attempt, Ports } from './model.ts';
import { readDocuments } from './read-documents.ts';

const FIXTURES = new URL('../../../test/fixtures/emco/', import.meta.url).pathname;
const read = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

/** The fixtures as they would be beside the documents: `packages/<app>.tar.gz` are folders there. */
const ports: Ports = {
  readArchive({ path }) {
    const [, name = '', profile] = /^packages\/(\w+?)(-profile)?\.tar\.gz$/.exec(path) ?? [];
    return Promise.resolve(archiveOf(profile === undefined ? `charts/${name}` : `profiles/${name}`));
  },
  readText: ({ path }) =>
    Promise.resolve(
      existsSync(join(FIXTURES, path)) ? { ok: true, value: read(path) } : { ok: false, reason: `"${path}": it does not exist` },
    ),
  charts: { kind: 'repository', address: 'oci://registry.example.net/charts' },
};

function archiveOf(folder: string): Attempt<Archive> {
  const top = join(FIXTURES, folder);
  if (!existsSync(top)) return { ok: false, reason: 'it does not exist' };
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(top.length + 1), readFileSync(path, 'utf8')] as const);
  return { ok: true, value: { folder: '', files: new Map(files) } };
}

const NOBODY = { agents: new Set(['fluxv2']), reserved: new Set(['flux-system']), clouds: new Map() };

async function converted(texts: readonly string[], more: Partial<Parameters<typeof convert>[0]> = {}): Promise<Converted> {
  const { documents, problems } = readDocuments(
    texts.map((text, index) => ({ path: `${index}.yaml`, text })),
    undefined,
  );
  expect(problems).toEqual([]);
  return convert({ documents, ports, ...NOBODY, ...more });
}

function valueAt({ files }: Converted, path: string): JsonObject {
  const value = parseYaml(files.find((file) => file.path === path)?.text ?? '').documents[0]?.value;
  return isJsonObject(value) ? value : {};
}

const told = ({ report }: Converted): readonly string[] =>
  report.map(({ outcome, what, reason }) => `${outcome} ${what}${reason === undefined ? '' : `: ${reason}`}`);

function document(anchor: string, rest: object): string {
  return JSON.stringify({ version: 'emco/v2', resourceContext: { anchor }, ...rest });
}

const P = 'cluster-providers';
const CLUSTER = document(`${P}/p/clusters`, {
  metadata: { name: 'c1' },
  spec: { gitOps: { gitOpsType: 'azureArcV2', gitOpsReferenceObject: 'git', gitOpsResourceObject: 'cloud' } },
  file: 'nothing.yaml',
});
const GIT = document(`${P}/p/cluster-sync-objects`, {
  metadata: { name: 'git' },
  spec: { kv: [{ url: 'https://git.example.net/fleet' }] },
});
const AZURE = document(`${P}/p/cluster-sync-objects`, {
  metadata: { name: 'cloud' },
  spec: {
    kv: [
      { subscriptionID: '00000000-0000-0000-0000-000000000001', clientSecret: 'not-a-secret' },
      { arcCluster: 'Arc_One', arcResourceGroup: 'fleet', syncInterval: '45' },
    ],
  },
});

describe('the agent of a cluster', () => {
  test('is written where it can be, from EMCO’s swapped objects', async () => {
    const outcome = await converted([CLUSTER, GIT, AZURE], { agents: new Set(['azureArc']) });
    expect(valueAt(outcome, 'intents/clusters/p/c1.yaml')['spec']).toEqual({
      provider: 'p',
      gitOps: { gitOpsType: 'azureArc', gitOpsReferenceObject: 'cloud', gitOpsResourceObject: 'git', resourceName: 'Arc_One' },
      delivery: { interval: '45s' },
    });
    expect(valueAt(outcome, 'intents/clusters/p/cloud.sync.yaml')['spec']).toEqual({
      provider: 'p',
      type: 'azure',
      azure: { subscriptionId: '00000000-0000-0000-0000-000000000001', resourceGroup: 'fleet' },
    });
    expect(JSON.stringify(outcome)).not.toContain('not-a-secret');
    expect(told(outcome)).toContainEqual(expect.stringContaining('todo sync object p/cloud: "clientSecret" was not copied'));
  });

  test('is told of where it cannot be written yet', async () => {
    const outcome = await converted([CLUSTER, GIT, AZURE]);
    expect(valueAt(outcome, 'intents/clusters/p/c1.yaml')['spec']).toEqual({ provider: 'p' });
    expect(told(outcome)).toContainEqual(
      expect.stringContaining('todo cluster p/c1: its agent "azureArcV2", here azureArc, cannot be written yet'),
    );
  });

  test.each([
    ['fluxcd', 'fluxv2'],
    ['fluxv2', 'fluxv2'],
    ['azureArc', 'azureArc'],
    ['azureArcV2', 'azureArc'],
    ['anthos', 'googleAnthos'],
    ['googleAnthos', 'googleAnthos'],
    ['argocd', 'argocd'],
  ])('called %s is %s', async (alias, type) => {
    const outcome = await converted([CLUSTER.replace('azureArcV2', alias), GIT, AZURE.replace('arcCluster', 'project')], {
      agents: new Set([type]),
    });
    const spec = valueAt(outcome, 'intents/clusters/p/c1.yaml')['spec'];
    const gitOps = isJsonObject(spec) ? spec['gitOps'] : undefined;
    expect(isJsonObject(gitOps) && gitOps['gitOpsType']).toBe(type);
  });
});

test.each([
  ['url: https://clerk:pass@git.example.net/fleet', { url: 'https://git.example.net/fleet', secretRef: { name: 'flux-system' } }],
  ['url: git@git.example.net:team/fleet.git', { url: 'ssh://git@git.example.net/team/fleet.git' }],
  ['repoUrl: https://git.example.net/fleet, token: t', { url: 'https://git.example.net/fleet', secretRef: { name: 'flux-system' } }],
  ['gitType: github, userName: team, repoName: fleet, branch: live', { url: 'https://github.com/team/fleet', branch: 'live' }],
])('a sync object with {%s} becomes one of type git', async (pairs, git) => {
  const object = `version: emco/v2\nresourceContext: {anchor: ${P}/p/cluster-sync-objects}\nmetadata: {name: cloud}\nspec: {kv: [{${pairs}}]}\n`;
  const outcome = await converted([CLUSTER.replace('azureArcV2', 'fluxcd'), object]);
  expect(valueAt(outcome, 'intents/clusters/p/cloud.sync.yaml')['spec']).toEqual({ provider: 'p', type: 'git', git });
});

test.each(['ftp://git.example.net/fleet', 'https://git.example.net/a b', 'fleet'])(
  'a sync object with the address %j is left out',
  async (url) => {
    const outcome = await converted([GIT.replace('https://git.example.net/fleet', url)]);
    expect(outcome.files).toEqual([]);
    expect(told(outcome)).toEqual([expect.stringContaining('left sync object p/git: ')]);
  },
);

describe('a logical cloud', () => {
  const cloud = (spec: object, ...more: readonly string[]): Promise<Converted> =>
    converted([
      document('projects/Shop/logical-clouds', { metadata: { name: 'lc' }, spec }),
      document('projects/Shop/logical-clouds/lc/cluster-references', {
        metadata: { name: 'r' },
        spec: { clusterProvider: 'p', cluster: 'c1' },
      }),
      ...more,
    ]);

  const quota = (name: string, spec: object): string =>
    document('projects/Shop/logical-clouds/lc/cluster-quotas', { metadata: { name }, spec });

  test.each([
    [{ namespace: 'kube-system' }, 'kube-system'],
    [{}, 'default'],
  ])('of level 0 with %j is the administrators’, in "%s"', async (spec, namespace) => {
    const user = { userName: 'clerk', type: 'certificate' };
    const permission = document('projects/Shop/logical-clouds/lc/user-permissions', { metadata: { name: 'idle' }, spec: {} });
    const outcome = await cloud({ ...spec, level: '0', user }, quota('q', { pods: '4' }), permission);
    expect(valueAt(outcome, 'intents/shop/lc.cloud.yaml')).toMatchObject({
      metadata: { name: 'lc', namespace: 'shop' },
      spec: { level: 0, namespace, clusters: [{ provider: 'p', cluster: 'c1' }] },
    });
    expect(Object.keys(valueAt(outcome, 'intents/shop/lc.cloud.yaml')['spec'] ?? {})).toHaveLength(3);
    expect(told(outcome).filter((line) => !line.startsWith('carried'))).toEqual([
      expect.stringContaining('left "user" of logical cloud Shop/lc: '),
      expect.stringContaining('left quota Shop/lc/q: '),
      expect.stringContaining('left user permission Shop/lc/idle: '),
    ]);
  });

  test('has the least of each resource of its quotas, and tells of those that differ', async () => {
    const outcome = await cloud(
      { namespace: 'ns' },
      quota('a', { pods: '40', 'limits.memory': '2Gi', 'requests.cpu': 1 }),
      quota('b', { pods: 8, 'limits.memory': '2048Mi', services: 'many' }),
      quota('c', { pods: '9', 'requests.cpu': '500m' }),
    );
    expect(valueAt(outcome, 'intents/shop/lc.cloud.yaml')['spec']).toMatchObject({
      quota: { pods: '8', 'limits.memory': '2Gi', 'requests.cpu': '500m' },
    });
    expect(told(outcome).filter((line) => / quota Shop/.test(line) && !line.startsWith('carried'))).toEqual([
      expect.stringContaining('changed quota Shop/lc/a: "pods" is 8, as quota "b" has it'),
      expect.stringContaining('changed quota Shop/lc/a: "requests.cpu" is 500m, as quota "c" has it'),
      expect.stringContaining('left "services" of quota Shop/lc/b: it is no amount'),
      expect.stringContaining('changed quota Shop/lc/c: "pods" is 8, as quota "b" has it'),
    ]);
  });

  test('takes the permissions of its own namespace and of the whole cluster, and tells of others', async () => {
    const permission = (name: string, namespace: string): string =>
      document('projects/Shop/logical-clouds/lc/user-permissions', {
        metadata: { name },
        spec: { namespace, apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      });
    const outcome = await cloud({ namespace: 'ns' }, permission('own', 'ns'), permission('wide', ''), permission('other', 'kube-system'));
    expect(valueAt(outcome, 'intents/shop/lc.cloud.yaml')['spec']).toMatchObject({
      permissions: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get'], scope: 'Cluster' },
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      ],
    });
    expect(told(outcome).filter((line) => line.startsWith('left user permission'))).toEqual([
      expect.stringContaining('Shop/lc/other: it holds for the namespace "kube-system": if that is this cloud\'s alone'),
    ]);
  });

  test('without a cluster is left out, because here it would span all', async () => {
    const outcome = await converted([document('projects/Shop/logical-clouds', { metadata: { name: 'lc' }, spec: {} })]);
    expect(outcome.files).toEqual([]);
  });
});

describe('the fixtures', () => {
  const values = { path: 'values.yaml', text: read('values.yaml') };
  const names = ['fleet.yaml', 'cloud.yaml', 'deployment.yaml', 'customization.yaml'];
  const { documents, problems } = readDocuments(
    names.map((path) => ({ path, text: read(path) })),
    values,
  );

  test('can be read', () => {
    expect(problems).toEqual([]);
  });

  test('each document of them is in the report', async () => {
    const { report } = await convert({ documents, ports, ...NOBODY });
    for (const { place } of documents)
      expect(
        report.some(
          ({ file, line, outcome }) => file === place.file && line === place.line && (outcome === 'carried' || outcome === 'left'),
        ),
      ).toBe(true);
  });

  test('no credential of them gets through', async () => {
    expect(JSON.stringify(await convert({ documents, ports, ...NOBODY }))).not.toMatch(/not-a-real/);
  });

  test('come out the same in any order', async () => {
    const whole = await convert({ documents, ports, ...NOBODY });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...documents], { minLength: documents.length }), async (shuffled) => {
        expect(await convert({ documents: shuffled, ports, ...NOBODY })).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('any part of them comes out without failing, each document told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...documents]), async (some) => {
        const { files, report } = await convert({ documents: some, ports, ...NOBODY });
        expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
        for (const { place } of some) expect(report.some(({ file, line }) => file === place.file && line === place.line)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
