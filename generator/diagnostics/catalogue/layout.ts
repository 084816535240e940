import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

export const layoutCatalogue = {
  'reserved-namespace': entry<{ readonly cloud: string; readonly namespace: string }>({
    severity: 'error',
    title: 'A logical cloud asks for a namespace that is not for tenants',
    explain: `A tenant's account may write in its namespace. Namespaces of Kubernetes (\`default\`, \`kube-…\`), of the agent (\`flux-system\`) and of what \`espalier apply\` records (\`espalier-system\`) must not belong to a tenant. Names of the agent's own accounts (\`kustomize-controller\` …) are reserved too, because a tenant's account carries the name of its namespace and would get the agent's rights.`,
    message: ({ cloud, namespace }) => `Cannot use namespace "${namespace}" for logical cloud "${cloud}": the name is reserved`,
    hint: () => 'Choose another name, in spec.namespace if the cloud shall keep its own',
  }),
  'shared-namespace': entry<{
    readonly cloud: string;
    readonly other: string;
    readonly namespace: string;
    readonly cluster: string;
    readonly more: number;
  }>({
    severity: 'error',
    title: 'Two logical clouds share a namespace on a cluster',
    explain: `A logical cloud is a tenant, and its namespace is the wall around it: quota, rights and account belong to one cloud. Two clouds may have the same namespace only on different clusters.`,
    message: ({ cloud, other, namespace, cluster, more }) =>
      `Cannot write logical cloud "${cloud}": "${other}" has namespace "${namespace}" too, on cluster "${cluster}"${andMore(more, 'cluster')}`,
    hint: () => 'Give one of them another spec.namespace, or other clusters',
  }),
  'object-conflict': entry<{
    readonly app: string;
    readonly other: string;
    readonly object: string;
    readonly cluster: string;
    readonly moreObjects: number;
    readonly moreClusters: number;
  }>({
    severity: 'error',
    title: 'Two apps write one object on a cluster',
    explain: `Every object belongs to one app: two agents' references that hold the same object take it from each other for ever, and removing one app would delete the other's. The same app of two deployments in one logical cloud is the usual cause.`,
    message: ({ app, other, object, cluster, moreObjects, moreClusters }) =>
      `Cannot write ${object} twice on cluster "${cluster}": ${app} and ${other} both have it${andMore(moreObjects, 'object')}${andMore(moreClusters, 'cluster')}`,
    hint: () => 'Rename the objects of one, run it in another logical cloud, or place it on other clusters',
  }),
  'changed-identity': entry<
    MoveArgs & {
      readonly name: string;
      readonly was: string;
      /** Whose context it was, where the tree tells. */
      readonly known: string | undefined;
    }
  >({
    severity: 'error',
    title: 'A changed name would delete and recreate objects',
    explain: `The tree has a context (\`clusters/<cluster>/context/<id>/\`) that no intent accounts for, and a new one would write the same objects. That is what a rename looks like: its id is derived from kind, namespace and name. Written like this, the agent would delete the old objects, with their volumes, and create them anew.

Keep the id with \`spec.contextId\`; then nothing moves. If the two really have nothing to do with each other, remove the old intent in a commit of its own first. See [renaming and removing](../renaming.md).`,
    message: ({ name, was, known, objects, clusters }) =>
      `Cannot write "${name}" as a new context: context ${was}${known === undefined ? '' : ` ("${known}")`}, which no intent accounts for, has ${listed(objects, 3)} on ${onClusters(clusters)}`,
    hint: ({ was }) => `If this is a rename, add contextId: "${was}" to its spec`,
  }),
  'changed-app': entry<
    MoveArgs & {
      readonly app: string;
      readonly was: string;
      /** The deployment that the old app was of, where that is another one. */
      readonly of: string | undefined;
    }
  >({
    severity: 'error',
    title: "An app would take over another app's objects",
    explain: `An app is gone from a cluster, and a new one would write the same objects there: an app was renamed, moved to another deployment, or its objects were. Each app has a reference of its own. In one step the old app's agent would delete what the new one is about to own, so that workloads stop, and what a \`PersistentVolumeClaim\` among them held is lost.

There is no field yet that keeps an app's reference under a new name. Either

- keep the name: it is seen in paths and labels only, or
- let the old reference go without its objects (Flux 2.5 or newer): set \`delivery.deletionPolicy: Orphan\` on the deployment, commit, and wait until every cluster has applied it; then rename, and remove the field again, or
- accept that they are deleted and created anew: remove the old app in one commit, and add the new one in the next.

See [renaming and removing](../renaming.md).`,
    message: ({ app, was, of, objects, clusters }) =>
      `Cannot write app "${app}" in place of "${was}"${of === undefined ? '' : ` of "${of}"`}: both have ${listed(objects, 3)} on ${onClusters(clusters)}, which would be deleted and recreated`,
    hint: ({ was }) =>
      `Keep the name "${was}"; or have every cluster apply delivery.deletionPolicy: Orphan first; or remove "${was}" in a commit of its own`,
  }),
  'object-passed': entry<
    MoveArgs & {
      readonly app: string;
      readonly was: string;
      /** The deployment that the other app is of, where that is another one. */
      readonly of: string | undefined;
    }
  >({
    severity: 'error',
    title: 'An object would pass from one app to another',
    explain: `One app has an object no more, and another one, which both run on the cluster, would write the same: it was moved from one template to the other, an app was split, or two deployments have each other's \`contextId\`. Each app has a reference of its own, and nothing makes the new one be applied before the old one prunes: the agent would delete the object, with what a \`PersistentVolumeClaim\` holds, and create it anew.

Either

- leave the object with the app that has it, or
- accept that it is deleted and created anew: take it out of the one app in a commit of its own, wait until the clusters have applied that, and add it to the other, or
- tell the agent to keep it: the same two commits, with the object annotated in a commit before them (Flux: \`kustomize.toolkit.fluxcd.io/prune: disabled\`, Argo CD: \`argocd.argoproj.io/sync-options: Prune=false\`); what it leaves, the other app takes over.

See [renaming and removing](../renaming.md).`,
    message: ({ app, was, of, objects, clusters }) =>
      `Cannot move ${listed(objects, 3)} from app "${was}"${of === undefined ? '' : ` of "${of}"`} to "${app}" in one step on ${onClusters(clusters)}: ${objects.length === 1 ? 'it' : 'they'} would be deleted and recreated`,
    hint: ({ was }) =>
      `Leave it with "${was}"; or take it out there in a commit of its own, wait until that is applied, and add it here then`,
  }),
  'changed-source': entry<{ readonly app: string; readonly now: 'chart' | 'template'; readonly clusters: readonly string[] }>({
    severity: 'error',
    title: 'An app would become a chart in one step, or be one no more',
    explain: `The app runs on a cluster from a template, and is now to come from a chart, or the other way round. What it consists of then changes hands. Helm uninstalls a release whose HelmRelease (Flux) or RepoSync (Config Sync) goes, with all objects that it installed, while the manifests with the same names are being applied. The other way, Helm refuses to install over objects that it does not know.

Either

- keep the source, or
- add an app of another name from the new source, let both run, move what they hold, and remove the old one, or
- accept that everything is deleted and created anew: remove the app in one commit, wait until the clusters have applied that, and add it in the next. What a chart marks with \`helm.sh/resource-policy: keep\` stays.

On Argo CD a chart is rendered to manifests like any others, so that nothing is deleted there.`,
    message: ({ app, now, clusters }) =>
      `Cannot make app "${app}" come from a ${now} in one step on ${onClusters(clusters)}: ${now === 'chart' ? 'Helm does not install over what is there' : 'Helm would uninstall what is about to be applied'}`,
    hint: ({ app, now }) =>
      `Keep the ${now === 'chart' ? 'template' : 'chart'}; or run a second app beside it; or remove "${app}" in a commit of its own, and add it when that is applied`,
  }),
  'changed-namespace': entry<{
    /** `logical cloud "retail"` or `deployment "shop"`. */
    readonly what: string;
    readonly was: string;
    readonly namespace: string;
    readonly apps: number;
    readonly clusters: number;
    readonly stateful: readonly string[];
    /** The line that keeps things where they are. */
    readonly undo: string;
  }>({
    severity: 'error',
    title: 'Apps would move to another Kubernetes namespace',
    explain: `The committed objects of the apps are in one Kubernetes namespace, and would now be written to another: \`namespace\` of a logical cloud was changed (or its name, where it has none), or the \`logicalCloud\` of a deployment. No object can move between namespaces: all would be created anew, without the data of the old ones. Nor can the old ones be removed in the same step: the account of the new namespace has no rights in the old one, so that Flux stops with \`PruneFailed\` and both run.

- To move with the data, write a second logical cloud (or use the other one) and a second deployment in it; let both run, copy the data, and remove the old deployment.
- To start afresh, remove the deployment in one commit (the agents then clean up with the old account), and add it again in the next, in the new namespace.

See [renaming and removing](../renaming.md).`,
    message: ({ what, was, namespace, apps, clusters, stateful }) =>
      `Cannot move ${what} from namespace "${was}" to "${namespace}" in one step: the objects of ${counted(apps, 'app')} on ${counted(clusters, 'cluster')} would be created anew${stateful.length > 0 ? `, ${listed(stateful, 3)} without data` : ''}`,
    hint: ({ undo }) =>
      `Keep ${undo}; to move, run a second deployment in the new namespace first, or remove this one in a commit of its own`,
  }),
};

interface MoveArgs {
  /** Such as `StatefulSet "db"`; what may hold data comes first. */
  readonly objects: readonly string[];
  readonly clusters: readonly string[];
}

function onClusters(clusters: readonly string[]): string {
  return clusters.length === 1 ? `cluster "${clusters[0] ?? ''}"` : counted(clusters.length, 'cluster');
}

function andMore(count: number, noun: string): string {
  return count === 0 ? '' : `, and ${count} more ${noun}${count === 1 ? '' : 's'}`;
}
