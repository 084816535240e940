import type { KubeObject } from '../../model/kube.ts';
import { externalSecret } from '../shared/external-secret.ts';
import { clusterName, MANAGED, SYNC_WAVE } from './names.ts';
import type { Setting } from './setting.ts';

/** Has External Secrets make the Secret through which a hub reaches the cluster. The credentials are in the store; here are their names. */
export function clusterSecret({ cluster, options, namespace, destination }: Setting): KubeObject | undefined {
  const { clusterSecret: asked, server } = options;
  if (!asked || !('name' in destination)) return undefined;
  const { secretStore, kind = 'ClusterSecretStore', key } = asked;
  const properties = server === undefined ? ['config', 'server'] : ['config'];
  const name = clusterName('cluster', cluster);
  return externalSecret({
    name,
    namespace,
    metadata: { labels: MANAGED, annotations: { [SYNC_WAVE]: '-2' } },
    store: { kind, name: secretStore },
    key,
    data: Object.fromEntries(properties.map((property) => [property, property])),
    template: {
      metadata: { labels: { ...MANAGED, 'argocd.argoproj.io/secret-type': 'cluster' } },
      data: { name: destination.name, server: server ?? '{{ .server }}', config: '{{ .config }}' },
    },
    creationPolicy: 'Owner',
  });
}
