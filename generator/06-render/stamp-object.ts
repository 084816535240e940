import { canonical } from '../lib/canonical.ts';
import { isSopsEncrypted, objectIdentity } from '../lib/kube-names.ts';
import { objectFileName } from '../lib/object-file-name.ts';
import { printYaml } from '../lib/yaml/print.ts';
import { type Json, isJsonObject, type JsonObject } from '../model/json.ts';
import type { KubeMetadata, KubeObject, ObjectHash } from '../model/kube.ts';
import type { PrintedObject } from '../model/render.ts';

/** What an object learns from the instance that it belongs to. */
export interface Stamp {
  /** `<cid>-<app>`: EMCO's monitor finds objects by it. */
  readonly deploymentId: string;
  readonly app: string;
  /** Name of the deployment or logical cloud. */
  readonly partOf: string;
  /** For objects that name no namespace; `undefined` leaves them without. */
  readonly namespace: string | undefined;
}

export interface StampedParts {
  readonly hash: ObjectHash;
  readonly podTemplate: readonly string[] | undefined;
  /** Whether pods without an app name may get one: not when a selector of the instance asks for it, for it would choose more pods than its author saw. */
  readonly namesPods: boolean;
}

const NAME = 'app.kubernetes.io/name';

/** The object with namespace, labels and hash. Nothing but the changed branches is copied; selectors are never touched. */
export function stampObject(object: KubeObject, stamp: Stamp, parts: StampedParts): KubeObject {
  const { podTemplate } = parts;
  const stamped: KubeObject = { ...object, metadata: stampMetadata(object.metadata, stamp, parts.hash) };
  if (!podTemplate) return stamped;
  return change(stamped, podTemplate, (template) => stampPodTemplate(template, stamp, parts.namesPods));
}

/** What the template's author wrote stays, but for what says who manages the object and what it belongs to. */
function stampMetadata(metadata: KubeMetadata, stamp: Stamp, hash: ObjectHash): KubeMetadata {
  return {
    ...metadata,
    ...(stamp.namespace !== undefined && { namespace: stamp.namespace }),
    labels: {
      [NAME]: stamp.app,
      'app.kubernetes.io/part-of': stamp.partOf,
      ...members(metadata['labels']),
      'app.kubernetes.io/managed-by': 'espalier',
      'emco/deployment-id': stamp.deploymentId,
    },
    annotations: { ...members(metadata['annotations']), 'espalier.dev/hash': hash },
  };
}

function stampPodTemplate(template: JsonObject, stamp: Stamp, namesPods: boolean): JsonObject {
  const metadata = members(template['metadata']);
  const labels = {
    ...(namesPods && { [NAME]: stamp.app }),
    ...members(metadata['labels']),
    'emco/deployment-id': stamp.deploymentId,
  };
  return { ...template, metadata: { ...metadata, labels } };
}

function change<T extends JsonObject>(object: T, path: readonly string[], edit: (value: JsonObject) => JsonObject): T {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const value = members(object[key]);
  return { ...object, [key]: rest.length === 0 ? edit(value) : change(value, rest, edit) };
}

function members(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A stamped object as it is written. */
export function printObject(object: KubeObject, cloudNamespace: string): PrintedObject {
  return {
    identity: objectIdentity(object),
    file: objectFileName(object, cloudNamespace),
    isEncrypted: isSopsEncrypted(object),
    text: () => printYaml(canonical(object)),
  };
}
