import type { ClusterSelector } from '../../model/api.generated.ts';
import { RUN } from '../../diagnostics/diagnose.ts';
import type { Reach } from '../../model/diagnostic.ts';
import type { JsonPath } from '../../model/json.ts';
import type { Located } from '../../model/source.ts';
import { appReach, type Draft } from '../draft.ts';

/** A selector, where it stands, and what a mistake in it holds back. */
export interface PlacedSelector extends Located<ClusterSelector> {
  readonly reach: Reach;
}

/** Every cluster selector: of placements, customizations, logical clouds and agent installations. */
export function selectorsOf({ deployments, clouds, installations }: Draft): readonly PlacedSelector[] {
  const found: PlacedSelector[] = [];
  for (const deployment of deployments) {
    for (const [index, app] of deployment.value.spec.apps.entries()) {
      const reach = appReach(deployment, app);
      const add = (value: ClusterSelector, path: JsonPath): void => {
        found.push({ value, reach, at: (rest, part) => deployment.at(['spec', 'apps', index, ...path, ...rest], part) });
      };
      for (const [position, item] of (app.placement.allOf ?? []).entries()) {
        const path = ['placement', 'allOf', position];
        if ('anyOf' in item) item.anyOf.forEach((selector, inner) => add(selector, [...path, 'anyOf', inner]));
        else add(item, path);
      }
      app.placement.anyOf?.forEach((selector, position) => add(selector, ['placement', 'anyOf', position]));
      app.customize?.forEach(({ clusters }, position) => add(clusters, ['customize', position, 'clusters']));
    }
  }
  for (const { value: cloud, at, context } of clouds) {
    const reach: Reach = { kind: 'context', context };
    cloud.spec.clusters?.forEach((value, index) =>
      found.push({ value, reach, at: (rest, part) => at(['spec', 'clusters', index, ...rest], part) }),
    );
  }
  for (const { value, at } of installations)
    found.push({ value: value.spec.clusters, reach: RUN, at: (rest, part) => at(['spec', 'clusters', ...rest], part) });
  return found;
}
