import { diagnose } from '../../diagnostics/diagnose.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ChartRelease } from '../../model/provider.ts';
import type { ChartJob } from '../../model/render.ts';

/** A chart as the source of an Application: Argo CD renders it with Helm and applies what comes out. */
export function chartSource({ chart, values }: ChartJob, app: string): JsonObject {
  return {
    // Argo CD knows a registry by the missing scheme.
    repoURL: chart.repository.replace(/^oci:\/\//, '').replace(/\/+$/, ''),
    chart: chart.name,
    targetRevision: chart.version,
    helm: {
      releaseName: app,
      // A tenant may not write resource definitions.
      skipCrds: true,
      // As text: an object would lose a null, which takes a default of the chart away.
      ...(Object.keys(values).length > 0 && { values: printYaml(values) }),
    },
  };
}

/** The chart is its Application's source, so that there are no objects; what a source cannot say is an error. */
export function chartObjects({ cluster, instance, job: { chart, patches }, asked }: ChartRelease): Outcome<'in-reference'> {
  const unfit = [
    chart.valuesFrom !== undefined && 'valuesFrom',
    chart.digest !== undefined && 'digest',
    patches.length > 0 && 'customize.patches',
  ].filter((field) => typeof field === 'string');
  const related = [{ message: `Cluster "${cluster.id}" has Argo CD`, source: cluster.at(['spec', 'gitOps', 'gitOpsType']) }];
  const where = { ...asked, related };
  const diagnostics: Diagnostic[] = unfit.map((field) => diagnose('argocd-chart-field', { app: instance.app, field }, where));
  if (chart.secretRef) diagnostics.push(diagnose('argocd-chart-login', { app: instance.app, secret: chart.secretRef.name }, where));
  return { value: 'in-reference', diagnostics };
}
