import type { ExternalSecret } from '../../model/api.generated.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

const API = 'external-secrets.io/v1';

export interface ExternalSecretParts {
  /** Its own, and that of the Secret. */
  readonly name: string;
  readonly namespace: string;
  readonly metadata: JsonObject;
  readonly store: { readonly kind: string; readonly name: string };
  /** The store's entry. */
  readonly key: string;
  /** The entry's properties, by key of the Secret, or by the name that the template knows them under. */
  readonly data: Readonly<Record<string, string>>;
  readonly template?: JsonObject;
  /**
   * `Owner`: the Secret goes with the ExternalSecret. `Orphan`: it stays, and one that is there already is taken over, but not owned. Source:
   * external-secrets.io, guides, ownership and deletion policy.
   */
  readonly creationPolicy: 'Owner' | 'Orphan';
}

/** Has External Secrets make a Secret. The credentials are in the store; here are their names. */
export function externalSecret({ name, namespace, metadata, store, key, data, template, creationPolicy }: ExternalSecretParts): KubeObject {
  return {
    apiVersion: API,
    kind: 'ExternalSecret',
    metadata: { name, namespace, ...metadata },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: store.kind, name: store.name },
      target: {
        name,
        creationPolicy,
        ...(creationPolicy === 'Orphan' && { deletionPolicy: 'Retain' }),
        ...(template && { template: { engineVersion: 'v2', ...template } }),
      },
      data: Object.entries(data).map(([secretKey, property]) => ({ secretKey, remoteRef: { key, property } })),
    },
  };
}

/** The store that a sync object's ExternalSecret names; a `SecretStore` is where the Secret is. */
export function storeOf({ secretStore, kind = 'ClusterSecretStore' }: ExternalSecret): { readonly kind: string; readonly name: string } {
  return { kind, name: secretStore };
}

/** The store itself, where the sync object says what it is. */
export function secretStore(
  external: ExternalSecret,
  { namespace, metadata }: Pick<ExternalSecretParts, 'namespace' | 'metadata'>,
): KubeObject | undefined {
  const { provider } = external;
  if (!provider) return undefined;
  const { kind, name } = storeOf(external);
  const isCluster = kind === 'ClusterSecretStore';
  return {
    apiVersion: API,
    kind,
    metadata: { name, ...(!isCluster && { namespace }), ...metadata },
    spec: { provider: provider as JsonObject },
  };
}
