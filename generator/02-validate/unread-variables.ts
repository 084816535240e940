import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { compareText } from '../lib/order.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCluster, TemplatePackage } from '../model/intents.ts';
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
  const given = clustersByVariable(draft.clusters);
  for (const name of declared) given.delete(name);
  if (given.size === 0) return [];
  const words = wordsIn(selectorsOf(draft).map(({ value }) => value.expression ?? ''));
  return [...given]
    .filter(([name]) => !words.has(name))
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, clusters], index) => {
      const [first] = clusters;
      if (!first) return [];
      const near = index < MOST_SUGGESTIONS ? nearestName(name, declared) : undefined;
      const args = { name, cluster: first.id, more: clusters.length - 1, near };
      return [diagnose('unread-variable', args, { source: first.at(['spec', 'variables', name], 'key'), reach: RUN })];
    });
}

function clustersByVariable(clusters: readonly KnownCluster[]): Map<string, KnownCluster[]> {
  const given = new Map<string, KnownCluster[]>();
  for (const cluster of [...clusters].sort((a, b) => compareText(a.id, b.id))) {
    for (const name of Object.keys(cluster.value.spec.variables ?? {})) {
      const known = given.get(name);
      if (known) known.push(cluster);
      else given.set(name, [cluster]);
    }
  }
  return given;
}

/** An expression may reach a variable in several ways (`variables.x`, `"x" in cluster.variables`): any mention counts. */
function wordsIn(expressions: readonly string[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((expression) => expression.match(/[A-Za-z][A-Za-z0-9_]*/g) ?? []));
}
