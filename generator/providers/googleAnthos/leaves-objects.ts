import { isSameJson, member } from '../../lib/reference-object.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { DELETION, DETACHED } from './names.ts';

/** A chart's RepoSync says so for all that it applied; an app without one says it in each of its objects. */
export function leavesObjects(reference: JsonObject): boolean {
  const annotations = member(reference['metadata'], 'annotations');
  if (isSync(reference)) return member(annotations, DELETION) === 'Orphan';
  return Object.entries(DETACHED).every(([key, told]) => member(annotations, key) === told);
}

/** A sync that leaves what it applied when it is deleted. What leaves its folder while it is there it deletes all the same. */
export function release(reference: JsonObject): JsonObject | undefined {
  const { metadata } = reference;
  if (!isSync(reference) || !isJsonObject(metadata)) return undefined;
  const annotations = member(metadata, 'annotations');
  const told = { ...(isJsonObject(annotations) && annotations), [DELETION]: 'Orphan' };
  const released = { ...reference, metadata: { ...metadata, annotations: told } };
  return isSameJson(released, reference) ? reference : released;
}

function isSync({ kind, apiVersion }: JsonObject): boolean {
  return kind === 'RepoSync' && typeof apiVersion === 'string' && apiVersion.startsWith('configsync.gke.io/');
}
