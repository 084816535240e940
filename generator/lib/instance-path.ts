import type { ClusterId, ContextId, InstanceRef } from '../model/context.ts';
import type { Place } from '../model/place.ts';

export interface InstanceFile {
  readonly instance: InstanceRef;
  /** Name of the file in the instance's folder. */
  readonly file: string;
}

/** Nearly all files of a tree are of this form, most of them without a place. */
const INSTANCE_FILE = /^clusters\/([^+/]+\+[^+/]+)\/(?:cluster\/|namespaces\/[^/]+\/)?context\/([0-9]{1,19})\/app\/([^/]+)\/([^/]+)$/;

/** The instance in whose folder a file lies, read from the path alone. References lie elsewhere. */
export function readInstancePath(path: string): InstanceFile | undefined {
  const [, cluster, context, app, file] = INSTANCE_FILE.exec(path) ?? [];
  if (cluster === undefined || context === undefined || app === undefined || file === undefined) return undefined;
  return { instance: { cluster: cluster as ClusterId, context: context as ContextId, app }, file };
}

/** Whether a file lies below a folder of contexts, be it an instance's or not. */
export function isInContexts(path: string): boolean {
  return CONTEXTS.test(path);
}

const CONTEXTS = /^clusters\/[^/]+\/(?:cluster\/|namespaces\/[^/]+\/)?context\//;

/** `clusters/<p+c>/<place>context/<cid>/app/<app>` */
export function instanceFolder({ cluster, context, app }: InstanceRef, place: Place = ''): string {
  return `clusters/${cluster}/${place}context/${context}/app/${app}`;
}
