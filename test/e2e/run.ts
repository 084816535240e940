/**
 * The end-to-end test: one cluster's tree of the example fleet, applied by Flux's real kustomize-controller under lockdown to a real API server.
 * Skipped with a notice where what it needs is missing. ESPALIER_E2E_CLUSTER chooses another cluster.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findForeignWrites, findIdlePods, findInventoryGaps, findSharedObjects, findUnready, kustomizations } from './checks.ts';
import { connect, unready, untilNone, type Cluster } from './cluster.ts';
import { BROKEN_APP, layDownFleet, push } from './fleet.ts';
import { createReport, type Report } from './report.ts';
import { buildRig, findProgram, reserveRun, startRig, stopRig, type Rig } from './rig.ts';
import { checkLogicalClouds } from './tenants.ts';
import { readTree, type ExpectedKustomization } from './tree.ts';

const CLUSTER = process.env['ESPALIER_E2E_CLUSTER'] ?? 'datacenter+frankfurt';
const NEEDED = ['bash', 'git', 'go', 'curl', 'openssl', 'setsid'];
const READY_SECONDS = 120;

async function missingPrograms(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return ['Linux'];
  const found = await Promise.all(NEEDED.map(async (name) => ((await findProgram(name)) === undefined ? name : undefined)));
  return found.filter((name) => name !== undefined);
}

/** Nothing provisions volumes here: what the tree's StatefulSets will claim is made beforehand. */
async function provideVolumes(cluster: Cluster, expected: readonly ExpectedKustomization[]): Promise<void> {
  const sets = expected.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'StatefulSet');
  const specs = sets.map(
    ({ spec }) => spec as { replicas?: number; volumeClaimTemplates?: readonly { spec: { storageClassName?: string } }[] },
  );
  const classes = specs.flatMap(({ replicas = 1, volumeClaimTemplates = [] }) =>
    volumeClaimTemplates.flatMap(({ spec }) => Array.from({ length: replicas }, () => spec.storageClassName ?? '')),
  );
  const volumes = classes.map((storageClassName, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `volume-${index}` },
    spec: { storageClassName, capacity: { storage: '1Ti' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/nowhere' } },
  }));
  if (volumes.length > 0) await cluster.apply(volumes);
}

async function checkTenants(cluster: Cluster, report: Report, expected: readonly ExpectedKustomization[]): Promise<void> {
  const accounts = new Set(
    expected.map(({ serviceAccount }) => serviceAccount).filter((name) => name !== undefined && name !== 'kustomize-controller'),
  );
  const findings: string[] = [];
  for (const account of accounts) {
    for (const question of [
      ['create', 'clusterroles'],
      ['create', 'deployments.apps', '--namespace', 'default'],
      ['get', 'secrets', '--namespace', 'flux-system'],
    ]) {
      const answer = await cluster
        .kubectl('auth', 'can-i', ...question, '--as', `system:serviceaccount:flux-system:${account ?? ''}`)
        .catch((error: unknown) => (String(error).includes('\nno') ? 'no' : String(error)));
      if (answer.trim() !== 'no') findings.push(`${account ?? ''} may ${question.join(' ')}: ${answer}`);
    }
  }
  report.expectNone(`${accounts.size} tenant accounts may do nothing outside their namespace`, findings);
}

async function scenario(rig: Rig, report: Report, folder: string): Promise<void> {
  const cluster = connect(rig);
  await layDownFleet(folder, { rig, cluster: CLUSTER });
  const all = await readTree(folder, CLUSTER);
  const broken = all.filter(({ name }) => name.endsWith(`-${BROKEN_APP}`));
  const expected = all.filter((one) => !broken.includes(one));
  const objects = expected.flatMap((one) => one.objects);
  report.pass(
    `rendered: ${all.length} Kustomizations, ${objects.length} objects of ${new Set(objects.map(({ kind }) => kind)).size} kinds for ${CLUSTER}`,
  );

  await provideVolumes(cluster, expected);
  const commit = await push(folder, rig);
  await cluster.kubectl('apply', '--server-side', '--kustomize', join(folder, 'clusters', CLUSTER, 'flux-system'));
  report.pass('pushed, and the root sync applied');

  const waiting = await untilNone(READY_SECONDS, async () => await findUnready(cluster, expected, commit));
  report.expectNone(`all ${expected.length} Kustomizations Ready at the commit, though one app's kind is unknown`, waiting);
  const live = await kustomizations(cluster);
  const failing = broken
    .map(({ name }) => live.get(name))
    .map((object) => (object === undefined ? 'absent' : (unready(object) ?? 'Ready')));
  const isToldWhy = failing.length === 1 && failing.every((reason) => reason.includes('no matches for kind "Widget"'));
  report.expectNone('the app of the unknown kind says so', isToldWhy ? [] : failing);

  const accountless = [...live.values()].filter(({ spec }) => spec.serviceAccountName === undefined).map(({ metadata }) => metadata.name);
  report.expectNone('every Kustomization names an account', accountless);
  report.expectNone('every object was written as the account of its Kustomization', await findForeignWrites(rig.auditLog, expected));
  report.expectNone('every inventory is what the tree says', findInventoryGaps(live, expected));
  report.expectNone('every object is owned by exactly one Kustomization', await findSharedObjects(cluster, live));
  report.expectNone('every pod was admitted, scheduled, and runs or is done', await findIdlePods(cluster));
  await checkTenants(cluster, report, expected);
  await checkLogicalClouds({ cluster, report, folder: await mkdtemp(join(tmpdir(), 'espalier-e2e-objects-')) });
}

async function main(): Promise<void> {
  const missing = await missingPrograms();
  if (missing.length > 0) {
    console.log(`skipped: the end-to-end test needs ${missing.join(', ')}`);
    return;
  }
  await buildRig();
  const report = createReport((line) => console.log(line));
  const folder = await mkdtemp(join(tmpdir(), 'espalier-e2e-'));
  const run = await reserveRun();
  const interruption = new AbortController();
  const tearDown = async (): Promise<void> => {
    await stopRig(run);
    await rm(folder, { recursive: true, force: true });
  };
  const interrupt = (): void => {
    if (interruption.signal.aborted) return;
    interruption.abort();
    void tearDown().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    const rig = await startRig(run, interruption.signal);
    report.pass('API server and agents up, under lockdown');
    await scenario(rig, report, folder);
  } catch (error) {
    if (!interruption.signal.aborted) report.fail('the run broke off', [error instanceof Error ? error.message : String(error)]);
  }
  // A handler of signals ends the process itself.
  if (interruption.signal.aborted) return;
  await tearDown();
  console.log(report.close());
  if (report.failed > 0) process.exitCode = 1;
}

await main();
