import type { JsonObject } from '../../model/json.ts';
import type { ReferenceRequest, Workload } from '../../model/provider.ts';
import { DEPENDS_ON, DETACHED } from './names.ts';

/** All apps of a cloud are one sync: what comes first, and what stays, is said by each object. Source: kpt-config-sync and cli-utils, depends-on. */
export function objectAnnotations({ delivery }: ReferenceRequest, first: readonly Workload[]): JsonObject {
  const ids = first.map(({ group, kind, namespace, name }) => `${group}/namespaces/${namespace}/${kind}/${name}`);
  return {
    ...(ids.length > 0 && { [DEPENDS_ON]: ids.join(',') }),
    ...(delivery.deletionPolicy === 'Orphan' && DETACHED),
  };
}
