import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compileSelector, type SelectorProblem } from '../lib/selector.ts';
import type { AgentInstallation, App, ClusterSelector } from '../model/api.generated.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { JsonPath } from '../model/json.ts';
import type { Locate, Located, Source } from '../model/source.ts';
import type { Requirement } from './requirements.ts';

interface Place {
  readonly at: Locate;
  readonly path: JsonPath;
  readonly where: string;
  readonly reach: Reach;
}

/** What is wrong with the selectors of an app: those of its placement, and those of its customizations, which compose takes as checked. */
export function checkAppSelectors(
  app: Located<App>,
  { requirements, reach }: { readonly requirements: readonly Requirement[]; readonly reach: Reach },
): readonly Diagnostic[] {
  const placement = requirements.flatMap(({ selectors }) =>
    selectors.flatMap(({ name, path, selector }) => checkSelector(selector, { at: app.at, path, where: `placement.${name}`, reach })),
  );
  const customizations = (app.value.customize ?? []).flatMap(({ clusters }, index) =>
    checkSelector(clusters, { at: app.at, path: ['customize', index, 'clusters'], where: `customize[${index}].clusters`, reach }),
  );
  return [...placement, ...customizations];
}

export function checkCloudSelectors(cloud: KnownCloud): readonly Diagnostic[] {
  const reach: Reach = { kind: 'context', context: cloud.context };
  return (cloud.value.spec.clusters ?? []).flatMap((selector, index) =>
    checkSelector(selector, { at: cloud.at, path: ['spec', 'clusters', index], where: `spec.clusters[${index}]`, reach }),
  );
}

export function checkInstallationSelector({ value, at }: Located<AgentInstallation>): readonly Diagnostic[] {
  return checkSelector(value.spec.clusters, { at, path: ['spec', 'clusters'], where: 'spec.clusters', reach: RUN });
}

function checkSelector(selector: ClusterSelector, place: Place): readonly Diagnostic[] {
  return compileSelector(selector).problems.map((problem) => {
    const { at, path, where, reach } = place;
    const source = at([...path, ...problem.path]);
    switch (problem.kind) {
      case 'requirement':
        return diagnose(
          'bad-match-expression',
          { where: `${where}.matchExpressions[${String(problem.path[1])}]`, reason: problem.reason },
          { source, reach },
        );
      case 'expression': {
        const { reason, offset } = problem;
        const args = { where, reason, ...(offset !== undefined && { column: offset + 1 }) };
        return diagnose('bad-expression', args, { source: narrow(source, selector.expression ?? '', problem), reach });
      }
      default:
        return problem satisfies never;
    }
  });
}

/** The part of the expression that is wrong, where its text stands in the file as it is: plain, or in quotes without escapes. */
function narrow(source: Source, expression: string, { offset, length = 1 }: Extract<SelectorProblem, { kind: 'expression' }>): Source {
  const quotes = source.length - expression.length;
  if (offset === undefined || expression.includes('\n') || (quotes !== 0 && quotes !== 2)) return source;
  return { ...source, column: source.column + quotes / 2 + offset, length };
}
