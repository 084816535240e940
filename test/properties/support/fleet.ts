import { toContext } from '../../../generator/lib/hash.ts';
import { printYaml } from '../../../generator/lib/yaml/print.ts';
import type {
  App,
  Cluster,
  ClusterSelector,
  DeploymentIntent,
  LogicalCloud,
  Patch,
  Placement,
  SyncObject,
} from '../../../generator/model/api.generated.ts';
import type { Json, JsonObject } from '../../../generator/model/json.ts';
import type { Texts } from '../../support/check-texts.ts';
import { packageFiles, type PackageName } from './packages.ts';
import {
  type AppSketch,
  CLUSTERS,
  type CloudSketch,
  type ClusterSketch,
  type DeploymentSketch,
  type FleetSketch,
  type PlacementSketch,
  type SelectorSketch,
} from './sketch.ts';

/** What people write. */
export interface Fleet {
  readonly clusters: readonly Cluster[];
  readonly syncObjects: readonly SyncObject[];
  readonly clouds: readonly LogicalCloud[];
  readonly deployments: readonly DeploymentIntent[];
}

export type IntentText = Cluster | SyncObject | LogicalCloud | DeploymentIntent;

const TIERS = ['edge', 'central'];
const ENVS = ['production', 'test'];
const CLOUDS = [
  { namespace: 'retail', name: 'store' },
  { namespace: 'retail', name: 'office' },
  { namespace: 'media', name: 'studio' },
];
const DEPLOYMENTS = ['web', 'data', 'site'];
const APPS = ['api', 'worker', 'cache', 'report'];
const TEMPLATES: readonly PackageName[] = ['service', 'routes', 'batch', 'plain'];
const AGENTS = ['2.9', '2.5', '2.0'];
const VERSION = 'espalier.dev/v1alpha1';

export function makeFleet(sketch: FleetSketch): Fleet {
  const clusters = sketch.clusters.map(makeCluster);
  // Somebody must take the apps.
  if (clusters.every(({ spec }) => spec.state === 'Removed')) clusters.forEach(({ spec }) => delete spec.state);
  const active = clusters.filter(({ spec }) => spec.state !== 'Removed');
  const clouds = sketch.clouds.map((cloud) => makeCloud(cloud, active));
  const plain = new Set<LogicalCloud>();
  const deployments = sketch.deployments.map((deployment) => {
    const cloud = pick(clouds, deployment.cloud);
    const eligible = active.filter((cluster) => cloud.spec.clusters?.some((selector) => matches(selector, cluster)) ?? true);
    return makeDeployment(deployment, { cloud, eligible, clusters, plain });
  });
  const providers = [...new Set(clusters.map(({ spec }) => spec.provider))];
  return { clusters, clouds, deployments, syncObjects: providers.map(makeSync) };
}

function makeCluster(sketch: ClusterSketch): Cluster {
  const { provider, name } = pick(CLUSTERS, sketch.index);
  return {
    apiVersion: VERSION,
    kind: 'Cluster',
    metadata: { name, labels: { tier: pick(TIERS, sketch.tier), env: pick(ENVS, sketch.env) } },
    spec: {
      provider,
      ...(sketch.isRemoved && { state: 'Removed' }),
      ...(!sketch.isDirect && {
        gitOps: {
          gitOpsType: 'fluxv2',
          gitOpsReferenceObject: 'fleet',
          gitOpsResourceObject: 'fleet',
          agentVersion: pick(AGENTS, sketch.agent),
          lockdown: sketch.isLockedDown,
        },
      }),
      ...(sketch.domain > 0 && { variables: { domain: `d${sketch.domain}.example.net` }, delivery: { interval: `${sketch.domain}m` } }),
    },
  };
}

function makeSync(provider: string): SyncObject {
  const git = { url: `https://git.example.net/${provider}`, branch: 'main' };
  return { apiVersion: VERSION, kind: 'SyncObject', metadata: { name: 'fleet' }, spec: { provider, type: 'git', git } };
}

