/** What a logical cloud's objects let people and accounts do, and what its limits do, in the eyes of the API server. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Permission } from '../../generator/model/api.generated.ts';
import type { KnownCloud } from '../../generator/model/intents.ts';
import { providers } from '../../generator/providers/registry.ts';
import { makeCloud } from '../support/intents.ts';
import { type Cluster, untilNone } from './cluster.ts';
import type { Report } from './report.ts';

const WAIT_SECONDS = 20;
const verbs: Permission['verbs'] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

const tenant = makeCloud(
  {
    namespaces: [{ name: 'tenant' }, { name: 'tenant-jobs', quota: { pods: 2 }, podSecurity: 'baseline' }],
    limits: { container: { default: { cpu: '500m', memory: '64Mi' }, defaultRequest: { cpu: '50m' }, max: { memory: '128Mi' } } },
    isolation: { egress: { blocks: ['10.0.0.0/8', '2001:db8::/32'] } },
    groups: ['developers'],
    permissions: [
      { apiGroups: ['', 'apps'], resources: ['services', 'deployments'], verbs },
      { apiGroups: ['batch'], resources: ['cronjobs'], verbs, namespaces: ['tenant-jobs'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'], account: false, users: ['ada'] },
      { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs, scope: 'Cluster' },
    ],
  },
  'tenant',
);

const platform = makeCloud({ level: 0, namespace: 'kube-system' }, 'platform');

interface Who {
  readonly user: string;
  readonly groups: readonly string[];
}

function account(name: string, namespace = 'flux-system'): Who {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { user: `system:serviceaccount:${namespace}:${name}`, groups };
}

const own = account('tenant');
const ada: Who = { user: 'ada', groups: ['system:authenticated'] };
const developer: Who = { user: 'grace', groups: ['developers', 'system:authenticated'] };
const stranger: Who = { user: 'eve', groups: ['system:authenticated'] };

/** Who, may, which verbs, on which resource of which group, in which namespace (none: the whole cluster). */
type Question = readonly [Who, 'may' | 'may not', readonly string[], string, string?];

const questions: readonly Question[] = [
  [own, 'may', verbs, 'apps/deployments', 'tenant'],
  [own, 'may', verbs, '/services', 'tenant-jobs'],
  [own, 'may', verbs, 'batch/cronjobs', 'tenant-jobs'],
  [own, 'may', ['get', 'list', 'watch'], '/pods', 'tenant-jobs'],
  [own, 'may', verbs, 'scheduling.k8s.io/priorityclasses'],
  [own, 'may not', verbs, 'batch/cronjobs', 'tenant'],
  [own, 'may not', ['create', 'delete'], '/pods', 'tenant'],
  [own, 'may not', ['get'], '/pods/log', 'tenant'],
  [own, 'may not', ['get', 'create'], '/secrets', 'tenant'],
  [own, 'may not', ['patch', 'delete'], '/resourcequotas', 'tenant-jobs'],
  [own, 'may not', ['patch', 'delete'], 'rbac.authorization.k8s.io/rolebindings', 'tenant'],
  [own, 'may not', ['patch', 'delete'], 'networking.k8s.io/networkpolicies', 'tenant'],
  [own, 'may not', verbs, 'apps/deployments', 'default'],
  [own, 'may not', ['get', 'list'], '/secrets', 'flux-system'],
  [own, 'may not', ['get', 'create', 'delete'], '/namespaces'],
  [own, 'may not', ['create'], 'rbac.authorization.k8s.io/clusterrolebindings'],
  [developer, 'may', verbs, 'apps/deployments', 'tenant'],
  [developer, 'may', verbs, 'batch/cronjobs', 'tenant-jobs'],
  [developer, 'may', ['get'], '/pods/log', 'tenant'],
  [developer, 'may', ['create'], 'scheduling.k8s.io/priorityclasses'],
  [developer, 'may not', verbs, 'batch/cronjobs', 'tenant'],
  [developer, 'may not', ['create'], 'apps/deployments', 'default'],
  [ada, 'may', ['get'], '/pods/log', 'tenant'],
  [ada, 'may', ['get'], '/pods/log', 'tenant-jobs'],
  [ada, 'may not', verbs, 'apps/deployments', 'tenant'],
  [ada, 'may not', ['get'], '/pods/log', 'kube-system'],
  [stranger, 'may not', verbs, 'apps/deployments', 'tenant'],
  [account('tenant', 'tenant'), 'may not', verbs, 'apps/deployments', 'tenant'],
  [account(`admin.kube-system.${platform.context.id}`), 'may', verbs, 'apps/deployments', 'tenant'],
  [account(`admin.kube-system.${platform.context.id}`), 'may', verbs, 'rbac.authorization.k8s.io/clusterroles'],
];

