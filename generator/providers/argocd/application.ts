import { goDuration } from '../../lib/go-duration.ts';
import type { Delivery } from '../../model/api.generated.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { MANAGED } from './names.ts';
import type { Setting } from './setting.ts';
import { canRefreshRetries } from './version.ts';

export interface ApplicationParts {
  readonly metadata: JsonObject & { readonly name: string };
  readonly spec: JsonObject;
}

/** An Application, in Argo CD's own namespace. */
export function application({ namespace }: Setting, { metadata, spec }: ApplicationParts): KubeObject {
  const { labels = {}, ...rest } = metadata as typeof metadata & { readonly labels?: JsonObject };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...rest, namespace, labels: { ...MANAGED, ...labels } },
    spec,
  };
}

export interface Syncing {
  readonly delivery: Delivery;
  readonly options?: readonly string[];
  /** Whether an Application that has nothing left may delete the last of what it had. */
  readonly allowEmpty?: boolean;
}

/** Everything is put right by itself, and tried again as long as it fails. */
export function syncPolicy({ version }: Setting, { delivery, options = [], allowEmpty = false }: Syncing): JsonObject {
  const every = goDuration(delivery.retryInterval ?? '1m');
  const refreshes = canRefreshRetries(version);
  return {
    automated: { ...(allowEmpty && { allowEmpty }), prune: true, selfHeal: true },
    retry: {
      // The longest pause has a default of its own, which would cut a longer interval.
      backoff: { duration: every, factor: 1, maxDuration: every },
      limit: refreshes ? -1 : RETRIES,
      ...(refreshes && { refresh: true }),
    },
    // Namespaces are the logical clouds'. What two Applications claim is told, instead of going back and forth.
    syncOptions: [...options, 'CreateNamespace=false', 'FailOnSharedResource=true', 'ServerSideApply=true'].sort(),
  };
}

/** As Argo CD's own default. */
const RETRIES = 5;
