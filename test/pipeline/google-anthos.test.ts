import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useEngine } from '../properties/support/pipeline.ts';
import { inWorkspace, type Workspace } from '../properties/support/workspace.ts';
import type { Texts } from '../support/check-texts.ts';

// A cluster without kustomizations, over its life: everything that looks for an instance in the tree must find it in the folder of its namespace.

const { cached } = useEngine();

const BASE = join(import.meta.dirname, '../diagnostics/_base');
const base = (path: string) => readFileSync(join(BASE, path), 'utf8');
const TREE = 'clusters/provider1+cluster1';

const PACKAGE = Object.fromEntries(
  ['kustomization.yaml', 'template.yaml', 'web.yaml.hbs'].map((file) => [`templates/apps/web/${file}`, base(`templates/apps/web/${file}`)]),
);
/** The same objects under another name. */
const API = Object.fromEntries(
  Object.entries(PACKAGE).map(([path, text]) => [
    path.replace('/web/', '/api/').replace('web.yaml', 'api.yaml'),
    text.replaceAll('web', 'api'),
  ]),
);

const CLUSTERS = `apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: fleet-git}
spec: {provider: provider1, type: git, git: {url: https://github.com/example/fleet}}
---
apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: fleet-google}
spec: {provider: provider1, type: google, google: {project: example-fleet}}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: cluster1, labels: {tier: edge}}
spec:
  provider: provider1
  gitOps: {gitOpsType: googleAnthos, gitOpsReferenceObject: fleet-google, gitOpsResourceObject: fleet-git}
`;
/** One that nobody looks after, so that there are others when the first is left. */
const another = (tier: string) => `${CLUSTERS}---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: cluster2, labels: {tier: ${tier}}}
spec: {provider: provider1}
`;
const CLOUD = `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: retail, namespace: retail}
spec:
  permissions:
  - {apiGroups: ["", apps], resources: [services, deployments], verbs: [get, list, watch, create, patch, delete]}
`;
const app = (name: string, more = '') =>
  `  - name: ${name}\n    source: {template: ${name}}\n    placement: {allOf: [{matchLabels: {tier: edge}}]}\n${more}`;
const shop = (apps: string, spec = '', name = 'shop') => `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: ${name}, namespace: retail}
spec:
  version: 1.0.0
  logicalCloud: retail
${spec}  apps:
${apps}`;
const WEB = app('web', '    dependsOn: [{app: api}]\n');
const ORPHAN = '  delivery: {deletionPolicy: Orphan}\n';

const input = (deployment: string, { clusters = CLUSTERS, cloud = CLOUD } = {}): Texts => ({
  ...PACKAGE,
  ...API,
  'intents/clusters.yaml': clusters,
  'intents/cloud.yaml': cloud,
  'intents/shop.yaml': deployment,
});

/** Starts with both apps written, and gives the paths of the cluster's tree. */
async function published(workspace: Workspace, deployment = shop(app('api') + WEB)): Promise<readonly string[]> {
  await workspace.setInput(input(deployment));
  const { diagnostics } = await workspace.generate();
  expect(diagnostics).toEqual([]);
  return await pathsOf(workspace);
}

async function pathsOf(workspace: Workspace): Promise<readonly string[]> {
  return [...(await workspace.tree()).keys()].filter((path) => path.startsWith(TREE));
}

async function edit(workspace: Workspace, files: Texts) {
  await workspace.setInput(files);
  return await workspace.generate();
}

const codes = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) => diagnostics.map(({ code }) => code);

test('a run that follows another changes nothing', async () => {
  await inWorkspace(cached(), async (workspace) => {
    const paths = await published(workspace);
    expect(paths.filter((path) => path.includes('/app/web/'))).toHaveLength(2);
    const again = await workspace.run();
    expect(again.changeSet?.changes).toEqual([]);
    expect(again.instances).toBe(3);
  });
});

test('an app that goes takes its folder along, and is told with its objects; nothing else changes', async () => {
  await inWorkspace(cached(), async (workspace) => {
    const before = await published(workspace);
    const { removals, diagnostics, changeSet } = await edit(workspace, input(shop(app('api'))));
    expect(diagnostics).toEqual([]);
    expect(removals).toMatchObject([{ app: 'web', objects: 2, clusters: ['provider1+cluster1'], leftOn: [] }]);
    expect(changeSet?.changes.filter(({ path }) => path.startsWith(TREE) && !path.includes('/app/web/'))).toEqual([]);
    expect(await pathsOf(workspace)).toEqual(before.filter((path) => !path.includes('/app/web/')));
  });
});

