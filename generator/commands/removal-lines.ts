import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import { counted, listed } from '../lib/words.ts';
import type { Removal } from '../model/removal.ts';

const MOST = 20;
const MOST_REASONS = 3;

/** A line for each app that is taken away from clusters: what nobody may overlook, right above the figures. */
export function removalLines(removals: readonly Removal[], isWritten: boolean): string {
  const lines = removals.slice(0, MOST).map((removal) => `- ${isWritten ? 'removed' : 'removes'} ${describe(removal)}`);
  if (removals.length > MOST) lines.push(`- and ${counted(removals.length - MOST, 'more removal')}`);
  return lines.map((text) => `${text}\n`).join('');
}

function describe({ owner, context, app, clusters, objects, stateful, leftOn, reasons }: Removal): string {
  const name = owner ? `${owner.namespace}/${owner.name}` : `context ${context}`;
  const what = app === LOGICAL_CLOUD_APP ? `logical cloud ${name}` : `app ${app} of ${name}`;
  const data = stateful.length > 0 ? `, with ${listed(stateful)}` : '';
  const left = leftOn.length > 0 ? `; left in place on ${counted(leftOn.length, 'cluster')} (deletionPolicy Orphan)` : '';
  return `${what} from ${counted(clusters.length, 'cluster')} (${listed(clusters)}): ${counted(objects, 'object')}${data}${left}${because(reasons, clusters.length)}`;
}

/** One reason is told whole; of several, whom each is about. */
function because(reasons: Removal['reasons'], clusters: number): string {
  const [first] = reasons;
  if (!first) return '';
  if (reasons.length === 1 && first.clusters.length === clusters) return `\n    because ${first.reason}`;
  const shown = reasons.slice(0, MOST_REASONS).map(({ clusters: of, reason }) => `\n    ${listed(of)}: because ${reason}`);
  return [
    ...shown,
    ...(reasons.length > MOST_REASONS ? [`\n    and for ${counted(reasons.length - MOST_REASONS, 'more reason')}`] : []),
  ].join('');
}
