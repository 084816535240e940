import { diagnose } from '../diagnostics/diagnose.ts';
import { showPath } from '../lib/json-path.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import { type ChartJob, type Instance, isChartJob, type PrintedObject, type Rendered, type StampedInstance } from '../model/render.ts';
import { fillForm, type Filled, formOf, type StampedForm, stampedForm } from './stamp-form.ts';
import { printObject, type Stamp, stampObject } from './stamp-object.ts';
import { prepare, type PreparedObject, revisionOf } from './stamp-prepare.ts';
import { tenancyFindings } from './tenancy-findings.ts';
import { isPlaced } from './tenancy.ts';
import type { Scalar } from './tokens.ts';

/** Makes a render's objects those of one instance: namespace, labels, hashes. Refuses what does not belong into a tenant or into Git. */
export function stamp(instance: Instance, rendered: Rendered, cloud: KnownCloud): Outcome<StampedInstance> {
  if (rendered.chart) return { value: stampChart(instance, rendered.chart, cloud), diagnostics: [] };
  return stampFormed(instance, rendered, cloud) ?? stampWhole(instance, rendered, cloud);
}

/** A chart without objects of ours: its revision is that of what is asked for. */
function stampChart({ cluster, context, app, owner }: Instance, chart: ChartJob, { namespace }: KnownCloud): StampedInstance {
  const revision = revisionOf({ summary: chart.key }, namespace);
  return { instance: { cluster, context, app }, owner, objects: [], printed: [], chart, revision };
}

/** By what the instance's build has made ready. `undefined` where there is something to complain of. */
function stampFormed(instance: Instance, rendered: Rendered, cloud: KnownCloud): Outcome<StampedInstance> | undefined {
  const { cluster, context, app, owner } = instance;
  const { namespace } = cloud;
  const formed = formOf(rendered);
  const form = formed && stampedForm(formed.form, { stamp: { ...stampOf(instance), namespace }, cloud });
  if (!form) return undefined;
  const { values } = formed;
  const value: StampedInstance = {
    instance: { cluster, context, app },
    owner,
    heads: form.heads,
    get objects() {
      return stampWhole(instance, rendered, cloud).value.objects;
    },
    get printed() {
      return filled(form.objects, values).printed;
    },
    get revision() {
      return revisionOf(filled(form.objects, values), namespace);
    },
  };
  const { where } = placeOf(instance);
  const doubts = form.doubted.flatMap((object) => tenancyFindings(object, { app, cloud, where }));
  return { value, diagnostics: doubts };
}

let last: { readonly form: StampedForm['objects']; readonly values: readonly Scalar[]; readonly filled: Filled } | undefined;

/** Made when asked for, and not kept: a large fleet's hashes and texts are never all there at once. Whoever asks for one part asks for the others next. */
function filled(form: StampedForm['objects'], values: readonly Scalar[]): Filled {
  if (last?.form !== form || last.values !== values) last = { form, values, filled: fillForm(form, values) };
  return last.filled;
}

function stampOf({ context, app, owner }: Instance): Omit<Stamp, 'namespace'> {
  return { deploymentId: `${context}-${app}`, app, partOf: owner.name };
}

function stampWhole(instance: Instance, rendered: Rendered, cloud: KnownCloud): Outcome<StampedInstance> {
  const prepared = prepare(rendered);
  const report = reporter(instance, cloud);
  const diagnostics: Diagnostic[] = prepared.objects.flatMap((object) => report.object(object));
  const { namespace } = cloud;
  const by: Stamp = { ...stampOf(instance), namespace };
  const objects = prepared.objects.map(({ object, ...parts }) =>
    stampObject(object, isPlaced(object, cloud) ? { ...by, namespace: undefined } : by, parts),
  );
  const printed = objects.map((object) => printObject(object, namespace));
  diagnostics.push(...report.sameFile(objects, printed));
  if (objects.length === 0) diagnostics.push(report.nothing());
  const { cluster, context, app, owner } = instance;
  return {
    value: { instance: { cluster, context, app }, owner, objects, printed, revision: revisionOf(prepared, namespace) },
    diagnostics,
  };
}

/** What an instance's app comes from, and where that stands. */
function placeOf({ app, owner, origin, job }: Instance) {
  const isChart = isChartJob(job);
  const where = () =>
    ({ source: origin.at(['source', isChart ? 'chart' : 'template']), reach: { kind: 'context', context: owner, app } }) as const;
  return { isChart, template: isChart ? job.chart.name : job.template, where };
}

function reporter(instance: Instance, cloud: KnownCloud) {
  const { app } = instance;
  const { isChart, template, where } = placeOf(instance);
  return {
    object: ({ object, readable, faults }: PreparedObject): Diagnostic[] => {
      const { kind, metadata } = object;
      const found = faults.map((fault) => diagnose('bad-metadata', { app, kind, name: metadata.name, ...fault }, where()));
      // Whether charts are permitted is asked of the app, not of what installs them.
      if (!isChart) found.push(...tenancyFindings(object, { app, cloud, where }));
      // A chart's values are the intents' own, which validation has searched.
      if (readable && !isChart) {
        const { path, what } = readable;
        found.push(diagnose('secret-data', { app, template, kind, name: metadata.name, field: showPath(path), what }, where()));
      }
      return found;
    },
    sameFile: (objects: readonly KubeObject[], printed: readonly PrintedObject[]): Diagnostic[] => {
      const seen = new Set<string>();
      const found: Diagnostic[] = [];
      for (const [index, object] of objects.entries()) {
        const { file = '' } = printed[index] ?? {};
        if (seen.has(file)) {
          found.push(diagnose('duplicate-object', { app, kind: object.kind, name: object.metadata.name, file }, where()));
        }
        seen.add(file);
      }
      return found;
    },
    nothing: (): Diagnostic => diagnose('renders-nothing', { app, template }, where()),
  };
}
