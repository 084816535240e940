import { entry } from '../entry.ts';
import { layoutCatalogue } from './layout.ts';

interface AgentArgs {
  readonly cluster: string;
  readonly version: string;
  readonly oldest: string;
  readonly newest: string;
}

export const providerCatalogue = {
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
  'flux-not-vendored': entry<{ readonly cluster: string; readonly count: number }>({
    severity: 'warning',
    title: "Flux's own manifests are not in the tree",
    explain: `\`flux-system/gotk-components.yaml\` holds Flux itself. It is never written by Espalier: \`flux bootstrap\` commits it, or you do (\`flux install --export\`). As long as it is missing, \`flux-system/kustomization.yaml\` lists \`gotk-sync.yaml\` alone: a cluster that has Flux is synced, but Flux's own version and the lockdown of its controllers are not managed through the tree.`,
    message: ({ cluster, count }) =>
      count === 1
        ? `Cluster "${cluster}" has no flux-system/gotk-components.yaml: Flux itself is not managed by the tree`
        : `Cluster "${cluster}" and ${count - 1} more have no flux-system/gotk-components.yaml: Flux itself is not managed by the tree`,
    hint: ({ cluster }) => `Run flux bootstrap with --path=clusters/${cluster}, or commit the output of flux install --export there`,
  }),
  'flux-components-lost': entry<{ readonly cluster: string }>({
    severity: 'error',
    title: "Flux's manifests have gone from the tree",
    explain: `\`flux-system/kustomization.yaml\` lists \`gotk-components.yaml\`, and the file is not there. To take it off the list would make Flux delete what the file held: itself, its namespace, and with its resource definitions everything that it knows.`,
    message: ({ cluster }) =>
      `Cannot write for cluster "${cluster}": flux-system/gotk-components.yaml is missing, and Flux would delete itself if it were taken off the list`,
    hint: () =>
      'Restore the file; if Flux shall no longer be managed by the tree, delete flux-system/kustomization.yaml as well, after suspending the Kustomization flux-system',
  }),
};
