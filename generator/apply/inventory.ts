import { compareText } from '../lib/order.ts';
import {
  DEPLOYMENT_LABEL,
  deploymentId,
  type DeploymentId,
  INVENTORY_NAMESPACE,
  type Inventory,
  type ObjectRef,
  type StoredInventory,
} from '../model/apply.ts';
import type { ClusterId, ContextId } from '../model/context.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { isClusterScoped } from '../lib/kube-names.ts';
import { apiVersionOf, identityOf } from './refs.ts';
import { faultIn } from './sound-ref.ts';

/** Tells our inventories from other ConfigMaps. */
export const INVENTORY_LABEL = 'espalier.dev/inventory';

/** The API server takes objects of 1 MiB and some; the rest of the ConfigMap needs little. */
export const INVENTORY_LIMIT = 900_000;

const OURS = { 'app.kubernetes.io/managed-by': 'espalier' };

export function inventoryName(id: DeploymentId): string {
  return `inventory-${id}`;
}

/** The namespace of the inventories. */
export function inventoryNamespace(): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: INVENTORY_NAMESPACE, labels: OURS } };
}

/** A ConfigMap with a line for each object: `group/version/kind/namespace/name`. It changes only with what it says. */
export function inventoryObject(inventory: Inventory, resourceVersion?: string): KubeObject {
  const { id, cluster, context, app, commit, dependsOn } = inventory;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: inventoryName(id),
      namespace: INVENTORY_NAMESPACE,
      labels: { ...OURS, [INVENTORY_LABEL]: 'v1' },
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    data: {
      app,
      cluster,
      ...(commit !== undefined && { commit }),
      context,
      dependsOn: dependsOn.join('\n'),
      objects: linesOf(inventory.objects).join('\n'),
    },
  };
}

/** How long the list of objects is, in bytes. */
export function inventorySize(objects: readonly ObjectRef[]): number {
  return Buffer.byteLength(linesOf(objects).join('\n'));
}

function linesOf(objects: readonly ObjectRef[]): readonly string[] {
  const lines = objects.map(({ group, version, kind, namespace = '', name }) => [group, version, kind, namespace, name].join('/'));
  return [...new Set(lines)].sort(compareText);
}

/** Reads an inventory; `undefined`: somebody made something else of it. */
export function readInventory({ metadata, data }: JsonObject): StoredInventory | undefined {
  if (!isJsonObject(metadata) || !isJsonObject(data)) return undefined;
  const [app, cluster, context] = [textIn(data, 'app'), textIn(data, 'cluster'), textIn(data, 'context')];
  const [resourceVersion, uid] = [textIn(metadata, 'resourceVersion'), textIn(metadata, 'uid')];
  if (app === undefined || cluster === undefined || context === undefined || resourceVersion === undefined || uid === undefined)
    return undefined;
  const id = deploymentId(context as ContextId, app);
  if (metadata['name'] !== inventoryName(id) || !/^[0-9]{1,19}$/.test(context) || !/^[^+]+\+[^+]+$/.test(cluster)) return undefined;
  const objects = split(textIn(data, 'objects')).map(readLine);
  if (objects.some((ref) => ref === undefined)) return undefined;
  const commit = textIn(data, 'commit');
  return {
    id,
    cluster: cluster as ClusterId,
    context: context as ContextId,
    app,
    ...(commit !== undefined && { commit }),
    dependsOn: split(textIn(data, 'dependsOn')) as readonly DeploymentId[],
    objects: objects.filter((ref) => ref !== undefined),
    resourceVersion,
    uid,
  };
}

function readLine(line: string): ObjectRef | undefined {
  const [group, version, kind, namespace, name, ...rest] = line.split('/');
  if (group === undefined || !version || !kind || namespace === undefined || !name || rest.length > 0) return undefined;
  const isPlaced = namespace !== '' && !isClusterScoped({ apiVersion: apiVersionOf({ group, version }), kind });
  const ref: ObjectRef = { group, version, kind, ...(isPlaced && { namespace }), name };
  return faultIn(ref) === undefined ? ref : undefined;
}

function split(lines: string | undefined): readonly string[] {
  return (lines ?? '').split('\n').filter((line) => line !== '');
}

function textIn(map: JsonObject, key: string): string | undefined {
  const value: Json | undefined = Object.hasOwn(map, key) ? map[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Both lists, each object once; of two versions of one the later list's. */
export function unite(one: readonly ObjectRef[], other: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map([...one, ...other].map((ref) => [identityOf(ref), ref])).values()];
}

/** Whether both inventories say the same. */
export function isSameInventory(one: Inventory, other: Inventory): boolean {
  const text = ({ id, cluster, commit, dependsOn, objects }: Inventory): string =>
    JSON.stringify([id, cluster, commit, dependsOn, linesOf(objects)]);
  return text(one) === text(other);
}

/** The value of the label that says whose an object is. */
export function ownerLabelOf(object: JsonObject): string | undefined {
  const { metadata } = object;
  const labels = isJsonObject(metadata) ? metadata['labels'] : undefined;
  return isJsonObject(labels) ? textIn(labels, DEPLOYMENT_LABEL) : undefined;
}
