import type { FieldStep } from '../../09-plan/compare-values.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';

/** Annotations that Espalier computes from everything else; they tell nothing that the rest does not tell. */
export const CHECKSUMS: readonly string[] = ['espalier.dev/hash', 'espalier.dev/revision'];

/** Whether a field is one of the checksums. */
export function isChecksum([metadata, annotations, key]: readonly FieldStep[]): boolean {
  return metadata === 'metadata' && annotations === 'annotations' && typeof key === 'string' && CHECKSUMS.includes(key);
}

/** The object without checksums, and without annotations where there were no others. */
export function withoutChecksums(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || !isJsonObject(metadata['annotations'])) return object;
  const { annotations, ...rest } = metadata;
  const others = Object.entries(annotations).filter(([key]) => !CHECKSUMS.includes(key));
  return { ...object, metadata: { ...rest, ...(others.length > 0 && { annotations: Object.fromEntries(others) }) } };
}
