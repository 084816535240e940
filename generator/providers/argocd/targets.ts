import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ApplicationParts } from './application.ts';
import { clusterName, FOLDER, MANAGED, slugOf } from './names.ts';
import type { Setting } from './setting.ts';

/**
 * The ApplicationSet that makes the roots of a hub's targets. It looks for files of the hub's name, so that it finds its own targets and no
 * others. A target that is gone from Git keeps its root: nothing is deleted because something could not be found.
 */
export function targets({ cluster, namespace, source }: Setting, root: ApplicationParts): KubeObject {
  const { metadata, spec } = root;
  const path = `clusters/*/${FOLDER}hub/${slugOf(cluster.id)}.yaml`;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: clusterName('espalier-targets', cluster), namespace, labels: MANAGED },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ git: { repoURL: source.repoURL, revision: source.targetRevision, files: [{ path }] } }],
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      template: { metadata: { ...metadata, labels: MANAGED } satisfies JsonObject, spec },
    },
  };
}
