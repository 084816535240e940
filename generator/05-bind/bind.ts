import { createListKeeper, createMemory, isClean, type Memory } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import { vendoredChart } from '../lib/vendored-chart.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Intents, TemplatePackage, VendoredChart } from '../model/intents.ts';
import { type Compose, type Instance, isChartJob } from '../model/render.ts';
import { foldDiagnostics } from './fold-diagnostics.ts';
import { tryIdle } from './try-idle.ts';

type Packages = Pick<Intents, 'templates' | 'charts'>;

/**
 * Makes an instance of each app on each cluster that it was placed on, sorted by cluster, context and app. Where composing fails there is no
 * instance; a mistake that several clusters share is reported once. A template that is not there is left out, because validation reports it.
 */
export function bind(placements: readonly Placement[], packages: Packages, compose: Compose): Outcome<readonly Instance[]> {
  return createBinder(createMemory())(placements, packages, compose);
}

/** Binds again and again; what did not change in between is the same object as before. */
export function createBinder(memory: Memory): typeof bind {
  const bound = memory.memo<string, Outcome<readonly Instance[]>>(isClean);
  const sorted = createListKeeper<Instance>();
  return (placements, { templates, charts }, compose) => {
    const outcomes = placements.flatMap((placement) => {
      const { deployment, app, clusters } = placement;
      const { source } = app.value;
      const template = source.template === undefined ? undefined : templates.get(source.template);
      if (!template && !source.chart) return [];
      const vendored = vendoredChart(source, charts);
      const inputs = [deployment.context, app, app.value, clusters, template, vendored, compose];
      return bound.get(`${deployment.context.id}/${app.value.name}`, inputs, (before) =>
        bindOne({ placement, template, vendored, compose }, before),
      );
    });
    return {
      value: sorted(
        sortBy(
          outcomes.flatMap(({ value }) => value),
          orderOf,
        ),
      ),
      diagnostics: foldDiagnostics(outcomes.flatMap(({ diagnostics }) => diagnostics)),
    };
  };
}

interface Asked {
  readonly placement: Placement;
  readonly template: TemplatePackage | undefined;
  readonly vendored: VendoredChart | undefined;
  readonly compose: Compose;
}

function bindOne({ placement, template, vendored, compose }: Asked, before?: Outcome<readonly Instance[]>): Outcome<readonly Instance[]> {
  const { deployment, app, clusters } = placement;
  const known = new Map(before?.value.map((instance) => [instance.cluster, instance]));
  const instances: Instance[] = [];
  const found: Diagnostic[] = [];
  for (const cluster of clusters) {
    const { value: job, diagnostics } = compose({ deployment, app, cluster, ...(template && { template }), ...(vendored && { vendored }) });
    found.push(...diagnostics);
    const rest = { context: deployment.context.id, app: app.value.name, owner: deployment.context, origin: app };
    if (job) instances.push(sameInstance(known.get(cluster.id), { cluster: cluster.id, ...rest, job }));
  }
  found.push(...tryIdle(clusters, { deployment, app, compose, ...(template && { template }), ...(vendored && { vendored }) }));
  return { value: instances, diagnostics: foldDiagnostics(found) };
}

/** The instance as it was, if an edit of its app changed nothing on its cluster. Equal keys are equal jobs. */
function sameInstance(known: Instance | undefined, made: Instance): Instance {
  const isSame =
    known?.job.key === made.job.key &&
    templateOf(known) === templateOf(made) &&
    known.context === made.context &&
    known.owner === made.owner &&
    known.origin === made.origin;
  return isSame ? known : made;
}

function templateOf({ job }: Instance): string | undefined {
  return isChartJob(job) ? undefined : job.template;
}

function orderOf({ cluster, context, app }: Instance): string {
  return `${cluster}\0${context}\0${app}`;
}
