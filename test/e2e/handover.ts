/**
 * Changing a cluster's agent on a real API server, with Flux's real kustomize-controller: from Flux to direct access and back, a renamed
 * deployment, a removed logical cloud. Objects keep their UIDs, and nothing is left behind. Skipped with a notice where what it needs is missing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { kustomizations } from './checks.ts';
import { type Cluster, connect } from './cluster.ts';
import { checkTenant, moveReferences, removeCloud } from './handover-clouds.ts';
import { CLUSTER, GIT_OPS, type HandoverFleet, layDownHandoverFleet } from './handover-fleet.ts';
import { ALL, differences, expectRun, type Scene, type Uids, uidsOf, untilReady, withoutPods } from './handover-scene.ts';
import { createReport } from './report.ts';
import { buildRig, findProgram, reserveRun, type Rig, startRig, stopRig } from './rig.ts';

const NEEDED = ['bash', 'git', 'go', 'curl', 'openssl', 'setsid', 'sed'];

/** What docs/handover.md says, word for word. */
const LOOK = `{
  printf 'apiVersion: espalier.dev/v1alpha1\\nkind: Seen\\ncluster: ${CLUSTER}\\nagents: [fluxv2]\\nreferences:\\n'
  kubectl get kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces -o yaml | sed 's/^/  /'
} > seen.yaml`;
const GONE = `printf 'apiVersion: espalier.dev/v1alpha1\\nkind: Seen\\ncluster: ${CLUSTER}\\nagents: []\\n' > seen.yaml`;

const BOOTSTRAP = ['bootstrap', '--cluster', CLUSTER, '--context', 'rig', '--run', '--yes'] as const;

const foreignSource = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name: 'flux-system', namespace: 'flux-system' },
  spec: { interval: '1h', url: 'https://git.example.net/other', ref: { branch: 'main' } },
};

async function main(): Promise<void> {
  const missing = process.platform === 'linux' ? await missingPrograms() : ['Linux'];
  if (missing.length > 0) {
    console.log(`skipped: this end-to-end test needs ${missing.join(', ')}`);
    return;
  }
  await buildRig();
  const report = createReport((line) => console.log(line));
  const folder = await mkdtemp(join(tmpdir(), 'espalier-handover-'));
  const run = await reserveRun();
  const interruption = new AbortController();
  const tearDown = async (): Promise<void> => {
    await stopRig(run);
    await rm(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption.abort();
      void tearDown().finally(() => process.exit(130));
    });
  }
  try {
    const rig = await startRig(run, interruption.signal);
    report.pass('API server and agents up, under lockdown');
    await scenario({ rig, report, cluster: connect(rig), fleet: await layDownHandoverFleet(folder, rig) });
  } catch (error) {
    report.fail('the run broke off', [error instanceof Error ? error.message : String(error)]);
  }
  if (interruption.signal.aborted) return;
  await tearDown();
  console.log(report.close());
  if (report.failed > 0) process.exitCode = 1;
}

async function missingPrograms(): Promise<readonly string[]> {
  const found = await Promise.all(NEEDED.map(async (name) => ((await findProgram(name)) === undefined ? name : undefined)));
  return found.filter((name) => name !== undefined);
}

async function scenario(scene: Scene): Promise<void> {
  await begin(scene);
  await checkTenant(scene);
  const uids = await uidsOf(scene.cluster);
  await leaveFlux(scene, uids);
  await returnToFlux(scene, uids);
  await rename(scene, uids);
  await moveReferences(scene);
  await removeCloud(scene, { cloud: 'retail', deployment: 'intents/shop.yaml', document: 'intents/cloud.yaml', apps: 1, before: ALL });
  await removeCloud(scene, {
    cloud: 'desk',
    deployment: 'intents/desk.yaml',
    document: 'intents/desk-cloud.yaml',
    apps: 2,
    before: ALL - 2,
  });
}

async function begin({ report, fleet, cluster }: Scene): Promise<void> {
  await expectRun(report, fleet, ['generate']);
  const early = await fleet.run(...BOOTSTRAP);
  report.expectNone('what is not committed is not bootstrapped', early.exitCode === 1 ? [] : [early.text]);
  const commit = await fleet.push('Begin');
  await cluster.kubectl('create', 'namespace', 'flux-system');
  await cluster.apply([foreignSource]);
  const refused = await fleet.run(...BOOTSTRAP);
  const isRefused = refused.exitCode === 1 && refused.text.includes('instead of');
  report.expectNone("a cluster that follows somebody else's repository is refused", isRefused ? [] : refused.text.split('\n'));
  await cluster.kubectl('delete', 'gitrepositories.source.toolkit.fluxcd.io', 'flux-system', '--namespace', 'flux-system');
  await expectRun(report, fleet, BOOTSTRAP);
  await expectRun(report, fleet, BOOTSTRAP, 'Nothing is left to do');
  report.expectNone('Flux has applied the tree', await untilReady(cluster, { commit, count: ALL }));
}

