import type { FieldChange } from '../../09-plan/compare-values.ts';
import { hideSecrets } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

const DATA = /^(?:data|stringdata)$/i;

/** The change without credentials: what a Secret holds is not shown, not even when it goes. */
export function hideInField({ path, before, after }: FieldChange, kind: string): FieldChange {
  const isData = isSecret(kind) && typeof path[0] === 'string' && DATA.test(path[0]);
  return {
    path,
    ...(before !== undefined && { before: isData ? veil(before, 'was') : hide(before) }),
    ...(after !== undefined && { after: isData ? veil(after, 'is') : hide(after) }),
  };
}

/** The object without credentials. */
export function hideInObject(object: KubeObject): JsonObject {
  const members = Object.entries(object).map(
    ([key, value]) => [key, isSecret(object.kind) && DATA.test(key) ? veil(value, 'is') : hide(value)] as const,
  );
  return Object.fromEntries(members);
}

/** The API server takes no other spelling, but a review may meet one. */
function isSecret(kind: string): boolean {
  return kind.toLowerCase() === 'secret';
}

function veil(value: Json, tense: 'was' | 'is'): Json {
  return isJsonObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, `(${tense} secret)`])) : `(${tense} secret)`;
}

function hide(value: Json): Json {
  if (typeof value === 'string') return hideSecrets(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(hide);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hide(member)])) : value;
}
