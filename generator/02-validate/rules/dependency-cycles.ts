import { diagnose } from '../../diagnostics/diagnose.ts';
import { sortBy } from '../../lib/order.ts';
import type { Rule } from '../draft.ts';
import { findCycles } from './find-cycles.ts';

/** Apps that wait for each other in a circle would wait for ever. */
export const dependencyCycles: Rule = ({ deployments }) =>
  deployments.flatMap(({ value, at, context }) => {
    const apps = sortBy(value.spec.apps, ({ name }) => name);
    const edges = new Map(apps.map(({ name, dependsOn = [] }) => [name, dependsOn.map(({ app }) => app).sort()]));
    return findCycles(edges).map((path) => {
      const index = value.spec.apps.findIndex(({ name }) => name === path[0]);
      const position = value.spec.apps[index]?.dependsOn?.findIndex(({ app }) => app === path[1]) ?? 0;
      const source = at(['spec', 'apps', index, 'dependsOn', position, 'app']);
      return diagnose('dependency-cycle', { path }, { source, reach: { kind: 'context', context } });
    });
  });
