import type { ClusterId, ContextId, InstanceRef } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { Place } from '../model/place.ts';

export interface InstanceFile {
  readonly instance: InstanceRef;
  readonly place: Place;
  /** Name of the file in the instance's folder. */
  readonly file: string;
}

/** Nearly all files of a tree are of this form, most of them without a place. */
const INSTANCE_FILE = /^clusters\/([^+/]+\+[^+/]+)\/(cluster\/|namespaces\/[^/]+\/|)context\/([0-9]{1,19})\/app\/([^/]+)\/([^/]+)$/;

/** The instance in whose folder a file lies, read from the path alone. References lie elsewhere. */
export function readInstancePath(path: string): InstanceFile | undefined {
  const [, cluster, place, context, app, file] = INSTANCE_FILE.exec(path) ?? [];
  if (cluster === undefined || context === undefined || app === undefined || file === undefined) return undefined;
  return { instance: { cluster: cluster as ClusterId, context: context as ContextId, app }, place: place as Place, file };
}

/** The place whose folder of contexts a file lies in, be it an instance's or not; `undefined`: it lies in none. */
export function placeIn(path: string): Place | undefined {
  return CONTEXTS.exec(path)?.[1] as Place | undefined;
}

/** Whether a file lies below a folder of contexts, be it an instance's or not. */
export function isInContexts(path: string): boolean {
  return CONTEXTS.test(path);
}

const CONTEXTS = /^clusters\/[^/]+\/(cluster\/|namespaces\/[^/]+\/|)context\//;

/** What is the cluster's own in its part of the tree, by path below its folder: all but instances' folders, and what was seen of their status. */
export function ownFiles(part: Committed): ReadonlyMap<string, CommittedFile> {
  const files = new Map<string, CommittedFile>();
  for (const file of part.values()) {
    const path = isInContexts(file.path) ? undefined : OWN.exec(file.path)?.[1];
    if (path !== undefined) files.set(path, file);
  }
  return files;
}

const OWN = /^clusters\/[^/]+\+[^/]+\/((?!status\/).+)$/;

/** `clusters/<p+c>/<place>context/<cid>/app/<app>` */
export function instanceFolder({ cluster, context, app }: InstanceRef, place: Place = ''): string {
  return `clusters/${cluster}/${place}context/${context}/app/${app}`;
}
