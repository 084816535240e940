import { entry } from '../entry.ts';

interface Target {
  readonly cluster: string;
  readonly hub: string;
}

/** Clusters that Argo CD looks after. */
export const argocdCatalogue = {
  'argocd-too-old': entry<{ readonly cluster: string; readonly version: string; readonly oldest: string }>({
    severity: 'error',
    title: 'Argo CD is older than the fields that are written',
    explain: `A field that Argo CD does not know makes its Application fail. Argo CD 2.8 is the oldest that knows all that is written for every version.`,
    message: ({ cluster, version, oldest }) =>
      `Cannot write for cluster "${cluster}": its agent is Argo CD ${version}, and ${oldest} is the oldest that knows the fields`,
    hint: () => 'Upgrade Argo CD, then correct spec.gitOps.agentVersion',
  }),
  'argocd-newer-than-known': entry<{ readonly cluster: string; readonly version: string; readonly newest: string }>({
    severity: 'warning',
    title: 'Argo CD is newer than this Espalier knows',
    explain: `\`agentVersion\` decides which fields may be written. A version that this Espalier does not know is treated like the newest that it knows: what is written is right for that one, and most likely still is.`,
    message: ({ cluster, version, newest }) =>
      `Cluster "${cluster}" has Argo CD ${version}, which is treated like ${newest}, the newest known`,
    hint: () => 'Upgrade Espalier, or check the version that you wrote',
  }),
  'argocd-hub-unknown': entry<Target & { readonly near: string | undefined }>({
    severity: 'error',
    title: 'The hub of an Argo CD cluster is not known',
    explain: `A SyncObject of type \`argocd\` may name the cluster that Argo CD runs on. That hub is a cluster of the fleet with \`gitOpsType: argocd\` and a SyncObject without another hub: its own Applications are in its own folder, and its namespace and version are those of all its targets.`,
    message: ({ cluster, hub }) => `Cannot reach cluster "${cluster}" through hub "${hub}": no cluster of that id has gitOpsType argocd`,
    hint: ({ hub, near }) => (near === undefined ? `Describe "${hub}" as a Cluster with gitOpsType argocd` : `Did you mean "${near}"?`),
  }),
  'argocd-hub-has-hub': entry<Target & { readonly next: string }>({
    severity: 'error',
    title: 'A hub has no Argo CD of its own',
    explain: `The cluster that a SyncObject names as hub is itself deployed to from another hub, so that there is no Argo CD on it that could deploy any further.`,
    message: ({ cluster, hub, next }) =>
      `Cannot reach cluster "${cluster}" through hub "${hub}": "${hub}" is itself a target, of hub "${next}"`,
    hint: ({ hub, next }) => `Name "${next}" as hub, or give "${hub}" a sync object without a hub`,
  }),
  'argocd-hub-differs': entry<Target & { readonly field: 'namespace' | 'version'; readonly own: string; readonly hubs: string }>({
    severity: 'error',
    title: 'A cluster and its hub describe two different Argo CDs',
    explain: `What is written for a cluster with a hub is read by the hub's Argo CD. So the \`namespace\` of the SyncObjects and the \`agentVersion\` (\`major.minor\`) must be the same for the hub and all its targets.`,
    message: ({ cluster, hub, field, own, hubs }) =>
      `Cannot write for cluster "${cluster}": its Argo CD has ${field} "${own}", and that of its hub "${hub}" has "${hubs}"`,
    hint: ({ field, hubs }) =>
      field === 'namespace' ? `Give both sync objects the same namespace` : `Write agentVersion: "${hubs}", or correct that of the hub`,
  }),
  'argocd-root-not-made': entry<Target & { readonly lacks: 'form' | 'source' }>({
    severity: 'error',
    title: 'Nobody makes the root Application of a cluster',
    explain: `With \`form: applicationSet\` a cluster counts on its hub's ApplicationSet for its root Application. The hub has one if it says \`form: applicationSet\` itself, and it looks into the hub's own repository and branch only.`,
    message: ({ cluster, hub, lacks }) =>
      lacks === 'form'
        ? `Cannot deploy to cluster "${cluster}": its hub "${hub}" has no ApplicationSet that makes its root`
        : `Cannot deploy to cluster "${cluster}": its tree is not on the repository and branch that its hub "${hub}" looks into`,
    hint: ({ hub, lacks }) =>
      lacks === 'form'
        ? `Give "${hub}" argocd: {form: applicationSet}, or leave form out and apply root.yaml once`
        : 'Leave form out, and apply root.yaml once on the hub',
  }),
  'argocd-option-without-hub': entry<{ readonly cluster: string; readonly option: string }>({
    severity: 'error',
    title: 'An option says how a hub reaches a cluster that has none',
    explain: `\`resourceName\`, \`argocd.server\` and \`argocd.clusterSecret\` tell a hub's Argo CD under what name, where and with what it finds a cluster. An Argo CD that deploys to the cluster that it runs on needs none of them.`,
    message: ({ cluster, option }) => `Cannot use "${option}" of cluster "${cluster}": no hub deploys to it`,
    hint: () => 'Remove it, or name the hub in the sync object',
  }),
  'argocd-cluster-shared': entry<{ readonly cluster: string; readonly other: string; readonly name: string }>({
    severity: 'error',
    title: 'Two clusters are one to Argo CD',
    explain: `A hub's Argo CD tells clusters by the name in their Secrets, which is \`resourceName\`, or else the id with \`-\` for \`+\`. Two clusters of one name would be deployed to the same one, and \`in-cluster\` is the hub itself.`,
    message: ({ cluster, other, name }) => `Cannot tell cluster "${cluster}" from "${other}": Argo CD knows both as "${name}"`,
    hint: () => 'Give the cluster the resourceName that its own Secret has',
  }),
  'references-stay': entry<{ readonly cloud: string }>({
    severity: 'warning',
    title: "A tenant's Applications stay in Argo CD's namespace",
    explain: `\`references: tenant\` puts what applies a logical cloud's apps into the cloud's own namespace. The cloud spans clusters that Argo CD looks after: there the Applications stay in Argo CD's namespace, bounded by the cloud's AppProject, because Argo CD reads others only where its administrators have switched that on. On Flux and Azure Arc the field holds. See [logical clouds](../logical-clouds.md).`,
    message: ({ cloud }) => `Logical cloud "${cloud}" has its references in its own namespace, but not on clusters with Argo CD`,
    hint: () => 'Nothing needs to be done; give tenants access to the AppProject, or use two clouds',
  }),
  'argocd-delivery-ignored': entry<{ readonly field: string }>({
    severity: 'warning',
    title: 'Argo CD has no such setting for one Application',
    explain: `How often Argo CD looks at Git (\`timeout.reconciliation\` in argocd-cm) and how long a sync may take (\`controller.sync.timeout.seconds\` in argocd-cmd-params-cm) are settings of the whole Argo CD, and an Application is done when it is healthy: \`interval\`, \`timeout\` and \`wait: false\` change nothing there. \`retryInterval\` and \`deletionPolicy\` do.`,
    message: ({ field }) => `No Application of Argo CD can carry "delivery.${field}": it has no effect on its clusters`,
    hint: () => 'Leave it to clusters of other agents, or set it for the whole Argo CD',
  }),
  'argocd-chart-field': entry<{ readonly app: string; readonly field: string }>({
    severity: 'error',
    title: 'Argo CD cannot install a chart in the way that is asked for',
    explain: `On a cluster that Argo CD looks after, a chart is the Helm source of its Application. Such a source takes no values from a Secret or ConfigMap (\`valuesFrom\`), does not insist on a \`digest\`, and nothing patches what the chart renders (\`customize[].patches\`). To leave any of these out would install something else.`,
    message: ({ app, field }) => `Cannot install the chart of app "${app}" on every cluster that it is placed on: Argo CD has no ${field}`,
    hint: () => 'Leave it out, place the app on clusters of other agents, or run espalier chart vendor and use source.template',
  }),
  'argocd-chart-login': entry<{ readonly app: string; readonly secret: string }>({
    severity: 'warning',
    title: 'Argo CD finds the login of a chart by itself',
    explain: `Argo CD takes the login of a chart's repository from a repository Secret in its own namespace, which it finds by the address (\`argocd.argoproj.io/secret-type: repository\`, on a hub: the hub's). The Secret that \`secretRef\` names, in the cloud's namespace, is not read there.`,
    message: ({ app, secret }) => `Argo CD does not read Secret "${secret}" for the chart of app "${app}"`,
    hint: () => "See to a repository Secret for the chart's address in Argo CD's namespace",
  }),
};
