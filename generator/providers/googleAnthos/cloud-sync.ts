import { goDuration } from '../../lib/go-duration.ts';
import { canonical } from '../../lib/canonical.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ReferenceRequest } from '../../model/provider.ts';
import { clusterPath, markedFile } from '../shared/cluster-files.ts';
import { cloudCredentials } from './credentials.ts';
import { gitSource } from './git-source.ts';
import { DELETION, MANAGED, namespaceFolder, referencePath, REPO_SYNC } from './names.ts';
import type { Setting } from './setting.ts';

/** A logical cloud's RepoSync, and a file that keeps the folder that it reads: Config Sync prunes nothing where there is no folder. */
export function cloudSync(setting: Setting, { instance, cloud }: ReferenceRequest): readonly GeneratedFile[] {
  const { id } = setting.cluster;
  const owner = { kind: 'instance', instance: instance.instance } as const;
  const folder = namespaceFolder(cloud.namespace);
  const credentials = cloudCredentials(setting, cloud.namespace);
  const object: KubeObject = {
    apiVersion: 'configsync.gke.io/v1beta1',
    kind: 'RepoSync',
    metadata: {
      name: REPO_SYNC,
      namespace: cloud.namespace,
      labels: { ...MANAGED, 'app.kubernetes.io/part-of': cloud.context.name },
      annotations: { [DELETION]: 'Foreground', 'espalier.dev/revision': instance.revision },
    },
    spec: { ...gitSource(setting, folder), override: { reconcileTimeout: goDuration(setting.timeout) } },
  };
  return [
    markedFile(owner, clusterPath(id, referencePath(instance.instance)), printYaml(canonical(object))),
    ...credentials.map(({ name, object: made }) =>
      markedFile(owner, clusterPath(id, referencePath(instance.instance, name)), printYaml(canonical(made))),
    ),
    markedFile(owner, clusterPath(id, `${folder}${cloud.context.id}.md`), readme(cloud.namespace)),
  ];
}

function readme(namespace: string): string {
  return `
What Config Sync applies in namespace \`${namespace}\`, by RepoSync \`${REPO_SYNC}\` there: every YAML and JSON file below this folder. A
\`kustomization.yaml\` anywhere in it would make Config Sync refuse all of it.
`;
}
