import { diagnose } from '../diagnostics/diagnose.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { BuildCache, Kustomizer } from '../model/ports.ts';
import type { Source } from '../model/source.ts';
import { type BuiltForm, type FormSource, toBuiltForm } from './built-form.ts';
import { readBuilt, writeBuilt } from './built-text.ts';
import { placeOfComplaint } from './complaint-place.ts';
import { readComplaint } from './complaint.ts';
import { type Finding, sourceAt } from './finding.ts';
import { isKustomization } from './kustomization-files.ts';
import { type Marked, readMarks } from './overlay.ts';
import type { PreparedPackage } from './package.ts';
import { unmatchedPatches } from './patch-targets.ts';
import { type Shape, shapeFiles } from './shape.ts';
import { findTokens, type Substitute } from './substitute.ts';

/** A built object, and how its late values are put in; without `substitute` it has none. */
export interface BuiltObject extends Marked {
  readonly substitute?: Substitute;
}

export type Built =
  | { readonly ok: true; readonly objects: readonly BuiltObject[]; readonly form: () => BuiltForm | undefined }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export interface Building {
  readonly kustomizer: Kustomizer;
  readonly cache: BuildCache | undefined;
  readonly prepared: PreparedPackage;
}

/** Builds one shape, or takes it from the cache. Failures are not cached, and are explained at the cost of further builds. */
export async function buildShape(shape: Shape, building: Building): Promise<Built> {
  const { kustomizer, cache, prepared } = building;
  const stored = await cache?.read(shape.key);
  const remembered = stored === undefined ? undefined : readBuilt(stored);
  if (Array.isArray(remembered)) return toBuilt(remembered, shape, prepared);
  const result = await kustomizer.build(shapeFiles(shape), '.');
  // A message would speak of tokens: with late values the caller builds again with all of them.
  if (!result.ok) return { ok: false, findings: shape.hasLate ? [] : await explain(result.message, shape, building) };
  const built = toBuilt(result.objects, shape, prepared);
  if (!built.ok) return built;
  const unmatched = await unmatchedPatches(shape, { objects: built.objects, kustomizer });
  if (unmatched.length > 0) return { ok: false, findings: unmatched };
  // A Secret may be refused later, and must not lie about in a folder then.
  const text = result.objects.some(({ kind }) => kind.toLowerCase().includes('secret')) ? undefined : writeBuilt(result.objects);
  if (text !== undefined) await cache?.write(shape.key, text);
  return built;
}

function toBuilt(objects: readonly KubeObject[], shape: Shape, prepared: PreparedPackage): Built {
  const nameless = objects.filter((object) => !isNamed(object));
  if (nameless.length > 0) return { ok: false, findings: nameless.map((object) => namelessObject(object, prepared)) };
  const { prefix } = shape.skeleton;
  const built = objects.map((object) => {
    const marked = readMarks(object);
    const substitute = findTokens(marked.object, prefix);
    return { ...marked, ...(substitute && { substitute }) };
  });
  // Merge patches come after late values.
  const isMerged = built.some(({ targetOf }) => targetOf.some((index) => shape.patches[index]?.type === 'merge'));
  const source: FormSource = { objects: built.map(({ object }) => object), prefix, isTyped: shape.isTyped };
  return { ok: true, objects: built, form: once(() => (isMerged ? undefined : toBuiltForm(source))) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Whether a value is an object that agents can apply. */
export function isNamed(value: Json): value is KubeObject {
  if (!isJsonObject(value)) return false;
  const { apiVersion, kind, metadata } = value;
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return [apiVersion, kind, name].every((text) => typeof text === 'string' && text !== '');
}

export function namelessObject(object: Json, prepared: PreparedPackage): Finding {
  const kind = isJsonObject(object) ? object['kind'] : undefined;
  const args = { template: prepared.template, object: typeof kind === 'string' && kind !== '' ? `a ${kind}` : 'an object' };
  return { scope: 'render', source: rootSource(prepared), toDiagnostic: (where) => diagnose('nameless-object', args, where) };
}

function rootSource({ files, package: { manifest } }: PreparedPackage): Source {
  const root = files.find(({ name }) => isKustomization(name) && !name.includes('/'));
  return root ? sourceAt(root.file.path, { line: 1, column: 1 }) : manifest.at([]);
}

/** Whose fault it is: the package's own, or that of the first patch with which it fails. */
async function explain(message: string, shape: Shape, { kustomizer, prepared }: Building): Promise<readonly Finding[]> {
  const { patches } = shape;
  const bare = patches.length === 0 ? { ok: false as const, message } : await build([]);
  if (!bare.ok) return [packageComplaint(bare.message, prepared)];
  for (const index of patches.keys()) {
    const result = await build(patches.slice(0, index + 1));
    if (result.ok) continue;
    const { reason } = readComplaint(result.message, []);
    return [{ scope: 'patch', patch: index, toDiagnostic: (where, app) => diagnose('patch-failed', { app, reason }, where) }];
  }
  throw new Error(`kustomize failed once and then did not: ${message}`);

  function build(some: typeof patches): ReturnType<typeof kustomizer.build> {
    return kustomizer.build(shapeFiles(shape, { patches: some, applied: some }), '.');
  }
}

function packageComplaint(message: string, prepared: PreparedPackage): Finding {
  const { template, files } = prepared;
  const { reason, file } = readComplaint(
    message,
    files.map(({ name }) => name),
  );
  const named = files.find(({ name }) => name === file);
  const place = placeOfComplaint(reason, named ? [named.file] : files.filter(({ name }) => !isKustomization(name)).map((one) => one.file));
  const source = place ?? (named ? sourceAt(named.file.path, { line: 1, column: 1 }) : rootSource(prepared));
  return { scope: 'render', source, toDiagnostic: (where) => diagnose('kustomize-failed', { template, reason }, where) };
}
