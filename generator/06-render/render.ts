import { canonicalJson } from '../lib/canonical-json.ts';
import { sortBy } from '../lib/order.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context } from '../model/context.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { BuildCache, Kustomizer, Progress } from '../model/ports.ts';
import type { Rendered, RenderJob, RenderKey } from '../model/render.ts';
import type { Located } from '../model/source.ts';
import type { Built } from './build.ts';
import { createRecent } from './recent.ts';
import { type PreparedPackage, preparePackage } from './package.ts';
import { renderJob, type RenderedJob, type Rendering } from './render-job.ts';
import { type Asker, type AskedJob, reportJobs, reportPackage } from './report.ts';
import { createSettled, type Settled } from './settled.ts';
import type { Skeleton } from './skeleton.ts';

/** A job, and the app that asks for it; `origin` is the app's entry in its intent. */
export interface RenderRequest {
  readonly job: RenderJob;
  readonly origin: Located<unknown>;
  readonly owner: Context;
  readonly app: string;
  /** For messages. */
  readonly cluster?: string;
}

/** Renders jobs, each once. Remembers what the last run made, for the next one of a watch: an equal job gives the very same objects. */
export interface Renderer {
  /**
   * Objects by job. A job with an error has no entry. Templates that no job uses are checked too, as far as that goes without values.
   * A job of a template that is not among `templates` is our own bug, and throws.
   */
  render(
    jobs: readonly RenderRequest[],
    templates: ReadonlyMap<string, TemplatePackage>,
  ): Promise<Outcome<ReadonlyMap<RenderKey, Rendered>>>;
}

export interface RendererOptions {
  readonly kustomizer: Kustomizer;
  readonly cache?: BuildCache;
  readonly binding: 'late' | 'early';
  readonly progress?: Progress;
}

/** Builds under way at one time: enough to keep an engine's threads busy. */
const LANES = 16;
/** Shapes of a run that are rendered in both ways. */
const SAMPLES = 3;
/** Who edits one app and then another comes back to the first. */
const SWEEPS = 16;

export function createRenderer({ kustomizer, cache, binding, progress }: RendererOptions): Renderer {
  const packages = createRecent<string, PreparedPackage>();
  const skeletons = createRecent<string, Skeleton>(SWEEPS);
  const builds = createRecent<string, Promise<Built>>(SWEEPS);
  const results = createRecent<string, Promise<RenderedJob>>();
  const memos = [packages, skeletons, builds, results];
  const settled = createSettled();
  // Shapes that were found to be the same in both ways.
  const sampled = new Set<string>();
  // Digests of packages for which late binding was seen to differ, and how.
  const distrusted = new Map<string, string>();

  const renderAs = (job: RenderJob, prepared: PreparedPackage, as: 'late' | 'early'): Promise<RenderedJob> => {
    const mode = distrusted.has(prepared.package.digest) ? 'early' : as;
    const rendering: Rendering = { kustomizer, cache, prepared, binding: mode, skeletons, builds };
    return results.get(`${mode} ${job.key}`, () => renderJob(job, rendering));
  };

  async function renderAll(asked: readonly SoundJob[]): Promise<ReadonlyMap<RenderKey, Failure>> {
    const failed = new Map<RenderKey, Failure>();
    let count = 0;
    // The engine takes a moment to start: say at once what is under way.
    if (asked.length > 0) progress?.('render', 0, asked.length);
    await inLanes(asked, async (each) => {
      const result = await renderAs(each.job, each.prepared, binding);
      if (result.ok) {
        settled.add(each.job.key, result);
        results.drop(`${binding} ${each.job.key}`);
      } else failed.set(each.job.key, result);
      count += 1;
      progress?.('render', count, asked.length);
    });
    return failed;
  }

  /** Renders some of what was bound late once more, early; a package for which that differs is not bound late again. */
  async function distrust(jobs: readonly RenderRequest[], prepared: Packages): Promise<boolean> {
    let isNew = false;
    for (const [shape, job, late] of samplesOf(jobs, settled)) {
      const source = prepared.get(job.template);
      if (sampled.has(shape) || !source) continue;
      const difference = differenceOf(late, await renderAs(job, source, 'early'));
      if (difference === undefined) {
        sampled.add(shape);
        continue;
      }
      distrusted.set(source.package.digest, difference);
      isNew = true;
    }
    return isNew;
  }

  return {
    async render(jobs, templates) {
      const prepared: Packages = new Map(
        [...templates].map(([name, source]) => [name, packages.get(packageKey(source), () => preparePackage(source))]),
      );
      const isUnsettled = ({ job }: RenderRequest): boolean => settled.get(job.key) === undefined;
      const pending = jobs.filter(isUnsettled);
      let failed = await renderAll(soundJobs(pending, prepared));
      if (binding === 'late' && (await distrust(pending, prepared))) {
        settled.clear();
        failed = await renderAll(soundJobs(jobs, prepared));
      }
      for (const memo of memos) memo.sweep();
      settled.prune(jobs);
      return {
        value: settled.of(jobs),
        diagnostics: [
          ...[...prepared.values()].flatMap((each) => reportPackage(each)),
          ...reportFailed(failed, { all: () => soundOf(jobs, prepared), settled }),
          ...[...prepared.values()].flatMap((each) => reportDistrust(each, distrusted)),
        ],
      };
    },
  };
}

