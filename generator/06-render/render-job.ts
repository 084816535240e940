import { diagnose } from '../diagnostics/diagnose.ts';
import { sha256 } from '../lib/hash.ts';
import { sortBy } from '../lib/order.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Rendered, RenderJob } from '../model/render.ts';
import { fits } from './built-form.ts';
import { type Building, type Built, buildShape, isNamed, namelessObject } from './build.ts';
import { type Finding, lazySource, sourceAt, sourceAtOffset } from './finding.ts';
import { checkKustomizations, type ReadKustomization, withValues } from './kustomization-check.ts';
import { readKustomization } from './kustomization-files.ts';
import type { Recent } from './recent.ts';
import { applyMerges } from './overlay.ts';
import type { PreparedPackage } from './package.ts';
import { type Shape, toShape } from './shape.ts';
import { noteForm } from './stamp-form.ts';
import { toScalars } from './scalars.ts';
import { type Skeleton, toSkeleton } from './skeleton.ts';
import type { LateValue } from './substitute.ts';
import type { Emission } from './tokenise.ts';
import { choosePrefix, mentions, type Scalar, scalarText, splitTokens } from './tokens.ts';

export interface Rendering extends Building {
  readonly binding: 'late' | 'early';
  readonly skeletons: Recent<string, Skeleton>;
  readonly builds: Recent<string, Promise<Built>>;
}

export type RenderedJob =
  | { readonly ok: true; readonly rendered: Rendered; readonly shape: Pick<Shape, 'key' | 'hasLate'> }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Renders one job: templates to tokenised text, text to a shape, the shape through kustomize, values into its objects, merge patches. */
export async function renderJob(job: RenderJob, rendering: Rendering): Promise<RenderedJob> {
  const run = runTemplates(job, rendering.prepared);
  if (run.findings.length > 0) return { ok: false, findings: run.findings };
  const skeleton = skeletonOf(run, job, rendering);
  if (skeleton.findings.length > 0) return { ok: false, findings: skeleton.findings };
  const attempt = async (binding: 'late' | 'early'): Promise<RenderedJob> => {
    const shape = toShape({ skeleton, values: run.values, patches: job.patches, binding, engine: rendering.kustomizer.version });
    const built = await rendering.builds.get(shape.key, () => checkedBuild(shape, run, rendering));
    // What kustomize refuses with tokens it refuses with values too, or there is nothing to refuse.
    if (!built.ok && shape.hasLate) return attempt('early');
    if (!built.ok) return built;
    // What a job leaves behind is kept for each of them: its values, and nothing of how they were found.
    const { key, hasLate, values, isTyped } = shape;
    return bindValues(job, { built, shape: { key, hasLate }, values, isTyped, prepared: rendering.prepared });
  };
  return attempt(rendering.binding);
}

interface TemplateRun {
  readonly prefix: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly emissions: readonly Emission[];
  readonly values: readonly Scalar[];
  /** The first token of each file. */
  readonly firstTokens: ReadonlyMap<string, number>;
  readonly job: RenderJob;
  readonly findings: readonly Finding[];
  /** Of the texts and the prefix. */
  readonly key: string;
}

/** Runs of packages whose texts are the same for all values, by prefix: only values are to be found for the next job. */
const plainRuns = new WeakMap<PreparedPackage, Map<string, TemplateRun>>();

function runTemplates(job: RenderJob, prepared: PreparedPackage): TemplateRun {
  const patches = job.patches as unknown as Json;
  const prefix = choosePrefix((text) => occursIn(prepared.files, text) || mentions(job.values, text) || mentions(patches, text));
  const known = plainRuns.get(prepared)?.get(prefix);
  const values = known && scalarsIn(job, prepared);
  if (values) return { ...known, values, job };
  const run = runAll(job, { prepared, prefix });
  const isPlain = prepared.files.every(({ template }) => !template || template.valuesIn !== undefined);
  if (isPlain && run.findings.length === 0) plainRuns.set(prepared, new Map([...(plainRuns.get(prepared) ?? []), [prefix, run]]));
  return run;
}

/** `undefined` where one is missing or no scalar. */
function scalarsIn({ values }: RenderJob, { files }: PreparedPackage): readonly Scalar[] | undefined {
  const scalars: Scalar[] = [];
  for (const { template } of files) {
    for (const value of template?.valuesIn?.(values) ?? []) {
      if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
      scalars.push(value);
    }
  }
  return scalars;
}

function runAll(job: RenderJob, { prepared, prefix }: { readonly prepared: PreparedPackage; readonly prefix: string }): TemplateRun {
  const { files } = prepared;
  const emissions: Emission[] = [];
  const texts = new Map<string, string>();
  const firstTokens = new Map<string, number>();
  for (const { name, file, template } of files) {
    firstTokens.set(name, emissions.length);
    texts.set(name, template ? template.render(job.values, { prefix, emissions }) : file.text);
  }
  const { values, findings } = toScalars(emissions, prepared.package);
  const text = [...texts.values()].map((part) => `${part.length}:${part}`).join('');
  const key = sha256(`${prepared.package.digest} ${prefix} ${text}`);
  return { prefix, texts, emissions, values, firstTokens, job, findings, key };
}

const occurrences = new WeakMap<PreparedPackage['files'], Map<string, boolean>>();

/** Whether a text stands in a package's files, escapes included. Asked by every job, so that it is remembered. */
function occursIn(files: PreparedPackage['files'], text: string): boolean {
  const known = occurrences.get(files) ?? new Map<string, boolean>();
  occurrences.set(files, known);
  const answer = known.get(text) ?? files.some(({ file }) => file.text.includes(text) || unescaped(file.text).includes(text));
  known.set(text, answer);
  return answer;
}

