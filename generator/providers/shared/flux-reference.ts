import { diagnose } from '../../diagnostics/diagnose.ts';
import { canonical } from '../../lib/canonical.ts';
import { accountOf, keepsReferences, namespacesOf } from '../../lib/cloud-namespaces.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { headsOf } from '../../lib/printed-heads.ts';
import { fillYaml, printYaml, yamlForm, type YamlForm } from '../../lib/yaml/print.ts';
import type { Delivery } from '../../model/api.generated.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import { type InstanceRef, LOGICAL_CLOUD_APP } from '../../model/context.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCloud, KnownCluster } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ReferenceRequest } from '../../model/provider.ts';
import type { StampedInstance } from '../../model/render.ts';
import type { GitSource } from '../../model/sync.ts';
import { checkFluxAccounts } from './check-flux-accounts.ts';
import { clusterPath, markedFile } from './cluster-files.ts';
import { type FluxHome, fluxKustomization } from './flux-kustomization.ts';
import { placeOfApps, tenantFileOwner, tenantFiles } from './flux-tenant.ts';
import { type FluxVersion, formatVersion, type UnknownField, unknownFields } from './flux-version.ts';

export interface FluxAgent {
  readonly cluster: KnownCluster;
  readonly home: FluxHome;
  readonly version: FluxVersion;
  /** The repository that holds the cluster's tree; absent where that is not known, which is reported. */
  readonly git: GitSource | undefined;
}

/** The Flux Kustomization of one instance, `references/<cid>-<app>-kcust.yaml`, and what a cloud that keeps its references has beside it. */
export function fluxReference({ cluster, home, version, git }: FluxAgent, request: ReferenceRequest): Outcome<readonly GeneratedFile[]> {
  const unknown = unknownFields(request.delivery, version);
  const diagnostics = unknown.map(({ field, written, since }) =>
    diagnose(
      'field-unknown-to-agent',
      { field: written, since: formatVersion(since), cluster: cluster.id, version: formatVersion(version) },
      request.askedBy(field),
    ),
  );
  const { instance } = request.instance;
  const path = clusterPath(cluster.id, fluxReferencePath(instance));
  const asked = unknown.length > 0 ? { ...request, delivery: without(request.delivery, unknown) } : request;
  const isCloud = request.instance.owner.kind === 'LogicalCloud';
  return {
    value: [
      markedFile({ kind: 'instance', instance }, path, print(asked, { home, keys: keysOf(cluster) })),
      ...(isCloud && git ? tenantFiles(request, git, home) : []),
    ],
    diagnostics: [...diagnostics, ...checkFluxAccounts(cluster, request)],
  };
}

function without(delivery: Delivery, unknown: readonly UnknownField[]): Delivery {
  return Object.fromEntries(Object.entries(delivery).filter(([key]) => !unknown.some(({ field }) => field === key)));
}

interface Agent {
  readonly home: FluxHome;
  /** The Secret with the keys that decrypt; `undefined`: the agent finds them by itself. */
  readonly keys: string | undefined;
}

function keysOf({ value }: KnownCluster): string | undefined {
  return value.spec.gitOps?.decryption?.secretRef?.name;
}

/** What differs between the clusters of an app. */
type Gap = 'folder' | 'revision';

/** No file of ours holds it: where somebody's text does, nothing is shared. */
const MARK = '\u0000';

const forms = new WeakMap<KnownCloud, Map<string, YamlForm<Gap>>>();

/** More would be edits of a long watch. */
const MOST_KEPT = 10_000;

