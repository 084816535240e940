import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import { groupOf, objectIdentity, podTemplatePath } from '../lib/kube-names.ts';
import { sortBy } from '../lib/order.ts';
import { type Json, isJsonObject } from '../model/json.ts';
import type { KubeObject, ObjectHash, Revision } from '../model/kube.ts';
import type { Rendered } from '../model/render.ts';
import { type MetadataFault, metadataFaults } from './metadata-faults.ts';
import { type ReadableSecret, readableSecret } from './secret-data.ts';
import type { StampedParts } from './stamp-object.ts';

/** An object and what stamping needs to know of it, whatever the instance. */
export interface PreparedObject extends StampedParts {
  readonly object: KubeObject;
  readonly readable: ReadableSecret | undefined;
  readonly faults: readonly MetadataFault[];
}

export interface Prepared {
  /** Sorted by identity. */
  readonly objects: readonly PreparedObject[];
  /** Identities and hashes, one a line. */
  readonly summary: string;
}

/** The label of an app's name. */
export const APP_NAME = 'app.kubernetes.io/name';

const memo = new WeakMap<Rendered, Prepared>();

/** What all instances of one render share, worked out once. */
export function prepare(rendered: Rendered): Prepared {
  const known = memo.get(rendered);
  if (known) return known;
  const prepared = prepareObjects(rendered.objects);
  memo.set(rendered, prepared);
  return prepared;
}

/** The same without a memo. */
export function prepareObjects(objects: readonly KubeObject[]): Prepared {
  const namesPods = mayNamePods(objects);
  const all = objects.map((object) => prepareObject(object, namesPods));
  const sorted = sortBy(all, ({ object }) => objectIdentity(object));
  return { objects: sorted, summary: sorted.map(({ object, hash }) => summaryLine(objectIdentity(object), hash)).join('') };
}

/** Whether no selector of the objects asks for the app's name. */
export function mayNamePods(objects: readonly KubeObject[]): boolean {
  return !objects.some((object) => selectsByName(object['spec'], false));
}

/** An object's identity before it was stamped, and its hash. */
export function summaryLine(identity: string, hash: ObjectHash): string {
  return `${identity} ${hash}\n`;
}

/** One text for an instance's objects and where they go. `summary`: identities and hashes, one a line. */
export function revisionOf({ summary }: Pick<Prepared, 'summary'>, namespace: string): Revision {
  return short(`${namespace}\n${summary}`);
}

function prepareObject(object: KubeObject, namesPods: boolean): PreparedObject {
  const hash = short(canonicalJson(object));
  return {
    object: isJob(object) ? rename(object, hash) : object,
    hash,
    podTemplate: podTemplatePath(object),
    namesPods,
    readable: readableSecret(object),
    faults: metadataFaults(object.metadata),
  };
}

/** `sha256-` and 12 hex digits. */
export function short(text: string): ObjectHash {
  return `sha256-${sha256(text).slice(0, 12)}`;
}

/** A Job cannot be changed, only replaced: another content needs another name. Pods carry the name in a label of at most 63 characters. */
function rename(job: KubeObject, hash: ObjectHash): KubeObject {
  const digits = hash.slice('sha256-'.length, 'sha256-'.length + 8);
  const name = `${job.metadata.name.slice(0, 63 - 1 - digits.length).replace(/[^a-z0-9]+$/, '')}-${digits}`;
  return { ...job, metadata: { ...job.metadata, name } };
}

/** Its name will carry a hash of its contents. */
export function isJob({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Job' && groupOf(apiVersion) === 'batch';
}

/** Whether a selector anywhere in the value (of Services, workloads, policies, budgets, spread constraints) asks for the app's name. */
function selectsByName(value: Json | undefined, insideSelector: boolean): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => selectsByName(item, insideSelector));
  if (!isJsonObject(value)) return insideSelector && value === APP_NAME;
  for (const key of Object.keys(value)) {
    if (insideSelector && key === APP_NAME) return true;
    if (selectsByName(value[key], insideSelector || /selector$/i.test(key))) return true;
  }
  return false;
}