function makeCloud({ index, members, quota }: CloudSketch, active: readonly Cluster[]): LogicalCloud {
  const [first, ...others] = members.map((member) => makeSelector(member, active));
  return {
    apiVersion: VERSION,
    kind: 'LogicalCloud',
    metadata: { ...pick(CLOUDS, index) },
    spec: {
      ...(first && { clusters: [first, ...others] }),
      // One of the three always keeps its references, and none changes its mind.
      ...(pick(CLOUDS, index).name === 'studio' && { references: 'tenant' }),
      ...(quota > 0 && { quota: { 'requests.cpu': quota } }),
      permissions: [{ apiGroups: ['', 'apps', 'batch', 'networking.k8s.io'], resources: ['*'], verbs: ['*'] }],
    },
  };
}

interface Tenancy {
  readonly cloud: LogicalCloud;
  /** Clusters that can take its apps. */
  readonly eligible: readonly Cluster[];
  readonly clusters: readonly Cluster[];
  /** Clouds that have the template whose objects have fixed names; a second one in the cloud would write the same objects. */
  readonly plain: Set<LogicalCloud>;
}

function makeDeployment({ index, version, hasDelivery, apps }: DeploymentSketch, tenancy: Tenancy): DeploymentIntent {
  const name = pick(DEPLOYMENTS, index);
  const [first, ...others] = apps.map((app) => makeApp(app, { ...tenancy, deployment: name, siblings: apps }));
  if (!first) throw new Error('a deployment without apps');
  const { metadata } = tenancy.cloud;
  return {
    apiVersion: VERSION,
    kind: 'DeploymentIntent',
    metadata: { name, namespace: metadata.namespace },
    spec: {
      version: `1.${version}.0`,
      logicalCloud: metadata.name,
      ...(hasDelivery && { delivery: { retryInterval: '2m', wait: false } }),
      apps: [first, ...others],
    },
  };
}

interface Siblings extends Tenancy {
  readonly deployment: string;
  readonly siblings: readonly AppSketch[];
}

function makeApp(sketch: AppSketch, { deployment, siblings, cloud, eligible, clusters, plain }: Siblings): App {
  const name = pick(APPS, sketch.index);
  const wanted = pick(TEMPLATES, sketch.template);
  const template = wanted === 'plain' && plain.has(cloud) ? 'service' : wanted;
  if (template === 'plain') plain.add(cloud);
  const earlier = siblings.filter(({ index }) => index < sketch.index).map(({ index }) => pick(APPS, index));
  const dependsOn = [...new Set(earlier.length === 0 ? [] : sketch.dependsOn.map((index) => pick(earlier, index)))];
  const values = valuesOf(template, sketch);
  const customize = sketch.customize.map(({ clusters: target, patch, ...rest }) => {
    const changed = valuesOf(template, { ...sketch, ...rest });
    const patches = patch === 0 ? [] : [patchOf(template, patch)];
    return { clusters: makeSelector(target, clusters), ...(changed && { values: changed }), ...(patches.length > 0 && { patches }) };
  });
  return {
    name,
    source: { template },
    ...(values && { values: { name: `${deployment}-${name}`, ...values } }),
    ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((app) => ({ app })) }),
    placement: makePlacement(sketch.placement, eligible),
    ...(customize.length > 0 && { customize }),
  };
}

function valuesOf(
  template: PackageName,
  { replicas, note, entries, isPublic }: Pick<AppSketch, 'replicas' | 'note' | 'entries' | 'isPublic'>,
): JsonObject | undefined {
  switch (template) {
    case 'plain':
      return undefined;
    case 'routes':
      return { public: isPublic, entries: entries.map((path) => ({ path, note })) };
    case 'service':
    case 'batch':
      return { replicas, note };
    default:
      return template satisfies never;
  }
}

function patchOf(template: PackageName, kind: number): Patch {
  const target = { kind: { plain: 'ConfigMap', service: 'Deployment', routes: 'Service', batch: 'Job' }[template] };
  if (kind === 1) return { target, strategic: { metadata: { annotations: { patched: 'yes' } } } };
  if (kind === 2) return { target, merge: { metadata: { annotations: { merged: 'no' } } } };
  return { target, json6902: [{ op: 'add', path: '/metadata/labels', value: { added: 'on' } }] };
}

