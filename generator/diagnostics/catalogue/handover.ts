import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface SwitchArgs {
  readonly cluster: string;
  /** Agents whose files stand in the tree. */
  readonly from: readonly string[];
  /** `kubernetes`: none. */
  readonly to: string;
}

interface ChangedArgs extends SwitchArgs {
  /** The two cannot stand side by side, or there is no second one. */
  readonly collides: boolean;
  readonly references: number;
  /** Those that are told now. */
  readonly rewritten: number;
  /** Those that were not seen to be applied so. */
  readonly waiting: number;
  /** Name of one that was not. */
  readonly first: string | undefined;
  /** What `--seen` says of the cluster. */
  readonly seen: 'nothing' | 'agents' | 'references';
}

function way({ from, to }: SwitchArgs): string {
  return `from ${from.join(' or ')} to ${to === 'kubernetes' ? 'direct access' : to}`;
}

export const handoverCatalogue = {
  'agent-changed': entry<ChangedArgs>({
    severity: 'warning',
    title: 'The agent of a cluster changes',
    explain: `The Cluster document names another agent than the one that follows the cluster's tree, or none any more. If the files were simply exchanged, the old agent would delete what it has applied while the new one creates it, or both would own the same objects. So an agent changes in steps, each a commit of its own, and no step is taken before the one before it was *seen* on the cluster:

1. The old agent's references are told to leave their objects. Nothing else of the cluster changes; its apps are held.
2. When \`--seen\` shows that the cluster has applied that, the references go and the new agent's files come. What the old agent reads first stays, so that it finds an empty list and not a missing one. Where that cannot be (Flux and Azure Arc use the same files, and Config Sync deletes what leaves the folders that it reads), or no new agent comes, this waits for the next step.
3. When \`--seen\` says that the old agent is gone, the rest of its files goes.

How to look, and how to stop each agent, is described in [handover](../handover.md). Setting \`gitOpsType\` back ends the change; the references then are as before.`,
    message: (args) => {
      const { cluster, to, references, rewritten, waiting, collides, first, seen } = args;
      const head = `Cluster "${cluster}" passes ${way(args)}`;
      if (rewritten > 0)
        return `${head}: ${counted(rewritten, 'reference')} ${rewritten === 1 ? 'is' : 'are'} told to leave the objects, and all else stays as committed`;
      if (waiting === 0 && collides)
        return `${head}: nothing more changes before the old agent is gone${to === 'kubernetes' ? '' : ', because the two cannot stand side by side'}`;
      const known = seen === 'references' ? `, ${first ?? 'one of them'} for one` : '';
      return `${head}: ${counted(waiting, 'reference')} of ${references} ${waiting === 1 ? 'was' : 'were'} not seen yet to leave the objects${known}`;
    },
    hint: ({ rewritten, waiting, collides, cluster, from }) => {
      if (rewritten > 0) return `Commit, wait until ${cluster} has applied it, look (docs/handover.md), then --seen FILE`;
      if (waiting === 0 && collides) return `Stop ${listed(from)} there (docs/handover.md), then --seen FILE with "agents: []"`;
      return 'Look at the cluster (docs/handover.md), then --seen FILE';
    },
  }),
  'agent-left-behind': entry<SwitchArgs>({
    severity: 'warning',
    title: 'An agent that nobody needs any more is still there',
    explain: `The cluster has passed to its new agent. What the old one reads first is still in the tree, because an agent that finds its list missing may delete itself, or apply what it should not. Stop it on the cluster, which deletes nothing of the apps any more; then say so with \`--seen\`, and its files go. See [handover](../handover.md).`,
    message: (args) => `Cluster "${args.cluster}" has passed ${way(args)}, and the old agent's first files stay until it is gone`,
    hint: ({ from }) => `Stop ${listed(from)} there (docs/handover.md), then --seen FILE with "agents: []"`,
  }),
  'reference-lost': entry<SwitchArgs & { readonly path: string; readonly how: 'missing' | 'unmarked'; readonly count: number }>({
    severity: 'error',
    title: 'A reference that the old agent should leave its objects by is not there',
    explain: `The agent of a cluster changes, and each reference of the old one must be told to leave its objects before it goes. One of them is missing in the tree although the files of its app are there: as soon as that is committed, the old agent deletes what it has applied by it. Or it stands there without the first line by which Espalier knows its own files, so that it cannot be rewritten. Nothing is written before every reference is in order.

If a file is missing, get it back from Git, or set \`gitOps\` back and generate, which writes it again, and make the change then. If it lacks the mark and is the generated one, put the first line back; if somebody has written it, take the app out of the old agent's hands first. Where the old agent is gone already, \`--seen\` with its absence from \`agents\` goes on without references. See [handover](../handover.md).`,
    message: ({ cluster, from, to, path, how, count }) =>
      `Cannot pass cluster "${cluster}" ${way({ cluster, from, to })}: "${path}" ${how === 'missing' ? 'is missing' : 'does not bear the mark of a generated file'}${count > 1 ? ` (one of ${count} such references)` : ''}, so that nothing tells the old agent to leave its objects`,
    hint: ({ how }) =>
      how === 'missing'
        ? 'Get it back from Git; or set gitOps back and generate, which writes it again'
        : 'Put the first line back ("# Generated by espalier. Do not edit."), or delete the file, set gitOps back and generate',
  }),
  'agent-moved': entry<{ readonly cluster: string; readonly field: string; readonly was: string; readonly now: string | undefined }>({
    severity: 'error',
    title: 'Another agent of the same kind would take a cluster over',
    explain: `The Cluster or its sync object names another hub, another destination, another form or another configuration, while apps stand on the cluster. That is another agent, even if \`gitOpsType\` is the same: the old one goes on with what it has, deletes what it misses in its tree, or applies to itself what was meant for another cluster, while the new one applies the same.

So it is not done in one step. Put the field back; have everything left on the cluster (\`delivery.deletionPolicy: Orphan\` on the Cluster, and on the deployments that say otherwise); generate, commit, and wait until it is applied; stop the old agent for this cluster and delete its references, which leaves the objects; then change the field and say so with \`--seen\`, in whose \`agents\` the type is missing. Taking \`gitOps\` away and giving it back, each in the steps of a handover, does as well. See [handover](../handover.md).`,
    message: ({ cluster, field, was, now }) =>
      `Cannot change the ${field} of cluster "${cluster}" from "${was}" ${now === undefined ? 'to none' : `to "${now}"`} in one step: the old agent would delete what it has applied, or two would own it`,
    hint: () => 'Put it back; or have objects left and stop the old agent first (docs/handover.md), then --seen FILE with "agents: []"',
  }),
  'reference-moved': entry<{ readonly was: string; readonly now: string; readonly count: number }>({
    severity: 'error',
    title: 'A reference would get another name or namespace',
    explain: `What names an agent's references was changed, such as the \`namespace\` or the \`hub\` of a SyncObject of type \`argocd\`, or the \`references\` of a logical cloud. To the agent the reference with the old name is gone: it deletes what that one has applied, while the one with the new name applies the same. So it is done in steps: set \`delivery.deletionPolicy: Orphan\` on the Cluster, and on the deployments that say otherwise; generate, commit, and wait until the cluster has applied it; then make the change, and take \`deletionPolicy\` away once that is applied.

Where the agent itself moves, to another hub or another namespace, stop the old one before the change: it would go on with what it knows. See [handover](../handover.md).`,
    message: ({ was, now, count }) =>
      `Cannot move ${counted(count, 'reference')} in one step, ${was} to ${now}: the agent would delete the old one with all that it applied`,
    hint: () => 'Put back what names it; or have the references leave their objects first (delivery.deletionPolicy: Orphan)',
  }),
  'object-of-another': entry<{
    readonly app: string;
    readonly object: string;
    readonly more: number;
    readonly clusters: readonly string[];
    readonly owner: string;
    readonly kind: 'flux' | 'argocd' | 'helm';
  }>({
    severity: 'error',
    title: 'Somebody else looks after an object',
    explain: `\`--seen\` shows an object that an app is about to write to a cluster for the first time, and its labels or annotations say that somebody else applied it: a Flux Kustomization or HelmRelease, an Application of Argo CD, a release of Helm's. With two owners each sets the other's values back, and when the old one goes it deletes what the new one has.

So the old owner has to let go first. What it is told, and how it is seen, is described in [handover](../handover.md); until then the app is not written.`,
    message: ({ app, object, more, clusters, owner }) =>
      `Cannot take over ${object}${more > 0 ? ` and ${more} more` : ''} for app "${app}" on ${listed(clusters)}: ${owner} looks after it`,
    hint: ({ kind }) =>
      ({
        flux: 'Set prune: false there, have it applied, and look again (docs/handover.md)',
        argocd: 'Take the finalizer and pruning off that Application, and look again (docs/handover.md)',
        helm: "Take Helm's annotations off the objects, and look again (docs/handover.md)",
      })[kind],
  }),
  'bad-seen': entry<{ readonly cluster: string; readonly reason: string; readonly hint: string }>({
    severity: 'error',
    title: 'What was seen cannot be used',
    explain: `\`--seen FILE\` says what was seen on clusters, one document for each. What is decided by it may delete something, so that a document that contradicts another, or speaks of a cluster that nobody describes, is an error. See [handover](../handover.md).`,
    message: ({ cluster, reason }) => `Cannot use what was seen of cluster "${cluster}": ${reason}`,
    hint: ({ hint }) => hint,
  }),
  'bootstrap-refused': entry<{ readonly cluster: string; readonly reason: string; readonly hint: string }>({
    severity: 'error',
    title: 'A cluster cannot be bootstrapped',
    explain: `\`espalier bootstrap\` has a cluster follow its tree for the first time. It begins only when the tree is committed, belongs to the agent that the Cluster document names, and nobody else's agent is in the place of the cluster's: an agent that follows another tree would be turned away from it, and delete what that one holds. See [bootstrap](../bootstrap.md).`,
    message: ({ cluster, reason }) => `Cannot bootstrap cluster "${cluster}": ${reason}`,
    hint: ({ hint }) => hint,
  }),
  'bootstrap-failed': entry<{ readonly cluster: string; readonly step: string; readonly reason: string }>({
    severity: 'error',
    title: 'A step of a bootstrap failed',
    explain: `A command that \`espalier bootstrap --run\` started ended with an error, or could not be started. Nothing after it was begun. What was done before stays; once the reason is mended, the same command goes on from there, because it looks at the cluster first. See [bootstrap](../bootstrap.md).`,
    message: ({ cluster, step, reason }) => `Cannot bootstrap cluster "${cluster}": "${step}" failed, ${reason}`,
    hint: () => 'Mend what the command complains of, then run the same again',
  }),
};