interface Review {
  readonly sentence: string;
  readonly expected: string;
  readonly object: unknown;
}

function reviews([who, may, asked, resource, namespace]: Question): readonly Review[] {
  const [group = '', name = '', subresource] = resource.split('/');
  return asked.map((verb) => ({
    sentence: `${who.user} ${may} ${verb} ${resource} in ${namespace ?? 'the cluster'}`,
    expected: String(may === 'may'),
    object: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: who.user,
        groups: who.groups,
        resourceAttributes: { verb, group, resource: name, ...(subresource && { subresource }), ...(namespace && { namespace }) },
      },
    },
  }));
}

export interface Bench {
  readonly cluster: Cluster;
  readonly report: Report;
  /** For the files that kubectl reads. */
  readonly folder: string;
}

/** Lays two clouds down as Flux would, and asks. Takes some seconds. */
export async function checkLogicalClouds(bench: Bench): Promise<void> {
  const { cluster, report } = bench;
  const made = [tenant, platform].flatMap((cloud: KnownCloud) => providers.fluxv2.cloudObjects(cloud));
  await cluster.apply(made);
  report.pass(`the API server takes the ${made.length} objects of a level 1 and a level 0 cloud`);
  await checkRights(bench);
  await checkLimits(bench);
}

async function checkRights({ cluster, report, folder }: Bench): Promise<void> {
  const asked = questions.flatMap(reviews);
  const path = await write(
    folder,
    asked.map(({ object }) => object),
  );
  // Roles reach the authorizer a moment after they were written.
  const wrong = await untilNone(WAIT_SECONDS, async () => {
    const answers = (await cluster.kubectl('create', '-f', path, '-o', 'jsonpath={.status.allowed}{"\\n"}')).split('\n');
    return asked.flatMap(({ sentence, expected }, index) => (answers[index] === expected ? [] : [`${sentence}: ${answers[index] ?? '?'}`]));
  });
  report.expectNone(`of ${asked.length} access reviews each is as the permissions say`, wrong);
}

async function checkLimits({ cluster, report, folder }: Bench): Promise<void> {
  const namespace = ['--namespace', 'tenant-jobs'] as const;
  const ready = await untilNone(WAIT_SECONDS, async () => {
    const hard = await cluster.kubectl('get', 'resourcequota', 'tenant-jobs', ...namespace, '-o', 'jsonpath={.status.hard.pods}');
    const accounts = await cluster.kubectl('get', 'serviceaccounts', ...namespace, '-o', 'name');
    return hard === '2' && accounts.includes('serviceaccount/default') ? [] : [`quota ${hard}, ${accounts}`];
  });
  report.expectNone('the quota counts', ready);
  const container = { name: 'one', image: 'registry.invalid/one:1' };
  const pods = ['one', 'two', 'three'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'tenant-jobs' },
    spec: { containers: [container] },
  }));
  const path = await write(folder, pods);
  const refusal = await cluster.kubectl('create', '-f', path).then(
    () => 'none was refused',
    (error: unknown) => String(error),
  );
  report.expectNone(
    'a third pod is over the quota',
    refusal.includes('exceeded quota: tenant-jobs') && refusal.includes('"three"') ? [] : [refusal],
  );
  const resources = await cluster.kubectl('get', 'pod', 'one', ...namespace, '-o', 'jsonpath={.spec.containers[0].resources}');
  const expected = { limits: { cpu: '500m', memory: '64Mi' }, requests: { cpu: '50m', memory: '64Mi' } };
  report.expectNone('a pod without limits gets the defaults', same(resources, expected) ? [] : [resources]);
  const large = { ...container, resources: { limits: { memory: '1Gi' } } };
  const tooLarge = await write(folder, [{ ...pods[0], metadata: { name: 'large', namespace: 'tenant' }, spec: { containers: [large] } }]);
  const answer = await cluster.kubectl('create', '-f', tooLarge).catch((error: unknown) => String(error));
  report.expectNone(
    'a container over the limit is refused',
    answer.includes('maximum memory usage per Container is 128Mi') ? [] : [answer],
  );
}

function same(text: string, expected: unknown): boolean {
  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'object' && member !== null ? Object.fromEntries(Object.entries(member).sort()) : member,
    );
  return text !== '' && sorted(JSON.parse(text)) === sorted(expected);
}

let files = 0;

async function write(folder: string, objects: readonly unknown[]): Promise<string> {
  files += 1;
  const path = join(folder, `objects-${files}.json`);
  await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  return path;
}
