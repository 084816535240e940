import type { AgentInstallation, App, Cluster, DeploymentIntent, LogicalCloud, SyncObject } from '../model/api.generated.ts';
import { primaryNamespace } from '../lib/cloud-namespaces.ts';
import type { Memory } from '../lib/memo.ts';
import { clusterId, type Context } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { IntentDocument, KnownCloud, KnownCluster, KnownDeployment } from '../model/intents.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Located } from '../model/source.ts';
import type { Checked } from './check-document.ts';
import { contextOf, type Identity } from './identity.ts';
import type { Names } from './names.ts';

/** A typed document that may still contradict others. */
export type Drafted<T> = T & { readonly identity: Identity; readonly document: IntentDocument };

/** All documents that are right in themselves, as the rules see them. */
export interface Draft {
  readonly clusters: readonly Drafted<KnownCluster>[];
  readonly syncObjects: readonly Drafted<Located<SyncObject>>[];
  readonly clouds: readonly Drafted<KnownCloud>[];
  readonly deployments: readonly Drafted<KnownDeployment>[];
  readonly installations: readonly Drafted<Located<AgentInstallation>>[];
  /** Everything, with or without mistakes. */
  readonly checked: readonly Checked[];
  readonly names: Names;
}

/** Looks at the documents together and reports what does not fit. */
export type Rule = (draft: Draft) => readonly Diagnostic[];

type Part =
  | { readonly kind: 'Cluster'; readonly cluster: Draft['clusters'][number] }
  | { readonly kind: 'SyncObject'; readonly syncObject: Draft['syncObjects'][number] }
  | { readonly kind: 'AgentInstallation'; readonly installation: Draft['installations'][number] }
  | { readonly kind: 'LogicalCloud'; readonly cloud: Draft['clouds'][number] }
  | { readonly kind: 'DeploymentIntent'; readonly deployment: Draft['deployments'][number] };

/** Sorts documents by kind; one that did not change gives the same part as before. */
export function createDrafter(memory: Memory): (checked: readonly Checked[], names: Names) => Draft {
  const parts = memory.memo<Checked, Part | undefined>();
  const contexts = memory.memo<string, Context>();
  const sameContext = (context: Context | undefined): Context | undefined =>
    context && contexts.get(`${context.kind}/${context.namespace}/${context.name}/${context.id}`, [], () => context);
  return (checked, names) => {
    const all = checked.flatMap((one) => parts.get(one, [], () => partOf(one, sameContext)) ?? []);
    return {
      clusters: all.flatMap((part) => (part.kind === 'Cluster' ? [part.cluster] : [])),
      syncObjects: all.flatMap((part) => (part.kind === 'SyncObject' ? [part.syncObject] : [])),
      clouds: all.flatMap((part) => (part.kind === 'LogicalCloud' ? [part.cloud] : [])),
      deployments: all.flatMap((part) => (part.kind === 'DeploymentIntent' ? [part.deployment] : [])),
      installations: all.flatMap((part) => (part.kind === 'AgentInstallation' ? [part.installation] : [])),
      checked,
      names,
    };
  };
}

function partOf(one: Checked, sameContext: (context: Context | undefined) => Context | undefined): Part | undefined {
  const { document, identity, isSound } = one;
  if (!identity) return undefined;
  // A schema's word is what makes these types true.
  const { value, at } = document;
  const rest = { at, identity, document };
  if (identity.kind === 'Cluster')
    return { kind: 'Cluster', cluster: clusterOf(isSound ? (value as unknown as Cluster) : remainsOf(value, identity), rest) };
  if (!isSound) return undefined;
  if (identity.kind === 'SyncObject') return { kind: 'SyncObject', syncObject: { value: value as unknown as SyncObject, ...rest } };
  if (identity.kind === 'AgentInstallation')
    return { kind: 'AgentInstallation', installation: { value: value as unknown as AgentInstallation, ...rest } };
  const context = sameContext(contextOf(value, identity));
  if (!context) return undefined;
  if (identity.kind === 'LogicalCloud') {
    const cloud = value as unknown as LogicalCloud;
    return {
      kind: 'LogicalCloud',
      cloud: { value: cloud, ...rest, context, namespace: primaryNamespace(cloud) },
    };
  }
  const deployment = withoutApps({ value: value as unknown as DeploymentIntent, at }, one.badApps);
  return deployment && { kind: 'DeploymentIntent', deployment: { ...deployment, identity, document, context } };
}

function clusterOf(value: Cluster, rest: Omit<Drafted<Located<Cluster>>, 'value'>): Drafted<KnownCluster> {
  const { scope, name } = rest.identity;
  return { ...rest, value, id: clusterId(scope, name), slug: `${scope}-${name}` };
}

/** What a cluster with mistakes still tells selectors. Such a run writes nothing; without it, placements would be told that they match nothing. */
function remainsOf(value: Json, { scope, name }: Identity): Cluster {
  const isText = (member: Json): boolean => typeof member === 'string';
  const isScalar = (member: Json): boolean => typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean';
  const { metadata, spec } = isJsonObject(value) ? value : {};
  const labels = membersOf(isJsonObject(metadata) ? metadata['labels'] : undefined, isText) as Record<string, string>;
  const variables = membersOf(isJsonObject(spec) ? spec['variables'] : undefined, isScalar) as Record<string, string>;
  return { apiVersion: 'espalier.dev/v1alpha1', kind: 'Cluster', metadata: { name, labels }, spec: { provider: scope, variables } };
}

function membersOf(value: Json | undefined, isWanted: (member: Json) => boolean): Json {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter(([, member]) => isWanted(member))) : {};
}

/** A deployment without some of its apps; places stay those of the document. `undefined` if no app is left. */
export function withoutApps<T extends Located<DeploymentIntent>>(deployment: T, indexes: ReadonlySet<number>): T | undefined {
  if (indexes.size === 0) return deployment;
  const { value, at } = deployment;
  const kept = value.spec.apps.map((app, index) => ({ app, index })).filter(({ index }) => !indexes.has(index));
  const [first, ...others] = kept.map(({ app }) => app);
  if (!first) return undefined;
  const apps: [App, ...App[]] = [first, ...others];
  const moved: T['at'] = (path, part) => {
    const [spec, list, index, ...rest] = path;
    const original = spec === 'spec' && list === 'apps' && typeof index === 'number' ? kept[index]?.index : undefined;
    return at(original === undefined ? path : ['spec', 'apps', original, ...rest], part);
  };
  return { ...deployment, value: { ...value, spec: { ...value.spec, apps } }, at: moved };
}

/** A mistake's reach in an app of a deployment. */
export function appReach({ context }: KnownDeployment, app: App): Reach {
  return { kind: 'context', context, app: app.name };
}
