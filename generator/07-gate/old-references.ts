import { canonical } from '../lib/canonical.ts';
import { isSameJson, member, objectKey, referenceObject, revisionIn } from '../lib/reference-object.ts';
import { printYaml } from '../lib/yaml/print.ts';
import { type GeneratedFile, HERE, MARKER } from '../model/file.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Provider } from '../model/provider.ts';
import type { SeenCluster } from '../model/seen.ts';
import type { OldReference } from './agent-switches.ts';

/** A reference of an old agent, as the tree and the cluster have it. */
export interface ReadReference extends OldReference {
  /** Absent: it could not be read. */
  readonly object?: JsonObject;
  /** In the form that leaves objects: the same value as `object` if it has that. Absent: it applies none, or could not be read. */
  readonly released?: JsonObject;
  /** On the cluster: in the form that leaves objects, and as it stands in the tree; in one that deletes them; or not seen there. */
  readonly live: 'released' | 'armed' | 'unseen';
}

export interface Reading {
  readonly provider: Provider;
  /** Its text; absent: it could not be read. */
  readonly text: string | undefined;
  readonly seen: SeenCluster | undefined;
}

export function readReference(reference: OldReference, { provider, text, seen }: Reading): ReadReference {
  const object = referenceObject(text ?? '');
  const released = object && provider.release(object);
  return {
    ...reference,
    ...(object && { object }),
    ...(released && { released }),
    live: object ? liveForm(object, { provider, seen }) : 'unseen',
  };
}

function liveForm(object: JsonObject, { provider, seen }: Pick<Reading, 'provider' | 'seen'>): ReadReference['live'] {
  const live = seen?.references?.get(objectKey(object) ?? '');
  if (!live) return 'unseen';
  if (provider.release(live) !== live) return 'armed';
  // On another cluster, references have the same names and revisions, and read another folder.
  const isOurs = revisionIn(live) === revisionIn(object) && has(live['spec'], object['spec']);
  return isOurs && member(live['metadata'], 'deletionTimestamp') === undefined ? 'released' : 'unseen';
}

/** Whether a value holds all that another does; an API server adds what is left out. */
function has(value: Json | undefined, wanted: Json | undefined): boolean {
  if (wanted === undefined) return true;
  if (!isJsonObject(wanted)) return value !== undefined && isSameJson(value, wanted);
  return isJsonObject(value) && Object.entries(wanted).every(([key, inner]) => has(member(value, key), inner));
}

/** Whether the tree has it in the form that leaves objects. */
export function isReleased({ object, released }: ReadReference): boolean {
  return object !== undefined && object === released;
}

/** The reference's file in the form that leaves objects; none where it has that form, or cannot be read. */
export function releasedFile(reference: ReadReference): readonly GeneratedFile[] {
  const { released, path, instance } = reference;
  if (!released || isReleased(reference)) return [];
  const content = `${MARKER}\n${printYaml(canonical(released as KubeObject))}`;
  return [{ target: HERE, owner: { kind: 'instance', instance }, path, content }];
}
