import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compileSelector, describeSelector } from '../lib/selector.ts';
import type { AgentInstallation, App, ClusterSelector } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { KnownCloud, KnownCluster } from '../model/intents.ts';
import type { Located } from '../model/source.ts';
import { cloudMembers } from './cloud-members.ts';
import type { Fleet } from './fleet.ts';
import { isMistaken } from './is-mistaken.ts';
import { nearMiss } from './near-miss.ts';
import type { Requirement } from './requirements.ts';

/** Whether the selector asks for what no cluster of the fleet has, and is not reported for a mistake of its own. */
function isIdle(selector: ClusterSelector, fleet: Fleet): boolean {
  return fleet.isWhole && !isMistaken(selector, fleet.clusters) && fleet.matching(selector).length === 0;
}

/** Whether a logical cloud's selectors match no cluster at all. */
export function spansNothing({ value: { spec } }: KnownCloud, fleet: Fleet): boolean {
  return spec.clusters !== undefined && spec.clusters.every((selector) => isIdle(selector, fleet));
}

/** Selectors of a logical cloud that match no cluster: one among others is a warning, all of them an error. */
export function idleCloudSelectors(cloud: KnownCloud, fleet: Fleet): readonly Diagnostic[] {
  const reach: Reach = { kind: 'context', context: cloud.context };
  const selectors = cloud.value.spec.clusters ?? [];
  if (selectors.length > 0 && spansNothing(cloud, fleet)) {
    const hints = selectors.flatMap((selector) => nearMiss(selector, fleet.clusters) ?? []);
    const args = { cloud: cloud.context.name, sentences: selectors.map(describeSelector), near: hints[0] };
    return [diagnose('cloud-spans-nothing', args, { source: cloud.at(['spec', 'clusters'], 'key'), reach })];
  }
  return selectors.flatMap((selector, index) => {
    if (!isIdle(selector, fleet)) return [];
    const args = { where: `spec.clusters[${index}]`, sentence: describeSelector(selector), near: nearMiss(selector, fleet.clusters) };
    return [diagnose('idle-selector', args, { source: cloud.at(['spec', 'clusters', index]), reach })];
  });
}

/** An agent installation that is for no cluster. */
export function idleInstallation({ value, at }: Located<AgentInstallation>, fleet: Fleet): readonly Diagnostic[] {
  const selector = value.spec.clusters;
  if (!isIdle(selector, fleet)) return [];
  const args = { where: 'spec.clusters', sentence: describeSelector(selector), near: nearMiss(selector, fleet.clusters) };
  return [diagnose('idle-selector', args, { source: at(['spec', 'clusters']), reach: RUN })];
}

/** What to tell an app that its cloud keeps from all clusters, if the cloud has selectors of no effect: they may be why. */
export function idleCloudHint({ value: { spec }, context }: KnownCloud, fleet: Fleet): string | undefined {
  const idle = (spec.clusters ?? []).filter((selector) => isIdle(selector, fleet));
  if (idle.length === 0) return undefined;
  const near = idle.map((selector) => nearMiss(selector, fleet.clusters)).find((hint) => hint !== undefined);
  if (near === undefined) return `Look at logical cloud "${context.name}": one of its selectors matches no cluster`;
  return `${near.replace(/\?$/, '')}, in logical cloud "${context.name}"?`;
}

interface Placed {
  readonly fleet: Fleet;
  readonly reach: Reach;
  readonly cloud: KnownCloud;
  /** Those whose list yielded clusters. */
  readonly requirements: readonly Requirement[];
  readonly clusters: readonly KnownCluster[];
  /** Whether all that the placement asks for was found: otherwise the app's clusters are not what they should be. */
  readonly isPlaced: boolean;
}

/** Selectors of an app that come to nothing although the app could be placed: one of an `anyOf` list, and those of customizations. */
export function idleAppSelectors(
  app: Located<App>,
  { fleet, reach, cloud, requirements, clusters, isPlaced }: Placed,
): readonly Diagnostic[] {
  const inLists = requirements.flatMap(({ selectors }) =>
    selectors.flatMap(({ name, path, selector }) => {
      if (!isIdle(selector, fleet)) return [];
      const args = { where: `placement.${name}`, sentence: describeSelector(selector), near: nearMiss(selector, fleet.clusters) };
      return [diagnose('idle-selector', args, { source: app.at(path), reach })];
    }),
  );
  if (!isPlaced || clusters.length === 0 || !fleet.isWhole) return inLists;
  // A selector that was told may be why the app is not where a customization looks for it.
  const members = cloudMembers(cloud, fleet);
  const isCloudIdle = (cloud.value.spec.clusters ?? []).some((selector) => isIdle(selector, fleet));
  const isFollowing = (id: ClusterId): boolean => inLists.length > 0 || (isCloudIdle && members !== 'all' && !members.has(id));
  const customizations = (app.value.customize ?? []).flatMap(({ clusters: selector }, index) => {
    const { matches } = compileSelector(selector);
    if (isMistaken(selector, fleet.clusters) || clusters.some((cluster) => matches(cluster))) return [];
    const elsewhere = fleet.matching(selector).map(({ id }) => id);
    if (elsewhere.some(isFollowing)) return [];
    const args = {
      app: app.value.name,
      index,
      sentence: describeSelector(selector),
      elsewhere,
      near: nearMiss(selector, fleet.clusters),
    };
    return [diagnose('idle-customization', args, { source: app.at(['customize', index, 'clusters']), reach })];
  });
  return [...inLists, ...customizations];
}
