import { canonicalJson } from './canonical-json.ts';
import { parseYaml } from './yaml/parse.ts';
import { groupOf } from './kube-names.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** The one object that a reference's text holds. */
export function referenceObject(text: string): JsonObject | undefined {
  const { documents, problems } = parseYaml(text);
  const value = problems.length === 0 && documents.length === 1 ? documents[0]?.value : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** What tells one object of a cluster from another: group, kind, namespace and name. The API's version is no part of it. */
export function objectKey(object: JsonObject): string | undefined {
  const { apiVersion, kind, metadata } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isJsonObject(metadata)) return undefined;
  const { name, namespace } = metadata;
  if (typeof name !== 'string') return undefined;
  return JSON.stringify([groupOf(apiVersion), kind, typeof namespace === 'string' ? namespace : '', name]);
}

/** The revision that an object of ours carries. */
export function revisionIn(object: JsonObject): string | undefined {
  const revision = member(member(object['metadata'], 'annotations'), 'espalier.dev/revision');
  return typeof revision === 'string' ? revision : undefined;
}

export function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A copy without one of the keys. */
export function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

export function isSameJson(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
