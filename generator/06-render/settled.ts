import type { Rendered, RenderJob, RenderKey } from '../model/render.ts';
import type { RenderedJob } from './render-job.ts';

export type Success = Extract<RenderedJob, { readonly ok: true }>;

/** Jobs that were rendered, in this run or an earlier one. */
export interface Settled {
  get(key: RenderKey): Success | undefined;
  add(key: RenderKey, result: Success): void;
  /** The objects of those of the jobs that are among them. */
  of(jobs: readonly Asked[]): ReadonlyMap<RenderKey, Rendered>;
  /** Forgets what none of the jobs is about, once that is much. */
  prune(jobs: readonly Asked[]): void;
  clear(): void;
}

interface Asked {
  readonly job: RenderJob;
}

const SPARE = 1000;

export function createSettled(): Settled {
  const results = new Map<RenderKey, Success>();
  return {
    get: (key) => results.get(key),
    add(key, result) {
      results.set(key, result);
    },
    of(jobs) {
      const rendered = new Map<RenderKey, Rendered>();
      for (const { job } of jobs) {
        const result = results.get(job.key);
        if (result) rendered.set(job.key, result.rendered);
      }
      return rendered;
    },
    prune(jobs) {
      if (results.size <= 2 * jobs.length + SPARE) return;
      const wanted = new Set(jobs.map(({ job }) => job.key));
      for (const key of results.keys()) if (!wanted.has(key)) results.delete(key);
    },
    clear: () => results.clear(),
  };
}
