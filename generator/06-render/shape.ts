import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Json } from '../model/json.ts';
import type { KustomizeFiles } from '../model/ports.ts';
import type { Patch } from '../model/render.ts';
import { isLate, type TokenPlace } from './binding.ts';
import { OVERLAY_FILE, overlayFile, PACKAGE_FOLDER } from './overlay.ts';
import type { Skeleton, TokenFile } from './skeleton.ts';
import { type Bound, splice, spliceText } from './splice.ts';
import { type Scalar, tokenText } from './tokens.ts';

/** One kustomize build: a package with some of its values, and a job's patches. Equal keys give equal objects. */
export interface Shape {
  readonly key: string;
  readonly skeleton: Skeleton;
  readonly patches: readonly Patch[];
  readonly bound: Bound;
  /** Whether tokens are left for after the build. */
  readonly hasLate: boolean;
  /** Whether a token that stands alone takes its value's type; the same for all shapes of one key. */
  readonly isTyped: (token: number) => boolean;
  readonly values: readonly Scalar[];
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
  const early: Json[] = [];
  for (const [token, place] of places) {
    const value = values[token] ?? null;
    if (binding === 'early' || !isLate(value, place)) early.push([token, value]);
    else if (isBare(value, place)) early.push(token);
  }
  const isTyped = typedIn(places);
  const inputs: Json = [engine, skeleton.key, early, patches as unknown as Json];
  return {
    key: sha256(canonicalJson(inputs)),
    skeleton,
    patches,
    // Asked for by builds only, which most jobs share.
    bound(token) {
      const place = places.get(token);
      if (!place) throw new Error(`token ${token} has no place`);
      const value = values[token] ?? null;
      if (binding === 'early' || !isLate(value, place)) return { value };
      return { value: tokenText(skeleton.prefix, token), isBare: isBare(value, place) };
    },
    hasLate: early.filter((entry) => typeof entry !== 'number').length < places.size,
    isTyped,
    values,
  };
}

function isBare(value: Scalar, { style }: TokenPlace): boolean {
  return style === 'plain' && typeof value !== 'string';
}

/** Apart, so that whoever keeps the answer keeps nothing else of a shape. */
function typedIn(places: ReadonlyMap<number, TokenPlace>): Shape['isTyped'] {
  return (token) => places.get(token)?.style === 'plain';
}

/** The files of a build, and the folder to build. `patches` may be fewer than the job's, to find the one at fault. */
export function shapeFiles(
  { skeleton, bound, patches }: Shape,
  overlay: { readonly patches: readonly Patch[]; readonly applied: readonly Patch[] } = { patches, applied: patches },
): KustomizeFiles {
  const isBare = overlay.patches.length === 0;
  const files = new Map<string, string>();
  for (const [name, file] of skeleton.files) {
    files.set(isBare ? name : `${PACKAGE_FOLDER}/${name}`, boundText(file, bound));
  }
  if (!isBare) files.set(OVERLAY_FILE, overlayFile(overlay.patches, overlay));
  return files;
}

function boundText(file: TokenFile, bound: Bound): string {
  if (file.parts) return spliceText(file.parts, bound);
  return file.scalars ? splice(file.text, { scalars: file.scalars, bound }) : file.text;
}
