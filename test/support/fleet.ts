import { stampCloud } from '../../generator/06-render/stamp-cloud.ts';
import { stamp } from '../../generator/06-render/stamp.ts';
import { committedInstances } from '../../generator/07-gate/committed-instances.ts';
import type { LayoutRequest } from '../../generator/08-layout/layout.ts';
import { ownerOf } from '../../generator/08-layout/owner-of.ts';
import { sha256 } from '../../generator/lib/hash.ts';
import { readHistory } from '../../generator/lib/history.ts';
import type { ClusterGitOps, GitSync, SyncObject } from '../../generator/model/api.generated.ts';
import { instanceKey } from '../../generator/model/context.ts';
import type { Placement } from '../../generator/model/decision.ts';
import type { Committed, Oid } from '../../generator/model/file.ts';
import type { Intents, KnownCloud, KnownCluster, KnownDeployment } from '../../generator/model/intents.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import { providerType } from '../../generator/model/provider.ts';
import type { Instance, Rendered, RenderKey, StampedInstance } from '../../generator/model/render.ts';
import type { Located, RepoPath } from '../../generator/model/source.ts';
import { providers } from '../../generator/providers/registry.ts';
import { makeCluster, makeIntents } from './intents.ts';

/** A cluster that Flux looks after. */
export function makeFluxCluster(
  id: string,
  facts: Parameters<typeof makeCluster>[1] = {},
  gitOps: Partial<ClusterGitOps> = {},
): KnownCluster {
  const base = {
    gitOpsType: 'fluxv2',
    gitOpsReferenceObject: 'fleet-git',
    gitOpsResourceObject: 'fleet-git',
    agentVersion: '2.9',
  } as const;
  return makeCluster(id, { ...facts, gitOps: { ...base, ...gitOps } });
}

export function makeSync(provider = 'provider1', git: Partial<GitSync> = {}, name = 'fleet-git'): Located<SyncObject> {
  const url = 'https://github.com/example/fleet';
  return {
    value: {
      apiVersion: 'espalier.dev/v1alpha1',
      kind: 'SyncObject',
      metadata: { name },
      spec: { provider, type: 'git', git: { url, branch: 'main', secretRef: { name: 'flux-system' }, ...git } },
    },
    at: () => ({ file: 'sync' as RepoPath, line: 1, column: 1, length: 1 }),
  };
}

export function makeRendered(objects: readonly KubeObject[]): Rendered {
  return { key: 'key' as RenderKey, objects };
}

/** The first app of a deployment on a cluster, as bind makes it. */
export function makeInstance(deployment: KnownDeployment, cluster: KnownCluster, index = 0): Instance {
  const app = deployment.value.spec.apps[index] ?? deployment.value.spec.apps[0];
  return {
    cluster: cluster.id,
    context: deployment.context.id,
    app: app.name,
    owner: deployment.context,
    job: { key: 'key' as RenderKey, template: app.source.template ?? '', values: {}, patches: [] },
    origin: { value: app, at: (path, part) => deployment.at(['spec', 'apps', index, ...path], part) },
  };
}

export interface Tenancy {
  readonly cloud: KnownCloud;
  readonly deployment: KnownDeployment;
  readonly clusters: readonly KnownCluster[];
  /** What each app renders, in the order of the deployment's apps. */
  readonly objects: readonly (readonly KubeObject[])[];
}

/** Everything that layout asks for, with all apps on all clusters of their tenancy, and all to be written. */
export function makeLayoutRequest(
  tenancies: readonly Tenancy[],
  parts: Partial<LayoutRequest> & { readonly sync?: Intents['syncObjects'] } = {},
): LayoutRequest {
  const { committed = new Map() } = parts;
  const placements = tenancies.flatMap(placementsOf);
  const instances = [...new Map(tenancies.flatMap(stampAll).map((stamped) => [instanceKey(stamped.instance), stamped])).values()];
  const clusters = [...new Map(tenancies.flatMap((tenancy) => tenancy.clusters).map((cluster) => [cluster.id, cluster])).values()];
  return {
    intents: {
      ...makeIntents({
        clusters,
        clouds: [...new Set(tenancies.map(({ cloud }) => cloud))],
        deployments: tenancies.map(({ deployment }) => deployment),
      }),
      syncObjects: parts.sync ?? [makeSync()],
    },
    placements,
    decisions: placements.map(({ decision }) => decision),
    instances,
    gates: new Map(instances.map(({ instance }) => [instanceKey(instance), { do: 'write' }])),
    providers,
    committed,
    standing: committedInstances(committed, (path) => ownerOf(path, providers)),
    wanted: instances.map(({ instance }) => instance),
    history: readHistory(committed),
    left: new Set(),
    unattended: new Set(),
    ...parts,
  };
}

function placementsOf({ cloud, deployment, clusters }: Tenancy): Placement[] {
  return deployment.value.spec.apps.map((app, index) => ({
    deployment,
    app: { value: app, at: (path, part) => deployment.at(['spec', 'apps', index, ...path], part) },
    cloud,
    clusters,
    decision: {
      deployment: deployment.context,
      app: app.name,
      cloud: cloud.context,
      dependsOn: (app.dependsOn ?? []).map((dependency) => dependency.app),
      chosen: clusters.map(({ id }) => ({ cluster: id, reasons: ['allOf[0]: every cluster'] })),
      rejected: [],
    },
  }));
}

function stampAll({ cloud, deployment, clusters, objects }: Tenancy): StampedInstance[] {
  return clusters.flatMap((cluster) => [
    ...[providers[providerType(cluster.value)].cloudObjects(cloud)].flatMap((made) =>
      made.length > 0 ? [stampCloud(cloud, cluster.id, made)] : [],
    ),
    ...objects.map((list, index) => stamp(makeInstance(deployment, cluster, index), makeRendered(list), cloud).value),
  ]);
}

/** Committed files at these paths, all marked but those that Flux writes. */
export function makeCommitted(files: readonly string[]): Committed {
  return new Map(
    files.map((path) => {
      const isMarked = !/\/flux-system\/gotk-/.test(path);
      return [path as RepoPath, { path: path as RepoPath, oid: sha256(path).slice(0, 40) as Oid, isMarked }];
    }),
  );
}

export function configMap(name: string, metadata: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data: { key: 'value' } };
}

export function deploymentObject(name: string, labels: Record<string, string> = { app: name }): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image: `${name}:1` }] } },
    },
  };
}
