import { entry } from '../entry.ts';
import { fluxCatalogue } from './flux.ts';
import { layoutCatalogue } from './layout.ts';

interface AgentArgs {
  readonly cluster: string;
  readonly version: string;
  readonly oldest: string;
  readonly newest: string;
}

export const providerCatalogue = {
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
  'sync-objects-differ': entry<{ readonly cluster: string; readonly reference: string; readonly resource: string }>({
    severity: 'error',
    title: 'Flux is given two different sources',
    explain: `Flux has one source per cluster: its references and the manifests that they point at are in one repository, on one branch. \`gitOpsReferenceObject\` and \`gitOpsResourceObject\` may be two SyncObjects, but must have the same \`url\` and \`branch\`.`,
    message: ({ cluster, reference, resource }) =>
      `Cannot write for cluster "${cluster}": sync objects "${reference}" and "${resource}" have different repositories or branches`,
    hint: ({ resource }) => `Name "${resource}" in both fields`,
  }),
};