function makePlacement({ allOf, anyOf, count }: PlacementSketch, eligible: readonly Cluster[]): Placement {
  const all = allOf.map((list): NonNullable<Placement['allOf']>[number] => {
    const [first, ...others] = list.map((selector) => makeSelector(selector, eligible));
    return first && others.length > 0 ? { anyOf: [first, ...others] } : (first ?? {});
  });
  const any = anyOf.map((selector) => makeSelector(selector, eligible));
  // Only of the whole fleet can so many be asked for.
  if (count > 1) any.push({});
  const [firstAll, ...otherAlls] = any.length === 0 && all.length === 0 ? [{}] : all;
  const [firstAny, ...otherAnys] = any;
  return {
    ...(firstAll && { allOf: [firstAll, ...otherAlls] }),
    ...(firstAny && { anyOf: [firstAny, ...otherAnys], ...(count > 0 && { count: Math.min(count, count > 1 ? eligible.length : 1) }) }),
  };
}

function makeSelector({ form, target }: SelectorSketch, clusters: readonly Cluster[]): ClusterSelector {
  const { metadata, spec } = pick(clusters, target);
  const { tier = '', env = '' } = metadata.labels ?? {};
  const forms: readonly ClusterSelector[] = [
    {},
    { provider: spec.provider, cluster: metadata.name },
    { provider: spec.provider },
    { matchLabels: { tier } },
    { clusterLabel: 'tier' },
    { clusterLabel: `env=${env}` },
    { matchExpressions: [{ key: 'tier', operator: 'In', values: [tier, 'nowhere'] }] },
    { expression: `cluster.labels.env == "${env}"` },
    { provider: spec.provider, matchLabels: { env }, matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['nowhere'] }] },
  ];
  return pick(forms, form);
}

/** What the forms above mean. */
function matches(selector: ClusterSelector, { metadata, spec }: Cluster): boolean {
  const { tier = '', env = '' } = metadata.labels ?? {};
  const {
    provider = spec.provider,
    cluster = metadata.name,
    clusterLabel = 'tier',
    expression = `cluster.labels.env == "${env}"`,
  } = selector;
  return (
    provider === spec.provider &&
    cluster === metadata.name &&
    ['tier', `env=${env}`].includes(clusterLabel) &&
    expression === `cluster.labels.env == "${env}"` &&
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => value === (key === 'tier' ? tier : env)) &&
    (selector.matchExpressions ?? []).every(({ operator, values = [] }) => values.includes(tier) === (operator === 'In'))
  );
}

/** The fleet's documents. */
export function documentsOf({ clusters, syncObjects, clouds, deployments }: Fleet): readonly IntentText[] {
  return [...syncObjects, ...clusters, ...clouds, ...deployments];
}

/** Text of several documents. */
export function printDocuments(documents: readonly IntentText[]): string {
  return documents.map((document) => printYaml(document as unknown as Json)).join('---\n');
}

/** Where a deployment's intent stands. */
export function deploymentPath({ metadata: { namespace, name } }: DeploymentIntent): string {
  return `intents/${namespace}/${name}.yaml`;
}

/** All files of the fleet, each deployment and cloud in a file of its own; packages included. */
export function fleetFiles(fleet: Fleet): Texts {
  const { clusters, syncObjects, clouds, deployments } = fleet;
  return {
    ...packageFiles(),
    'intents/clusters.yaml': printDocuments([...syncObjects, ...clusters]),
    ...Object.fromEntries(
      clouds.map((cloud) => [`intents/${cloud.metadata.namespace}/cloud-${cloud.metadata.name}.yaml`, printDocuments([cloud])]),
    ),
    ...Object.fromEntries(deployments.map((deployment) => [deploymentPath(deployment), printDocuments([deployment])])),
  };
}

export function idOf({ metadata, spec }: Cluster): string {
  return `${spec.provider}+${metadata.name}`;
}

/** The number that stands in the paths of a deployment's or cloud's files. */
export function contextIdOf({ kind, metadata: { namespace, name } }: DeploymentIntent | LogicalCloud): string {
  return toContext({ kind, namespace, name }).id;
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
