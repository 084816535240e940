import { sortBy } from '../lib/order.ts';
import type { App } from '../model/api.generated.ts';
import type { Placement } from '../model/decision.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Intents, KnownCloud, KnownDeployment } from '../model/intents.ts';
import type { Located } from '../model/source.ts';
import { checkCloudSelectors } from './check-selectors.ts';
import { createFleet } from './fleet.ts';
import { placeApp } from './place-app.ts';

/**
 * Chooses, for every app, the clusters it runs on, and says why. Sorted by deployment and app. An app that could not be placed as it asks
 * keeps what could be chosen; a deployment whose logical cloud is unknown is left out, because validation reports it.
 */
export function place(intents: Intents): Outcome<readonly Placement[]> {
  const fleet = createFleet(intents.clusters, { isWhole: intents.lacksClusters !== true });
  const clouds = new Map(intents.clouds.map((cloud) => [cloudKey(cloud.context.namespace, cloud.context.name), cloud]));
  const outcomes = sortBy(
    requests(intents, clouds),
    ({ deployment, app }) => `${deployment.context.namespace}/${deployment.context.name}/${app.value.name}`,
  ).map((request) => placeApp(request, fleet));
  return {
    value: outcomes.map(({ value }) => value),
    diagnostics: [...intents.clouds.flatMap(checkCloudSelectors), ...outcomes.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function requests(
  { deployments }: Intents,
  clouds: ReadonlyMap<string, KnownCloud>,
): { readonly deployment: KnownDeployment; readonly app: Located<App>; readonly cloud: KnownCloud }[] {
  return deployments.flatMap((deployment) => {
    const cloud = clouds.get(cloudKey(deployment.context.namespace, deployment.value.spec.logicalCloud));
    if (!cloud) return [];
    return deployment.value.spec.apps.map((app, index) => ({ deployment, cloud, app: locateApp(deployment, { app, index }) }));
  });
}

function locateApp(deployment: KnownDeployment, { app, index }: { readonly app: App; readonly index: number }): Located<App> {
  return { value: app, at: (path, part) => deployment.at(['spec', 'apps', index, ...path], part) };
}

function cloudKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
