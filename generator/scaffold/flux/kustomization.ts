import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { items, member, present, scalarText, textAt } from '../emco/members.ts';
import type { Entries, Place } from '../import-report.ts';
import { resolveFrom } from '../import/references.ts';
import { fluxName, fluxNamespace } from './kinds.ts';

/** A Flux Kustomization, as far as it is understood. */
export interface FluxKustomization {
  readonly object: KubeObject;
  readonly place: Place;
  readonly title: string;
  /** From the top of the repository. */
  readonly folder: string;
  /** Laid over the folder: fields of a kustomization. */
  readonly over: JsonObject;
  readonly metadata: { readonly labels: JsonObject; readonly annotations: JsonObject };
  readonly delivery: Readonly<Record<string, Json | undefined>>;
  readonly dependsOn: readonly string[];
  readonly account: string | undefined;
  readonly substitute: ReadonlyMap<string, string>;
  readonly substituteFrom: readonly { readonly kind: string; readonly name: string; readonly isOptional: boolean }[];
  readonly isSubstituted: boolean;
  /** The Secret with the keys for what SOPS encrypted. */
  readonly keys: string | undefined;
}

/** A `source` by kind, namespace and name. */
export function sourceOf(object: KubeObject): string {
  const reference = member(object['spec'], 'sourceRef');
  return `${textAt(reference, 'kind') ?? ''} ${textAt(reference, 'namespace') ?? fluxNamespace(object)}/${textAt(reference, 'name') ?? ''}`;
}

/** Reads a Kustomization; a text says why nothing of it can be carried over. */
export function readKustomization(object: KubeObject, place: Place): FluxKustomization | string {
  const { spec } = object;
  const folder = resolveFrom('', textAt(spec, 'path') ?? '');
  if (folder === undefined) return `its path "${textAt(spec, 'path') ?? ''}" leads out of the repository`;
  if (isJsonObject(member(spec, 'kubeConfig'))) return 'it applies to another cluster than its own, through a kubeconfig';
  if (member(spec, 'suspend') === true) return 'it is suspended: what is committed is applied here. Resume or remove it first';
  const over = overOf(spec, folder);
  if (typeof over === 'string') return over;
  const common = member(spec, 'commonMetadata');
  const postBuild = member(spec, 'postBuild');
  const variables = member(postBuild, 'substitute');
  const substitute = new Map(
    Object.entries(isJsonObject(variables) ? variables : {}).map(([key, value]) => [key, scalarText(value)] as const),
  );
  const substituteFrom = items(member(postBuild, 'substituteFrom')).map((from) => ({
    kind: textAt(from, 'kind') ?? '',
    name: textAt(from, 'name') ?? '',
    isOptional: member(from, 'optional') === true,
  }));
  const labels = member(common, 'labels');
  const annotations = member(common, 'annotations');
  return {
    object,
    place,
    title: `Kustomization ${fluxName(object)}`,
    folder,
    over,
    metadata: { labels: isJsonObject(labels) ? labels : {}, annotations: isJsonObject(annotations) ? annotations : {} },
    delivery: deliveryOf(spec),
    dependsOn: items(member(spec, 'dependsOn')).flatMap((on) =>
      textAt(on, 'name') === undefined ? [] : `unit ${textAt(on, 'name') ?? ''}`,
    ),
    account: textAt(spec, 'serviceAccountName'),
    substitute,
    substituteFrom,
    isSubstituted: isJsonObject(postBuild) || isJsonObject(common),
    keys: textAt(member(member(spec, 'decryption'), 'secretRef'), 'name'),
  };
}

function overOf(spec: Json | undefined, folder: string): JsonObject | string {
  const components = items(member(spec, 'components')).map((path) => (typeof path === 'string' ? resolveFrom(folder, path) : undefined));
  if (components.some((path) => path === undefined)) return 'one of its components lies outside of the repository';
  const list = (key: string): Json | undefined => (items(member(spec, key)).length > 0 ? member(spec, key) : undefined);
  return present({
    namespace: textAt(spec, 'targetNamespace'),
    namePrefix: textAt(spec, 'namePrefix'),
    nameSuffix: textAt(spec, 'nameSuffix'),
    images: list('images'),
    patches: list('patches'),
    components: components.length > 0 ? (components as readonly string[]) : undefined,
  });
}

const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

/** Timing as ours. `wait` is the default here; what Flux was not to wait for is not waited for. */
export function deliveryOf(spec: Json | undefined): JsonObject {
  const duration = (key: string): string | undefined => {
    const text = textAt(spec, key);
    // 10m0s is how Go prints 10m.
    return text !== undefined && DURATION.test(text)
      ? text.replace(/(?<=[0-9]h)0m(?=0s$)|(?<=[hm])0s$/g, '').replace(/(?<=h)0m$/, '')
      : undefined;
  };
  const waits = member(spec, 'wait') === true || items(member(spec, 'healthChecks')).length > 0;
  return present({
    interval: duration('interval'),
    retryInterval: duration('retryInterval'),
    timeout: duration('timeout'),
    deletionPolicy: textAt(spec, 'deletionPolicy'),
    ...(!waits && { wait: false }),
  });
}

/** Tells of the fields that come differently, or not at all. */
export function tellFields({ object, place, title, keys }: FluxKustomization, report: Entries): void {
  const { spec } = object;
  const has = (key: string): boolean => member(spec, key) !== undefined;
  const left = (what: string, reason: string): void => report.add('left', { place, what: `${what} of ${title}`, reason });
  const changed = (reason: string): void => report.add('changed', { place, what: title, reason });
  if (has('healthChecks') && member(spec, 'wait') !== true) changed('its healthChecks become wait: true, which waits for all objects');
  if (has('healthCheckExprs')) left('healthCheckExprs', 'readiness is what Flux takes it for');
  if (member(spec, 'prune') === false)
    changed('it does not prune; here, what leaves the tree is deleted. delivery.deletionPolicy: Orphan keeps objects when an app goes');
  if (member(spec, 'force') === true) left('force', 'an immutable change is an error here, so that nothing is recreated by the way');
  if (has('ignore')) left('ignore', 'all fields that are written are put right');
  if (keys !== undefined)
    left('decryption.secretRef', `the keys for SOPS are the controller's here, and those of Secret "${keys}" are not`);
  if (items(member(spec, 'dependsOn')).some((on) => member(on, 'readyExpr') !== undefined))
    left('readyExpr', 'dependsOn waits for readiness');
  if (items(member(spec, 'dependsOn')).some((on) => (textAt(on, 'namespace') ?? fluxNamespace(object)) !== fluxNamespace(object)))
    changed('it depends on Kustomizations of other namespaces, which are taken for those of the same name');
}
