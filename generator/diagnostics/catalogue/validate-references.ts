import { entry } from '../entry.ts';

interface NameArgs {
  readonly name: string;
  readonly near?: string | undefined;
}

export const referenceCatalogue = {
  'unknown-cluster': entry<NameArgs & { readonly provider?: string | undefined; readonly elsewhere: readonly string[] }>({
    severity: 'error',
    title: 'A selector names a cluster that does not exist',
    explain: `\`cluster\` in a selector is the exact name of a Cluster document; with \`provider\`, of one of that provider's clusters.`,
    message: ({ name, provider }) =>
      `Cannot select cluster "${name}": ${provider === undefined ? 'no Cluster has that name' : `provider "${provider}" has no cluster of that name`}`,
    hint: ({ near, elsewhere }) => {
      if (elsewhere.length > 0)
        return `A cluster of that name belongs to provider ${elsewhere.map((provider) => `"${provider}"`).join(', ')}`;
      return near === undefined ? 'Add a Cluster document, or select by label' : `Did you mean "${near}"?`;
    },
  }),
  'unknown-provider': entry<NameArgs>({
    severity: 'error',
    title: 'A selector names a provider that no cluster has',
    explain: `\`provider\` in a selector is the exact \`spec.provider\` of Cluster documents.`,
    message: ({ name }) => `Cannot select clusters of provider "${name}": no Cluster belongs to it`,
    hint: ({ near }) => (near === undefined ? 'Add Cluster documents of this provider, or select by label' : `Did you mean "${near}"?`),
  }),
  'unknown-template': entry<NameArgs & { readonly known: readonly string[] }>({
    severity: 'error',
    title: 'An app names a template that does not exist',
    explain: `\`source.template\` is the name of a folder in \`templates/apps/\`.`,
    message: ({ name }) => `Cannot use template "${name}": there is no folder templates/apps/${name}`,
    hint: ({ near, known }) => {
      if (near !== undefined) return `Did you mean "${near}"?`;
      return known.length === 0
        ? 'Add the package'
        : `Add the package, or name one of these: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`;
    },
  }),
  'unknown-logical-cloud': entry<NameArgs & { readonly namespace: string; readonly elsewhere: readonly string[] }>({
    severity: 'error',
    title: 'A deployment names a logical cloud that does not exist',
    explain: `\`logicalCloud\` is the name of a LogicalCloud document in the deployment's own namespace.`,
    message: ({ name, namespace }) => `Cannot use logical cloud "${name}": namespace "${namespace}" has none of that name`,
    hint: ({ near, elsewhere, namespace }) => {
      if (near !== undefined) return `Did you mean "${near}"?`;
      const others = elsewhere.map((other) => `"${other}"`).join(', ');
      return others === ''
        ? `Add a LogicalCloud document to namespace "${namespace}"`
        : `One of that name is in namespace ${others}; a deployment uses its own namespace's`;
    },
  }),
  'unknown-sync-object': entry<NameArgs & { readonly provider: string; readonly elsewhere: readonly string[]; readonly clusters: number }>({
    severity: 'error',
    title: 'A cluster names a sync object that does not exist',
    explain: `\`gitOpsReferenceObject\`, \`gitOpsResourceObject\` and \`kubeconfigObject\` are names of SyncObject documents of the cluster's own provider.`,
    message: ({ name, provider, clusters }) =>
      `Cannot use sync object "${name}"${clusters > 1 ? ` for ${clusters} clusters` : ''}: provider "${provider}" has none of that name`,
    hint: ({ near, elsewhere, provider }) => {
      if (near !== undefined) return `Did you mean "${near}"?`;
      const others = elsewhere.map((other) => `"${other}"`).join(', ');
      return others === ''
        ? `Add a SyncObject document for provider "${provider}"`
        : `One of that name belongs to provider ${others}; add one for "${provider}"`;
    },
  }),
  'unclear-sync-object': entry<{ readonly name: string; readonly type: string; readonly given: readonly string[] }>({
    severity: 'error',
    title: 'A sync object is not what its type says',
    explain: `A SyncObject's \`type\` names the one member of its spec that describes it: \`git\`, \`azure\`, \`google\`, \`argocd\` or \`kubeconfig\`.`,
    message: ({ name, type, given }) =>
      `Cannot use sync object "${name}": its type is "${type}", but its spec has ${given.length === 0 ? 'no member of that name' : given.join(' and ')}`,
    hint: ({ type, given }) =>
      given.includes(type)
        ? `Keep "${type}" and remove the others`
        : given.length === 1
          ? `Write "type: ${given.join('')}", or describe "${type}"`
          : `Add "${type}: …" to the spec`,
  }),
  'unfit-sync-object': entry<{
    readonly cluster: string;
    readonly agent: string;
    readonly name: string;
    readonly type: string;
    readonly field: string;
    readonly usable: readonly string[];
  }>({
    severity: 'error',
    title: 'A sync object of a type that the agent has no use for',
    explain: `\`gitOpsReferenceObject\` names what references go through, \`gitOpsResourceObject\` the Git repository that holds the cluster's tree. Which types serve for references depends on the agent: Flux takes \`git\`, Azure Arc \`azure\`, Google's Config Sync \`google\`, Argo CD \`argocd\`. \`kubeconfigObject\` names one of type \`kubeconfig\`, for \`espalier apply\`.`,
    message: ({ cluster, agent, name, type, field }) =>
      `Cannot use sync object "${name}" as ${field} of cluster "${cluster}": it is of type "${type}", which ${agent} cannot use there`,
    hint: ({ usable }) => `Name a sync object of type ${usable.map((type) => `"${type}"`).join(' or ')}`,
  }),
  'unfit-agent-option': entry<{
    readonly cluster: string;
    readonly agent: string;
    readonly option: string;
    readonly agents: readonly string[];
  }>({
    severity: 'error',
    title: 'An option of another agent',
    explain: `Some options of \`gitOps\` are one agent's own: \`install\`, \`components\` and \`lockdown\` are Flux's, \`argocd\` is Argo CD's. Given for a cluster of another agent, they would come to nothing.`,
    message: ({ cluster, agent, option }) =>
      `Cannot use "${option}" for cluster "${cluster}": its gitOpsType is ${agent}, which has no such option`,
    hint: ({ agents }) => `Remove it, or correct gitOpsType; it is an option of ${agents.join(' and ')}`,
  }),
  'unknown-app': entry<NameArgs & { readonly deployment: string }>({
    severity: 'error',
    title: 'A dependency names an app that does not exist',
    explain: `\`dependsOn\` names apps of the same deployment.`,
    message: ({ name, deployment }) => `Cannot depend on app "${name}": deployment "${deployment}" has none of that name`,
    hint: ({ near }) => (near === undefined ? 'Name an app of this deployment, or remove the dependency' : `Did you mean "${near}"?`),
  }),
  'dependency-cycle': entry<{ readonly path: readonly string[] }>({
    severity: 'error',
    title: 'Apps depend on each other in a circle',
    explain: `Each app waits for those that it depends on. In a circle all of them wait for ever.`,
    message: ({ path }) =>
      `Cannot order apps that wait for each other: ${path.length > 12 ? `${path.slice(0, 12).join(' → ')} → … (${path.length - 1} apps)` : path.join(' → ')}`,
    hint: () => 'Remove one of these dependencies',
  }),
  'unread-variable': entry<NameArgs & { readonly cluster: string; readonly more: number }>({
    severity: 'warning',
    title: 'A variable of a cluster is read by nobody',
    explain: `\`spec.variables\` of a Cluster are facts that templates may take values from. Nothing is injected by itself: a template names the variables that it takes in \`spec.variables\` of its \`template.yaml\` (a chart, in \`source.chart.variables\`), and selectors may ask for them in an \`expression\`. Nothing asks for this one; a misspelt name would leave the template's default in place, without a word.`,
    message: ({ name, cluster, more }) =>
      `Variable "${name}" of cluster "${cluster}"${more === 0 ? '' : ` and ${more} more`} is read by no template and no selector`,
    hint: ({ near }) => (near === undefined ? 'Declare it in the template that shall take it, or remove it' : `Did you mean "${near}"?`),
  }),
};
