import type { Delivery } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ReferenceRequest } from '../../model/provider.ts';

/** What no sync of Config Sync can carry: its pauses are its own, and whoever waits for it looks at its objects. */
export function withoutEffect(delivery: Delivery): readonly (keyof Delivery)[] {
  const fields = ['retryInterval', 'wait'] as const;
  return fields.filter((field) => (field === 'wait' ? delivery.wait === false : delivery[field] !== undefined));
}

/** What a deployment asks for; a cluster's own wishes are told once, with the cluster. All apps of a cloud share its RepoSync, but for charts. */
export function checkDelivery({ instance, delivery, askedBy }: ReferenceRequest): readonly Diagnostic[] {
  const shared = instance.chart ? [] : (['interval', 'timeout'] as const).filter((field) => delivery[field] !== undefined);
  return [...withoutEffect(delivery), ...shared].flatMap((field) => {
    const asked = askedBy(field);
    return asked.reach.kind === 'context' ? [diagnose('google-delivery-ignored', { field }, asked)] : [];
  });
}
