import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { groupBy } from '../lib/group-by.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Draft } from './draft.ts';
import { selectorsOf } from './rules/selectors-of.ts';

const MOST_SUGGESTIONS = 100;

/** Variables of clusters that no template or chart takes and no selector's expression speaks of: once for each name, at the first cluster. */
export function unreadVariables(draft: Draft, templates: ReadonlyMap<string, TemplatePackage>): readonly Diagnostic[] {
  const charts = draft.deployments.flatMap(({ value }) =>
    value.spec.apps.flatMap(({ source }) => (source.chart?.variables ? [source.chart.variables] : [])),
  );
  const taken = [...[...templates.values()].map(({ manifest }) => manifest.value.spec.variables ?? {}), ...charts];
  const declared = new Set(taken.flatMap((variables) => Object.values(variables)));
  const clusters = sortBy(draft.clusters, ({ id }) => id);
  const unread = clusters.flatMap((cluster) =>
    Object.keys(cluster.value.spec.variables ?? {}).flatMap((name) => (declared.has(name) ? [] : [{ name, cluster }])),
  );
  if (unread.length === 0) return [];
  const words = wordsIn(selectorsOf(draft).map(({ value }) => value.expression ?? ''));
  const given = groupBy(
    unread.filter(({ name }) => !words.has(name)),
    ({ name }) => name,
  );
  return sortBy(given, ([name]) => name).map(([name, [{ cluster }, ...others]], index) => {
    const near = index < MOST_SUGGESTIONS ? nearestName(name, declared) : undefined;
    const args = { name, cluster: cluster.id, more: others.length, near };
    return diagnose('unread-variable', args, { source: cluster.at(['spec', 'variables', name], 'key'), reach: RUN });
  });
}

/** An expression may reach a variable in several ways (`variables.x`, `"x" in cluster.variables`): any mention counts. */
function wordsIn(expressions: readonly string[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((expression) => expression.match(/[A-Za-z][A-Za-z0-9_]*/g) ?? []));
}
