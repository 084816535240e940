import { diagnose } from '../../diagnostics/diagnose.ts';
import { showAddress } from '../../lib/git-address.ts';
import { parseQuantity } from '../../lib/quantity.ts';
import type { App, Chart } from '../../model/api.generated.ts';
import type { Diagnostic, Reach } from '../../model/diagnostic.ts';
import type { KnownCloud, KnownDeployment } from '../../model/intents.ts';
import type { JsonPath } from '../../model/json.ts';
import { appReach, type Draft, type Rule } from '../draft.ts';

/** What an app that is a Helm chart may ask for, and where. */
export const charts: Rule = (draft) =>
  draft.deployments.flatMap((deployment) =>
    deployment.value.spec.apps.flatMap((app, index) => {
      const { chart, template } = app.source;
      // Two sources are a finding of their own.
      if (!chart || template !== undefined) return [];
      return checkChart({ deployment, app, chart, path: ['spec', 'apps', index] }, draft);
    }),
  );

interface ChartApp {
  readonly deployment: KnownDeployment;
  readonly app: App;
  readonly chart: Chart;
  readonly path: JsonPath;
}

function checkChart(asked: ChartApp, draft: Draft): readonly Diagnostic[] {
  const reach = appReach(asked.deployment, asked.app);
  return [
    ...checkCloud(asked, { draft, reach }),
    ...checkDigest(asked, reach),
    ...checkPatches(asked, reach),
    ...checkDemand(asked, reach),
  ];
}

/** A cloud that is not there is reported as such. */
function checkCloud(
  { deployment: { value, context, at }, app, path }: ChartApp,
  { draft, reach }: { readonly draft: Draft; readonly reach: Reach },
): readonly Diagnostic[] {
  const isMeant = (cloud: KnownCloud): boolean =>
    cloud.context.namespace === context.namespace && cloud.context.name === value.spec.logicalCloud;
  const cloud = draft.clouds.find(isMeant);
  if (!cloud || cloud.value.spec.charts === true) return [];
  const isSaid = cloud.value.spec.charts !== undefined;
  const related = [
    isSaid
      ? { message: 'The logical cloud says so', source: cloud.at(['spec', 'charts']) }
      : { message: 'The logical cloud whose spec lacks charts', source: cloud.at(['spec'], 'key') },
  ];
  const where = { source: at([...path, 'source', 'chart'], 'key'), reach, related };
  return [diagnose('charts-not-allowed', { app: app.name, cloud: cloud.context.name }, where)];
}

function checkDigest({ deployment, app, chart, path }: ChartApp, reach: Reach): readonly Diagnostic[] {
  if (chart.digest === undefined || chart.repository.startsWith('oci://')) return [];
  const source = deployment.at([...path, 'source', 'chart', 'digest'], 'key');
  return [diagnose('digest-without-oci', { app: app.name, repository: showAddress(chart.repository) }, { source, reach })];
}

function checkPatches({ deployment, app, path }: ChartApp, reach: Reach): readonly Diagnostic[] {
  return (app.customize ?? []).flatMap(({ patches = [] }, customization) =>
    patches.flatMap(({ merge }, position) => {
      if (merge === undefined) return [];
      const source = deployment.at([...path, 'customize', customization, 'patches', position, 'merge'], 'key');
      return [diagnose('merge-patch-on-chart', { app: app.name }, { source, reach })];
    }),
  );
}

function checkDemand({ deployment, app, chart, path }: ChartApp, reach: Reach): readonly Diagnostic[] {
  return Object.entries(chart.demand ?? {}).flatMap(([resource, quantity]) => {
    const amount = parseQuantity(quantity);
    if (amount !== undefined && amount >= 0n) return [];
    const source = deployment.at([...path, 'source', 'chart', 'demand', resource]);
    return [diagnose('bad-quantity', { app: app.name, resource, quantity: String(quantity) }, { source, reach })];
  });
}
