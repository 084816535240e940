import { entry } from '../entry.ts';
import { vendorCatalogue } from './flux-vendor.ts';

interface Clusters {
  /** The first of them. */
  readonly cluster: string;
  readonly count: number;
}

function name({ cluster, count }: Clusters): string {
  return count === 1 ? `"${cluster}"` : `"${cluster}" and ${count - 1} more`;
}

/** How clusters get their Flux. */
export const fluxCatalogue = {
  ...vendorCatalogue,
  'flux-not-vendored': entry<Clusters & { readonly version: string }>({
    severity: 'warning',
    title: "Flux's own manifests are not in the tree",
    explain: `\`flux-system/gotk-components.yaml\` holds Flux itself. \`flux bootstrap\` commits it, or Espalier writes it from the manifests that \`espalier flux vendor\` put into \`templates/flux/\`. As long as it is missing, \`flux-system/kustomization.yaml\` lists \`gotk-sync.yaml\` alone: a cluster that has Flux is synced, but Flux's own version and the lockdown of its controllers are not managed through the tree. A cluster with \`install: operator\` or \`install: none\` needs none. More: docs/flux-manifests.md.`,
    message: ({ cluster, count }) =>
      `Cluster${count === 1 ? '' : 's'} ${name({ cluster, count })} ${count === 1 ? 'has' : 'have'} no flux-system/gotk-components.yaml: Flux itself is not managed by the tree`,
    hint: ({ cluster, version }) =>
      `Run espalier flux vendor --version ${version}${version.split('.').length === 2 ? '.0 or later' : ''}, or flux bootstrap with --path=clusters/${cluster}; or say install: none`,
  }),
  'flux-components-lost': entry<{ readonly cluster: string }>({
    severity: 'error',
    title: "Flux's manifests have gone from the tree",
    explain: `\`flux-system/kustomization.yaml\` lists \`gotk-components.yaml\`, the file is not there, and no fitting version is vendored that could be written in its place. To take it off the list would make Flux delete what the file held: itself, its namespace, and with its resource definitions everything that it knows.`,
    message: ({ cluster }) =>
      `Cannot write for cluster "${cluster}": flux-system/gotk-components.yaml is missing, and Flux would delete itself if it were taken off the list`,
    hint: () =>
      'Restore the file, or vendor its version; if Flux shall no longer be managed by the tree, delete flux-system/kustomization.yaml as well, after suspending the Kustomization flux-system',
  }),
  'flux-version-not-vendored': entry<Clusters & { readonly version: string }>({
    severity: 'error',
    title: 'A version of Flux is asked for that is not vendored',
    explain: `\`install: manifests\` (which an AgentInstallation means unless it says otherwise) installs Flux from \`templates/flux/\`, and the version that is asked for is not there. \`major.minor.patch\` asks for exactly that version, \`major.minor\` for the highest vendored one of it.`,
    message: (args) => `Cannot install Flux ${args.version} on ${name(args)}: that version is not vendored`,
    hint: ({ version }) =>
      `Run espalier flux vendor --version ${version}${version.split('.').length === 2 ? '.0 or later' : ''}, or ask for a version that is in templates/flux/flux.lock.yaml`,
  }),
  'flux-no-longer-vendored': entry<Clusters & { readonly version: string }>({
    severity: 'warning',
    title: "Flux's manifests are in the tree, but no longer vendored",
    explain: `\`flux-system/gotk-components.yaml\` was written from \`templates/flux/\`, where no fitting version is left. The file stays, and stays listed: without it Flux would delete itself. It is no longer updated.`,
    message: (args) =>
      `Cluster${args.count === 1 ? '' : 's'} ${name(args)} keep${args.count === 1 ? 's' : ''} flux-system/gotk-components.yaml as it is: Flux ${args.version} is not vendored any more`,
    hint: ({ version }) =>
      `Restore it in templates/flux/, vendor another ${version.split('.').slice(0, 2).join('.')}, or correct the version that is asked for`,
  }),
  'flux-newer-than-vendored': entry<Clusters & { readonly vendored: string; readonly committed: string }>({
    severity: 'warning',
    title: 'The tree has a newer Flux than the vendored one',
    explain: `\`flux-system/gotk-components.yaml\` is of a later version than the one that would be written: somebody ran a newer \`flux bootstrap\`, or a lower version is asked for than before. An older Flux may not know what the newer one has stored, so that it is never put in its place unasked.`,
    message: (args) =>
      `Cluster${args.count === 1 ? '' : 's'} ${name(args)} keep${args.count === 1 ? 's' : ''} Flux ${args.committed}: the version to install, ${args.vendored}, is older`,
    hint: ({ cluster, committed }) =>
      `Vendor ${committed} and ask for it; or, to go back on purpose, delete clusters/${cluster}/flux-system/gotk-components.yaml and generate`,
  }),
  'flux-left-alone': entry<Clusters & { readonly vendored: string; readonly committed?: string | undefined; readonly isAsked: boolean }>({
    severity: 'warning',
    title: "Somebody else's Flux manifests are in the tree",
    explain: `\`flux-system/gotk-components.yaml\` does not come from Espalier; \`flux bootstrap\` wrote it, or a person. It is left alone until somebody asks for the vendored version in its place: \`install: manifests\` in the cluster's \`gitOps\`, or an AgentInstallation that selects it. A file that does not say which version it is (\`# Flux Version: v2.9.4\`) may be newer, and is left alone even then.`,
    message: (args) =>
      `Cluster${args.count === 1 ? '' : 's'} ${name(args)} keep${args.count === 1 ? 's' : ''} somebody else's flux-system/gotk-components.yaml, of ${args.committed === undefined ? 'unknown version' : `Flux ${args.committed}`}: the vendored ${args.vendored} is not written over it`,
    hint: ({ cluster, vendored, isAsked }) =>
      isAsked
        ? `Delete clusters/${cluster}/flux-system/gotk-components.yaml to have ${vendored} written in its place`
        : `Say install: manifests to have ${vendored} written in its place, or install: none to leave it for good`,
  }),
  'flux-components-differ': entry<Clusters & { readonly version: string; readonly vendored: readonly string[] }>({
    severity: 'error',
    title: 'Other controllers are asked for than those that are vendored',
    explain: `\`components\` says which controllers a cluster's Flux shall have. The vendored manifests are written as they are, so that they must hold exactly these.`,
    message: (args) =>
      `Cannot install the controllers that are asked for on ${name(args)}: the vendored Flux ${args.version} has ${args.vendored.join(', ')}`,
    hint: ({ version }) => `Vendor them with espalier flux vendor --version ${version} --components, or leave components out`,
  }),
  'flux-handover': entry<{ readonly cluster: string; readonly to: 'operator' | 'manifests' }>({
    severity: 'warning',
    title: 'Flux shall be installed in another way',
    explain: `A change between manifests and operator is made in two steps, because a list that suddenly names other files would make Flux delete itself. To the operator: generate writes \`flux-system/flux-instance.yaml\` but does not list it. Install Flux Operator, apply that file, and wait until the FluxInstance is Ready: it has taken Flux over then, and what it owns is never pruned. Then delete \`flux-system/kustomization.yaml\`, \`gotk-components.yaml\` and \`gotk-sync.yaml\`, and generate: the FluxInstance alone is listed. The other way round is in docs/flux-manifests.md.`,
    message: ({ cluster, to }) =>
      to === 'operator'
        ? `Cluster "${cluster}" keeps its manifests until Flux Operator has taken over: flux-system/flux-instance.yaml is written, but not listed yet`
        : `Cluster "${cluster}" keeps its FluxInstance: to take it off the list is for you to decide`,
    hint: ({ cluster, to }) =>
      to === 'operator'
        ? `Apply clusters/${cluster}/flux-system/flux-instance.yaml; once it is Ready, delete kustomization.yaml and gotk-*.yaml beside it and generate`
        : `Say install: operator; or follow docs/flux-manifests.md to go back to manifests`,
  }),
  'agent-installations-differ': entry<{ readonly cluster: string; readonly names: readonly [string, string] }>({
    severity: 'error',
    title: 'Two agent installations disagree',
    explain: `Two AgentInstallations select one cluster and ask for different versions, ways to install or components. Which of them holds must not depend on the order of files. (A cluster that differs on purpose says so in its own \`gitOps\`, but must not be selected by two that disagree.)`,
    message: ({ cluster, names: [one, other] }) =>
      `Cannot use AgentInstallation "${one}": for cluster "${cluster}", "${other}" asks for something else`,
    hint: () => 'Narrow one of the selectors, or let both say the same',
  }),
};
