import { layout } from '../../generator/08-layout/layout.ts';
import type { ClusterGitOps, ClusterSpec, GitSync, GoogleSync, SyncObject } from '../../generator/model/api.generated.ts';
import type { KnownCloud, KnownCluster } from '../../generator/model/intents.ts';
import type { JsonObject } from '../../generator/model/json.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import type { Located } from '../../generator/model/source.ts';
import { configMap, makeLayoutRequest, makeSync } from './fleet.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from './intents.ts';

/** A cluster that Config Sync looks after. */
export function makeGoogleCluster(
  id: string,
  { gitOps, ...facts }: Partial<Omit<ClusterSpec, 'gitOps'>> & { readonly gitOps?: Partial<ClusterGitOps> } = {},
): KnownCluster {
  const base = { gitOpsType: 'googleAnthos', gitOpsReferenceObject: 'fleet-google', gitOpsResourceObject: 'fleet-git' } as const;
  return makeCluster(id, { ...facts, gitOps: { ...base, ...gitOps } });
}

/** The fleet, and the repository of the tree. `open`: nobody has to sign in. */
export function googleSyncs(
  google: Partial<GoogleSync> = {},
  git: Partial<GitSync> & { readonly open?: boolean } = {},
): readonly Located<SyncObject>[] {
  const { open = false, url = 'https://github.com/example/fleet', ...rest } = git;
  const base = makeSync('provider1', { url, ...rest });
  const repository = open ? { ...base, value: { ...base.value, spec: { ...base.value.spec, git: { url } } } } : base;
  const through = makeSync('provider1', {}, 'fleet-google');
  const spec = { provider: 'provider1', type: 'google', google: { project: 'example-fleet', ...google } } as const;
  return [repository, { ...through, value: { ...through.value, spec } }];
}

export interface GoogleFleet {
  readonly clusters: readonly KnownCluster[];
  readonly sync?: readonly Located<SyncObject>[];
  readonly cloud?: KnownCloud;
  /** Apps, each of which waits for the one before, with their objects. */
  readonly apps?: Readonly<Record<string, readonly KubeObject[]>>;
  readonly delivery?: JsonObject;
}

export function lay({ clusters, sync = googleSyncs(), cloud = makeCloud(), apps = { web: [configMap('web')] }, delivery }: GoogleFleet) {
  const names = Object.keys(apps);
  const base = makeDeployment(
    names.map((name, index) => makeApp({ name, ...(index > 0 && { dependsOn: [{ app: names[index - 1] ?? '' }] }) })),
  );
  const spec = { ...base.value.spec, ...(delivery && { delivery }) };
  const deployment = { ...base, value: { ...base.value, spec } };
  const { value, diagnostics } = layout(makeLayoutRequest([{ cloud, deployment, clusters, objects: Object.values(apps) }], { sync }));
  return { files: new Map<string, string>(value.map(({ path, content }) => [path, content])), diagnostics };
}
