import type { DeploymentId, InstanceStep, ObjectRef, StoredInventory, TreeInstance, TreeObject } from '../model/apply.ts';
import { groupBy } from '../lib/group-by.ts';
import { compareText, sortBy } from '../lib/order.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import { isJsonObject } from '../model/json.ts';
import { inOrder } from './in-order.ts';
import { rankOf } from './rank.ts';
import { identityOf, nameWithout, refOf } from './refs.ts';

export interface PlanRequest {
  /** What the committed tree has. */
  readonly tree: readonly TreeInstance[];
  /** What the cluster says was applied. */
  readonly inventories: readonly StoredInventory[];
  /** `delete`: everything goes, whatever the tree has. */
  readonly mode: 'apply' | 'delete';
  /** Nothing is done about others. */
  readonly only?: ReadonlySet<DeploymentId>;
}

/** What to do, in order: what is applied, then what is removed. */
export function planApply({ tree, inventories, mode, only }: PlanRequest): readonly InstanceStep[] {
  const isMeant = (id: DeploymentId): boolean => only?.has(id) ?? true;
  const stored = new Map(inventories.map((inventory) => [inventory.id, inventory]));
  const wanted = mode === 'apply' ? tree : tree.filter(({ id }) => !isMeant(id));
  const wants = new Set(wanted.flatMap(({ objects }) => objects.map(({ object }) => identityOf(refOf(object)))));
  const names = new Set(wanted.flatMap(({ objects }) => objects.map(({ object }) => nameWithout(refOf(object)))));
  const applied = mode === 'apply' ? inApplyOrder(tree).filter(({ id }) => isMeant(id)) : [];
  const kept = new Set(wanted.map(({ id }) => id));
  const gone = inRemovalOrder(inventories.filter(({ id }) => !kept.has(id))).filter(({ id }) => isMeant(id));
  return [
    ...applied.map((instance) => applyStep(instance, { stored: stored.get(instance.id), wants, names })),
    ...gone.map((inventory) => removeStep(inventory, { all: gone, wants, names })),
  ];
}

interface Context {
  readonly stored: StoredInventory | undefined;
  /** Identities of all objects that any instance of the tree wants: none of them is pruned by anybody. */
  readonly wants: ReadonlySet<string>;
  /** The same without their namespaces. */
  readonly names: ReadonlySet<string>;
}

function applyStep({ id, context, app, objects, dependsOn, isAdmins, needs }: Linked, { stored, wants, names }: Context): InstanceStep {
  return {
    id,
    context,
    app,
    kind: 'apply',
    after: needs,
    ranks: inRanks(objects),
    prune: pruned(stored?.objects ?? [], wants),
    wants: names,
    stored,
    dependsOn,
    isAdmins,
  };
}

/** What depended on it goes first, and what is in a namespace before the cloud that made it. */
function removeStep(
  stored: StoredInventory,
  { all, wants, names }: Pick<Context, 'wants' | 'names'> & { readonly all: readonly StoredInventory[] },
): InstanceStep {
  const { id, context, app, dependsOn } = stored;
  const after = all.filter((other) => other.id !== id && other.dependsOn.includes(id)).map((other) => other.id);
  return {
    id,
    context,
    app,
    kind: 'remove',
    after,
    ranks: [],
    prune: pruned(stored.objects, wants),
    wants: names,
    stored,
    dependsOn,
    isAdmins: false,
  };
}

function pruned(objects: readonly ObjectRef[], wants: ReadonlySet<string>): readonly ObjectRef[] {
  const unwanted = objects.filter((ref) => !wants.has(identityOf(ref)));
  return [...unwanted].sort((a, b) => rankOf(b) - rankOf(a) || compareText(identityOf(a), identityOf(b)));
}

function inRanks(objects: readonly TreeObject[]): readonly (readonly TreeObject[])[] {
  const sorted = sortBy(objects, ({ path }) => path);
  const ranks = groupBy(sorted, ({ object }) => rankOf(refOf(object)));
  return [...ranks].sort(([a], [b]) => a - b).map(([, members]) => members);
}

/** An instance with all that must be there before it. */
interface Linked extends TreeInstance {
  readonly needs: readonly DeploymentId[];
}

function inApplyOrder(tree: readonly TreeInstance[]): readonly Linked[] {
  return inOrder(tree.map((instance) => ({ ...instance, needs: instance.dependsOn })));
}

function inRemovalOrder(inventories: readonly StoredInventory[]): readonly StoredInventory[] {
  return [...inOrder(inventories.map((inventory) => ({ ...inventory, needs: inventory.dependsOn })))].reverse();
}

/** Clouds before the apps in their namespaces, and definitions before the objects of their kinds: what the objects themselves tell of dependencies. */
export function impliedDependencies(
  tree: readonly Pick<TreeInstance, 'id' | 'app' | 'objects'>[],
): ReadonlyMap<DeploymentId, readonly DeploymentId[]> {
  const namespaces = new Map<string, DeploymentId>();
  const kinds = new Map<string, DeploymentId>();
  for (const { id, app, objects } of tree)
    for (const { object } of objects) {
      const { group, kind, name } = refOf(object);
      if (group === '' && kind === 'Namespace' && app === LOGICAL_CLOUD_APP) namespaces.set(name, id);
      const defined = definedKind(object);
      if (defined !== undefined) kinds.set(defined, id);
    }
  return new Map(
    tree.map(({ id, objects }) => {
      const needed = objects.flatMap(({ object }) => {
        const { group, kind, namespace = '' } = refOf(object);
        return [namespaces.get(namespace), kinds.get(`${group}/${kind}`)];
      });
      return [id, [...new Set(needed)].filter((other) => other !== undefined && other !== id).sort() as readonly DeploymentId[]];
    }),
  );
}

/** `<group>/<kind>` that a CustomResourceDefinition defines. */
export function definedKind(object: TreeObject['object']): string | undefined {
  const { group, kind } = refOf(object);
  if (group !== 'apiextensions.k8s.io' || kind !== 'CustomResourceDefinition' || !isJsonObject(object['spec'])) return undefined;
  const { group: defined, names } = object['spec'];
  return typeof defined === 'string' && isJsonObject(names) && typeof names['kind'] === 'string'
    ? `${defined}/${names['kind']}`
    : undefined;
}

/** Whether the steps take away all that is there, or all apps: a cloud goes a run later than its last app, so that it says nothing. */
export function takesEverything(steps: readonly InstanceStep[], inventories: readonly StoredInventory[]): boolean {
  const removed = new Set(steps.filter(({ kind }) => kind === 'remove').map(({ id }) => id));
  const isGoing = ({ id }: StoredInventory): boolean => removed.has(id);
  const apps = inventories.filter(({ app }) => app !== LOGICAL_CLOUD_APP);
  const hasApps = steps.some(({ kind, app }) => kind === 'apply' && app !== LOGICAL_CLOUD_APP);
  return (inventories.length > 0 && inventories.every(isGoing)) || (!hasApps && apps.length > 0 && apps.every(isGoing));
}
