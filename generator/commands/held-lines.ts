import { counted, listed } from '../lib/words.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import { visible } from '../diagnostics/report/visible.ts';
import type { HeldApp } from '../model/held.ts';

const MOST = 20;

/** A line for each app that stays as committed because of an error, with the error. */
export function heldLines(held: readonly HeldApp[]): string {
  const lines = held.slice(0, MOST).map((app) => `= held ${describe(app)}`);
  if (held.length > MOST) lines.push(`= held ${held.length - MOST} more apps`);
  return lines.map((text) => `${text}\n`).join('');
}

function describe({ owner, context, app, clusters, reason }: HeldApp): string {
  const name = owner ? `${owner.namespace}/${owner.name}` : `context ${context}`;
  const what = app === LOGICAL_CLOUD_APP ? `logical cloud ${name}` : `app ${app} of ${name}`;
  return `${what} on ${counted(clusters.length, 'cluster')} (${listed(clusters)}): ${visible(reason)}`;
}
