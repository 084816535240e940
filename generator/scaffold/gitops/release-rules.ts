import type { JsonObject } from '../../model/json.ts';
import { holdsSecret, withoutCredentials } from '../emco/values.ts';
import type { Surroundings } from './model.ts';
import { isNamespace } from './sort-out.ts';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VERSION = /^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

interface Asked {
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;
}

/** Why a release cannot be an app; `undefined`: it can. */
export function reasonAgainstRelease({ name, namespace, values }: Asked, { isReserved }: Surroundings): string | undefined {
  if (!isNamespace(namespace) || isReserved(namespace)) return `no logical cloud may have the namespace "${namespace}"`;
  if (!NAME.test(name) || name.length > 43)
    return `its release is called "${name}", and an app has at most 43 lower-case letters, digits and "-"`;
  const { hidden } = withoutCredentials(values);
  if (hidden.length > 0 || holdsSecret(values))
    return `its values hold what looks like a credential (${hidden.join(', ')}): put it into a Secret that the chart reads`;
  return undefined;
}

/** Why a version cannot stand in an intent. */
export function reasonAgainstVersion(version: string): string | undefined {
  if (VERSION.test(version)) return undefined;
  return `its version "${version}" is not exact, and what runs is what Git says here: write the one that runs (helm list --all-namespaces shows it), and import again`;
}