test('the folder that a RepoSync reads stays when the last app goes', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    const other = shop(`  - name: web\n    source: {template: web}\n    placement: {allOf: [{matchLabels: {tier: other}}]}\n`);
    await edit(workspace, input(other, { clusters: another('other') }));
    const left = (await pathsOf(workspace)).filter((path) => path.startsWith(`${TREE}/namespaces/`));
    expect(left).toEqual([expect.stringMatching(/\/namespaces\/retail\/[0-9]+\.md$/)]);
  });
});

test('objects that were told to stay are told to stay', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace, shop(app('api') + WEB, ORPHAN));
    const { removals } = await edit(workspace, input(shop(app('api'), ORPHAN)));
    expect(removals).toMatchObject([{ app: 'web', leftOn: ['provider1+cluster1'] }]);
  });
});

test('an app of another name that writes the same objects is refused, and may when the objects stay', async () => {
  const renamed = shop(
    `${app('api')}  - name: site\n    source: {template: web}\n    placement: {allOf: [{matchLabels: {tier: edge}}]}\n`,
    ORPHAN,
  );
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace, shop(app('api') + app('web')));
    expect(codes(await edit(workspace, input(renamed.replace(ORPHAN, ''))))).toEqual(['changed-app']);
  });
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace, shop(app('api') + app('web'), ORPHAN));
    expect(codes(await edit(workspace, input(renamed)))).toEqual([]);
  });
});

test('a renamed deployment and another namespace are refused', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    expect(codes(await edit(workspace, input(shop(app('api') + WEB, '', 'store'))))).toContain('changed-identity');
    const moved = CLOUD.replace('spec:\n', 'spec:\n  namespace: elsewhere\n');
    expect(codes(await edit(workspace, input(shop(app('api') + WEB), { cloud: moved })))).toEqual(['changed-namespace', 'reference-moved']);
  });
});

test('an app that a mistake reaches keeps its files, and who waits for it goes on waiting', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    const before = await workspace.tree();
    await workspace.setInput(input(shop(app('api', '    values: {replicas: none}\n') + WEB)));
    const { diagnostics, changeSet } = await workspace.generate({ isolate: true });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(changeSet?.changes).toEqual([]);
    expect(await workspace.tree()).toEqual(before);
  });
});

test('with --only, nothing else is written', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    const both = shop(app('api', '    values: {replicas: 3}\n') + app('web', '    values: {replicas: 3}\n    dependsOn: [{app: api}]\n'));
    await workspace.setInput({ ...input(both), 'intents/clusters.yaml': CLUSTERS.replace('example-fleet', 'other-fleet') });
    const { changeSet } = await workspace.run({ only: ['retail/shop'] });
    expect(changeSet?.changes.map(({ path }) => path.slice(TREE.length)).filter((path) => !path.includes('/app/'))).toEqual([]);
    expect(changeSet?.changes).toHaveLength(2);
  });
});

test('a file of somebody else’s is left alone and told, as one that is applied', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    const own = `${TREE}/namespaces/retail/mine.yaml`;
    await workspace.add({ [own]: 'apiVersion: v1\n' });
    const { diagnostics, changeSet } = await workspace.generate();
    expect(changeSet?.changes).toEqual([]);
    expect(diagnostics.map(({ code, source }) => [code, source?.file])).toEqual([['unmarked-file', own]]);
    expect(diagnostics[0]?.message).toContain('appl');
  });
});

test('a removed cluster keeps what Config Sync reads first, and no more', async () => {
  await inWorkspace(cached(), async (workspace) => {
    await published(workspace);
    const clusters = another('edge').replace('provider1\n  gitOps', 'provider1\n  state: Removed\n  gitOps');
    const { removals } = await edit(workspace, input(shop(app('api') + WEB), { clusters }));
    expect(removals.map((removal) => removal.app)).toEqual(['api', 'web']);
    // The cloud has the rights with which the apps are deleted, and goes in a run of its own.
    expect((await workspace.generate()).removals.map((removal) => removal.app)).toEqual(['logical-cloud']);
    expect((await pathsOf(workspace)).map((path) => path.slice(TREE.length + 1))).toEqual([
      'cluster/README.md',
      'google/README.md',
      'google/apply-spec.yaml',
      'google/membership.yaml',
      'google/root-sync.yaml',
    ]);
  });
});
