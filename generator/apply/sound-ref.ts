import { groupOf, isKubernetesGroup } from '../lib/kube-names.ts';
import type { ObjectRef } from '../model/apply.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { apiVersionOf, titleOf } from './refs.ts';

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const VERSION = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const KIND = /^[A-Za-z](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** Of Kubernetes' own, groups and kinds whose names need not be subdomains, such as `system:node`. */
const LOOSE: ReadonlySet<string> = new Set(['rbac.authorization.k8s.io', 'certificates.k8s.io', 'networking.k8s.io/IPAddress']);

/**
 * Whether a text can be one segment of a path and stays one. Source: k8s.io/apimachinery, ValidatePathSegmentName; beyond it, control characters and
 * halves of characters are refused, which a record could not keep.
 */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && /^[^/%\p{C}]{1,253}$/u.test(text);
}

/** Whether it is a version, of a group or of the core. */
export function isApiVersion(text: string): boolean {
  const group = groupOf(text);
  return text.startsWith('/')
    ? false
    : group === ''
      ? VERSION.test(text)
      : SUBDOMAIN.test(group) && VERSION.test(text.slice(group.length + 1));
}

/** What no API server would take in an object's name, or in what leads to it; `undefined`: nothing. */
export function faultIn(ref: ObjectRef): string | undefined {
  const { group, kind, namespace, name } = ref;
  if (!isApiVersion(apiVersionOf(ref))) return `its apiVersion is no version of a group`;
  if (!KIND.test(kind)) return 'its kind is no name of a kind';
  if (namespace !== undefined && !LABEL.test(namespace)) return 'its namespace is no name of a namespace';
  const isLoose = !isKubernetesGroup(group) || LOOSE.has(group) || LOOSE.has(`${group}/${kind}`);
  return (isLoose ? isPathSegment(name) : SUBDOMAIN.test(name)) ? undefined : 'its name is no name of an object';
}

/** Why what the server gave is not what it was asked for; `undefined`: it is. */
export function strangerIn(live: JsonObject, ref: ObjectRef, { isNamespaced }: { readonly isNamespaced: boolean }): string | undefined {
  const { apiVersion, kind } = live;
  const { name, namespace } = isJsonObject(live['metadata']) ? live['metadata'] : {};
  const asked = isNamespaced ? (ref.namespace ?? '') : '';
  const isSame =
    typeof apiVersion === 'string' &&
    groupOf(apiVersion) === ref.group &&
    kind === ref.kind &&
    name === ref.name &&
    (namespace ?? '') === asked;
  if (isSame) return undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '?');
  const given = titleOf({ kind: text(kind), name: text(name), ...(typeof namespace === 'string' && { namespace }) });
  return `asked for it, the server gave ${given} of "${text(apiVersion)}"`;
}
