/** Logical clouds in the handover test: one that keeps its references in its own namespace, and how clouds go. */
import { findForeignWrites, findSharedObjects, kustomizations } from './checks.ts';
import { untilNone } from './cluster.ts';
import { CLUSTER } from './handover-fleet.ts';
import { ALL, differences, expectRun, type Scene, SECONDS, type Uids, uidsOf, untilReady } from './handover-scene.ts';
import { readTree } from './tree.ts';

interface Removal {
  readonly cloud: string;
  readonly deployment: string;
  readonly document: string;
  readonly apps: number;
  /** Kustomizations before it. */
  readonly before: number;
}

/** First the deployment, then its cloud: nothing of theirs is left but what the cloud keeps, and others lose nothing. */
export async function removeCloud(
  { report, fleet, cluster }: Scene,
  { cloud, deployment, document, apps, before }: Removal,
): Promise<void> {
  const others = async (): Promise<Uids> => new Map([...(await uidsOf(cluster))].filter(([key]) => !key.startsWith(`${cloud}/`)));
  const theirs = await others();
  await fleet.write(deployment, '');
  await expectRun(report, fleet, ['generate'], 'deployment-gone');
  const first = await fleet.push('Remove the deployment');
  report.expectNone(`the deployment in ${cloud} is gone`, await untilReady(cluster, { commit: first, count: before - apps }));
  const left = await untilNone(SECONDS, async () =>
    [...(await uidsOf(cluster)).keys()].filter((key) => key.startsWith(`${cloud}/`) && /\/(Deployment|Pod|Service)\//.test(key)),
  );
  report.expectNone('and so are its objects', left);
  await fleet.write(document, '');
  await expectRun(report, fleet, ['generate'], 'cloud-gone');
  const second = await fleet.push('Remove the logical cloud');
  report.expectNone('the logical cloud is gone', await untilReady(cluster, { commit: second, count: before - apps - 1 }));
  const rests = await untilNone(SECONDS, async () =>
    (await cluster.list('resourcequotas,gitrepositories.source.toolkit.fluxcd.io', '--namespace', cloud)).map(
      ({ kind, metadata }) => `${kind} ${metadata.name}`,
    ),
  );
  report.expectNone('its quota and source too', rests);
  const [namespace] = (await cluster.list('namespaces')).filter(({ metadata }) => metadata.name === cloud);
  report.expectNone('its namespace stays, as it should', namespace ? [] : ['the namespace is gone']);
  report.expectNone('objects and pods of others are the same', differences(theirs, await others()));
}

/** What a tenant with references of its own has, and may do. */
export async function checkTenant({ rig, report, fleet, cluster }: Scene): Promise<void> {
  const live = [...(await kustomizations(cluster)).values()].filter(({ spec }) => spec.serviceAccountName === 'desk');
  const where = live.map(({ metadata }) => metadata.namespace).join();
  report.expectNone("a tenant's references are in its namespace", where === 'desk,desk' ? [] : [where]);
  const tree = await readTree(fleet.folder, CLUSTER);
  report.expectNone('every object was written as the account of its Kustomization', await findForeignWrites(rig.auditLog, tree));
  report.expectNone('every object is owned by exactly one Kustomization', await findSharedObjects(cluster, await kustomizations(cluster)));
  const mayOnly = [
    ['yes', 'create', 'deployments.apps', '--namespace', 'desk'],
    ['no', 'create', 'secrets', '--namespace', 'desk'],
    ['no', 'create', 'kustomizations.kustomize.toolkit.fluxcd.io', '--namespace', 'desk'],
    ['no', 'create', 'deployments.apps', '--namespace', 'retail'],
    ['no', 'get', 'gitrepositories.source.toolkit.fluxcd.io', '--namespace', 'flux-system'],
  ] as const;
  const wrong: string[] = [];
  for (const [expected, ...question] of mayOnly) {
    const asked = cluster.kubectl('auth', 'can-i', ...question, '--as', 'system:serviceaccount:desk:desk');
    const answer = await asked.catch((error: unknown) => (String(error).includes('\nno') ? 'no' : String(error)));
    if (answer.trim() !== expected) wrong.push(`${question.join(' ')}: ${answer}`);
  }
  report.expectNone('its account may do what the permissions say, and nothing else', wrong);
}

/** A tenant's references go to the agent's namespace and back: refused at once, done in steps. */
export async function moveReferences({ report, fleet, cluster }: Scene): Promise<void> {
  const before = await uidsOf(cluster);
  const settle = async (message: string): Promise<void> => {
    await expectRun(report, fleet, ['generate']);
    const commit = await fleet.push(message);
    report.expectNone(`applied: ${message}`, await untilReady(cluster, { commit, count: ALL }));
  };
  const turn = async (from: string, to: string): Promise<void> =>
    fleet.edit('intents/desk-cloud.yaml', (text) => text.replace(`references: ${from}`, `references: ${to}`));
  await turn('tenant', 'agent');
  const { exitCode, text } = await fleet.run('generate');
  report.expectNone('references are not moved in one step', exitCode === 1 && text.includes('reference-moved') ? [] : text.split('\n'));
  await turn('agent', 'tenant');
  await fleet.edit('intents/desk.yaml', (now) => now.replace('{retryInterval: 2s}', '{retryInterval: 2s, deletionPolicy: Orphan}'));
  await settle('Let references leave their objects');
  await turn('tenant', 'agent');
  await settle("Move a tenant's references to the agent");
  await turn('agent', 'tenant');
  await settle('Move them back');
  await fleet.edit('intents/desk.yaml', (now) => now.replace(', deletionPolicy: Orphan', ''));
  await settle('Let references delete again');
  report.expectNone('every object and pod is the same after all of it', differences(before, await uidsOf(cluster)));
}