type Done = readonly [AskedJob, RenderedJob];
type Failure = Extract<RenderedJob, { readonly ok: false }>;
type SoundJob = Omit<AskedJob, 'askers'>;
type Packages = ReadonlyMap<string, PreparedPackage>;

/** Jobs of packages that are not at fault as a whole. */
function soundOf(jobs: readonly RenderRequest[], prepared: Packages): readonly AskedJob[] {
  return distinct(jobs, prepared).filter((asked) => asked.prepared.findings.length === 0);
}

/** The same without who asks, which is told of those that fail only. */
function soundJobs(jobs: readonly RenderRequest[], prepared: Packages): readonly SoundJob[] {
  const byKey = new Map<RenderKey, SoundJob>();
  for (const { job } of jobs) {
    if (byKey.has(job.key)) continue;
    const source = preparedOf(job, prepared);
    if (source.findings.length === 0) byKey.set(job.key, { job, prepared: source });
  }
  return [...byKey.values()];
}

function preparedOf({ template }: RenderJob, prepared: Packages): PreparedPackage {
  const source = prepared.get(template);
  if (!source) throw new Error(`a job of template ${template}, which is not there`);
  return source;
}

interface Everything {
  readonly all: () => readonly AskedJob[];
  readonly settled: Settled;
}

/** Whose mistake it is depends on who else has it. */
function reportFailed(failed: ReadonlyMap<RenderKey, Failure>, { all, settled }: Everything): readonly Diagnostic[] {
  if (failed.size === 0) return [];
  const results = all().flatMap((asked): Done[] => {
    const result = failed.get(asked.job.key) ?? settled.get(asked.job.key);
    return result ? [[asked, result]] : [];
  });
  return reportJobs(sortBy(results, ([{ job }]) => job.key));
}

/** Two packages of one content are two, because findings name their files. */
function packageKey({ name, digest }: TemplatePackage): string {
  return `${name} ${digest}`;
}

type OpenAsker = Asker & { readonly clusters: string[] };

function distinct(jobs: readonly RenderRequest[], prepared: Packages): readonly AskedJob[] {
  const byKey = new Map<
    RenderKey,
    { readonly job: RenderJob; readonly prepared: PreparedPackage; readonly askers: Map<string, OpenAsker> }
  >();
  for (const { job, origin, owner, app, cluster } of jobs) {
    const source = preparedOf(job, prepared);
    const asked = byKey.get(job.key) ?? { job, prepared: source, askers: new Map<string, OpenAsker>() };
    byKey.set(job.key, asked);
    const key = `${owner.id} ${app}`;
    const asker = asked.askers.get(key) ?? { origin, owner, app, clusters: [] };
    asked.askers.set(key, asker);
    if (cluster !== undefined) asker.clusters.push(cluster);
  }
  return [...byKey.values()].map(({ askers, ...asked }) => ({ ...asked, askers: [...askers.values()] }));
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane));
}

type Sample = readonly [shape: string, job: RenderJob, late: RenderedJob];

/** Of the first few shapes that were bound late, the first job each. */
function samplesOf(jobs: readonly RenderRequest[], settled: Settled): readonly Sample[] {
  const byShape = new Map<string, Sample>();
  for (const { job } of jobs) {
    const result = settled.get(job.key);
    if (!result?.shape.hasLate) continue;
    const { key } = result.shape;
    const known = byShape.get(key);
    if (!known || job.key < known[1].key) byShape.set(key, [key, job, result]);
  }
  return sortBy(byShape.values(), ([shape]) => shape).slice(0, SAMPLES);
}

/** The first object that differs, in words. */
function differenceOf(late: RenderedJob, early: RenderedJob): string | undefined {
  if (!late.ok || !early.ok) return late.ok === early.ok ? undefined : 'error';
  const [a, b] = [late, early].map(({ rendered }) => rendered.objects);
  if (!a || !b) return undefined;
  const index = a.findIndex((object, position) => canonicalJson(object) !== canonicalJson(b[position] ?? null));
  if (index < 0) return a.length === b.length ? undefined : 'number of objects';
  const object = a[index];
  return object ? `${object.kind} "${object.metadata.name}"` : undefined;
}

function reportDistrust(
  { template, package: { digest, manifest } }: PreparedPackage,
  distrusted: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const object = distrusted.get(digest);
  if (object === undefined) return [];
  return [diagnose('late-binding-differs', { template, object }, { source: manifest.at([]), reach: { kind: 'template', template } })];
}