/** From Flux to direct access, in the steps that the tree allows. */
async function leaveFlux({ rig, report, fleet, cluster }: Scene, uids: Uids): Promise<void> {
  await fleet.edit('intents/clusters.yaml', (text) => text.replace(GIT_OPS, ''));
  await expectRun(report, fleet, ['generate'], 'agent-changed');
  const commit = await fleet.push('Tell references to leave their objects');
  await look(rig, fleet, LOOK);
  report.expectNone('the cluster has taken note', await untilReady(cluster, { commit, count: ALL, isReleased: true }));
  await look(rig, fleet, LOOK);
  await expectRun(report, fleet, ['generate', '--seen', 'seen.yaml'], 'nothing more changes before the old agent is gone');
  await stopFlux(cluster);
  report.expectNone('every object and pod is the same as before', differences(uids, await uidsOf(cluster)));
  await look(rig, fleet, GONE);
  await expectRun(report, fleet, ['generate', '--seen', 'seen.yaml']);
  // What Flux itself wrote, and Flux, are a person's to delete.
  await rm(join(fleet.folder, 'clusters', CLUSTER, 'flux-system'), { recursive: true });
  await fleet.push('Take the rest of Flux away');
  // Nobody was there any more to apply the clouds as the new tree has them: docs/handover.md.
  const applied = await fleet.run('apply', '--cluster', CLUSTER, '--force-conflicts');
  report.expectNone('direct access takes the objects over', applied.exitCode === 0 ? [] : applied.text.split('\n'));
  report.expectNone('every object and pod is still the same', differences(uids, await uidsOf(cluster)));
}

async function returnToFlux({ report, fleet, cluster }: Scene, uids: Uids): Promise<void> {
  await fleet.addFlux();
  await fleet.edit('intents/clusters.yaml', (text) =>
    text.replace('  kubeconfigObject: by-hand\n', `${GIT_OPS}  kubeconfigObject: by-hand\n`),
  );
  await expectRun(report, fleet, ['generate']);
  const commit = await fleet.push('Return to Flux');
  await cluster.kubectl(
    'apply',
    '--server-side',
    '--force-conflicts',
    '--kustomize',
    join(fleet.folder, 'clusters', CLUSTER, 'flux-system'),
  );
  report.expectNone('Flux has taken the objects over', await untilReady(cluster, { commit, count: ALL }));
  report.expectNone('every object and pod is the same once more', differences(uids, await uidsOf(cluster)));
}

/** The same id under another name. */
async function rename({ report, fleet, cluster }: Scene, uids: Uids): Promise<void> {
  const shops = [...(await kustomizations(cluster)).values()].filter(({ spec }) => spec.serviceAccountName === 'retail');
  const id = /^([0-9]+)-web$/.exec(shops[0]?.metadata.name ?? '')?.[1] ?? '';
  await fleet.edit('intents/shop.yaml', (text) =>
    text.replace('{name: shop,', '{name: store,').replace('spec:\n', `spec:\n  contextId: "${id}"\n`),
  );
  await expectRun(report, fleet, ['generate']);
  const commit = await fleet.push('Rename the deployment');
  report.expectNone('the renamed deployment is applied', await untilReady(cluster, { commit, count: ALL }));
  report.expectNone('its objects are the same', differences(withoutPods(uids), withoutPods(await uidsOf(cluster))));
}

async function look({ kubeconfig, bin }: Rig, { folder }: HandoverFleet, script: string): Promise<void> {
  await execa('bash', ['-c', script], { cwd: folder, env: { KUBECONFIG: kubeconfig, PATH: `${bin}:${process.env['PATH'] ?? ''}` } });
}

/** As `flux uninstall` does it, where the controllers are no Deployments: what is suspended deletes nothing when it goes. */
async function stopFlux(cluster: Cluster): Promise<void> {
  const all = ['--all-namespaces', '--all'];
  for (const { metadata } of (await kustomizations(cluster)).values())
    await cluster.kubectl(
      'patch',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      metadata.name,
      '--namespace',
      metadata.namespace ?? '',
      '--type=merge',
      '--patch',
      '{"spec":{"suspend":true}}',
    );
  await cluster.kubectl('delete', 'kustomizations.kustomize.toolkit.fluxcd.io', ...all);
  await cluster.kubectl('delete', 'gitrepositories.source.toolkit.fluxcd.io', ...all);
}

await main();
