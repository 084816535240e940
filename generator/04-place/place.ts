import { createMemory, isClean, type Memo, type Memory, sameItems } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import { vendoredChart } from '../lib/vendored-chart.ts';
import type { App } from '../model/api.generated.ts';
import type { Placement } from '../model/decision.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Intents, KnownCloud, KnownDeployment, VendoredChart } from '../model/intents.ts';
import type { Located } from '../model/source.ts';
import { checkCloudSelectors, checkInstallationSelector } from './check-selectors.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { idleCloudSelectors, idleInstallation } from './idle-selectors.ts';
import { placeApp } from './place-app.ts';

/**
 * Chooses, for every app, the clusters it runs on, and says why. Sorted by deployment and app. An app that could not be placed as it asks
 * keeps what could be chosen; a deployment whose logical cloud is unknown is left out, because validation reports it.
 */
export function place(intents: Intents): Outcome<readonly Placement[]> {
  return createPlacer(createMemory())(intents);
}

/** Places again and again; what did not change in between is the same object as before. */
export function createPlacer(memory: Memory): (intents: Intents) => Outcome<readonly Placement[]> {
  const fleets = memory.memo<'fleet', Fleet>();
  const entries = memory.memo<string, Entry>();
  const placed = memory.memo<string, Outcome<Placement>>(isClean);
  const placements = memory.memo<string, Placement>();

  function placeOne(asked: Asked, fleet: Fleet): Outcome<Placement> {
    const { deployment, cloud, key } = asked;
    const app = locateApp(entries, asked);
    const { vendored } = asked;
    const { value, diagnostics } = placed.get(key, [asked.app, deployment.context, cloud, fleet, vendored], (before) =>
      keepSame(before, placeApp({ deployment, app, cloud, vendored }, fleet)),
    );
    const { clusters, decision } = value;
    // What was placed before holds the deployment as it was before.
    const placement = placements.get(key, [deployment, app, asked.app, cloud, clusters, decision], () => ({ ...value, deployment, app }));
    return { value: placement, diagnostics };
  }

  return (intents) => {
    const { clusters } = intents;
    const isWhole = intents.lacksClusters !== true;
    const fleet = fleets.get('fleet', [clusters, isWhole], () => createFleet(clusters, { isWhole }));
    const outcomes = sortBy(askedOf(intents), ({ key }) => key).map((asked) => placeOne(asked, fleet));
    return {
      value: outcomes.map(({ value }) => value),
      diagnostics: [
        ...intents.installations.flatMap((installation) => [
          ...checkInstallationSelector(installation),
          ...idleInstallation(installation, fleet),
        ]),
        ...intents.clouds.flatMap((cloud) => [...checkCloudSelectors(cloud), ...idleCloudSelectors(cloud, fleet)]),
        ...outcomes.flatMap(({ diagnostics }) => diagnostics),
      ],
    };
  };
}

/** An edit of an app that moves it nowhere. */
function keepSame(before: Outcome<Placement> | undefined, { value, diagnostics }: Outcome<Placement>): Outcome<Placement> {
  if (!before) return { value, diagnostics };
  const { clusters, decision } = before.value;
  return {
    value: {
      ...value,
      clusters: sameItems(clusters, value.clusters) ? clusters : value.clusters,
      decision: JSON.stringify(decision) === JSON.stringify(value.decision) ? decision : value.decision,
    },
    diagnostics,
  };
}

interface Asked {
  /** `<namespace>/<deployment>/<app>` */
  readonly key: string;
  readonly deployment: KnownDeployment;
  readonly cloud: KnownCloud;
  readonly app: App;
  readonly index: number;
  readonly vendored: VendoredChart | undefined;
}

function askedOf({ clouds, deployments, charts }: Intents): readonly Asked[] {
  const known = new Map(clouds.map((cloud) => [cloudKey(cloud.context.namespace, cloud.context.name), cloud]));
  return deployments.flatMap((deployment) => {
    const { namespace, name } = deployment.context;
    const cloud = known.get(cloudKey(namespace, deployment.value.spec.logicalCloud));
    if (!cloud) return [];
    return deployment.value.spec.apps.map((app, index) => {
      const vendored = vendoredChart(app.source, charts);
      return { key: `${namespace}/${name}/${app.name}`, deployment, cloud, app, index, vendored };
    });
  });
}

/** An app's entry as it is now. */
interface Entry {
  readonly located: Located<App>;
  app: App;
  deployment: KnownDeployment;
  index: number;
}

/** Stays the same object when the app changes and when its entry moves: what it says is what is written now. */
function locateApp(entries: Memo<string, Entry>, { key, deployment, app, index }: Asked): Located<App> {
  const entry = entries.get(key, [], () => {
    const made: Entry = {
      located: {
        get value() {
          return made.app;
        },
        at: (path, part) => made.deployment.at(['spec', 'apps', made.index, ...path], part),
      },
      app,
      deployment,
      index,
    };
    return made;
  });
  entry.app = app;
  entry.deployment = deployment;
  entry.index = index;
  return entry.located;
}

function cloudKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