/** The text for all clusters that ask for the same is made once, with gaps. */
function print(request: ReferenceRequest, agent: Agent): string {
  const { home, keys } = agent;
  const { instance, version, cloud, dependsOn, delivery } = request;
  const { cluster, context, app } = instance.instance;
  const { kind, name } = instance.owner;
  const key = JSON.stringify([home, context, app, kind, name, version, dependsOn, delivery, isEncrypted(instance), keys]);
  const folder = `./clusters/${cluster}/context/${context}/app/${app}`;
  if (key.includes('\\u0000')) return printYaml(toKustomization(request, { ...agent, folder, revision: instance.revision }));
  const known = forms.get(cloud) ?? new Map<string, YamlForm<Gap>>();
  forms.set(cloud, known);
  const form = known.get(key) ?? toForm(request, agent);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, form);
  return fillYaml(form, (gap) => (gap === 'folder' ? folder : instance.revision));
}

function toForm(request: ReferenceRequest, agent: Agent): YamlForm<Gap> {
  const gaps = new Map<string, Gap>([
    [`${MARK}folder`, 'folder'],
    [`${MARK}revision`, 'revision'],
  ]);
  return yamlForm(toKustomization(request, { ...agent, folder: `${MARK}folder`, revision: `${MARK}revision` }), (text) => gaps.get(text));
}

function isEncrypted(stamped: StampedInstance): boolean {
  return headsOf(stamped).some((object) => object.isEncrypted);
}

function toKustomization(
  { instance: stamped, version, cloud, dependsOn, delivery }: ReferenceRequest,
  { home, keys, folder, revision }: Readonly<Record<Gap, string>> & Agent,
): KubeObject {
  const { instance, owner } = stamped;
  const { interval = '10m', retryInterval = '1m', timeout = '5m', wait = true, deletionPolicy = 'MirrorPrune' } = delivery;
  const isCloud = owner.kind === 'LogicalCloud';
  const metadata = {
    labels: {
      'app.kubernetes.io/managed-by': 'espalier',
      'app.kubernetes.io/part-of': owner.name,
      ...(version !== undefined && { 'app.kubernetes.io/version': version }),
    },
    annotations: { 'espalier.dev/revision': revision },
  };
  const spec = {
    ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((name) => dependency(name, cloud, home)) }),
    interval: goDuration(interval),
    retryInterval: goDuration(retryInterval),
    timeout: goDuration(timeout),
    path: folder,
    wait,
    ...(isCloud ? { serviceAccountName: home.account } : tenancyOf(cloud)),
    // MirrorPrune is Flux's default, and older agents do not know the field.
    ...(deletionPolicy !== 'MirrorPrune' && { deletionPolicy }),
    ...(isEncrypted(stamped) && { decryption: { provider: 'sops', ...(keys !== undefined && { secretRef: { name: keys } }) } }),
  };
  const place = isCloud ? home : placeOfApps(cloud, home);
  return canonical(fluxKustomization(`${instance.context}-${instance.app}`, { home: place, metadata, spec }));
}

/** The cloud's own is beside the agent in any case. Flux's lockdown is about sources: a Kustomization may wait for one of another namespace. */
function dependency(name: string, cloud: KnownCloud, { namespace }: FluxHome): JsonObject {
  const isElsewhere = keepsReferences(cloud) && name === `${cloud.context.id}-${LOGICAL_CLOUD_APP}`;
  return { name, ...(isElsewhere && { namespace }) };
}

/** Where Flux is given a namespace it moves every object there, so that of several none is given: each object names its own. */
function tenancyOf(cloud: KnownCloud): JsonObject {
  const { namespace } = cloud;
  return { serviceAccountName: accountOf(cloud), ...(namespacesOf(cloud).length === 1 && { targetNamespace: namespace }) };
}

export function fluxReferencePath({ context, app }: InstanceRef): string {
  return `references/${context}-${app}-kcust.yaml`;
}

/** The instance whose reference, or what stands beside it, is at a path below the cluster's folder. */
export function fluxReferenceOwner(path: string): { readonly context: string; readonly app: string } | undefined {
  const [, context, app] = /^references\/([0-9]+)-([^/]+)-kcust\.yaml$/.exec(path) ?? [];
  if (context !== undefined && app !== undefined) return { context, app };
  const cloud = tenantFileOwner(path);
  return cloud === undefined ? undefined : { context: cloud, app: LOGICAL_CLOUD_APP };
}
