import { diagnose } from '../../diagnostics/diagnose.ts';
import { parseQuantity } from '../../lib/quantity.ts';
import type { Limits, LogicalCloudSpec } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { JsonPath } from '../../model/json.ts';
import type { Rule } from '../draft.ts';

/** Quotas and limits are amounts, and a limit's bounds are in order: the API server would refuse the object, and with it the whole cloud. */
export const cloudLimits: Rule = ({ clouds }) =>
  clouds.flatMap((cloud) =>
    bounded(cloud.value.spec).flatMap(({ quota, limits, path }) => [
      ...(quota ? checkAmounts(cloud, [...path, 'quota'], quota) : []),
      ...(limits ? checkLimits(cloud, [...path, 'limits'], limits) : []),
    ]),
  );

interface Bounded extends Pick<LogicalCloudSpec, 'quota' | 'limits'> {
  readonly path: JsonPath;
}

function bounded({ quota, limits, namespaces = [] as never }: LogicalCloudSpec): readonly Bounded[] {
  const own = { path: ['spec'], ...(quota && { quota }), ...(limits && { limits }) };
  return [own, ...namespaces.map((one, index) => ({ ...one, path: ['spec', 'namespaces', index] }))];
}

type Amounts = Readonly<Record<string, string | number>>;

function checkAmounts(cloud: KnownCloud, path: JsonPath, amounts: Amounts): readonly Diagnostic[] {
  return Object.entries(amounts).flatMap(([resource, amount]) => {
    const read = parseQuantity(amount);
    if (read !== undefined && read >= 0n) return [];
    return [report(cloud, [...path, resource], read === undefined ? `"${amount}" is no amount` : `${amount} is below zero`)];
  });
}

/** From the least to the most. Source: kubernetes, pkg/apis/core/validation, ValidateLimitRange. */
const ORDER = ['min', 'defaultRequest', 'default', 'max'] as const;

function checkLimits(cloud: KnownCloud, path: JsonPath, limits: Limits): readonly Diagnostic[] {
  return Object.entries(limits).flatMap(([type, bounds]: [string, Readonly<Record<string, Amounts>>]) => {
    const unreadable = Object.entries(bounds).flatMap(([bound, amounts]) => checkAmounts(cloud, [...path, type, bound], amounts));
    if (unreadable.length > 0) return unreadable;
    return [
      ...checkOrder(cloud, [...path, type], bounds),
      ...(type === 'persistentVolumeClaim' ? checkStorage(cloud, [...path, type], bounds) : []),
    ];
  });
}

function checkOrder(cloud: KnownCloud, path: JsonPath, bounds: Readonly<Record<string, Amounts>>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const least = new Map<string, { readonly bound: string; readonly amount: string | number }>();
  for (const bound of ORDER) {
    for (const [resource, amount] of Object.entries(bounds[bound] ?? {})) {
      const below = least.get(resource);
      if (below && (parseQuantity(below.amount) ?? 0n) > (parseQuantity(amount) ?? 0n))
        found.push(report(cloud, [...path, bound, resource], `${bound} ${amount} is less than ${below.bound} ${below.amount}`));
      least.set(resource, { bound, amount });
    }
  }
  return found;
}

function checkStorage(cloud: KnownCloud, path: JsonPath, bounds: Readonly<Record<string, Amounts>>): readonly Diagnostic[] {
  return Object.entries(bounds).flatMap(([bound, amounts]) =>
    Object.keys(amounts)
      .filter((resource) => resource !== 'storage')
      .map((resource) => report(cloud, [...path, bound, resource], 'a claim has "storage" only', 'key')),
  );
}

function report({ at, context }: KnownCloud, path: JsonPath, reason: string, part: 'key' | 'value' = 'value'): Diagnostic {
  const args = { cloud: context.name, path: path.slice(1).join('.'), reason };
  return diagnose('bad-limit', args, { source: at(path, part), reach: { kind: 'context', context } });
}
