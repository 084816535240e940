import { hasNamespace, isAdmins, permissionsOf } from '../lib/cloud-namespaces.ts';
import { namespaceOf } from '../lib/kube-names.ts';
import { hasGroup, missingVerbs, speaksOf } from '../lib/permissions.ts';
import { type KindFacts, kindFacts } from '../lib/kube-resources.ts';
import type { Permission } from '../model/api.generated.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';

/** Whether an object may be a tenant's. */
export type Verdict =
  | { readonly is: 'fine' }
  /** It names a namespace that is not the cloud's. */
  | { readonly is: 'elsewhere'; readonly namespace: string }
  /** It has no namespace, and no permission for the whole cluster speaks of it. */
  | { readonly is: 'cluster-wide' }
  /** `isCertain`: the resource is what permissions call the kind. */
  | { readonly is: 'forbidden'; readonly facts: KindFacts; readonly verbs: readonly string[]; readonly isCertain: boolean };

const FINE: Verdict = { is: 'fine' };

const verdicts = new WeakMap<KnownCloud, Map<string, Verdict>>();

/** Judges an object by the namespaces and permissions of a cloud; once for each kind and namespace. */
export function judge(object: KubeObject, cloud: KnownCloud): Verdict {
  const known = verdicts.get(cloud) ?? new Map<string, Verdict>();
  verdicts.set(cloud, known);
  const { apiVersion, kind } = object;
  const namespace = namespaceOf(object);
  const key = `${apiVersion} ${kind} ${namespace ?? ''}`;
  const verdict = known.get(key) ?? decide(kindFacts({ apiVersion, kind }, cloud.kinds), cloud, namespace);
  known.set(key, verdict);
  return verdict;
}

/** Whether the object has a place of its own, so that it must not be given a namespace. */
export function isPlaced(object: KubeObject, { kinds }: KnownCloud): boolean {
  return namespaceOf(object) !== undefined || kindFacts(object, kinds).isClusterScoped;
}

function decide(facts: KindFacts, cloud: KnownCloud, namespace = cloud.namespace): Verdict {
  // A tenant without permissions is told so at its own place.
  if (isAdmins(cloud) || !cloud.value.spec.permissions) return FINE;
  const own = permissionsOf(cloud).filter(({ account }) => account !== false);
  if (facts.isClusterScoped) {
    const clusterWide = own.filter(({ scope }) => scope === 'Cluster');
    return clusterWide.some((one) => speaksOf(one, facts)) ? byRules(clusterWide, facts) : { is: 'cluster-wide' };
  }
  if (!hasNamespace(cloud, namespace)) return { is: 'elsewhere', namespace };
  if (cloud.value.spec.charts === true && namespace === cloud.namespace && isOfCharts(facts)) return FINE;
  return byRules(
    own.filter(({ scope, namespaces }) => scope === 'Cluster' || (namespaces?.includes(namespace) ?? true)),
    facts,
  );
}

function byRules(rules: readonly Permission[], facts: KindFacts): Verdict {
  const verbs = missingVerbs(rules, facts);
  if (verbs.length === 0) return FINE;
  // Of a kind that is only guessed at, a resource of the same group may be meant.
  const isCertain = facts.isCertain || rules.some((rule) => speaksOf(rule, facts)) || !rules.some((rule) => hasGroup(rule, facts.group));
  return { is: 'forbidden', facts, verbs, isCertain };
}

/** What a cloud's account may hold for the sake of charts. */
function isOfCharts({ group, resource }: KindFacts): boolean {
  if (group === '') return resource === 'secrets';
  if (group === 'helm.toolkit.fluxcd.io') return resource === 'helmreleases';
  return group === 'source.toolkit.fluxcd.io' && (resource === 'helmrepositories' || resource === 'ocirepositories');
}
