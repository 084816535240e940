import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface ObjectArgs {
  readonly cluster: string;
  /** Such as `Deployment retail/cart`. */
  readonly object: string;
}

export const applyCatalogue = {
  'apply-unknown-cluster': entry<{ readonly name: string; readonly near: string | undefined; readonly direct: readonly string[] }>({
    severity: 'error',
    title: 'There is no such cluster to apply to',
    explain: `\`espalier apply\` takes clusters that have a document in \`intents/\`: by id (\`provider+name\`), or by name where only one has it.`,
    message: ({ name }) => `Cannot apply to cluster "${name}": no document describes exactly one of that name`,
    hint: ({ near, direct }) =>
      near !== undefined
        ? `Did you mean "${near}"?`
        : direct.length > 0
          ? `Clusters without an agent: ${listed(direct)}`
          : 'Every cluster has an agent: none is applied to directly',
  }),
  'cluster-has-agent': entry<{ readonly cluster: string; readonly agent: string; readonly files?: string }>({
    severity: 'error',
    title: 'An agent looks after the cluster',
    explain: `\`espalier apply\` is for clusters without \`gitOps\`. Where an agent pulls the tree, it and \`apply\` would undo each other's changes, and each would delete what the other has removed from its own record only. What the agent shall do differently is committed; it does the rest.

Files of an agent in a cluster's committed tree say the same: the document was changed, but the tree was not generated and committed since.`,
    message: ({ cluster, agent, files }) =>
      files === undefined
        ? `Cannot apply to cluster "${cluster}": ${agent} pulls its tree, and would fight for every object`
        : `Cannot apply to cluster "${cluster}": its tree still holds files of an agent, such as "${files}"`,
    hint: ({ files }) =>
      files === undefined
        ? 'Commit and push instead; to apply directly, take gitOps out of the document after the agent was stopped'
        : 'Run espalier generate and commit; make sure that the agent was stopped',
  }),
  'tree-not-committed': entry<{ readonly cluster: string; readonly paths: readonly string[]; readonly isRepository: boolean }>({
    severity: 'error',
    title: 'What would be applied is not committed',
    explain: `\`espalier apply\` applies what Git has, so that what runs can be reviewed, found again and gone back to: the commit is recorded in the cluster. \`--allow-uncommitted\` applies the working tree as it is, and records that.`,
    message: ({ cluster, paths, isRepository }) =>
      isRepository
        ? `Cannot apply to cluster "${cluster}": ${paths.length === 1 ? 'a file' : `${paths.length} files`} of its tree ${paths.length === 1 ? 'is' : 'are'} not as committed: ${quoted(paths)}`
        : `Cannot apply to cluster "${cluster}": the folder is no Git repository with a commit`,
    hint: () => 'Commit first, or give --allow-uncommitted',
  }),
  'odd-tree-file': entry<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    title: 'A file of the tree is not what Espalier writes',
    explain: `Only what \`espalier generate\` wrote is applied: a file with the marker in its first line, one object, and that object with its instance's label \`emco/deployment-id\`. By that label an object is known as ours later, when it is to be changed or deleted. Nothing of the cluster is applied as long as there is another file among them.

Its names must be such as the API server takes, and it must lie where its instance has business: in a namespace that its logical cloud makes (the \`Namespace\` objects of the cloud's folder), or in none. Apps of the administrators' cloud may be in any but \`espalier-system\`, where the records are. Where the cloud is not in the tree, namespaces of Kubernetes and of agents are refused; where no decision tells the cloud, those of any cloud as well. And no two files are of one object, which each would write anew.`,
    message: ({ path, reason }) => `Cannot apply file "${path}": ${reason}`,
    hint: () => 'Run espalier generate and commit, or move the file out of the cluster’s folder',
  }),
  'kubeconfig-unusable': entry<{
    readonly cluster: string;
    readonly from: string;
    readonly problem: string;
    readonly context: string;
    readonly contexts: readonly string[];
  }>({
    severity: 'error',
    title: 'The kubeconfig does not say how to reach the cluster',
    explain: `The kubeconfig is \`--kubeconfig FILE\`, else the files of \`$KUBECONFIG\`, else \`~/.kube/config\`. Its context is the one that the cluster's \`kubeconfigObject\` names (a SyncObject of type \`kubeconfig\`, \`context\`), by default the cluster's id. The current context is never used: which cluster is meant must not depend on what was looked at last.`,
    message: ({ cluster, from, problem }) => `Cannot reach cluster "${cluster}" by kubeconfig "${from}": ${problem}`,
    hint: ({ contexts, context }) =>
      contexts.length > 0
        ? `It has ${listed(contexts.map((name) => `"${name}"`))}; name one in a SyncObject of type kubeconfig, or rename one to "${context}"`
        : 'Give --kubeconfig FILE, or set KUBECONFIG',
  }),
  'server-unreachable': entry<{ readonly cluster: string; readonly server: string; readonly reason: string }>({
    severity: 'error',
    title: 'The API server cannot be reached',
    explain: `Before anything is done, the server is asked for its version and for the record of what was applied before. Nothing was changed.`,
    message: ({ cluster, server, reason }) => `Cannot reach cluster "${cluster}" at "${server}": ${reason}`,
    hint: () => 'Check the address, the network and the credentials: kubectl --context … get --raw /readyz asks the same',
  }),
  'server-of-another-cluster': entry<{ readonly cluster: string; readonly context: string; readonly other: string }>({
    severity: 'error',
    title: 'The server holds what was applied for another cluster',
    explain: `The record in the cluster names the cluster that it is of. A kubeconfig that leads elsewhere than it should is the usual reason; going on would mix two clusters and delete what the other needs.

A cluster that was renamed keeps its record: \`--formerly <old id>\` takes it over.`,
    message: ({ cluster, context, other }) =>
      `Cannot apply to cluster "${cluster}": the server of context "${context}" holds what was applied for "${other}"`,
    hint: ({ other }) => `Check the context; if the cluster was renamed, give --formerly ${other}`,
  }),
  'inventory-damaged': entry<{ readonly cluster: string; readonly name: string }>({
    severity: 'error',
    title: 'The record of what was applied cannot be read',
    explain: `What was applied is recorded in ConfigMaps of the namespace \`espalier-system\`. One that somebody edited may name anything, and without it nothing could be told from what others made.

After it was deleted, \`apply\` takes over again what the tree has (by its label), and records it; what the tree no longer has is not known any more.`,
    message: ({ cluster, name }) =>
      `Cannot apply to cluster "${cluster}": inventory "${name}" in namespace "espalier-system" is not as it was written`,
    hint: () => 'Restore it, or delete it and apply again',
  }),
  'would-remove-everything': entry<{ readonly cluster: string; readonly instances: number; readonly objects: number }>({
    severity: 'error',
    title: 'Applying would take everything from the cluster',
    explain: `No app of what is on the cluster is in its tree any more. That is right for a cluster with \`state: Removed\`, and a mistake nearly everywhere else: a wrong folder, a wrong branch, a label misspelt.`,
    message: ({ cluster, instances, objects }) =>
      `Cannot apply to cluster "${cluster}": every app that is there would go (${instances === 1 ? 'one app or cloud' : `${instances} apps and clouds`}, ${counted(objects, 'object')})`,
    hint: () => 'Look with --dry-run; if it is meant, give --prune-all',
  }),
  'removal-not-confirmed': entry<{ readonly cluster: string; readonly instances: number; readonly objects: number }>({
    severity: 'error',
    title: 'Deleting was not confirmed',
    explain: `\`espalier apply --delete\` deletes from the cluster what \`espalier apply\` brought there, whatever the tree says. The tree stays, and the next \`apply\` brings it back.`,
    message: ({ cluster, instances, objects }) =>
      `Cannot delete from cluster "${cluster}" without --yes: ${instances === 1 ? 'one app or cloud' : `${instances} apps and clouds`} with ${counted(objects, 'object')} would go`,
    hint: () => 'Look with --delete --dry-run, then give --yes',
  }),
  'apply-conflict': entry<ObjectArgs & { readonly reason: string; readonly isAgent: boolean }>({
    severity: 'error',
    title: 'Somebody else set the fields of an object',
    explain: `Objects are applied on the server's side, under the name \`espalier\`. The server knows who set each field, and refuses to change what another has set to another value. Nothing of the object was changed, and nothing was applied that comes after it.

What to do depends on the other: let it go on, and leave the field out of the template (an autoscaler sets \`replicas\`); stop an agent that still runs there; or take the fields over with \`--force-conflicts Kind/namespace/name\` (without a name: all of them).`,
    message: ({ cluster, object, reason }) => `Cannot apply ${object} to cluster "${cluster}": ${reason}`,
    hint: ({ object, isAgent }) =>
      `${isAgent ? 'Make sure that the agent was stopped, then take' : 'Leave the fields out of the template, or take'} them over with --force-conflicts ${object.replace(' ', '/')}`,
  }),
  'object-not-ours': entry<ObjectArgs & { readonly reason: string }>({
    severity: 'error',
    title: 'An object is there already that somebody else made',
    explain: `The object that would be applied exists, and neither its label \`emco/deployment-id\` nor the server's record of who set its fields says that it is ours. Two things of one name would become one, and would be deleted as one later. What Espalier rendered and an agent applied carries the label: it is taken over without being asked.`,
    message: ({ cluster, object, reason }) => `Cannot apply ${object} to cluster "${cluster}": ${reason}`,
    hint: ({ object }) => `Rename one of the two, or take it over with --force-conflicts ${object.replace(' ', '/')}`,
  }),
  'kind-not-served': entry<ObjectArgs & { readonly apiVersion: string }>({
    severity: 'error',
    title: 'The server does not know a kind',
    explain: `The API server serves no such kind in that version: its CustomResourceDefinition is not there, or the version is too new or too old for the server. A definition that is in the tree is applied before the objects of its kind.`,
    message: ({ cluster, object, apiVersion }) =>
      `Cannot apply ${object} to cluster "${cluster}": the server does not know its kind in "${apiVersion}"`,
    hint: () => 'Install the definition first, or put it into an app of the tree',
  }),
  'not-applied': entry<ObjectArgs & { readonly reason: string; readonly doing: 'apply' | 'delete' | 'record' }>({
    severity: 'error',
    title: 'The server refused',
    explain: `The sentence is the server's own: what it checks on admission, quotas, rights, fields that cannot be changed once set (such as a Job's template or a StatefulSet's volumes: delete the object, then apply again), or fields that it does not know. Of Secrets it is not shown, because it may quote them.`,
    message: ({ cluster, object, reason, doing }) =>
      `Cannot ${doing} ${object} ${{ apply: 'to', delete: 'from', record: 'on' }[doing]} cluster "${cluster}": ${reason}`,
  }),
  'server-lost': entry<{ readonly cluster: string; readonly reason: string; readonly done: number; readonly total: number }>({
    severity: 'error',
    title: 'The server was lost on the way',
    explain: `The server answered at first, and then no more, however often it was asked (\`--timeout\` says how long). What was begun is recorded in the cluster: the next run completes it, and leaves nothing behind.`,
    message: ({ cluster, reason, done, total }) =>
      `Cannot go on with cluster "${cluster}" after ${done} of ${total} apps and clouds: ${reason}`,
    hint: () => 'Run the same command again when the server answers: it goes on from there',
  }),
};

function quoted(paths: readonly string[]): string {
  return listed(paths.map((path) => `"${path}"`));
}
