import { isSameJson, member, without } from '../../lib/reference-object.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** An Application that is deleted takes its objects along only if a finalizer says so. Source: Argo CD, docs/user-guide/app_deletion.md. */
export function leavesObjects(reference: JsonObject): boolean {
  const { metadata } = reference;
  if (!isApplication(reference) || !isJsonObject(metadata)) return false;
  const { finalizers = [] } = metadata;
  return Array.isArray(finalizers) && !finalizers.some(cascades);
}

/**
 * An Application without the finalizer, and without pruning: what leaves its folder in the commit that takes it away is not to be deleted either.
 * A project applies nothing.
 */
export function release(reference: JsonObject): JsonObject | undefined {
  const { metadata, spec } = reference;
  if (!isApplication(reference) || !isJsonObject(metadata) || !isJsonObject(spec)) return undefined;
  const { finalizers } = metadata;
  const others = Array.isArray(finalizers) ? (finalizers as readonly Json[]).filter((each) => !cascades(each)) : [];
  const released = {
    ...reference,
    metadata: { ...without(metadata, 'finalizers'), ...(others.length > 0 && { finalizers: others }) },
    spec: withoutPruning(spec),
  };
  return isSameJson(released, reference) ? reference : released;
}

function withoutPruning(spec: JsonObject): JsonObject {
  const policy = member(spec, 'syncPolicy');
  const automated = member(policy, 'automated');
  if (!isJsonObject(policy) || !isJsonObject(automated)) return spec;
  return { ...spec, syncPolicy: { ...policy, automated: without(automated, 'prune') } };
}

function isApplication({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Application' && typeof apiVersion === 'string' && apiVersion.startsWith('argoproj.io/');
}

function cascades(finalizer: unknown): boolean {
  return typeof finalizer === 'string' && CASCADES.test(finalizer);
}

/** With or without the way of deleting, and in Argo CD's earlier spelling. */
const CASCADES = /(?:^|\.)resources-finalizer\.argocd\.argoproj\.io(?:\/|$)/;
