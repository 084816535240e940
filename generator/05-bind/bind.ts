import { sortBy } from '../lib/order.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Compose, Instance } from '../model/render.ts';
import { foldDiagnostics } from './fold-diagnostics.ts';

/**
 * Makes an instance of each app on each cluster that it was placed on, sorted by cluster, context and app. Where composing fails there is no
 * instance; a mistake that several clusters share is reported once. A template that is not there is left out, because validation reports it.
 */
export function bind(
  placements: readonly Placement[],
  templates: ReadonlyMap<string, TemplatePackage>,
  compose: Compose,
): Outcome<readonly Instance[]> {
  const instances: Instance[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { deployment, app, clusters } of placements) {
    const { source } = app.value;
    const template = source.template === undefined ? undefined : templates.get(source.template);
    if (!template && !source.chart) continue;
    const found: Diagnostic[] = [];
    for (const cluster of clusters) {
      const outcome = compose({ deployment, app, cluster, ...(template && { template }) });
      found.push(...outcome.diagnostics);
      const job = outcome.value;
      if (job)
        instances.push({
          cluster: cluster.id,
          context: deployment.context.id,
          app: app.value.name,
          owner: deployment.context,
          job,
          origin: app,
        });
    }
    diagnostics.push(...foldDiagnostics(found));
  }
  return {
    value: sortBy(instances, ({ cluster, context, app }) => `${cluster}\0${context}\0${app}`),
    diagnostics: foldDiagnostics(diagnostics),
  };
}
