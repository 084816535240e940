import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Patch, PatchTarget } from '../model/render.ts';
import { mergePatch } from './merge-patch.ts';
import { quoteText } from './splice.ts';

/** Where the package lies when patches lie over it. */
export const PACKAGE_FOLDER = 'package';
export const OVERLAY_FILE = 'kustomization.yaml';

const MARK = 'target.espalier.dev/';
// Kustomize reads a patch as an object and then takes the target's identity.
const NOBODY: JsonObject = { apiVersion: 'v1', kind: 'Patch', metadata: { name: 'patch' } };

/**
 * The kustomization that lays patches over a package. Behind them, a mark for each target: an annotation that tells which objects kustomize
 * itself takes to be meant, by its own rules. Merge patches go by these marks.
 */
export function overlayFile(patches: readonly Patch[], { applied }: { readonly applied: readonly Patch[] }): string {
  const own = applied.flatMap(({ target, type, patch }): Json[] => {
    if (type === 'merge') return [];
    return [{ target: targetJson(target), patch: writeJson(type === 'strategic' ? withIdentity(patch) : patch) }];
  });
  const marks = patches.map(({ target }, index): Json => {
    const metadata = { name: 'patch', annotations: { [`${MARK}${index}`]: 'true' } };
    return { target: targetJson(target), patch: writeJson({ ...NOBODY, metadata }) };
  });
  return writeJson({ resources: [PACKAGE_FOLDER], patches: [...own, ...marks] });
}

function withIdentity(patch: JsonObject): JsonObject {
  const metadata = patch['metadata'];
  return { ...NOBODY, ...patch, metadata: { name: 'patch', ...(isJsonObject(metadata) ? metadata : {}) } };
}

function targetJson(target: PatchTarget): JsonObject {
  return Object.fromEntries(Object.entries(target).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** JSON that every YAML reader takes alike. */
function writeJson(value: Json): string {
  if (typeof value === 'string') return quoteText(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(writeJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${quoteText(key)}: ${writeJson(member)}`)
    .join(',')}}`;
}

export interface Marked {
  readonly object: KubeObject;
  /** Indexes of the patches whose target it is. */
  readonly targetOf: readonly number[];
}

/** Takes the marks off again. */
export function readMarks(object: KubeObject): Marked {
  const annotations = object.metadata['annotations'];
  if (!isJsonObject(annotations)) return { object, targetOf: [] };
  const marks = Object.keys(annotations).filter((key) => key.startsWith(MARK));
  if (marks.length === 0) return { object, targetOf: [] };
  const rest = Object.entries(annotations).filter(([key]) => !key.startsWith(MARK));
  const metadata = Object.entries(object.metadata).filter(([key]) => key !== 'annotations');
  const cleaned = Object.fromEntries(rest.length === 0 ? metadata : [...metadata, ['annotations', Object.fromEntries(rest)]]);
  return {
    object: { ...object, metadata: { ...cleaned, name: object.metadata.name } },
    targetOf: marks.map((key) => Number(key.slice(MARK.length))),
  };
}

/** The job's merge patches on one object, in order. */
export function applyMerges({ object, targetOf }: Marked, patches: readonly Patch[]): Json {
  return patches.reduce<Json>(
    (result, { type, patch }, index) => (type === 'merge' && targetOf.includes(index) ? mergePatch(result, patch) : result),
    object,
  );
}
