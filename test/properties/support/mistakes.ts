import fc from 'fast-check';
import type { App, DeploymentIntent } from '../../../generator/model/api.generated.ts';
import type { Texts } from '../../support/check-texts.ts';
import { contextIdOf, deploymentPath, type Fleet, fleetFiles, printDocuments } from './fleet.ts';
import type { PathOwner } from './owners.ts';

/** A fleet's files with one mistake, and whom it holds. */
export interface Planted {
  readonly code: string;
  readonly files: Texts;
  readonly reaches: (owner: PathOwner) => boolean;
  /** Whether what nobody asks for may be kept, because the mistake may hide who did. */
  readonly spares: (owner: PathOwner) => boolean;
  /** Whether nothing at all may be written. */
  readonly stopsRun: boolean;
}

export interface MistakeSketch {
  readonly kind: (typeof KINDS)[number];
  readonly deployment: number;
  readonly app: number;
}

const APP_MISTAKES: Readonly<Record<string, (app: App) => App>> = {
  'unknown-template': (app) => ({ ...app, source: { template: 'nothing-like-it' } }),
  'unknown-value': (app) => ({ ...app, values: { ...app.values, nothingLikeIt: 1 } }),
  'wrong-type': (app) => ({ ...app, values: { ...app.values, name: ['x'] } }),
  'placement-matches-nothing': (app) => ({ ...app, placement: { allOf: [{ matchLabels: { tier: 'nowhere' } }] } }),
  'unknown-cluster': (app) => ({ ...app, placement: { allOf: [{}, { cluster: 'nothing-like-it' }] } }),
  'unknown-app': (app) => ({ ...app, dependsOn: [...(app.dependsOn ?? []), { app: 'nothing-like-it' }] }),
  'failing-patch': (app) => ({
    ...app,
    customize: [
      ...(app.customize ?? []),
      { clusters: {}, patches: [{ target: { name: '.*' }, json6902: [{ op: 'remove', path: '/spec/nothing/like/it' }] }] },
    ],
  }),
};

const DEPLOYMENT_MISTAKES: Readonly<Record<string, (deployment: DeploymentIntent) => DeploymentIntent>> = {
  'unknown-field': (deployment) => ({ ...deployment, spec: { ...deployment.spec, nothingLikeIt: 1 } as DeploymentIntent['spec'] }),
  'unknown-logical-cloud': (deployment) => ({ ...deployment, spec: { ...deployment.spec, logicalCloud: 'nothing-like-it' } }),
  'dependency-cycle': (deployment) => withApp(deployment, { index: 0, change: (app) => ({ ...app, dependsOn: [{ app: app.name }] }) }),
};

const KINDS = [
  ...Object.keys(APP_MISTAKES),
  ...Object.keys(DEPLOYMENT_MISTAKES),
  'duplicate-identity',
  'not-yaml',
  'broken-cloud',
  'broken-template',
  'incomplete-gitops',
] as const;

export const mistakeSketch = fc.record<MistakeSketch>({
  kind: fc.constantFrom(...KINDS),
  deployment: fc.nat({ max: 2 }),
  app: fc.nat({ max: 2 }),
});

export function plant(fleet: Fleet, { kind, ...at }: MistakeSketch): Planted {
  const deployment = fleet.deployments[at.deployment % fleet.deployments.length];
  if (!deployment) throw new Error('a fleet without deployments');
  const index = at.app % deployment.spec.apps.length;
  const ofDeployment = (owner: PathOwner): boolean => isOf(deployment, owner);
  const held = { spares: ofDeployment, stopsRun: false };
  const appMistake = APP_MISTAKES[kind];
  if (appMistake) {
    const name = deployment.spec.apps[index]?.name;
    const files = withDeployment(fleet, withApp(deployment, { index, change: appMistake }));
    return { ...held, code: kind, files, reaches: (owner) => ofDeployment(owner) && 'app' in owner && owner.app === name };
  }
  const mistake = DEPLOYMENT_MISTAKES[kind];
  if (mistake) return { ...held, code: kind, files: withDeployment(fleet, mistake(deployment)), reaches: ofDeployment };
  return plantElsewhere(fleet, { kind, deployment, app: deployment.spec.apps[index] ?? deployment.spec.apps[0] });
}

