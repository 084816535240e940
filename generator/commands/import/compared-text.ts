import { printable } from '../../lib/printable.ts';
import type { ComparedObject, Handover } from '../new/made.ts';

/** What runs beside what was made, for people: sums for each cluster, then what is not the same. */
export function comparedText(compared: readonly ComparedObject[] | undefined): string {
  if (!compared || compared.length === 0) return '';
  const clusters = [...new Set(compared.map(({ cluster }) => cluster))];
  return `\nCompared with what runs (labels and annotations of ours apart):\n${clusters
    .map((cluster) =>
      textOf(
        cluster,
        compared.filter((one) => one.cluster === cluster),
      ),
    )
    .join('')}`;
}

function textOf(cluster: string, own: readonly ComparedObject[]): string {
  const of = (state: ComparedObject['state']): readonly ComparedObject[] => own.filter((one) => one.state === state);
  const [changed, missing, added] = [of('changed'), of('missing'), of('new')];
  const lines = [
    `  ${cluster}: ${of('same').length} the same, ${changed.length} changed, ${missing.length} missing, ${added.length} new`,
    ...changed.flatMap((one) => [`    changed ${titleOf(one)}`, ...(one.fields ?? []).map((field) => `      ${field}`)]),
    ...missing.map((one) => `    missing ${titleOf(one)}`),
    ...added.map((one) => `    new ${titleOf(one)}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function titleOf({ kind, namespace, name }: ComparedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The steps of each cluster. */
export function handoverText(handover: readonly Handover[] | undefined): string {
  return (handover ?? [])
    .map(
      ({ cluster, steps }) =>
        `\nHandover of ${cluster}, in this order:\n${steps.map((step, index) => `  ${index + 1}. ${indent(step)}\n`).join('')}`,
    )
    .join('');
}

function indent(step: string): string {
  return step.split('\n').map(printable).join('\n     ');
}
