import type { KubeObject } from '../../model/kube.ts';
import { clusterName, MANAGED, SYNC_WAVE } from './names.ts';
import type { Setting } from './setting.ts';

/** Has External Secrets make the Secret through which a hub reaches the cluster. The credentials are in the store; here are their names. */
export function clusterSecret({ cluster, options, namespace, destination }: Setting): KubeObject | undefined {
  const { clusterSecret: asked, server } = options;
  if (!asked || !('name' in destination)) return undefined;
  const { secretStore, kind = 'ClusterSecretStore', key } = asked;
  const properties = server === undefined ? ['config', 'server'] : ['config'];
  const name = clusterName('cluster', cluster);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: MANAGED, annotations: { [SYNC_WAVE]: '-2' } },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind, name: secretStore },
      target: {
        name,
        creationPolicy: 'Owner',
        template: {
          engineVersion: 'v2',
          metadata: { labels: { ...MANAGED, 'argocd.argoproj.io/secret-type': 'cluster' } },
          data: { name: destination.name, server: server ?? '{{ .server }}', config: '{{ .config }}' },
        },
      },
      data: properties.map((property) => ({ secretKey: property, remoteRef: { key, property } })),
    },
  };
}
