import { createListKeeper, createMemory, isClean, type Memory } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Compose, Instance } from '../model/render.ts';
import { foldDiagnostics } from './fold-diagnostics.ts';
import { tryIdle } from './try-idle.ts';

/**
 * Makes an instance of each app on each cluster that it was placed on, sorted by cluster, context and app. Where composing fails there is no
 * instance; a mistake that several clusters share is reported once. A template that is not there is left out, because validation reports it.
 */
export function bind(
  placements: readonly Placement[],
  templates: ReadonlyMap<string, TemplatePackage>,
  compose: Compose,
): Outcome<readonly Instance[]> {
  return createBinder(createMemory())(placements, templates, compose);
}

/** Binds again and again; what did not change in between is the same object as before. */
export function createBinder(memory: Memory): typeof bind {
  const bound = memory.memo<string, Outcome<readonly Instance[]>>(isClean);
  const sorted = createListKeeper<Instance>();
  return (placements, templates, compose) => {
    const outcomes = placements.flatMap((placement) => {
      const { deployment, app, clusters } = placement;
      const { source } = app.value;
      const template = source.template === undefined ? undefined : templates.get(source.template);
      if (!template && !source.chart) return [];
      const inputs = [deployment.context, app, clusters, template, compose];
      return bound.get(`${deployment.context.id}/${app.value.name}`, inputs, () => bindOne({ placement, template, compose }));
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
  readonly compose: Compose;
}

function bindOne({ placement, template, compose }: Asked): Outcome<readonly Instance[]> {
  const { deployment, app, clusters } = placement;
  const instances: Instance[] = [];
  const found: Diagnostic[] = [];
  for (const cluster of clusters) {
    const { value: job, diagnostics } = compose({ deployment, app, cluster, ...(template && { template }) });
    found.push(...diagnostics);
    const rest = { context: deployment.context.id, app: app.value.name, owner: deployment.context, origin: app };
    if (job) instances.push({ cluster: cluster.id, ...rest, job });
  }
  found.push(...tryIdle(clusters, { deployment, app, compose, ...(template && { template }) }));
  return { value: instances, diagnostics: foldDiagnostics(found) };
}

function orderOf({ cluster, context, app }: Instance): string {
  return `${cluster}\0${context}\0${app}`;
}
