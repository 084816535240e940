import { compareValues, type FieldChange, type FieldStep } from '../../09-plan/compare-values.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { quote } from '../../lib/describe.ts';
import { readInstancePath } from '../../lib/instance-path.ts';
import { groupOf, namespaceOf, objectIdentity, podTemplatePath } from '../../lib/kube-names.ts';
import { sortBy } from '../../lib/order.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { RunResult } from '../../model/run.ts';
import type { ComparedObject, Examined } from '../new/made.ts';

/** What runs on each cluster, by its id. */
export type Running = ReadonlyMap<string, readonly KubeObject[]>;

/** Holds what a run would give to the clusters against what runs there. What could only be changed by making it anew is an error. */
export function compareRunning({ changeSet }: RunResult, running: Running): Examined {
  if (!changeSet) return { problems: [diagnose('import-not-compared', {}, { reach: RUN })], compared: [] };
  const made = new Map<string, KubeObject[]>();
  for (const { path, after } of changeSet.changes) {
    const cluster = path.endsWith('.yaml') ? readInstancePath(path)?.instance.cluster : undefined;
    if (cluster === undefined || after === undefined || !running.has(cluster)) continue;
    const own = made.get(cluster) ?? [];
    for (const { value } of parseYaml(new TextDecoder().decode(after)).documents) if (isKubeObject(value)) own.push(value);
    made.set(cluster, own);
  }
  const pairs = [...running].flatMap(([cluster, objects]) =>
    pairsOf(objects, made.get(cluster) ?? []).map((pair) => ({ cluster, ...pair })),
  );
  const sorted = sortBy(pairs, ({ cluster, identity }) => `${cluster}\0${identity}`);
  return {
    compared: sorted.map((pair) => rowOf(pair)),
    problems: sorted.flatMap(({ cluster, before, after }) => (before && after ? immutable(cluster, before, after) : [])),
  };
}

function isKubeObject(value: Json): value is KubeObject {
  return (
    isJsonObject(value) &&
    typeof value['kind'] === 'string' &&
    isJsonObject(value['metadata']) &&
    !/^kustomize\.config\.k8s\.io\//.test(typeof value['apiVersion'] === 'string' ? value['apiVersion'] : '')
  );
}

interface Pair {
  readonly identity: string;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

function pairsOf(before: readonly KubeObject[], after: readonly KubeObject[]): readonly Pair[] {
  const [one, other] = [before, after].map((objects) => new Map(objects.map((object) => [objectIdentity(object), object] as const)));
  const identities = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...identities].map((identity) => ({ identity, before: one?.get(identity), after: other?.get(identity) }));
}

function rowOf({ cluster, before, after }: Pair & { readonly cluster: string }): ComparedObject {
  const object = after ?? before;
  if (!object) throw new Error('a pair of nothing');
  const fields = before && after ? changesOf(before, after).map(showChange) : [];
  const state = !before ? 'new' : !after ? 'missing' : fields.length > 0 ? 'changed' : 'same';
  const namespace = namespaceOf(object);
  return {
    cluster,
    state,
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace !== undefined && { namespace }),
    name: object.metadata.name,
    ...(fields.length > 0 && { fields }),
  };
}

/** What Espalier puts on every object, and on pods. */
const OURS: ReadonlySet<string> = new Set([
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/managed-by',
  'emco/deployment-id',
  'espalier.dev/hash',
  'espalier.dev/logical-cloud',
  'kustomize.toolkit.fluxcd.io/prune',
  'argocd.argoproj.io/sync-options',
  'pod-security.kubernetes.io/enforce',
]);

/** The fields that differ, but for labels and annotations that come new. */
function changesOf(before: KubeObject, after: KubeObject): readonly FieldChange[] {
  const templates = podTemplatePath(after) ?? [];
  const isOurs = ({ path, before: old }: FieldChange): boolean => {
    const key = path.at(-1);
    const holders = [['metadata'], ...(templates.length > 0 ? [[...templates, 'metadata']] : [])];
    const isMeta = holders.some((holder) => ['labels', 'annotations'].some((map) => isSame(path.slice(0, -1), [...holder, map])));
    return old === undefined && isMeta && typeof key === 'string' && OURS.has(key);
  };
  return compareValues(withMaps(before, templates), withMaps(after, templates)).filter((change) => !isOurs(change));
}

/** Absent labels and annotations are empty ones, so that what comes is told key by key. */
function withMaps(object: KubeObject, templates: readonly string[]): Json {
  const fill = (value: Json | undefined, path: readonly string[]): Json => {
    const own = isJsonObject(value) ? value : {};
    const [key, ...rest] = path;
    if (key !== undefined) return { ...own, [key]: fill(own[key], rest) };
    return { ...own, labels: own['labels'] ?? {}, annotations: own['annotations'] ?? {} };
  };
  const whole = fill(object, ['metadata']);
  return templates.length === 0 ? whole : fill(whole, [...templates, 'metadata']);
}

function isSame(path: readonly FieldStep[], other: readonly string[]): boolean {
  return path.length === other.length && path.every((step, index) => step === other[index]);
}

function showChange({ path, before, after }: FieldChange): string {
  return `${showSteps(path)}: ${show(before)} → ${show(after)}`;
}

function showSteps(path: readonly FieldStep[]): string {
  return path
    .map((step, index) =>
      typeof step === 'object'
        ? `[${step.name}]`
        : typeof step === 'number'
          ? `[${step}]`
          : /[./]/.test(step)
            ? `["${step}"]`
            : index === 0
              ? step
              : `.${step}`,
    )
    .join('');
}

function show(value: Json | undefined): string {
  if (value === undefined) return '(none)';
  if (typeof value === 'string') return quote(value);
  return quote(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)))
    .slice(1, -1)
    .replaceAll('\\"', '"');
}

/** Fields that the API server refuses to change. Source: Kubernetes, API validation of updates. */
const IMMUTABLE: readonly (readonly [kind: RegExp, field: RegExp])[] = [
  [/^apps\/(Deployment|DaemonSet|ReplicaSet|StatefulSet)$/, /^spec\.selector/],
  [/^apps\/StatefulSet$/, /^spec\.(serviceName|volumeClaimTemplates|podManagementPolicy)/],
  [/^batch\/Job$/, /^spec\.(selector|template|completionMode)/],
  [/^\/PersistentVolumeClaim$/, /^spec\.(?!resources)/],
  [/^\/Service$/, /^spec\.clusterIPs?/],
  [/^\/Secret$/, /^type/],
  [/^rbac\.authorization\.k8s\.io\/(Cluster)?RoleBinding$/, /^roleRef/],
];

function immutable(cluster: string, before: KubeObject, after: KubeObject): readonly Diagnostic[] {
  const kind = `${groupOf(after.apiVersion)}/${after.kind}`;
  const isFixed = (field: string): boolean =>
    IMMUTABLE.some(([kinds, fields]) => kinds.test(kind) && fields.test(field)) ||
    (before['immutable'] === true && /^(data|binaryData|stringData)/.test(field));
  return changesOf(before, after)
    .map(({ path }) => showSteps(path))
    .filter(isFixed)
    .map((field) => diagnose('import-recreates', { cluster, kind: after.kind, name: after.metadata.name, field }, { reach: RUN }));
}
