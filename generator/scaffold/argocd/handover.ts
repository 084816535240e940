import { groupOf, namespaceOf } from '../../lib/kube-names.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { KubeObject } from '../../model/kube.ts';
import { type Agents, notHandedOver, takenUpBy } from '../gitops/handover.ts';
import type { ClusterName } from '../gitops/model.ts';
import { AGENT } from './cluster-files.ts';
import { argoName } from './documents.ts';
import type { FoundApplications } from './read-applications.ts';

export interface ArgoHandover {
  readonly found: FoundApplications;
  readonly cluster: ClusterName;
  /** Of all clusters that are handed over. */
  readonly agents: Agents;
  /** Whether Argo CD runs on another cluster. */
  readonly isTarget: boolean;
}

/**
 * How Argo CD's own Applications let go of a cluster, and the new ones take over. Sources: Argo CD, docs/user-guide/app_deletion.md (without the
 * finalizer nothing is deleted); controller/state.go (an object that another Application's mark is on is a shared one, which ours refuse).
 */
export function argoHandover({ found, cluster, agents, isTarget }: ArgoHandover): readonly string[] {
  // What makes Applications makes those of all clusters: it goes once all of them have somebody else.
  const missing = [...agents].filter(([, agent]) => agent === undefined).map(([name]) => name);
  if (missing.length > 0) return notHandedOver(missing.sort(compareText), { from: 'Argo CD' });
  const agent = agents.get(cluster) ?? AGENT;
  const own = sortBy(
    found.applications.filter((one) => one.cluster === cluster),
    ({ object }) => argoName(object),
  );
  const at = isTarget ? ' (where Argo CD runs)' : '';
  const remove = (object: KubeObject, options = ''): string => {
    return `kubectl -n ${homeOf(object)} delete ${object.kind === 'ApplicationSet' ? 'applicationsets' : 'applications'}.argoproj.io ${shellWord(object.metadata.name)}${options}`;
  };
  const release = (object: KubeObject): string =>
    `kubectl -n ${homeOf(object)} patch applications.argoproj.io ${shellWord(object.metadata.name)} --type merge -p '{"metadata":{"finalizers":null}}'\n${remove(object)}`;
  const above = [
    ...found.sets.map(({ object }) => remove(object, ' --cascade=orphan')),
    ...found.parents.map(({ object }) => release(object)),
  ];
  const objects = sortBy(
    found.originals.get(cluster) ?? [],
    (object) => `${namespaceOf(object) ?? ''} ${object.kind} ${object.metadata.name}`,
  );
  return [
    'espalier generate, review, commit and push. Nothing reads the new tree yet.',
    ...(above.length === 0
      ? []
      : [
          `Have what makes Applications go first, or it would put them back; once for all clusters. Without the finalizer, and with --cascade=orphan, nothing else is deleted${at}:\n${above.join('\n')}`,
        ]),
    `Have the Applications go. Without the finalizer they leave what they applied${at}:\n${own.map(({ object }) => release(object)).join('\n')}`,
    `Take their mark off what they applied, on the cluster: a new Application refuses an object that bears another one's. (Where Argo CD tracks by label, as before 3.0: app.kubernetes.io/instance- with kubectl label.)\n${objects.map(annotate).join('\n')}`,
    agent === AGENT ? `Give Argo CD the new root${at}:\nkubectl apply -f clusters/${cluster}/argocd/root.yaml` : takenUpBy(agent, cluster),
    ...(found.kept.length === 0
      ? []
      : [`Not carried over, and as they are, but that nothing brings them any more: ${found.kept.join(', ')}.`]),
    'Look: argocd app list, or kubectl get applications.argoproj.io -A. When all are synced, take the old files out of their repository.',
  ];
}

function homeOf(object: KubeObject): string {
  return shellWord(argoName(object).split('/')[0] ?? 'argocd');
}

function annotate(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const namespace = namespaceOf(object);
  const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  return `kubectl ${namespace === undefined ? '' : `-n ${shellWord(namespace)} `}annotate ${shellWord(kind)} ${shellWord(object.metadata.name)} argocd.argoproj.io/tracking-id-`;
}
