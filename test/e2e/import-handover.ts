/**
 * What Flux applied from a repository of its own goes on under ours: imported, let go by the steps of the report, taken up by the new tree. Every object
 * keeps its UID. Run by hand: `npm run test:e2e:import`; needs what test/e2e/run.ts needs.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { connect, unready, untilNone, type Cluster, type LiveKustomization, type LiveObject } from './cluster.ts';
import { createReport, type Report } from './report.ts';
import { buildRig, reserveRun, startRig, stopRig, type Rig } from './rig.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURE = join(REPOSITORY, 'test/fixtures/gitops/flux-plain');
const READY_SECONDS = 180;

/** Stands for Flux's own manifests. */
const COMPONENTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'kustomize-controller', namespace: 'flux-system' } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'cluster-reconciler' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'kustomize-controller', namespace: 'flux-system' }],
  },
];

/** Nothing provisions volumes here. */
const VOLUME = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'volume-0' },
  spec: { storageClassName: '', capacity: { storage: '1Ti' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/nowhere' } },
};

const KINDS = ['deployments.apps', 'statefulsets.apps', 'services', 'configmaps', 'persistentvolumeclaims'];

interface Live extends LiveObject {
  readonly metadata: LiveObject['metadata'] & { readonly uid: string; readonly name: string };
}

async function uids(cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(KINDS.map((kind) => cluster.list<Live>(kind, '--namespace', 'shop')));
  const spaces = await cluster.list<Live>('namespaces', '--field-selector', 'metadata.name=shop');
  const objects = [...found.flat(), ...spaces].filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
  return new Map(objects.map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.uid] as const));
}

async function push(folder: string, { rig, name }: { readonly rig: Rig; readonly name: string }): Promise<string> {
  const bare = join(rig.gitRoot, name);
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await execa('git', ['-C', bare, 'config', 'http.receivepack', 'true']);
  const identity = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', '-c', 'commit.gpgsign=false'];
  const git = execa({ cwd: folder });
  await git`git init --quiet --initial-branch=main`;
  await git`git add --all`;
  await git`git ${identity} commit --quiet --message ${'All of it'}`;
  await git`git push --quiet ${`${rig.gitUrl}/${name}`} main`;
  return (await git`git rev-parse HEAD`).stdout;
}

/** Kustomizations that are not ready; those of a commit, if one is given. */
async function findUnready(
  cluster: Cluster,
  { count, commit }: { readonly count: number; readonly commit?: string },
): Promise<readonly string[]> {
  const live = await cluster.list<LiveKustomization>('kustomizations.kustomize.toolkit.fluxcd.io', '--namespace', 'flux-system');
  const waiting = live.flatMap((object) => {
    const isOld = commit !== undefined && object.status?.lastAppliedRevision?.endsWith(commit) !== true;
    const reason = unready(object) ?? (isOld ? 'at another commit' : undefined);
    return reason === undefined ? [] : [`${object.metadata.name}: ${reason}`];
  });
  return live.length < count ? [...waiting, `${live.length} of ${count} are there`] : waiting;
}

/** The old repository: under lockdown its Kustomizations name an account. */
async function layDownOld(folder: string, rig: Rig): Promise<void> {
  await cp(FIXTURE, folder, { recursive: true });
  for (const name of (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.yaml'))) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    const changed = text
      .replace('ssh://git@git.example.net/acme/fleet', `${rig.gitUrl}/old.git`)
      .replace(/ {2}secretRef:\n {4}name: flux-system\n/, '')
      .replace('value: business', 'value: system-cluster-critical')
      .replaceAll('  prune: true\n', '  prune: true\n  serviceAccountName: kustomize-controller\n');
    await writeFile(path, changed);
  }
  await writeFile(join(folder, 'clusters/lisbon/flux-system/kustomization.yaml'), 'resources:\n- gotk-sync.yaml\n');
}

function espalier(...args: readonly string[]) {
  return execa(process.execPath, ['--import', 'tsx', join(REPOSITORY, 'generator/main.ts'), ...args, '--no-color'], { cwd: REPOSITORY });
}

async function scenario(rig: Rig, { report, folder }: { readonly report: Report; readonly folder: string }): Promise<void> {
  const cluster = connect(rig);
  const [old, fleet] = [join(folder, 'old'), join(folder, 'fleet')];
  await layDownOld(old, rig);
  await push(old, { rig, name: 'old.git' });
  await cluster.apply([...COMPONENTS, VOLUME]);
  await cluster.kubectl('apply', '--server-side', '-f', join(old, 'clusters/lisbon/flux-system/gotk-sync.yaml'));
  report.expectNone('Flux applied the old repository', await untilNone(READY_SECONDS, () => findUnready(cluster, { count: 3 })));
  const before = await uids(cluster);
  report.pass(`${before.size} objects run: ${[...before.keys()].join(', ')}`);

  for (const part of ['intents', 'templates/apps']) await mkdir(join(fleet, part), { recursive: true });
  const imported = await espalier(
    'import',
    'flux',
    join(old, 'clusters/lisbon'),
    '--git-root',
    old,
    '--cluster',
    'edge/lisbon',
    '--root',
    fleet,
    '--json',
  );
  const { handover } = JSON.parse(imported.stdout) as { readonly handover: readonly { readonly steps: readonly string[] }[] };
  const sync = join(fleet, 'intents/clusters/edge/old.sync.yaml');
  await writeFile(sync, (await readFile(sync, 'utf8')).replace('/old.git', '/fleet.git'));
  await espalier('generate', '--root', fleet);
  const commit = await push(fleet, { rig, name: 'fleet.git' });
  report.pass('imported, generated and pushed');

  const commands = (handover[0]?.steps ?? []).flatMap((step) => step.split('\n').filter((line) => line.startsWith('kubectl ')));
  for (const command of commands) {
    await execa('bash', ['-c', command], {
      cwd: fleet,
      env: { KUBECONFIG: rig.kubeconfig, PATH: `${rig.bin}:${process.env['PATH'] ?? ''}` },
    });
    if (/ delete /.test(command)) report.expectNone(`all is there after: ${command}`, gone(before, await uids(cluster)));
  }
  report.expectNone('Flux took up the new tree', await untilNone(READY_SECONDS, () => findUnready(cluster, { count: 5, commit })));
  report.expectNone('every object kept its UID', gone(before, await uids(cluster)));
  const owned = await cluster.list<Live>('deployments.apps', '--namespace', 'shop');
  const others = owned.filter(({ metadata }) => !/^[0-9]+-shop$/.test(metadata.labels?.['kustomize.toolkit.fluxcd.io/name'] ?? ''));
  report.expectNone(
    'the new Kustomization owns the Deployment',
    others.map(({ metadata }) => metadata.name),
  );
}

function gone(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before].filter(([name, uid]) => after.get(name) !== uid).map(([name]) => `${name} is gone, or another one`);
}

async function main(): Promise<void> {
  await buildRig();
  const report = createReport((line) => console.log(line));
  const folder = await mkdtemp(join(tmpdir(), 'espalier-e2e-import-'));
  const run = await reserveRun();
  const interruption = new AbortController();
  try {
    const rig = await startRig(run, interruption.signal);
    await scenario(rig, { report, folder });
  } catch (error) {
    report.fail('the run broke off', [error instanceof Error ? error.message : String(error)]);
  } finally {
    await stopRig(run);
    await rm(folder, { recursive: true, force: true });
  }
  console.log(report.close());
  if (report.failed > 0) process.exitCode = 1;
}

await main();
