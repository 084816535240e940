import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

export const cloudsCatalogue = {
  'namespace-and-list': entry<{ readonly cloud: string; readonly namespace: string; readonly isInList: boolean }>({
    severity: 'error',
    title: 'A logical cloud has both a namespace and a list of them',
    explain: `\`namespace\` is for a cloud with one Kubernetes namespace, \`namespaces\` for one with several; the first of the list is where objects go that name none. With both, neither reading would be safe to guess.`,
    message: ({ cloud, namespace }) =>
      `Cannot read the namespaces of logical cloud "${cloud}": it has namespace "${namespace}" and a list of namespaces`,
    hint: ({ namespace, isInList }) =>
      isInList ? 'Remove namespace: the list has it' : `Remove namespace, and begin the list with - name: ${namespace}`,
  }),
  'namespace-twice': entry<{ readonly cloud: string; readonly namespace: string }>({
    severity: 'error',
    title: 'A logical cloud lists a namespace twice',
    explain: `Each namespace of a cloud stands in its list once, with all that differs in it: two entries would write the same objects.`,
    message: ({ cloud, namespace }) => `Cannot make namespace "${namespace}" of logical cloud "${cloud}" twice`,
    hint: () => 'Put what they say into one entry',
  }),
  'permission-elsewhere': entry<{
    readonly cloud: string;
    readonly namespace: string;
    readonly near: string | undefined;
    readonly own: readonly string[];
  }>({
    severity: 'error',
    title: "A permission is for a namespace that is not the cloud's",
    explain: `\`permissions[].namespaces\` limits a permission to some of the cloud's own namespaces. In others a tenant has no rights, unless a permission's scope is \`Cluster\`, which is all of them.`,
    message: ({ cloud, namespace }) => `Cannot give a permission in namespace "${namespace}": logical cloud "${cloud}" does not have it`,
    hint: ({ near, own }) =>
      near === undefined
        ? `Name some of ${listed(own.map((name) => `"${name}"`))}, or add the namespace to the cloud`
        : `Did you mean "${near}"?`,
  }),
  'bad-limit': entry<{ readonly cloud: string; readonly path: string; readonly reason: string }>({
    severity: 'error',
    title: 'A quota or limit is not what Kubernetes takes',
    explain: `Amounts are written as Kubernetes writes them, such as \`4\`, \`500m\` or \`8Gi\`, and are not below zero. Of one resource, \`min\` ≤ \`defaultRequest\` ≤ \`default\` ≤ \`max\`. Claims of volumes have \`storage\` only. The API server would refuse the object, and the agent with it the whole logical cloud.`,
    message: ({ cloud, path, reason }) => `Cannot use ${path} of logical cloud "${cloud}": ${reason}`,
    hint: () => 'Write amounts such as 500m or 8Gi, in the order min, defaultRequest, default, max',
  }),
  'bad-address-block': entry<{ readonly cloud: string; readonly block: string }>({
    severity: 'error',
    title: 'An opening names something that is no block of addresses',
    explain: `\`blocks\` of an isolation are ranges of addresses outside of the cluster, as a NetworkPolicy's \`ipBlock.cidr\` has them: an IPv4 or IPv6 address, \`/\`, and the number of leading bits. Names cannot be given: NetworkPolicies know none.`,
    message: ({ cloud, block }) => `Cannot open logical cloud "${cloud}" to "${block}": it is no block of addresses`,
    hint: () => 'Write an address and a number of bits, such as 10.0.0.0/8, or 203.0.113.7/32 for one address',
  }),
  'unfit-cloud-field': entry<{ readonly cloud: string; readonly field: string; readonly reason: string }>({
    severity: 'error',
    title: 'A field of a logical cloud would have no effect',
    explain: `Two fields of the cloud contradict each other, or one has nothing to act on. It is refused because whoever wrote it expects something of it.`,
    message: ({ cloud, field, reason }) => `Cannot use ${field} of logical cloud "${cloud}": ${reason}`,
    hint: () => 'Remove it, or change the field that it contradicts',
  }),
  'everyone-permitted': entry<{ readonly cloud: string; readonly name: string }>({
    severity: 'error',
    title: "A tenant's permissions would be everybody's",
    explain: `Some names of Kubernetes stand for everybody who reaches the API server, or for every service account of the cluster. Bound to a tenant's role, they would give the tenant's rights to all other tenants.`,
    message: ({ cloud, name }) => `Cannot give permissions of logical cloud "${cloud}" to "${name}": it stands for everybody`,
    hint: () => 'Name a group of your own, or the accounts of one namespace with system:serviceaccounts:<namespace>',
  }),
  'namespace-dropped': entry<{ readonly cloud: string; readonly namespace: string; readonly clusters: readonly string[] }>({
    severity: 'warning',
    title: 'A logical cloud has a namespace no longer',
    explain: `A namespace was taken off a cloud's list. Its quota, limits, network policy and people's roles are removed. The namespace itself, and the role of the cloud's account in it, stay on the cluster where the agent was told to keep them (Flux, Azure Arc, Argo CD): the account needs them to remove the apps' objects that were there, with the data that they held. Delete the namespace by hand once it is empty.`,
    message: ({ cloud, namespace, clusters }) =>
      `Logical cloud "${cloud}" has namespace "${namespace}" no longer: its limits are removed from ${clusters.length === 1 ? `cluster "${clusters[0] ?? ''}"` : counted(clusters.length, 'cluster')}, and what apps had there`,
    hint: ({ namespace }) => `If this is not meant, put ${namespace} back; otherwise delete the namespace on the clusters once it is empty`,
  }),
};
