import { type Nano, parseQuantity } from '../../lib/quantity.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { textOf } from './members.ts';
import type { EmcoDocument } from './model.ts';

interface Amount {
  readonly text: string;
  readonly amount: Nano;
  readonly quota: EmcoDocument;
}

/**
 * A cloud's quotas as one. EMCO's have no scopes, so that a namespace with several ResourceQuotas admits what fits the least of each resource: one that
 * says the least of each admits the same.
 */
export function quotaOf({ scope, name }: EmcoDocument, path: string, { shelf, report }: Import): JsonObject | undefined {
  const amounts = new Map<string, Amount[]>();
  for (const quota of shelf.in('quota', [...scope, name])) {
    for (const [resource, value] of Object.entries(quota.spec)) {
      const text = textOf(value) ?? '';
      const amount = parseQuantity(text);
      if (amount === undefined || amount < 0n) report.leftPart(quota, { what: `"${resource}"`, reason: 'it is no amount' });
      else amounts.set(resource, [...(amounts.get(resource) ?? []), { text, amount, quota }]);
    }
    report.carried(quota, path);
  }
  const hard = [...amounts].map(([resource, all]) => {
    const least = all.reduce((a, b) => (b.amount < a.amount ? b : a));
    for (const { quota, amount } of all)
      if (amount !== least.amount)
        report.changed(
          quota,
          `"${resource}" is ${least.text}, as quota "${least.quota.name}" has it: of several quotas of a namespace the least counts. Look which of them EMCO has made`,
        );
    return [resource, least.text] as const;
  });
  return hard.length === 0 ? undefined : Object.fromEntries(hard);
}
