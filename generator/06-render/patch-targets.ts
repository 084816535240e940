import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { compareText } from '../lib/order.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Kustomizer } from '../model/ports.ts';
import type { PatchTarget } from '../model/render.ts';
import type { Finding } from './finding.ts';
import { type Marked, readMarks } from './overlay.ts';
import { type Shape, shapeFiles } from './shape.ts';

/**
 * Patches that meant no object. Marks are laid behind the patches, so a target that they do not show may have been deleted or relabelled by
 * the patches themselves: then the marks are laid over the bare package.
 */
export async function unmatchedPatches(
  shape: Shape,
  { objects, kustomizer }: { readonly objects: readonly Marked[]; readonly kustomizer: Kustomizer },
): Promise<readonly Finding[]> {
  const missing = missingIn(shape, objects);
  if (missing.length === 0) return [];
  const bare = await kustomizer.build(shapeFiles(shape, { patches: shape.patches, applied: [] }), '.');
  if (!bare.ok) throw new Error(`marks alone cannot be laid: ${bare.message}`);
  const before = bare.objects.map(readMarks);
  const unmatched = missingIn(shape, before).filter((index) => missing.includes(index));
  return unmatched.map((index) => matchesNothing(index, { target: shape.patches[index]?.target ?? {}, objects: before }));
}

function missingIn({ patches }: Shape, objects: readonly Marked[]): readonly number[] {
  const found = new Set(objects.flatMap(({ targetOf }) => targetOf));
  return [...patches.keys()].filter((index) => !found.has(index));
}

function matchesNothing(
  patch: number,
  { target, objects }: { readonly target: PatchTarget; readonly objects: readonly Marked[] },
): Finding {
  const all = objects.map(({ object }) => object);
  const near = nearestObject(target, all);
  const args = {
    target: describeTarget(target),
    objects: all.map(describeObject).sort(compareText),
    ...(near && { near: describeObject(near) }),
  };
  return { scope: 'patch', patch, toDiagnostic: (where, app) => diagnose('patch-matches-nothing', { app, ...args }, where) };
}

function describeTarget(target: PatchTarget): string {
  const parts = Object.entries(target)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key} "${String(value)}"`);
  return parts.length === 0 ? 'an empty target' : parts.join(', ');
}

function describeObject({ kind, metadata: { name } }: KubeObject): string {
  return `${kind} "${name}"`;
}

function nearestObject({ kind, name }: PatchTarget, objects: readonly KubeObject[]): KubeObject | undefined {
  const ofKind = objects.filter((object) => object.kind === kind);
  const named = objects.filter((object) => object.metadata.name === name);
  if (name !== undefined && ofKind.length > 0) {
    const near = nearestName(
      name,
      ofKind.map((object) => object.metadata.name),
    );
    return ofKind.find((object) => object.metadata.name === near) ?? (ofKind.length === 1 ? ofKind[0] : undefined);
  }
  const candidates = named.length > 0 ? named : objects;
  const near = nearestName(
    kind ?? '',
    candidates.map((object) => object.kind),
  );
  return candidates.find((object) => object.kind === near) ?? named[0];
}
