import { groupOf, namespaceOf } from '../../lib/kube-names.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { KubeObject } from '../../model/kube.ts';
import { type Agents, notHandedOver, takenUpBy } from '../gitops/handover.ts';
import type { ClusterName } from '../gitops/model.ts';
import { AGENT } from './cluster-files.ts';
import { argoName, argoTitle } from './documents.ts';
import type { FoundApplications } from './read-applications.ts';

export interface ArgoHandover {
  readonly found: FoundApplications;
  readonly cluster: ClusterName;
  /** Of all clusters that are handed over, in their order. */
  readonly agents: Agents;
  /** Whether Argo CD runs on another cluster. */
  readonly isTarget: boolean;
}

/**
 * How Argo CD's own Applications let go of a cluster, and the new ones take over. Nothing is deleted before everything stands still and has no
 * finalizer: what heals itself would put its own finalizer back, and a root that goes with one takes its Applications along, and these their objects.
 * Sources: Argo CD, docs/user-guide/app_deletion.md (without the finalizer nothing is deleted); auto_sync.md (selfHeal undoes changes within
 * seconds); controller/state.go (an object that another Application's mark is on is a shared one, which ours refuse).
 */
export function argoHandover({ found, cluster, agents, isTarget }: ArgoHandover): readonly string[] {
  // What makes Applications makes those of all clusters: it goes once all of them have somebody else.
  const missing = [...agents].filter(([, agent]) => agent === undefined).map(([name]) => name);
  if (missing.length > 0) return notHandedOver(missing, { from: 'Argo CD' });
  const agent = agents.get(cluster) ?? AGENT;
  const [first = cluster] = agents.keys();
  const at = isTarget ? ' (where Argo CD runs)' : '';
  const shared = standStill(found, { at, isShared: agents.size > 1 });
  const own = applicationsOf(found).filter((one) => one.cluster === cluster);
  const objects = sortBy(
    found.originals.get(cluster) ?? [],
    (object) => `${namespaceOf(object) ?? ''} ${object.kind} ${object.metadata.name}`,
  );
  return [
    'espalier generate, review, commit and push. Nothing reads the new tree yet.',
    ...(cluster === first
      ? shared
      : [`Do steps 2 to ${shared.length + 1} of the handover of ${first} first, which are for all clusters: go on when all stands still.`]),
    `Have the Applications go. Without the finalizer they leave what they applied${at}:\n${own.map(({ object }) => remove(object)).join('\n')}`,
    `Take their mark off what they applied, on the cluster: a new Application refuses an object that bears another one's. (Where Argo CD tracks by label, as before 3.0: app.kubernetes.io/instance- with kubectl label.)\n${objects.map(annotate).join('\n')}`,
    agent === AGENT ? `Give Argo CD the new root${at}:\nkubectl apply -f clusters/${cluster}/argocd/root.yaml` : takenUpBy(agent, cluster),
    ...(found.kept.length === 0
      ? []
      : [`Not carried over, and as they are, but that nothing brings them any more: ${found.kept.join(', ')}.`]),
    'Look: argocd app list, or kubectl get applications.argoproj.io -A. When all are synced, take the old files out of their repository.',
  ];
}

function applicationsOf({ applications }: FoundApplications): FoundApplications['applications'] {
  return sortBy(applications, ({ object }) => argoName(object));
}

const COLUMNS =
  'NAMESPACE:.metadata.namespace,NAME:.metadata.name,AUTOMATED:.spec.syncPolicy.automated,FINALIZERS:.metadata.finalizers,OPERATION:.status.operationState.phase';

/**
 * Steps for all clusters at once. What makes others comes before them, or it would undo what is done to them. Sources: Argo CD,
 * docs/operator-manual/applicationset/Application-Deletion.md and Controlling-Resource-Modification.md (a set undoes changes of its Applications; what
 * they deployed stays with preserveResourcesOnDeletion, they themselves with --cascade=orphan); Progressive-Syncs.md (strategy.deletionOrder deletes
 * them in any case).
 */
function standStill(found: FoundApplications, { at, isShared }: { readonly at: string; readonly isShared: boolean }): readonly string[] {
  const makers = topDown(found);
  const once = isShared ? '; once for all clusters' : '';
  return [
    `Have all stand still, and take the finalizers off: without them, and with --cascade=orphan, nothing else is deleted. In this order, or what makes Applications would undo it${once}${at}:\n${[
      ...makers.map((object) => (object.kind === 'ApplicationSet' ? releaseSet(object) : releaseApplication(object))),
      ...applicationsOf(found).map(({ object }) => releaseApplication(object)),
    ].join('\n')}`,
    `See that each of these Applications says <none> under AUTOMATED and FINALIZERS, that no OPERATION is Running and that no ApplicationSet of these is left, now and again five minutes later. What has come back is made by something that is not among these, and would be deleted with all that it applied: go no further, see to what makes it, and begin again with the step before this${at}:\nkubectl get applications.argoproj.io -A -o custom-columns=${COLUMNS}\nkubectl get applicationsets.argoproj.io -A`,
    ...(makers.some(({ kind }) => kind === 'Application')
      ? [
          `Have the Applications go that bring others${once}${at}:\n${makers
            .filter(({ kind }) => kind === 'Application')
            .map(remove)
            .join('\n')}`,
        ]
      : []),
  ];
}

/** Applications that bring others, and ApplicationSets: each after those that bring it, but for what brings itself. */
function topDown({ parents, sets, brings }: FoundApplications): readonly KubeObject[] {
  const makers = new Map([...parents, ...sets].map(({ object }) => [argoTitle(object), object]));
  const above = new Map<string, string[]>();
  for (const { by, what } of brings) {
    const known = above.get(what);
    if (known) known.push(by);
    else above.set(what, [by]);
  }
  const ordered = new Set<KubeObject>();
  const visited = new Set<string>();
  const visit = (title: string): void => {
    const object = makers.get(title);
    if (!object || visited.has(title)) return;
    visited.add(title);
    for (const by of (above.get(title) ?? []).sort(compareText)) visit(by);
    ordered.add(object);
  };
  for (const title of [...makers.keys()].sort(compareText)) visit(title);
  return [...ordered];
}

function releaseApplication(object: KubeObject): string {
  return patch(object, '{"metadata":{"finalizers":null},"spec":{"syncPolicy":null}}');
}

function releaseSet(object: KubeObject): string {
  const released = '{"metadata":{"finalizers":null},"spec":{"strategy":null,"syncPolicy":{"preserveResourcesOnDeletion":true}}}';
  return `${patch(object, released)}\n${remove(object)} --cascade=orphan`;
}

function patch(object: KubeObject, merged: string): string {
  return `${kubectl(object, 'patch')} --type merge -p '${merged}'`;
}

function remove(object: KubeObject): string {
  return kubectl(object, 'delete');
}

function kubectl(object: KubeObject, verb: string): string {
  const home = shellWord(argoName(object).split('/')[0] ?? 'argocd');
  return `kubectl -n ${home} ${verb} ${object.kind === 'ApplicationSet' ? 'applicationsets' : 'applications'}.argoproj.io ${shellWord(object.metadata.name)}`;
}

function annotate(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const namespace = namespaceOf(object);
  const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  return `kubectl ${namespace === undefined ? '' : `-n ${shellWord(namespace)} `}annotate ${shellWord(kind)} ${shellWord(object.metadata.name)} argocd.argoproj.io/tracking-id-`;
}
