import { layout } from '../../generator/08-layout/layout.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import type { ArgoCDSync, ClusterGitOps, ClusterSpec, SyncObject } from '../../generator/model/api.generated.ts';
import type { Diagnostic } from '../../generator/model/diagnostic.ts';
import type { KnownCloud, KnownCluster } from '../../generator/model/intents.ts';
import { isJsonObject, type JsonObject } from '../../generator/model/json.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import type { Located } from '../../generator/model/source.ts';
import { configMap, makeLayoutRequest, makeSync } from './fleet.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from './intents.ts';

/** A cluster that Argo CD looks after, through a sync object of this name. */
export function makeArgoCluster(
  id: string,
  through = 'own-argocd',
  { gitOps, ...facts }: Partial<Omit<ClusterSpec, 'gitOps'>> & { readonly gitOps?: Partial<ClusterGitOps> } = {},
): KnownCluster {
  const base = { gitOpsType: 'argocd', gitOpsReferenceObject: through, gitOpsResourceObject: 'fleet-git' } as const;
  return makeCluster(id, { ...facts, gitOps: { ...base, ...gitOps } });
}

/** A sync object for references: an Argo CD on each cluster, or on one for others. */
export function makeArgoSync(argocd: ArgoCDSync = {}, name = argocd.hub === undefined ? 'own-argocd' : 'hub-argocd'): Located<SyncObject> {
  const base = makeSync('provider1', {}, name);
  return { ...base, value: { ...base.value, spec: { provider: 'provider1', type: 'argocd', argocd } } };
}

/** The repository of the tree, an Argo CD on each cluster, and one on `provider1+hub` for others. */
export const argoSyncs: readonly Located<SyncObject>[] = [makeSync(), makeArgoSync(), makeArgoSync({ hub: 'provider1+hub' })];

export interface ArgoFleet {
  readonly clusters: readonly KnownCluster[];
  readonly sync?: typeof argoSyncs;
  readonly cloud?: KnownCloud;
  readonly objects?: readonly KubeObject[];
  readonly delivery?: JsonObject;
}

/** One app of the objects on all of the clusters. */
export function lay({ clusters, sync = argoSyncs, cloud = makeCloud(), objects = [configMap('web')], delivery }: ArgoFleet) {
  const base = makeDeployment([makeApp({ name: 'web' })]);
  const spec = { ...base.value.spec, ...(delivery && { delivery }) };
  const deployment = { ...base, value: { ...base.value, spec } };
  const { value, diagnostics } = layout(makeLayoutRequest([{ cloud, deployment, clusters, objects: [objects] }], { sync }));
  return { files: new Map<string, string>(value.map(({ path, content }) => [path, content])), diagnostics };
}

export function objectIn(files: ReadonlyMap<string, string>, path: string): JsonObject {
  const [document] = parseYaml(files.get(path) ?? '').documents;
  if (!isJsonObject(document?.value)) throw new Error(`no object: ${path}`);
  return document.value;
}

/** Severity, code and place of each finding. */
export function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ severity, code, source }) => `${severity} ${code} ${source?.file ?? ''}`);
}
