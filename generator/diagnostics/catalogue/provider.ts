import { entry } from '../entry.ts';
import { azureArcCatalogue } from './azure-arc.ts';
import { fluxCatalogue } from './flux.ts';
import { layoutCatalogue } from './layout.ts';

interface AgentArgs {
  readonly cluster: string;
  readonly version: string;
  readonly oldest: string;
  readonly newest: string;
}

export const providerCatalogue = {
  ...azureArcCatalogue,
  ...fluxCatalogue,
  ...layoutCatalogue,
  'agent-too-old': entry<AgentArgs>({
    severity: 'error',
    title: 'The agent is older than the APIs that are written',
    explain: `Flux 2.0 brought the API versions that Espalier writes (\`kustomize.toolkit.fluxcd.io/v1\`, \`source.toolkit.fluxcd.io/v1\`). An older agent does not have them, and would sync nothing.`,
    message: ({ cluster, version, oldest }) =>
      `Cannot write for cluster "${cluster}": its agent is Flux ${version}, and ${oldest} is the oldest that knows the APIs`,
    hint: () => 'Upgrade the agent, then correct spec.gitOps.agentVersion',
  }),
  'agent-newer-than-known': entry<AgentArgs>({
    severity: 'warning',
    title: 'The agent is newer than this Espalier knows',
    explain: `\`agentVersion\` decides which fields may be written. A version that this Espalier does not know is treated like the newest that it knows: what is written is right for that one, and most likely still is.`,
    message: ({ cluster, version, newest }) =>
      `Cluster "${cluster}" has Flux ${version}, which is treated like ${newest}, the newest known`,
    hint: () => 'Upgrade Espalier, or check the version that you wrote',
  }),
  'field-unknown-to-agent': entry<{ readonly field: string; readonly since: string; readonly cluster: string; readonly version: string }>({
    severity: 'error',
    title: "A field is younger than the cluster's agent",
    explain: `A field or value that an agent does not know makes its whole sync fail, for every app of the cluster. Therefore nothing is written that the cluster's \`agentVersion\` does not know.`,
    message: ({ field, since, cluster, version }) =>
      `Cannot write "${field}" for cluster "${cluster}": Flux ${version} does not know it, ${since} is the first that does`,
    hint: ({ since }) => `Upgrade the cluster's agent to ${since} or later, or leave the field out`,
  }),
  'flux-account-missing': entry<{ readonly app: string; readonly object: string; readonly cluster: string }>({
    severity: 'error',
    title: "A tenant's object would be applied with the rights of the whole cluster",
    explain: `The app has a HelmRelease or Kustomization of Flux's that names no \`spec.serviceAccountName\`, and the cluster says \`lockdown: false\`. Then Flux applies what it refers to under its controllers' own account, which may do anything on the cluster: whoever may change the template may do that too. With the lockdown, which is the default, Flux takes the powerless account \`default\` of the tenant's namespace instead.

Name an account of the tenant's namespace in the template, take \`lockdown: false\` away, or let Espalier write the HelmRelease (\`source.chart\`), which runs under the tenant's account. What a chart itself renders is not seen.`,
    message: ({ app, object, cluster }) =>
      `Cannot write ${object} of app "${app}" for cluster "${cluster}": it names no account, and without the lockdown Flux would apply it with the rights of the whole cluster`,
    hint: () => "Set its spec.serviceAccountName to an account of the tenant's, or take lockdown: false away from the cluster",
  }),
  'sync-objects-differ': entry<{ readonly cluster: string; readonly reference: string; readonly resource: string }>({
    severity: 'error',
    title: 'Flux is given two different sources',
    explain: `Flux has one source per cluster: its references and the manifests that they point at are in one repository, on one branch. \`gitOpsReferenceObject\` and \`gitOpsResourceObject\` may be two SyncObjects, but must have the same \`url\` and \`branch\`.`,
    message: ({ cluster, reference, resource }) =>
      `Cannot write for cluster "${cluster}": sync objects "${reference}" and "${resource}" have different repositories or branches`,
    hint: ({ resource }) => `Name "${resource}" in both fields`,
  }),
};
