import { entry } from '../entry.ts';

export const azureArcCatalogue = {
  'azure-resource-name': entry<{ readonly cluster: string; readonly name: string }>({
    severity: 'error',
    title: 'Azure has no cluster of such a name',
    explain: `A cluster's name in Azure (\`resourceName\`, or else the Cluster's own name) consists of letters, digits, \`-\` and \`_\`, at most 63, and starts and ends with a letter or digit. Other agents allow dots.`,
    message: ({ cluster, name }) => `Cannot write for cluster "${cluster}": "${name}" is no name that Azure has for a cluster`,
    hint: () => 'Write the name as the resource has it in Azure, without the resource group',
  }),
  'azure-resource-shared': entry<{ readonly clusters: readonly [string, string]; readonly name: string }>({
    severity: 'error',
    title: 'Two clusters are one resource in Azure',
    explain: `Subscription, resource group, cluster type and name (upper and lower case are the same) tell which cluster Azure means. Two Clusters with the same four would be deployed to one: each deployment would point it at the other tree, and Flux would prune what the first one brought.`,
    message: ({ clusters: [first, second], name }) =>
      `Cannot write for clusters "${first}" and "${second}": both are "${name}" in one resource group of Azure`,
    hint: () => 'Say resourceName where the name in Azure differs, or name a sync object with another resource group',
  }),
  'azure-name-too-long': entry<{ readonly cluster: string; readonly name: string; readonly form: string; readonly longest: number }>({
    severity: 'error',
    title: "A configuration's name is too long for Azure",
    explain: `Azure joins the configuration's name and its Kustomization's (\`tree\`) into the name of one object in the cluster, and allows 62 characters for both: 58 are left. In the old form \`sourceControlConfigurations\` the name is also that of an operator, which has 23.`,
    message: ({ cluster, name, form, longest }) =>
      `Cannot write for cluster "${cluster}": "${name}" has ${name.length} characters, and in ${form} ${longest} are allowed`,
    hint: ({ longest }) => `Shorten spec.gitOps.azureArc.configuration to ${longest} characters`,
  }),
  'azure-form-ended': entry<{ readonly cluster: string; readonly count: number }>({
    severity: 'warning',
    title: 'Azure ended this form of configuration',
    explain: `\`sourceControlConfigurations\` are Flux 1. Azure takes no new ones since 1 January 2024, and ended their support on 24 May 2025. Flux 1 applies whatever lies below \`context/\` with the rights of the cluster: \`dependsOn\`, \`delivery\` and the accounts of logical clouds have no effect, charts cannot be installed, and the sync object's \`secretRef\` is not used.`,
    message: ({ cluster, count }) =>
      `Cluster${count === 1 ? '' : 's'} "${cluster}"${count === 1 ? '' : ` and ${count - 1} more`} ${count === 1 ? 'is' : 'are'} written in a form that Azure ended on 24 May 2025`,
    hint: () => 'Remove "form", delete the old configuration in Azure, and deploy the new one',
  }),
  'azure-form-without-extension': entry<{ readonly cluster: string }>({
    severity: 'error',
    title: 'An extension for a form that has none',
    explain: `\`extensionVersion\` is the version of Azure's extension \`microsoft.flux\`, which is Flux 2. The form \`sourceControlConfigurations\` is Flux 1, and not made by an extension.`,
    message: ({ cluster }) =>
      `Cannot install extension microsoft.flux on cluster "${cluster}": sourceControlConfigurations have no extension`,
    hint: () => 'Remove extensionVersion, or remove form',
  }),
};
