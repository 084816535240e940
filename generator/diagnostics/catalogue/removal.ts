import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface GoneArgs {
  /** `namespace/name`, where the tree still tells it. */
  readonly name: string | undefined;
  readonly context: string;
  readonly clusters: readonly string[];
  /** The agents were told to leave the objects. */
  readonly isLeft: boolean;
}

const UNDO = 'If this is not meant, restore the document (git log --stat -- intents finds it); once committed, a revert brings it back';

export const removalCatalogue = {
  'deployment-gone': entry<GoneArgs & { readonly apps: readonly string[]; readonly stateful: readonly string[] }>({
    severity: 'warning',
    title: 'A deployment is removed, because its document is gone',
    explain: `The tree holds a deployment that no document speaks of any more: its file was deleted or emptied, the document was taken out of it, or its name was changed. That is how a deployment is removed, so that it is no error; but it is told, because a document may also be lost by mistake.

On the next sync the agents delete the objects. What a \`PersistentVolumeClaim\` of the deployment held is lost with it, unless its volume is retained; claims that a \`StatefulSet\` made itself stay. To keep the objects, see [renaming and removing](../renaming.md). Nothing is deleted before the change is committed: \`git restore clusters\` undoes it until then.`,
    message: ({ name, context, clusters, isLeft, apps, stateful }) =>
      `${name === undefined ? `Context ${context}` : `Deployment "${name}"`} has no document any more: ${listed(apps.map((app) => `"${app}"`))} ${apps.length === 1 ? 'is' : 'are'} removed from ${counted(clusters.length, 'cluster')}${stateful.length > 0 ? `, with ${listed(stateful)}` : ''}${isLeft ? '; the objects stay there (deletionPolicy Orphan)' : ''}`,
    hint: () => UNDO,
  }),
  'cloud-gone': entry<GoneArgs>({
    severity: 'warning',
    title: 'A logical cloud is removed, because its document is gone',
    explain: `The tree holds a logical cloud that no document speaks of any more. Its quota and permissions are removed from its clusters. With Flux, the namespace itself, the account and its rights stay on the cluster, because agents need them to remove the cloud's apps; delete them by hand once the namespace is empty. See [renaming and removing](../renaming.md).`,
    message: ({ name, context, clusters, isLeft }) =>
      `Logical cloud ${name === undefined ? `of context ${context}` : `"${name}"`} has no document any more: it is removed from ${counted(clusters.length, 'cluster')}${isLeft ? '; its objects stay there (deletionPolicy Orphan)' : ''}`,
    hint: () => UNDO,
  }),
  'all-deployments-gone': entry<{ readonly names: readonly string[]; readonly clusters: number }>({
    severity: 'error',
    title: 'Every deployment of the fleet would be removed',
    explain: `\`intents/\` can be read and describes clusters, but holds no deployment at all, while the tree has some. That looks like a lost folder, a checkout of a part, or a bad merge; an inventory that reads as empty must not empty a fleet.

If all deployments are really to go, name each: \`espalier generate --only retail/shop\` removes that one.`,
    message: ({ names, clusters }) =>
      `Cannot remove every deployment at once: intents/ has none any more, the tree has ${listed(names.map((name) => `"${name}"`))} on ${counted(clusters, 'cluster')}`,
    hint: ({ names }) => `Restore the documents; if they are to go, remove one by one: --only ${names[0] ?? ''}`,
  }),
};
