import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface PermissionArgs {
  readonly app: string;
  readonly kind: string;
  readonly name: string;
  readonly cloud: string;
  readonly group: string;
  readonly resource: string;
  /** Those that no permission gives. */
  readonly verbs: readonly string[];
  readonly scope?: string;
}

export const cloudsCatalogue = {
  'not-permitted': entry<PermissionArgs>({
    severity: 'error',
    title: 'An app has an object that its logical cloud does not permit',
    explain: `An app is applied under the account of its logical cloud, which may do what the cloud's \`permissions\` say. To look after an object, an agent needs \`get\` (to compare), \`create\` and \`patch\` (to apply) and \`delete\` (to prune). Without one of them the agent stops at the object, and with it the whole app.

Permissions name resources, which are a kind's plural in lower case: \`ingresses\` of \`Ingress\`. Those with \`account: false\` are people's only, and those with \`namespaces\` hold in these. A Role in an app must not give more than the account itself has: the cluster refuses that, and it is not looked at here. See [logical clouds](../logical-clouds.md).`,
    message: ({ app, kind, name, cloud, ...rule }) =>
      `Cannot write ${kind} "${name}" of app "${app}": logical cloud "${cloud}" does not permit ${listed(rule.verbs)} on ${named(rule)}`,
    hint: (rule) => `Leave the object out, or add to the cloud's permissions: ${ruleText(rule)}`,
  }),
  'perhaps-not-permitted': entry<PermissionArgs>({
    severity: 'warning',
    title: 'An app has an object that its logical cloud may not permit',
    explain: `An app is applied under the account of its logical cloud, which may do what the cloud's \`permissions\` say (see \`not-permitted\`). Permissions name resources, and what resource a custom kind is, its CustomResourceDefinition says. There is none in \`templates/crds/\` (or it is longer than 1 MiB), so that the usual plural was looked for: the cloud permits other resources of the group, but not that one.

Put the definition into \`templates/crds/\` (any YAML file below it); nothing there is applied. Then it is known whether the kind is permitted, and whether it belongs to a namespace.`,
    message: ({ app, kind, name, cloud, ...rule }) =>
      `${kind} "${name}" of app "${app}" may not be permitted: logical cloud "${cloud}" does not permit ${listed(rule.verbs)} on ${named(rule)}, as it is probably called`,
    hint: (rule) => `Put its CustomResourceDefinition into templates/crds/, or add to the cloud's permissions: ${ruleText(rule)}`,
  }),
  'not-the-admins': entry<{
    readonly app: string;
    readonly kind: string;
    readonly name: string;
    readonly cluster: string;
    readonly namespace?: string;
    /** Whose namespace it is; absent: the object is a namespace that nobody may have. */
    readonly owner?: string;
  }>({
    severity: 'error',
    title: "An administrators' app holds what it must leave alone",
    explain: `A logical cloud with \`level: 0\` is the administrators' own: its apps may hold anything, in any namespace, with two exceptions. A tenant's namespace is the tenant's: what is put there uses up the tenant's quota and lies among the tenant's objects; run it in the tenant's cloud. And the namespaces of Kubernetes (\`default\`, \`kube-…\`) and of the agent (\`flux-system\` …) may be filled, but not be objects of an app: when the app goes, they would go with it, and the agent with them.`,
    message: ({ app, kind, name, cluster, namespace, owner }) =>
      owner === undefined
        ? `Cannot write ${kind} "${name}" of app "${app}": the namespace is not an app's`
        : `Cannot write ${kind} "${name}" of app "${app}" into namespace "${namespace ?? ''}": on cluster "${cluster}" it belongs to logical cloud "${owner}"`,
    hint: ({ owner }) =>
      owner === undefined ? 'Leave the Namespace out of the app: it is there' : `Use another namespace, or run the app in "${owner}"`,
  }),
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
  'system-permitted': entry<{ readonly cloud: string; readonly name: string }>({
    severity: 'error',
    title: "A tenant's permissions would go to Kubernetes itself",
    explain: `Names that begin with \`system:\` are Kubernetes' own: its components, its nodes, and its administrators. A cloud's permissions add nothing to what \`system:masters\` may do, which is everything, whatever roles say; who is meant to be a tenant must not be in that group. For the administrators' apps there is \`level: 0\` ([logical clouds](../logical-clouds.md)). The accounts of pods, \`system:serviceaccount:<namespace>:<name>\` and \`system:serviceaccounts:<namespace>\`, may be named.`,
    message: ({ cloud, name }) =>
      `Cannot give permissions of logical cloud "${cloud}" to "${name}": ${name === 'system:masters' ? 'that group may do everything already, whatever a cloud permits' : "it is one of Kubernetes' own names"}`,
    hint: () => 'Name people or groups of your own, as the API server calls them',
  }),
  'namespace-dropped': entry<{ readonly cloud: string; readonly namespace: string; readonly clusters: readonly string[] }>({
    severity: 'warning',
    title: 'A logical cloud has a namespace no longer',
    explain: `A namespace was taken off a cloud's list. Its quota, limits, network policy and people's roles are removed. The namespace itself, and the role of the cloud's account in it, stay on the cluster where the agent was told to keep them (Flux, Azure Arc, Argo CD): the account needs them to remove the apps' objects that were there, with the data that they held. Delete the namespace by hand once it is empty.`,
    message: ({ cloud, namespace, clusters }) =>
      `Logical cloud "${cloud}" has namespace "${namespace}" no longer: its limits are removed from ${clusters.length === 1 ? `cluster "${clusters[0] ?? ''}"` : counted(clusters.length, 'cluster')}, and what apps had there`,
    hint: ({ namespace }) => `If this is not meant, put ${namespace} back; otherwise delete the namespace on the clusters once it is empty`,
  }),
  'namespace-passed': entry<{
    readonly cloud: string;
    /** `logical cloud "retail/web"`, or `context 1` where nothing tells its name. */
    readonly was: string;
    readonly namespace: string;
    readonly clusters: readonly string[];
  }>({
    severity: 'error',
    title: 'A namespace would pass from one logical cloud to another',
    explain: `In the committed tree the namespace is another cloud's. Each cloud is applied on its own: nothing makes the one let go before the other takes hold. On Config Sync what applied there goes with all that it applied; on Argo CD the namespace stays the old cloud's, and the new one is never applied; and objects of the old cloud's apps would be in a namespace that is another tenant's.

Either

- leave the namespace where it is, or
- take it off the old cloud in a commit of its own, with the apps that are there; wait until the clusters have applied that; delete the namespace on them where it is still there (Flux, Azure Arc and Argo CD keep it), or whatever is in it that the new tenant must not have; and add it to the new cloud then.

See [logical clouds](../logical-clouds.md).`,
    message: ({ cloud, was, namespace, clusters }) =>
      `Cannot give namespace "${namespace}" to logical cloud "${cloud}" in one step: on ${clusters.length === 1 ? `cluster "${clusters[0] ?? ''}"` : counted(clusters.length, 'cluster')} it is still that of ${was}`,
    hint: () =>
      'Take it off there in a commit of its own, wait until that is applied, and delete the namespace on the clusters; then add it here',
  }),
  'changed-level': entry<{ readonly cloud: string; readonly was: 0 | 1; readonly now: 0 | 1; readonly clusters: readonly string[] }>({
    severity: 'error',
    title: 'A logical cloud with apps would change its level',
    explain: `A tenant's cloud (\`level: 1\`) has namespaces, an account and rights of its own; the administrators' (\`level: 0\`) has none of these. While apps of it run, one step would give them to another account, on Config Sync to another object that applies, whose predecessor deletes them; and a tenant's namespace and rights would stay behind with nobody to look after them.

Write a second cloud of the other level, with a deployment in it under another name or with other apps, and remove the old ones when it runs. Or remove the deployments in one commit, wait until the clusters have applied that, and change the level then.`,
    message: ({ cloud, was, now, clusters }) =>
      `Cannot change logical cloud "${cloud}" from level ${was} to ${now} while apps of it run on ${clusters.length === 1 ? `cluster "${clusters[0] ?? ''}"` : counted(clusters.length, 'cluster')}`,
    hint: ({ was }) => `Keep level: ${was}; write a second cloud for what is to be of the other level`,
  }),
};

type Rule = Pick<PermissionArgs, 'group' | 'resource' | 'verbs' | 'scope'>;

function named({ group, resource }: Rule): string {
  return group === '' ? resource : `${resource} of ${group}`;
}

function ruleText({ group, resource, verbs, scope }: Rule): string {
  const end = scope === undefined ? '' : `, scope: ${scope}`;
  return `{apiGroups: [${group === '' ? '""' : group}], resources: [${resource}], verbs: [${verbs.join(', ')}]${end}}`;
}
