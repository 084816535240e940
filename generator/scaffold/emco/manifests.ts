import type { SourceFile } from '../../model/source.ts';
import { readerOf } from '../gitops/memory-reader.ts';
import { findApp } from '../import/package.ts';

export interface ManifestPackage {
  readonly files: readonly SourceFile[];
  readonly notes: readonly string[];
}

export interface ManifestRequest {
  readonly name: string;
  readonly description: string;
  readonly from: string;
}

/** A template package of plain manifests, whose texts stay as they are; a text says why there is none. */
export async function packageOf(
  manifests: ReadonlyMap<string, string>,
  { name, description, from }: ManifestRequest,
): Promise<ManifestPackage | string> {
  const found = await findApp({ folder: readerOf(manifests), from });
  if (found.problems.length > 0) return found.problems.map(({ message }) => message).join('; ');
  return { files: found.files({ name, description, values: [] }), notes: found.notes };
}
