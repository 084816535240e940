import { groupOf, namespaceOf } from '../../lib/kube-names.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { SourceFile } from '../../model/source.ts';
import { intentFile } from '../emco/intent-file.ts';
import { items, member, present } from '../emco/members.ts';
import type { Place } from '../import-report.ts';
import { type ClusterName, type FoundNamespace, placeOf, type Surroundings, type Unit } from './model.ts';

export interface CloudWish {
  readonly namespace: string;
  readonly project: string;
  readonly clusters: readonly ClusterName[];
  /** Who applies into it. */
  readonly units: readonly Unit[];
  readonly namespaces: readonly FoundNamespace[];
  readonly hasCharts: boolean;
  /** Where something of it stands, if nothing better is known. */
  readonly place: Place;
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS: readonly (Json | undefined)[] = ['privileged', 'baseline', 'restricted'];

/** The logical cloud of a namespace. */
export function cloudFile(wish: CloudWish, surroundings: Surroundings): SourceFile {
  const { namespace, project, clusters, hasCharts } = wish;
  const { report, from } = surroundings;
  const found = wish.namespaces.find(({ object }) => object.metadata.name === namespace);
  const place = found ? placeOf(found.object, { tree: surroundings.tree, unit: found.unit }) : wish.place;
  const path = `intents/${project}/${namespace}.cloud.yaml`;
  const what = `Namespace ${namespace}`;
  report.add('carried', { place, what, to: path });
  const labels = found && isJsonObject(found.object.metadata['labels']) ? found.object.metadata['labels'] : {};
  const level = labels[ENFORCE];
  const podSecurity = LEVELS.includes(level) ? level : 'privileged';
  if (level === undefined)
    report.add('changed', {
      place,
      what,
      reason: 'podSecurity is privileged, because nothing is enforced there: "restricted" is the default here, and safer',
    });
  if (found && isJsonObject(found.object.metadata['annotations']))
    report.add('left', { place, what, reason: 'its annotations: a logical cloud has none' });
  const own = Object.entries(labels).filter(([key]) => key !== ENFORCE && key !== 'kubernetes.io/metadata.name');
  const spec = {
    namespace,
    clusters: clusters.map(selectorOf),
    labels: own.length === 0 ? undefined : Object.fromEntries(own),
    podSecurity,
    ...(hasCharts && { charts: true }),
    permissions: permissionsOf(wish, { place, what, surroundings }),
  };
  const origin = `namespace ${namespace}`;
  return intentFile(path, {
    origin,
    from,
    intent: { kind: 'LogicalCloud', metadata: present({ name: namespace, namespace: project }), spec },
  });
}

export function selectorOf(cluster: ClusterName): JsonObject {
  const at = cluster.indexOf('+');
  return { provider: cluster.slice(0, at), cluster: cluster.slice(at + 1) };
}

const ALL: JsonObject = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };

/** What the account may do today, if Roles beside it say so. */
function permissionsOf(
  { units, namespace }: CloudWish,
  { place, what, surroundings: { report } }: { readonly place: Place; readonly what: string; readonly surroundings: Surroundings },
): readonly JsonObject[] {
  const accounts = new Set(units.map(({ account }) => account));
  const [account] = accounts;
  const tell = (reason: string): readonly JsonObject[] => {
    report.add('changed', { place, what, reason: `${reason}, so that its account may do all in it: take away what is not needed` });
    return [ALL];
  };
  if (account === undefined || accounts.size !== 1) return tell('what is applied there is applied with the rights of the whole cluster');
  const objects = units.flatMap((unit) => unit.objects).filter((object) => groupOf(object.apiVersion) === 'rbac.authorization.k8s.io');
  const bindings = objects.filter((object) => object.kind === 'RoleBinding' && namespaceOf(object) === namespace && binds(object, account));
  const rules = bindings.flatMap((binding) => rulesOf(binding, objects));
  const isPlain =
    rules.length > 0 && rules.every((rule) => ['apiGroups', 'resources', 'verbs'].every((key) => items(member(rule, key)).length > 0));
  if (!isPlain) return tell(`no Role in the files says what the account "${account}" may do`);
  return rules.map((rule) =>
    present({ apiGroups: member(rule, 'apiGroups'), resources: member(rule, 'resources'), verbs: member(rule, 'verbs') }),
  );
}

function binds(binding: KubeObject, account: string): boolean {
  return items(binding['subjects']).some((subject) => member(subject, 'kind') === 'ServiceAccount' && member(subject, 'name') === account);
}

function rulesOf(binding: KubeObject, objects: readonly KubeObject[]): readonly Json[] {
  const [kind, name] = [member(binding['roleRef'], 'kind'), member(binding['roleRef'], 'name')];
  const role = objects.find(
    (object) => object.kind === kind && object.metadata.name === name && (kind !== 'Role' || namespaceOf(object) === namespaceOf(binding)),
  );
  return items(role?.['rules']);
}
