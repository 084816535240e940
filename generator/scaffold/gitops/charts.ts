import { canonicalJson } from '../../lib/canonical-json.ts';
import { groupBy, type Some } from '../../lib/group-by.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import type { JsonObject } from '../../model/json.ts';
import type { AppWish } from './app-wish.ts';
import { selectorOf } from './clouds.ts';
import type { Release } from './model.ts';
import { endOf } from './parts.ts';
import { commonValues, restOf } from './values.ts';

/** Apps of releases: one for each name in a namespace; where clusters have different charts, one more in a deployment of its own. */
export function chartApps(releases: readonly Release[]): readonly AppWish[] {
  const groups = groupBy(releases, ({ namespace, name }) => JSON.stringify([namespace, name]));
  return sortBy(groups, ([key]) => key).flatMap(([, group]) => {
    const charts = groupBy(group, ({ chart }) => canonicalJson(chart));
    return [...charts.values()].map((own, index) => wishOf(own, { isFirst: index === 0 }));
  });
}

function wishOf(group: Some<Release>, { isFirst }: { readonly isFirst: boolean }): AppWish {
  const [first] = group;
  const clusters = group.map(({ cluster }) => cluster).sort(compareText);
  const values = commonValues(group.map((release) => release.values));
  const customize = group.flatMap((release): readonly JsonObject[] => {
    const rest = restOf(release.values, values);
    const hasValues = Object.keys(rest).length > 0;
    if (!hasValues && release.patches.length === 0) return [];
    return [
      {
        clusters: selectorOf(release.cluster),
        ...(hasValues && { values: rest }),
        ...(release.patches.length > 0 && { patches: release.patches }),
      },
    ];
  });
  return {
    namespace: first.namespace,
    deployment: isFirst ? first.namespace : `${first.namespace.slice(0, 30)}-${endOf(clusters).slice(0, 30)}`,
    name: first.name,
    clusters,
    unit: first.unit,
    names: [`unit ${first.unit}`, `release ${first.objectName}`],
    app: {
      source: { chart: first.chart },
      ...(Object.keys(values).length > 0 && { values }),
      ...(customize.length > 0 && { customize }),
    },
    dependsOn: group.flatMap(({ dependsOn, place, title }) => dependsOn.map((on) => ({ on, place, title }))),
    delivery: group.map(({ delivery }) => delivery),
    units: [],
    place: first.place,
    title: first.title,
    isChart: true,
  };
}