const everything = (): boolean => true;

function plantElsewhere(
  fleet: Fleet,
  { kind, deployment, app }: { readonly kind: string; readonly deployment: DeploymentIntent; readonly app: App },
): Planted {
  const files = fleetFiles(fleet);
  const path = deploymentPath(deployment);
  const text = files[path] ?? '';
  const ofDeployment = (owner: PathOwner): boolean => isOf(deployment, owner);
  switch (kind) {
    case 'duplicate-identity':
      return { code: kind, files: { ...files, 'intents/again.yaml': text }, reaches: ofDeployment, spares: ofDeployment, stopsRun: false };
    case 'not-yaml':
      return { code: kind, files: { ...files, [path]: `${text}  bad: [\n` }, reaches: ofDeployment, spares: everything, stopsRun: false };
    case 'broken-cloud':
      return plantInCloud(fleet, deployment);
    case 'broken-template': {
      const { template } = app.source;
      const kustomization = `templates/apps/${template}/kustomization.yaml`;
      const rest = Object.entries(files).filter(([name]) => !name.startsWith(kustomization));
      const broken = Object.fromEntries([...rest, [kustomization, 'resources: [nothing-like-it.yaml]\n']]);
      const reaches = (owner: PathOwner): boolean =>
        fleet.deployments.some((one) =>
          one.spec.apps.some(
            ({ name, source }) => source.template === template && isOf(one, owner) && 'app' in owner && owner.app === name,
          ),
        );
      return { code: kind, files: broken, reaches, spares: everything, stopsRun: false };
    }
    default: {
      const [cluster, ...others] = fleet.clusters;
      if (!cluster) throw new Error('a fleet without clusters');
      const gitOps = { gitOpsType: 'fluxv2' } as NonNullable<typeof cluster.spec.gitOps>;
      const broken = { ...fleet, clusters: [{ ...cluster, spec: { ...cluster.spec, gitOps } }, ...others] };
      return { code: kind, files: fleetFiles(broken), reaches: () => true, spares: everything, stopsRun: true };
    }
  }
}

function plantInCloud(fleet: Fleet, { metadata, spec }: DeploymentIntent): Planted {
  const isMeant = (namespace: string, name: string): boolean => namespace === metadata.namespace && name === spec.logicalCloud;
  const cloud = fleet.clouds.find((one) => isMeant(one.metadata.namespace, one.metadata.name));
  if (!cloud) throw new Error('a deployment without a cloud');
  const tenants = fleet.deployments.filter((one) => isMeant(one.metadata.namespace, one.spec.logicalCloud));
  const broken = { ...cloud, spec: { ...cloud.spec, podSecurity: 'none' as 'baseline' } };
  const files = {
    ...fleetFiles(fleet),
    [`intents/${cloud.metadata.namespace}/cloud-${cloud.metadata.name}.yaml`]: printDocuments([broken]),
  };
  const reaches = (owner: PathOwner): boolean =>
    tenants.some((tenant) => isOf(tenant, owner)) || (owner.kind === 'instance' && owner.context === contextIdOf(cloud));
  return { code: 'broken-cloud', files, reaches, spares: everything, stopsRun: false };
}

function isOf(deployment: DeploymentIntent, owner: PathOwner): boolean {
  const { namespace, name } = deployment.metadata;
  if (owner.kind === 'decision') return owner.deployment === `${namespace}.${name}`;
  return owner.kind === 'instance' && owner.context === contextIdOf(deployment);
}

function withDeployment(fleet: Fleet, deployment: DeploymentIntent): Texts {
  return { ...fleetFiles(fleet), [deploymentPath(deployment)]: printDocuments([deployment]) };
}

function withApp(
  deployment: DeploymentIntent,
  { index, change }: { readonly index: number; readonly change: (app: App) => App },
): DeploymentIntent {
  const [first, ...others] = deployment.spec.apps.map((app, at) => (at === index ? change(app) : app));
  return first ? { ...deployment, spec: { ...deployment.spec, apps: [first, ...others] } } : deployment;
}
