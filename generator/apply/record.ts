import {
  type ApplyFailure,
  type DeploymentId,
  type InstanceStep,
  type Inventory,
  INVENTORY_NAMESPACE,
  type ObjectRef,
  type StoredInventory,
} from '../model/apply.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { inventoryName, inventoryNamespace, inventoryObject, isSameInventory, readInventory } from './inventory.ts';
import { namespaceHolds } from './namespace-holds.ts';
import type { Running } from './running.ts';

/** Keeps the inventories while a run goes on. */
export interface Recording {
  /** Writes what is there of an instance, if that differs from what is written. A failure: nothing may be done without it. */
  write(step: InstanceStep, what: { readonly objects: readonly ObjectRef[]; readonly isWhole: boolean }): Promise<ApplyFailure | undefined>;
  /** Removes the inventories' namespace when it is not needed any more. */
  close(): Promise<void>;
}

const NAMESPACE: ObjectRef = { group: '', version: 'v1', kind: 'Namespace', name: INVENTORY_NAMESPACE };

export function createRecord(running: Running): Recording {
  const { server, cluster, commit, dryRun } = running;
  const known = new Map<DeploymentId, StoredInventory>();
  let isNamespaceThere = false;
  const write = async (next: Inventory, before: StoredInventory | undefined): Promise<ApplyFailure | undefined> => {
    if (!isNamespaceThere) {
      const made = await ensureNamespace(running);
      if (made) return made;
      isNamespaceThere = true;
    }
    const written = await server.apply(inventoryObject(next, before?.resourceVersion), { dryRun: false, force: false });
    if ('failure' in written) return explained(written.failure);
    const read = readInventory(written.value);
    if (read) known.set(next.id, read);
    return undefined;
  };
  const drop = async (before: StoredInventory): Promise<ApplyFailure | undefined> => {
    const ref: ObjectRef = { group: '', version: 'v1', kind: 'ConfigMap', namespace: INVENTORY_NAMESPACE, name: inventoryName(before.id) };
    const removed = await server.remove(ref, { metadata: { uid: before.uid } });
    return 'failure' in removed ? removed.failure : undefined;
  };
  return {
    async write({ id, context, app, kind, dependsOn, stored }, { objects, isWhole }) {
      if (dryRun) return undefined;
      const before = known.get(id) ?? stored;
      if (kind === 'remove' && isWhole && objects.length === 0) return before && (await drop(before));
      const at = isWhole ? commit : before?.commit;
      const next: Inventory = { id, cluster, context, app, ...(at !== undefined && { commit: at }), dependsOn, objects };
      return before && isSameInventory(before, next) ? undefined : await write(next, before);
    },
    async close() {
      if (dryRun) return;
      const live = await server.get(NAMESPACE);
      if ('failure' in live || !live.value || !isOurs(live.value)) return;
      const holds = await namespaceHolds(INVENTORY_NAMESPACE, running);
      if ('value' in holds && holds.value.length === 0) await server.remove(NAMESPACE, live.value);
    },
  };
}

async function ensureNamespace({ server }: Running): Promise<ApplyFailure | undefined> {
  const live = await server.get(NAMESPACE);
  if ('failure' in live) return live.failure;
  const isGoing = isJsonObject(live.value?.['metadata']) && live.value['metadata']['deletionTimestamp'] !== undefined;
  if (live.value && !isGoing) return undefined;
  if (isGoing) {
    const gone = await server.waitFor(NAMESPACE, (there) => there === undefined);
    if ('failure' in gone) return gone.failure;
    if (gone.value) return { kind: 'refused', reason: `namespace "${INVENTORY_NAMESPACE}" is being deleted, and does not go` };
  }
  const made = await server.apply(inventoryNamespace(), { dryRun: false, force: false });
  return 'failure' in made ? made.failure : undefined;
}

function isOurs({ metadata }: JsonObject): boolean {
  const labels = isJsonObject(metadata) ? metadata['labels'] : undefined;
  return isJsonObject(labels) && labels['app.kubernetes.io/managed-by'] === 'espalier';
}

function explained(failure: ApplyFailure): ApplyFailure {
  const isRace = failure.kind === 'refused' && failure.reason.includes('has been modified');
  return isRace
    ? { kind: 'refused', reason: 'its inventory was written by somebody else meanwhile: does another run apply the same cluster?' }
    : failure;
}
