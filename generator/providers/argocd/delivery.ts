import type { Delivery } from '../../model/api.generated.ts';

/**
 * What a delivery asks for that no Application can carry: how often Git is looked at, and how long a sync may take, are settings of the whole
 * Argo CD; and whoever waits for an Application waits for its health.
 */
export function withoutEffect(delivery: Delivery): readonly (keyof Delivery)[] {
  const fields = ['interval', 'timeout', 'wait'] as const;
  return fields.filter((field) => (field === 'wait' ? delivery.wait === false : delivery[field] !== undefined));
}
