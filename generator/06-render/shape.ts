import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Json } from '../model/json.ts';
import type { KustomizeFiles } from '../model/ports.ts';
import type { Patch } from '../model/render.ts';
import { isLate } from './binding.ts';
import { OVERLAY_FILE, overlayFile, PACKAGE_FOLDER } from './overlay.ts';
import type { Skeleton, TokenFile } from './skeleton.ts';
import { type Bound, splice, spliceText } from './splice.ts';
import type { LateValue } from './substitute.ts';
import type { Scalar } from './tokens.ts';

/** One kustomize build: a package with some of its values, and a job's patches. Equal keys give equal objects. */
export interface Shape {
  readonly key: string;
  readonly skeleton: Skeleton;
  readonly patches: readonly Patch[];
  readonly bound: Bound;
  /** Whether tokens are left for after the build. */
  readonly hasLate: boolean;
  readonly late: (token: number) => LateValue;
}

export interface ShapeRequest {
  readonly skeleton: Skeleton;
  readonly values: readonly Scalar[];
  readonly patches: readonly Patch[];
  readonly binding: 'late' | 'early';
  /** The engine's name and version. */
  readonly engine: string;
}

/** Decides for each value whether it is bound before the build, and so whether it makes the build another one. */
export function toShape({ skeleton, values, patches, binding, engine }: ShapeRequest): Shape {
  const places = skeleton.placesFor(patches);
  const early = new Map<number, { readonly value: Scalar }>();
  for (const [token, place] of places) {
    const value = values[token] ?? null;
    if (binding === 'early' || !isLate(value, place)) early.set(token, { value });
  }
  const inputs: Json = [engine, skeleton.key, [...early].map(([token, { value }]) => [token, value]), patches as unknown as Json];
  return {
    key: sha256(canonicalJson(inputs)),
    skeleton,
    patches,
    bound: (token) => early.get(token),
    hasLate: early.size < places.size,
    late: (token) => ({ value: values[token] ?? null, isTyped: places.get(token)?.style === 'plain' }),
  };
}

/** The files of a build, and the folder to build. `patches` may be fewer than the job's, to find the one at fault. */
export function shapeFiles(
  { skeleton, bound, patches }: Shape,
  overlay: { readonly patches: readonly Patch[]; readonly applied: readonly Patch[] } = { patches, applied: patches },
): KustomizeFiles {
  const isBare = overlay.patches.length === 0;
  const files = new Map<string, string>();
  for (const [name, file] of skeleton.files) {
    files.set(isBare ? name : `${PACKAGE_FOLDER}/${name}`, boundText(file, { prefix: skeleton.prefix, bound }));
  }
  if (!isBare) files.set(OVERLAY_FILE, overlayFile(overlay.patches, overlay));
  return files;
}

function boundText(file: TokenFile, { prefix, bound }: { readonly prefix: string; readonly bound: Bound }): string {
  if (file.parts) return spliceText(file.parts, { prefix, bound });
  return file.scalars ? splice(file.text, { scalars: file.scalars, prefix, bound }) : file.text;
}
