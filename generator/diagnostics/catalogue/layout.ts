import { entry } from '../entry.ts';

export const layoutCatalogue = {
  'reserved-namespace': entry<{ readonly cloud: string; readonly namespace: string }>({
    severity: 'error',
    title: 'A logical cloud asks for a namespace that is not for tenants',
    explain: `A tenant's account may write in its namespace. Namespaces of Kubernetes (\`default\`, \`kube-…\`) and of the agent (\`flux-system\`) must not belong to a tenant. Names of the agent's own accounts (\`kustomize-controller\` …) are reserved too, because a tenant's account carries the name of its namespace and would get the agent's rights.`,
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
      `Cannot write app "${app}": ${other} has ${object} too, on cluster "${cluster}"${andMore(moreObjects, 'object')}${andMore(moreClusters, 'cluster')}`,
    hint: () => 'Rename the objects of one, run it in another logical cloud, or place it on other clusters',
  }),
  'changed-identity': entry<{
    readonly name: string;
    readonly was: string;
    readonly file: string;
    readonly cluster: string;
    readonly more: number;
  }>({
    severity: 'error',
    title: 'A changed name would delete and recreate objects',
    explain: `The tree has a context (\`clusters/<cluster>/context/<id>/\`) that no intent accounts for, and a new one would write the same objects. That is what a rename looks like: its id is derived from kind, namespace and name. Written like this, the agent would delete the old objects, with their volumes, and create them anew.

Keep the id with \`spec.contextId\`; then nothing moves. If the two really have nothing to do with each other (the objects are in different namespaces, say), remove the old intent in a commit of its own first.`,
    message: ({ name, was, file, cluster, more }) =>
      `Cannot write "${name}" as a new context: context ${was}, which no intent accounts for, has "${file}" on cluster "${cluster}"${andMore(more, 'object')}`,
    hint: ({ was }) => `If this is a rename, add contextId: "${was}" to its spec`,
  }),
};

function andMore(count: number, noun: string): string {
  return count === 0 ? '' : `, and ${count} more ${noun}${count === 1 ? '' : 's'}`;
}
