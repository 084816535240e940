/** Writes made-up fleets: the same seed gives the same files. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appTemplate } from './app-template.ts';
import { createDice, type Dice } from './dice.ts';

/**
 * What differs between the clusters of one app. `shared`: nothing. `late`: values that kustomize passes through, so that all instances share a
 * build and no two have the same objects. `different`: a value that kustomize computes with, so that every instance is a build of its own.
 */
export type Shapes = 'shared' | 'late' | 'different';

export interface FleetSize {
  readonly clusters: number;
  readonly apps: number;
  /** Objects of each instance. */
  readonly objects: number;
  readonly shapes: Shapes;
  readonly seed: number;
}

const CLUSTERS_PER_FILE = 100;
const APPS_PER_DEPLOYMENT = 10;
const PROVIDERS = ['edge', 'metro', 'region', 'hall'];

/** What the scenarios edit. */
export interface Edits {
  /** Tag of the app `app-0`. */
  readonly tag: string;
  /** Domain of the cluster number 0. */
  readonly domain: string;
  /** Says nothing to anybody. */
  readonly comment: string;
}

const FIRST: Edits = { tag: '1.0.0', domain: 'site-0.example.net', comment: '' };

/** Writes `intents/` and `templates/` into an empty or missing folder. */
export async function writeFleet(root: string, size: FleetSize): Promise<void> {
  await rm(root, { recursive: true, force: true });
  const dice = createDice(size.seed);
  const apps = Array.from({ length: size.apps }, (_, index) => index);
  for (const app of apps) {
    const files = appTemplate(`app-${app}`, { objects: size.objects, shapes: size.shapes, dice });
    for (const [name, text] of Object.entries(files)) await write(join(root, 'templates/apps', `app-${app}`, name), text);
  }
  await write(join(root, 'intents/shared.yaml'), documents([...PROVIDERS.map(syncObject), cloud()]));
  for (let first = 0; first < size.clusters; first += CLUSTERS_PER_FILE) {
    const numbers = Array.from({ length: Math.min(CLUSTERS_PER_FILE, size.clusters - first) }, (_, index) => first + index);
    await write(join(root, `intents/clusters/${first}.yaml`), documents(numbers.map((number) => cluster(number, dice))));
  }
  await applyEdits(root, size, {});
}

/** Writes the intents that scenarios change once more. */
export async function applyEdits(root: string, size: FleetSize, edits: Partial<Edits>): Promise<void> {
  const { tag, domain, comment } = { ...FIRST, ...edits };
  const dice = createDice(size.seed + 1);
  await write(join(root, 'intents/clusters/changing.yaml'), `${documents([cluster(size.clusters, dice, domain)])}# ${comment}\n`);
  for (let first = 0; first < size.apps; first += APPS_PER_DEPLOYMENT) {
    const numbers = Array.from({ length: Math.min(APPS_PER_DEPLOYMENT, size.apps - first) }, (_, index) => first + index);
    await write(join(root, `intents/deployments/${first}.yaml`), deployment(first, numbers, tag));
  }
}

/** The instances that a fleet of this size has, those of logical clouds left out. */
export function instancesOf({ clusters, apps }: FleetSize): number {
  return (clusters + 1) * apps;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

function documents(list: readonly string[]): string {
  return list.join('---\n');
}

function syncObject(provider: string): string {
  return `apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: fleet-git}
spec:
  provider: ${provider}
  type: git
  git: {url: "https://git.example.net/fleet", branch: main, secretRef: {name: flux-system}}
`;
}

function cloud(): string {
  return `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: shop, namespace: bench}
spec:
  permissions:
  - apiGroups: ["", apps, autoscaling, policy, networking.k8s.io]
    resources: [services, configmaps, serviceaccounts, deployments, horizontalpodautoscalers, poddisruptionbudgets, networkpolicies]
    verbs: [get, list, watch, create, update, patch, delete]
`;
}

function cluster(number: number, dice: Dice, domain = `site-${number}.example.net`): string {
  const provider = PROVIDERS[number % PROVIDERS.length] ?? '';
  const tier = dice.pick(['edge', 'regional', 'central']);
  return `apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata:
  name: site-${number}
  labels: {tier: ${tier}, env: ${dice.pick(['production', 'staging'])}, region: r${dice.below(20)}}
spec:
  provider: ${provider}
  gitOps: {gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git, agentVersion: "2.9"}
  variables: {site: site-${number}, domain: ${domain}, replicas: ${1 + dice.below(9)}, port: ${20000 + number}, memory: ${64 + dice.below(900)}Mi}
`;
}

function deployment(first: number, numbers: readonly number[], tag: string): string {
  const apps = numbers.map(
    (number) => `  - name: app-${number}
    source: {template: app-${number}}
    values: {tag: "${number === 0 ? tag : `2.${number}.0`}"}
    placement:
      allOf:
      - matchExpressions: [{key: tier, operator: Exists}]
`,
  );
  return `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: part-${first}, namespace: bench}
spec:
  version: "1.0.0"
  logicalCloud: shop
  apps:
${apps.join('')}`;
}