/** A text with the escapes undone that YAML's quoted scalars could hide a token's letters in. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const code = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/gi;
  return text.replace(/\\\r?\n[ \t]*/g, '').replace(code, (all, ...digits: (string | undefined)[]) => {
    const point = Number.parseInt(digits.slice(0, 3).find((part) => part !== undefined) ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}

function skeletonOf(run: TemplateRun, job: RenderJob, { prepared, skeletons }: Rendering): Skeleton {
  const { prefix, texts, emissions, key } = run;
  return skeletons.get(key, () =>
    toSkeleton({
      template: job.template,
      texts,
      prefix,
      emissions,
      trace: (name, offset) => tracer(name, run, prepared)(offset),
    }),
  );
}

/** Where a character of a file was written. */
function tracer(
  name: string,
  { job, prefix, firstTokens }: TemplateRun,
  { files }: PreparedPackage,
): (offset: number) => ReturnType<typeof sourceAt> {
  const found = files.find((file) => file.name === name);
  if (!found) throw new Error(`no file gives ${name}`);
  if (!found.template) return (offset) => sourceAtOffset(found.file, offset);
  return found.template.trace(job.values, { prefix, first: firstTokens.get(name) ?? 0 });
}

async function checkedBuild(shape: Shape, run: TemplateRun, rendering: Rendering): Promise<Built> {
  const { prepared } = rendering;
  const findings = checkKustomizations({
    template: prepared.template,
    names: new Set(shape.skeleton.files.keys()),
    manifest: prepared.package.manifest.at([]),
    read: (name) => readFor(name, { run, prepared }),
  });
  return findings.length > 0 ? { ok: false, findings } : buildShape(shape, rendering);
}

/** A kustomization with all its values, placed where its parts were written. */
function readFor(name: string, { run, prepared }: { readonly run: TemplateRun; readonly prepared: PreparedPackage }): ReadKustomization {
  const text = run.texts.get(name) ?? '';
  const file = prepared.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`no file gives ${name}`);
  const read = readKustomization(text);
  const document = read?.document ?? parseYaml(text).documents[0];
  const value = read && withValues(read.value, (part) => valueOf(part, run));
  return {
    value: isJsonObject(value) ? value : undefined,
    at: (path, part = 'value') =>
      lazySource(() => {
        const place = document?.locate(path, part) ?? { line: 1, column: 1, length: 1 };
        if (!file.template) return sourceAt(file.file.path, place);
        const before = text.split('\n').slice(0, place.line - 1);
        const offset = before.reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
        return tracer(name, run, prepared)(offset);
      }),
  };
}

function valueOf(text: string, { prefix, values }: TemplateRun): string {
  return splitTokens(text, prefix)
    .map((part) => (typeof part === 'string' ? part : scalarText(values[part] ?? null)))
    .join('');
}

interface Binding {
  readonly built: Extract<Built, { ok: true }>;
  readonly shape: Pick<Shape, 'key' | 'hasLate'>;
  readonly values: readonly Scalar[];
  readonly isTyped: Shape['isTyped'];
  readonly prepared: PreparedPackage;
}

function bindValues(job: RenderJob, binding: Binding): RenderedJob {
  const { built, shape, values } = binding;
  const form = built.form();
  if (!form || !fits(form, values)) return bindWhole(job, binding);
  let whole: readonly KubeObject[] | undefined;
  const rendered: Rendered = {
    key: job.key,
    get objects() {
      return (whole ??= objectsOf(bindWhole(job, binding)));
    },
  };
  noteForm(rendered, { form, values });
  return { ok: true, rendered, shape };
}

function objectsOf(result: RenderedJob): readonly KubeObject[] {
  if (!result.ok) throw new Error('objects that have a form cannot be bound');
  return result.rendered.objects;
}

function bindWhole(job: RenderJob, { built, shape, values, isTyped, prepared }: Binding): RenderedJob {
  const late = (token: number): LateValue => ({ value: values[token] ?? null, isTyped: isTyped(token) });
  const objects: KubeObject[] = [];
  const findings: Finding[] = [];
  for (const { object, substitute, targetOf } of built.objects) {
    const whole = substitute ? substitute(late) : object;
    const patched = targetOf.length === 0 ? whole : applyMerges({ object: whole as KubeObject, targetOf }, job.patches);
    if (isNamed(patched) && isNamed(whole) && identity(patched) !== identity(whole)) findings.push(changedIdentity(job, targetOf));
    else if (isNamed(patched)) objects.push(patched);
    else findings.push(namelessObject(patched, prepared));
  }
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, rendered: { key: job.key, objects: sortBy(objects, identity) }, shape };
}

/** Merge patches come after kustomize: one that makes another object of its target would escape what kustomize and the stamp check. */
function changedIdentity(job: RenderJob, targetOf: readonly number[]): Finding {
  const patch = targetOf.find((index) => job.patches[index]?.type === 'merge') ?? 0;
  const reason = 'a merge patch may not change apiVersion, kind, name or namespace';
  return { scope: 'patch', patch, toDiagnostic: (where, app) => diagnose('patch-failed', { app, reason }, where) };
}

function identity({ apiVersion, kind, metadata }: KubeObject): string {
  const namespace = metadata['namespace'];
  return [apiVersion, kind, typeof namespace === 'string' ? namespace : '', metadata.name].join('\0');
}
