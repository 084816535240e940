import { afterAll, expect, test } from 'vitest';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { repoPath } from '../../lib/path.ts';
import { readerOf } from '../gitops/memory-reader.ts';
import type { Surroundings } from '../gitops/model.ts';
import { createSourceTree } from '../gitops/source-tree.ts';
import { createEntries } from '../import-report.ts';
import type { Known } from '../known.ts';
import { convertFlux } from './convert.ts';

const kustomizer = createWasmKustomizer({ workers: 1 });
afterAll(async () => kustomizer.close());

const NOTHING: Known = {
  clusters: [],
  syncObjects: [],
  clouds: [],
  deployments: [],
  labels: new Map(),
  templates: new Map(),
  hasCharts: false,
};

const SYNC = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m0s, ref: {branch: main}, url: "https://git.example.net/acme/fleet"}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 10m0s, path: ./c, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`;

function kustomization(name: string, spec: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${JSON.stringify(name)}, namespace: flux-system}
spec: {interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, ${spec}}
`;
}

function configMap(name: string, namespace: string, text = 'b'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${JSON.stringify(name)}, namespace: ${JSON.stringify(namespace)}}\ndata: {a: ${JSON.stringify(text)}}\n`;
}

async function convert(files: Readonly<Record<string, string>>, known: Known = NOTHING) {
  const report = createEntries();
  const surroundings: Surroundings = {
    tree: createSourceTree(readerOf(new Map(Object.entries({ 'c/flux-system/gotk-sync.yaml': SYNC, ...files })))),
    kustomizer,
    report,
    credentialIn: () => undefined,
    isReserved: (namespace) => namespace === 'flux-system',
    clouds: new Map(),
    templates: new Set(),
    from: 'Flux',
  };
  const converted = await convertFlux({ clusters: [{ cluster: 'edge+lab', folder: 'c' }], project: 'lab', known, surroundings });
  return { ...converted, report: report.all() };
}

test.each([
  ['a path that leads out', { 'c/a.yaml': kustomization('a', 'path: ../../etc') }, 'leads out of the repository'],
  [
    'a base that is fetched',
    { 'c/a.yaml': kustomization('a', 'path: ./a'), 'a/kustomization.yaml': 'resources: [github.com/acme/base]\n' },
    'is fetched from elsewhere',
  ],
  [
    'a base outside',
    { 'c/a.yaml': kustomization('a', 'path: ./a'), 'a/kustomization.yaml': 'resources: [../../x]\n' },
    'lies outside of the repository',
  ],
  [
    'aliases that multiply',
    {
      'c/a.yaml': kustomization('a', 'path: ./a'),
      'a/bomb.yaml': `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (letter) => `${letter}: &${letter} [${Array.from({ length: 10 }, () => `*${String.fromCharCode(letter.charCodeAt(0) - 1)}`).join(',')}]\n`)}`,
    },
    'alias',
  ],
  [
    'a kustomization that names itself',
    { 'c/a.yaml': kustomization('a', 'path: ./a'), 'a/kustomization.yaml': 'resources: [../a]\n' },
    'kustomize cannot build it',
  ],
  [
    'a program',
    {
      'c/a.yaml': kustomization('a', 'path: ./a'),
      'a/kustomization.yaml': 'helmCharts: [{name: x, repo: "https://charts.example.net"}]\n',
    },
    'kustomize cannot build it',
  ],
])('convertFlux() leaves a Kustomization with %s, and says why', async (_, files, reason) => {
  const { files: written, report, faults } = await convert({ ...files, 'c/ok.yaml': configMap('ok', 'lab') });
  expect(faults).toEqual([]);
  const left = report.filter(({ outcome }) => outcome === 'left');
  expect(left.map((entry) => entry.what)).toEqual(['Kustomization flux-system/a']);
  expect(left[0]?.reason).toContain(reason);
  expect(written.map(({ path }) => path)).toContain('templates/apps/root/ok-configmap.yaml');
});

test('convertFlux() keeps names of others out of paths, shells and terminals', async () => {
  const evil = 'x; touch /tmp/y #\u001b[2J';
  const { files, handover, report } = await convert({
    'c/a.yaml': [kustomization(evil, 'path: ./a'), configMap('a', '../../../etc'), configMap('b', 'Lab')].join('---\n'),
    'a/a.yaml': configMap('c', 'lab', '{{#each x}}{{../y}} ${z}'),
  });
  expect(files.filter(({ path }) => !/^(intents|templates)\/[-a-z0-9./]+$/.test(path) || path.includes('..'))).toEqual([]);
  expect(files.find(({ path }) => path.startsWith('templates/') && path.endsWith('/a.yaml'))?.text).toContain('{{#each x}}{{../y}} ${z}');
  expect(files.filter(({ path }) => path.endsWith('.hbs'))).toEqual([]);
  expect(report.filter(({ outcome }) => outcome === 'left').map(({ reason }) => reason)).toEqual([
    '"../../../etc" is no name of a namespace',
    '"Lab" is no name of a namespace',
  ]);
  expect(report.some(({ what, reason = '' }) => /\u001b/.test(what + reason))).toBe(false);
  const steps = handover.flatMap((one) => one.steps).join('\n');
  expect(steps).toContain(`'${evil}'`);
  expect(steps).not.toContain(` ${evil}`);
});

test('convertFlux() gives the same files whatever the order of what it reads', async () => {
  const parts = { 'c/a.yaml': kustomization('a', 'path: ./a'), 'a/x.yaml': configMap('x', 'lab'), 'a/y.yaml': configMap('y', 'lab') };
  const one = await convert(parts);
  const other = await convert(Object.fromEntries(Object.entries(parts).reverse()));
  expect(one.files).toEqual(other.files);
  expect(one.report).toEqual(other.report);
});

const NO_AGENT = {
  'c/flux-system/gotk-sync.yaml': SYNC.replace('https://', 'https://oauth2:not-a-token@'),
  'c/a.yaml': configMap('a', 'lab'),
};
const SOURCE = { file: repoPath('intents/lab.yaml'), line: 1, column: 1, length: 1 };

test.each([
  ['an address with a password', NO_AGENT, NOTHING],
  ['a cluster that is described without one', { 'c/a.yaml': configMap('a', 'lab') }, described(undefined)],
])('convertFlux() lets go of nothing where no agent would take over: %s', async (_, files, known) => {
  const { handover } = await convert(files, known);
  expect(handover).toEqual([{ cluster: 'edge+lab', steps: [expect.stringMatching(/^Leave Flux as it is: edge\+lab has no agent here/)] }]);
  expect(handover[0]?.steps.join('\n')).not.toMatch(/kubectl|not-a-token/);
});

test.each([
  ['fluxv2', /^kubectl apply -k clusters\/edge\+lab\/flux-system$/m],
  ['argocd', /^espalier bootstrap --cluster edge\+lab$/m],
])('convertFlux() has the agent of a described cluster take over: %s', async (agent, command) => {
  const { handover } = await convert(NO_AGENT, described(agent));
  const steps = handover.flatMap((one) => one.steps).join('\n');
  expect(steps).toMatch(command);
  expect(steps.match(/kubectl apply -k|espalier bootstrap/g)).toHaveLength(1);
});

function described(agent: string | undefined): Known {
  return { ...NOTHING, clusters: [{ scope: 'edge', name: 'lab', agent, source: SOURCE }] };
}
