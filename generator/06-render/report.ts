import { canonicalJson } from '../lib/canonical-json.ts';
import { compareText } from '../lib/order.ts';
import type { Context } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { Json, JsonPath } from '../model/json.ts';
import type { Patch, RenderJob } from '../model/render.ts';
import type { Located } from '../model/source.ts';
import type { Finding } from './finding.ts';
import { field, itemsOf } from './kustomization-files.ts';
import type { PreparedPackage } from './package.ts';
import type { RenderedJob } from './render-job.ts';

/** An app that a job is rendered for. */
export interface Asker {
  readonly origin: Located<unknown>;
  readonly owner: Context;
  readonly app: string;
  readonly clusters: readonly string[];
}

export interface AskedJob {
  readonly job: RenderJob;
  readonly prepared: PreparedPackage;
  readonly askers: readonly Asker[];
}

/** What is wrong with a package whatever its values. */
export function reportPackage({ template, findings }: PreparedPackage): readonly Diagnostic[] {
  return findings.flatMap((finding) =>
    finding.scope === 'patch' ? [] : [finding.toDiagnostic({ source: finding.source, reach: { kind: 'template', template } })],
  );
}

/**
 * What is wrong with jobs. A mistake in a package that every job of its template meets is the template's; one that only some meet belongs to
 * their apps, so that under isolation others go on.
 */
export function reportJobs(done: readonly (readonly [AskedJob, RenderedJob])[]): readonly Diagnostic[] {
  const jobsOf = new Map<string, number>();
  for (const [{ job }] of done) jobsOf.set(job.template, (jobsOf.get(job.template) ?? 0) + 1);
  const met = new Map<string, number>();
  for (const [{ job }, result] of done) {
    for (const text of new Set(findingsOf(result).map((finding) => sameness(finding, job)))) met.set(text, (met.get(text) ?? 0) + 1);
  }
  const clusters = clustersOf(done);
  const found = new Map<string, Diagnostic>();
  for (const [asked, result] of done) {
    for (const finding of findingsOf(result)) {
      const same = sameness(finding, asked.job);
      const isEverywhere = met.get(same) === jobsOf.get(asked.job.template);
      for (const diagnostic of reportOne(finding, asked, { isEverywhere, clusters: clusters(same) }))
        found.set(JSON.stringify(diagnostic), diagnostic);
    }
  }
  return [...found.values()];
}

/** The clusters that meet a mistake, all of them or those of one app. Sorted. */
function clustersOf(done: readonly (readonly [AskedJob, RenderedJob])[]): (same: string) => (app?: string) => readonly string[] {
  const met = new Map<string, { readonly app: string; readonly clusters: readonly string[] }[]>();
  for (const [{ job, askers }, result] of done) {
    for (const same of new Set(findingsOf(result).map((finding) => sameness(finding, job)))) {
      const all = askers.map(({ owner, app, clusters }) => ({ app: `${owner.id} ${app}`, clusters }));
      met.set(same, [...(met.get(same) ?? []), ...all]);
    }
  }
  return (same) => (app) => {
    const some = (met.get(same) ?? []).filter((one) => app === undefined || one.app === app);
    return [...new Set(some.flatMap(({ clusters }) => clusters))].sort(compareText);
  };
}

interface Meeting {
  readonly isEverywhere: boolean;
  readonly clusters: (app?: string) => readonly string[];
}

function findingsOf(result: RenderedJob): readonly Finding[] {
  return result.ok ? [] : result.findings;
}

/** One text for the same mistake at the same place. */
function sameness(finding: Finding, { template, key }: RenderJob): string {
  if (finding.scope === 'patch') return `${key} patch`;
  return JSON.stringify(finding.toDiagnostic({ source: finding.source, reach: { kind: 'template', template } }));
}

function reportOne(finding: Finding, { job, askers }: AskedJob, { isEverywhere, clusters }: Meeting): readonly Diagnostic[] {
  if (finding.scope === 'patch') {
    return askers.map(({ origin, owner, app }) => {
      const patch = job.patches[finding.patch];
      const source = origin.at(patch ? patchPath(origin, patch) : []);
      return finding.toDiagnostic({ source, reach: { kind: 'context', context: owner, app } }, app);
    });
  }
  const { source } = finding;
  if (isEverywhere) return [finding.toDiagnostic({ source, reach: { kind: 'template', template: job.template }, clusters: clusters() })];
  return askers.map(({ origin, owner, app }) => {
    const reach: Reach = { kind: 'context', context: owner, app };
    return finding.toDiagnostic({
      source,
      reach,
      clusters: clusters(`${owner.id} ${app}`),
      related: [{ message: `Rendered for app "${app}"`, source: origin.at(['name']) }],
    });
  });
}

/** Where the app's entry has the patch. Customizations may repeat one: then the first is shown. */
function patchPath({ value }: Located<unknown>, { target, type, patch }: Patch): JsonPath {
  const wanted = canonicalJson([target as Json, patch]);
  for (const [index, customization] of itemsOf(field(value as Json, 'customize')).entries()) {
    for (const [position, written] of itemsOf(field(customization, 'patches')).entries()) {
      const body = field(written, type);
      if (body === undefined || canonicalJson([field(written, 'target') ?? {}, body]) !== wanted) continue;
      return ['customize', index, 'patches', position];
    }
  }
  return [];
}
