import { afterAll, expect, test } from 'vitest';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { repoPath } from '../../lib/path.ts';
import { readerOf } from '../gitops/memory-reader.ts';
import type { Surroundings } from '../gitops/model.ts';
import { createSourceTree } from '../gitops/source-tree.ts';
import { createEntries } from '../import-report.ts';
import type { Known } from '../known.ts';
import { convertArgo } from './convert.ts';

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

const SPEC = 'syncPolicy: {automated: {prune: true, selfHeal: true}}';

function application(name: string, { path = name, server = 'https://kubernetes.default.svc', namespace = 'shop' } = {}): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}
spec:
  source: {repoURL: "https://git.example.net/acme/gitops", path: ${path}, targetRevision: main}
  destination: {server: "${server}", namespace: ${namespace}}
  ${SPEC}
`;
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`;
}

function set(element: string, name: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set, namespace: argocd}
spec:
  generators: [{list: {elements: [${element}]}}]
  template:
    metadata: {name: "${name}"}
    spec:
      source: {repoURL: "https://git.example.net/acme/gitops", path: "${name}", targetRevision: main}
      destination: {server: "https://kubernetes.default.svc", namespace: "${name}"}
      ${SPEC}
`;
}

const OTHER = 'https://porto.example.net';

async function convert(files: Readonly<Record<string, string>>, { paths, known = NOTHING }: { paths: readonly string[]; known?: Known }) {
  const report = createEntries();
  const surroundings: Surroundings = {
    tree: createSourceTree(readerOf(new Map(Object.entries(files)))),
    kustomizer,
    report,
    credentialIn: () => undefined,
    isReserved: () => false,
    clouds: new Map(),
    templates: new Set(),
    from: 'Argo CD',
  };
  const destinations = new Map([
    ['in-cluster', 'edge+hub'],
    [OTHER, 'edge+porto'],
  ]);
  const converted = await convertArgo({ paths, destinations, repository: undefined, project: 'lab', known, surroundings });
  return { ...converted, report: report.all() };
}

const SELF_MANAGED = {
  'root/root.yaml': application('root'),
  'root/web.yaml': application('web'),
  'web/web.yaml': configMap('web'),
};

test.each([
  ['brought by a root', ['root/root.yaml', 'root/set.yaml'], { 'root/root.yaml': application('root') }],
  ['given twice', ['root/set.yaml', 'root/set.yaml'], {}],
])('convertArgo() tells once what becomes of an ApplicationSet that is %s', async (_, paths, files) => {
  const { report } = await convert({ ...files, 'root/set.yaml': set('{"n": alpha}', '{{n}}'), 'alpha/a.yaml': configMap('a') }, { paths });
  const told = report.filter(({ what }) => what === 'ApplicationSet argocd/set');
  expect(told.map(({ outcome, reason }) => [outcome, reason?.split(';')[0]])).toEqual([
    ['changed', 'carried over is the 1 Application that it makes now'],
  ]);
});

test('convertArgo() reads an ApplicationSet as the Application that brings it builds it', async () => {
  const files = { 'root/root.yaml': application('root'), 'root/set.yaml': set('{n: alpha}', '{{n}}'), 'alpha/a.yaml': configMap('a') };
  const { report } = await convert(files, { paths: ['root/set.yaml', 'root/root.yaml'] });
  expect(report.filter(({ outcome }) => outcome === 'left')).toEqual([]);
});

/** Lines of commands, in their order. */
function commandsOf(handover: Awaited<ReturnType<typeof convert>>['handover']): readonly string[] {
  return handover.flatMap(({ steps }) => steps.flatMap((step) => step.split('\n'))).filter((line) => line.startsWith('kubectl '));
}

test('convertArgo() deletes nothing before all stand still and have no finalizer', async () => {
  const { handover } = await convert(SELF_MANAGED, { paths: ['root/root.yaml'] });
  const commands = commandsOf(handover).filter((line) => /applications\./.test(line));
  const patch = `--type merge -p '{"metadata":{"finalizers":null},"spec":{"syncPolicy":null}}'`;
  expect(commands.map((line) => line.replace(/-o custom-columns=.*/, ''))).toEqual([
    `kubectl -n argocd patch applications.argoproj.io root ${patch}`,
    `kubectl -n argocd patch applications.argoproj.io web ${patch}`,
    'kubectl get applications.argoproj.io -A ',
    'kubectl -n argocd delete applications.argoproj.io root',
    'kubectl -n argocd delete applications.argoproj.io web',
  ]);
});

test('convertArgo() releases from the top down: a root, what it brings, the set, and what that makes', async () => {
  const files = {
    'z/root.yaml': application('z-root', { path: 'z' }),
    'z/inner.yaml': application('a-inner', { path: 'inner' }),
    'inner/set.yaml': set('{app: alpha}', '{{app}}'),
    'alpha/nested.yaml': application('leaf'),
    'leaf/a.yaml': configMap('a'),
  };
  const { handover } = await convert(files, { paths: ['inner/set.yaml', 'z/inner.yaml', 'z/root.yaml'] });
  const order = commandsOf(handover).flatMap((line) => {
    const [, verb, kind, name] = /(patch|delete) (\w+)\.argoproj\.io (\S+)/.exec(line) ?? [];
    return verb === undefined ? [] : [`${verb} ${kind ?? ''} ${name ?? ''}`];
  });
  expect(order).toEqual([
    'patch applications z-root',
    'patch applications a-inner',
    'patch applicationsets set',
    'delete applicationsets set',
    'patch applications alpha',
    'patch applications leaf',
    'delete applications z-root',
    'delete applications a-inner',
    'delete applications alpha',
    'delete applications leaf',
  ]);
  const about = commandsOf(handover).filter((line) => line.includes('applicationsets.argoproj.io set'));
  expect(about[0]).toContain('"strategy":null,"syncPolicy":{"preserveResourcesOnDeletion":true}');
  expect(about[1]).toMatch(/ --cascade=orphan$/);
});

test('convertArgo() has all clusters stand still in the steps of the first, and each delete its own', async () => {
  const files = { ...SELF_MANAGED, 'root/api.yaml': application('api', { server: OTHER }), 'api/a.yaml': configMap('a') };
  const { handover } = await convert(files, { paths: ['root/root.yaml'] });
  expect(handover.map(({ cluster }) => cluster)).toEqual(['edge+hub', 'edge+porto']);
  const [first, second] = handover.map((one) => commandsOf([one]).filter((line) => / (?:patch|delete) /.test(line)));
  expect(first?.filter((line) => line.includes('patch')).map((line) => line.split(' ')[5])).toEqual(['root', 'api', 'web']);
  expect(second).toEqual(['kubectl -n argocd delete applications.argoproj.io api']);
  expect(handover[1]?.steps[1]).toMatch(/^Do steps 2 to 4 of the handover of edge\+hub first/);
});

test('convertArgo() lets go of nothing while one of the clusters has no agent', async () => {
  const source = { file: repoPath('intents/porto.yaml'), line: 1, column: 1, length: 1 };
  const known = { ...NOTHING, clusters: [{ scope: 'edge', name: 'porto', agent: undefined, source }] };
  const files = { ...SELF_MANAGED, 'root/api.yaml': application('api', { server: OTHER }), 'api/a.yaml': configMap('a') };
  const { handover } = await convert(files, { paths: ['root/root.yaml'], known });
  expect(handover.map(({ steps }) => steps)).toEqual([
    [expect.stringMatching(/^Leave Argo CD as it is: edge\+porto has no agent here/)],
    [expect.stringMatching(/^Leave Argo CD as it is: edge\+porto has no agent here/)],
  ]);
});
