import { counted } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface AwayArgs {
  /** The sync object, `<provider>/<name>`. */
  readonly target: string;
  /** The first of its clusters that this is about, and how many there are. */
  readonly cluster: string;
  readonly count: number;
}

export const targetsCatalogue = {
  'unclear-target': entry<{ readonly name: string; readonly other: 'branch' | 'target' }>({
    severity: 'error',
    title: 'A sync object says two things about where trees are',
    explain: `With \`branchPerCluster: true\` each cluster's tree is on a branch of its own, \`espalier/tree/<provider>+<cluster>\`. Then there is no one \`branch\`, and the trees are not \`here\`, below \`clusters/\` of the repository with the intents. See [trees in other repositories](../targets.md).`,
    message: ({ name, other }) =>
      other === 'branch'
        ? `Cannot use sync object "${name}": it has both "branch" and "branchPerCluster"`
        : `Cannot use sync object "${name}": its trees cannot be here and on a branch for each cluster`,
    hint: ({ other }) => (other === 'branch' ? 'Take one of the two away' : 'Take "target" away, or set it to elsewhere'),
  }),
  'unknown-checkout': entry<{ readonly name: string; readonly near?: string | undefined; readonly isHere: boolean }>({
    severity: 'error',
    title: '--checkout names no target',
    explain: `\`--checkout <provider>/<name>=<folder>\` says where the repository and branch of a sync object are checked out, whose \`spec.git\` has \`target: elsewhere\` or \`branchPerCluster: true\`. The trees of all others are written here, below \`clusters/\`. See [trees in other repositories](../targets.md).`,
    message: ({ name, isHere }) =>
      isHere
        ? `Cannot use a checkout of "${name}": the trees of that sync object are here`
        : `Cannot use a checkout of "${name}": no sync object of that name has its trees elsewhere`,
    hint: ({ near, isHere }) =>
      isHere
        ? 'Set target: elsewhere in its spec.git, or leave the option out'
        : near === undefined
          ? 'Give the sync object as <provider>/<name>'
          : `Did you mean "${near}"?`,
  }),
  'missing-checkout': entry<AwayArgs & { readonly branch: string; readonly repository: string; readonly folder?: string | undefined }>({
    severity: 'error',
    title: "Clusters' trees are in a repository that is not at hand",
    explain: `The clusters' sync object says that their trees are in another repository or branch. Without a checkout of it nothing is known of what stands there, and nothing can be written: those clusters are left as they are, and nothing that they have counts as missing or unwanted.

That is an error, so that nobody forgets it. With \`--isolate\` everything else is written. \`--without-checkout <provider>/<name>\` (or \`all\`) leaves the clusters out on purpose: then it is a warning. \`espalier check\` never needs a checkout. See [trees in other repositories](../targets.md).`,
    message: ({ target, cluster, count, branch, repository }) =>
      `Cannot write ${theTrees(cluster, count)}: branch "${branch}" of ${repository} is not checked out for sync object "${target}"`,
    hint: ({ target, folder }) =>
      folder === undefined
        ? `Check it out, and name the folder: --checkout ${target}=<folder>; or leave its clusters out: --without-checkout ${target}`
        : `Check it out as "${folder}"; or leave the clusters out: --without-checkout ${target}`,
  }),
  'left-out-target': entry<AwayArgs>({
    severity: 'warning',
    title: "Clusters' trees were not looked at",
    explain: `The clusters' trees are in another repository or branch, and no checkout of it was given, on purpose: they are left as they are. What their apps come to was rendered and checked all the same, but not compared with what stands there. See [trees in other repositories](../targets.md).`,
    message: ({ target, cluster, count }) =>
      `${capital(theTrees(cluster, count))} ${count === 1 ? 'is' : 'are'} left as ${count === 1 ? 'it is' : 'they are'}: the repository of sync object "${target}" is not at hand`,
    hint: ({ target }) => `To write them too, give a checkout: --checkout ${target}=<folder>`,
  }),
  'bad-checkout': entry<{ readonly target: string; readonly folder: string; readonly reason: string }>({
    severity: 'error',
    title: 'A folder is no checkout that may be written to',
    explain: `\`--checkout\` names the root of a checkout of Git (the folder that holds \`.git\`), or for \`branchPerCluster\` a folder that holds one for each cluster, named as the cluster's id is. It must not be the repository with the intents, nor lie in its \`clusters/\`, \`intents/\` or \`templates/\`, and symbolic links are not followed: one in a pull request could lead anywhere. See [trees in other repositories](../targets.md).`,
    message: ({ target, folder, reason }) => `Cannot use folder "${folder}" for sync object "${target}": ${reason}`,
    hint: () => 'Name the root of a checkout of its repository and branch',
  }),
  'wrong-branch': entry<{ readonly target: string; readonly folder: string; readonly branch: string; readonly found?: string | undefined }>(
    {
      severity: 'error',
      title: 'A checkout is on another branch',
      explain: `Agents follow the branch that the sync object names. What is written elsewhere reaches nobody, or somebody else. See [trees in other repositories](../targets.md).`,
      message: ({ target, folder, branch, found }) =>
        `Cannot use folder "${folder}" for sync object "${target}": ${found === undefined ? 'a commit is checked out there' : `branch "${found}" is checked out there`}, and the trees are on "${branch}"`,
      hint: ({ branch }) => `Check out "${branch}" there`,
    },
  ),
  'wrong-remote': entry<{
    readonly target: string;
    readonly folder: string;
    readonly repository: string;
    readonly found: readonly string[];
  }>({
    severity: 'error',
    title: 'A checkout is of another repository',
    explain: `None of the checkout's remotes is the repository that the sync object names. Addresses are compared by host and path: HTTPS or SSH, and \`.git\` at the end, make no difference. Where the checkout is of a mirror, add the repository as a second remote. See [trees in other repositories](../targets.md).`,
    message: ({ target, folder, repository, found }) =>
      `Cannot use folder "${folder}" for sync object "${target}": it is a checkout of ${found.join(', ')}, and the trees are in ${repository}`,
    hint: ({ repository }) => `Give a checkout of that repository; for a mirror, git remote add upstream ${repository}`,
  }),
  'shared-checkout': entry<{ readonly target: string; readonly other: string; readonly folder: string }>({
    severity: 'error',
    title: 'A checkout cannot serve two targets, nor a target have two checkouts',
    explain: `A checkout has one branch of one repository, and each repository and branch is written in one place. Sync objects of the same repository and branch share one target: name its checkout once. See [trees in other repositories](../targets.md).`,
    message: ({ target, other, folder }) =>
      target === other
        ? `Cannot use folder "${folder}" for sync object "${target}": another folder is given for the same repository and branch`
        : `Cannot use folder "${folder}" for sync object "${target}": it is the checkout of "${other}"`,
    hint: () => 'Give one checkout for each repository and branch',
  }),
  'tree-not-moved': entry<{
    /** The sync object whose repository it is to be in; absent: the repository with the intents. */
    readonly target?: string | undefined;
    readonly cluster: string;
    /** Beginning of the path at which it stands: empty, or a folder with its slash. */
    readonly from: string;
    readonly folder: string;
  }>({
    severity: 'error',
    title: 'A tree that moves must be copied, not begun anew',
    explain: `The cluster's tree stands in one repository or branch, and its sync object now says that it is in another, where there is nothing of it yet. A tree holds more than what Espalier writes: Flux's own manifests, for one, which Flux would delete if they were not in the tree that it is sent to. So the tree is copied as it is; the next run then changes what has to change. The old one stays until the agent follows the new one. See [moving a tree](../targets.md#moving-a-tree).`,
    message: ({ target, cluster }) =>
      `Cannot begin the tree of cluster "${cluster}" anew in ${target === undefined ? placeOf(target) : `the repository of sync object "${target}"`}: it has one, which stands elsewhere`,
    hint: ({ cluster, folder, from }) => `Copy it: mkdir -p ${folder}/clusters && cp -a ${from}clusters/${cluster} ${folder}/clusters/`,
  }),
  'tree-begun-anew': entry<{ readonly cluster: string; readonly more: number }>({
    severity: 'warning',
    title: 'A cluster that had apps has no tree',
    explain: `Decisions say that apps were placed on the cluster before, and there is no tree of it where it belongs: everything is written as for a new cluster. That is right where the tree was deleted on purpose, or could not be written until now. It is wrong where the tree stands in another repository or branch and was to be moved: a tree holds more than what Espalier writes, and an agent that is sent to one that lacks something deletes it; nor is a change of agents noticed. Copy the tree first then: see [moving a tree](../targets.md#moving-a-tree).`,
    message: ({ cluster, more }) =>
      `Cluster "${cluster}"${more === 0 ? '' : ` and ${counted(more, 'more cluster')}`} had apps before and ${more === 0 ? 'has no tree where it belongs: it is' : 'have no trees where they belong: they are'} begun anew`,
    hint: () => 'If the tree stands in another repository or branch, copy it here first (docs/targets.md)',
  }),
  'tree-left-behind': entry<{
    readonly cluster: string;
    readonly count: number;
    readonly place?: string | undefined;
    readonly target?: string | undefined;
  }>({
    severity: 'warning',
    title: "A cluster's tree stands in two places",
    explain: `A cluster's tree was moved to another repository or branch, and the old one is still there. The agent may still follow it, so that it is neither changed nor deleted. Once the agent follows the new one, delete the old one by hand. See [moving a tree](../targets.md#moving-a-tree).`,
    message: ({ cluster, count, place, target }) =>
      `${capital(theTrees(cluster, count))} ${count === 1 ? 'stands' : 'stand'} in ${placeOf(place)} as well, but ${count === 1 ? 'belongs' : 'belong'} into ${placeOf(target)}: what stands there is left alone`,
    hint: ({ cluster }) => `Once the agent follows the new tree, delete the old one there: git rm -r clusters/${cluster}`,
  }),
};

function theTrees(cluster: string, count: number): string {
  return count === 1 ? `the tree of cluster "${cluster}"` : `the trees of ${counted(count, 'cluster')} (the first: "${cluster}")`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function placeOf(target: string | undefined): string {
  return target === undefined ? 'the repository with the intents' : `that of sync object "${target}"`;
}
