import { canonical } from '../../lib/canonical.ts';
import { keepsReferences } from '../../lib/cloud-namespaces.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ReferenceRequest } from '../../model/provider.ts';
import type { PrintedHead } from '../../model/render.ts';
import type { GitSource } from '../../model/sync.ts';
import { cloudObjects } from './cloud-objects.ts';
import { clusterPath, markedFile } from './cluster-files.ts';
import { CREDENTIALS, tenantCredentials } from './flux-credentials.ts';
import { type FluxHome, fluxGitRepository, type FluxPlace, NEVER_PRUNE } from './flux-kustomization.ts';

// A logical cloud that keeps its references has them in its own namespace, with a source and its account: no reference may cross namespaces. The
// cloud's own reference needs the rights of the cluster and stays beside the agent, as does the Namespace that all of this is in.

/** Where the references of a cloud's apps are, and what they pull from. */
export function placeOfApps(cloud: KnownCloud, { namespace, source }: FluxHome): FluxPlace {
  return keepsReferences(cloud) ? { namespace: cloud.namespace, source: `${cloud.context.id}-source` } : { namespace, source };
}

/** A logical cloud as Flux applies it. */
export function fluxCloudObjects(cloud: KnownCloud, agentNamespace: string): readonly KubeObject[] {
  const accountNamespace = keepsReferences(cloud) ? cloud.namespace : agentNamespace;
  return cloudObjects(cloud, { accountNamespace, keep: NEVER_PRUNE, carriesCharts: cloud.value.spec.charts === true });
}

/** The Namespace that references are in is applied with them, before them: the cloud's own reference would come too late, and no object is in two inventories. */
export function comesWithReferences({ identity }: PrintedHead, cloud: KnownCloud): boolean {
  return keepsReferences(cloud) && identity === `/Namespace//${cloud.namespace}`;
}

/** What stands beside the reference of a cloud that keeps its apps' references: their Namespace, their source, and what makes the source's Secret. */
export function tenantFiles({ instance, cloud }: ReferenceRequest, git: GitSource, home: FluxHome): readonly GeneratedFile[] {
  if (!keepsReferences(cloud)) return [];
  const { cluster, context } = instance.instance;
  const owner = { kind: 'instance', instance: instance.instance } as const;
  const at = (path: string, text: string): GeneratedFile => markedFile(owner, clusterPath(cluster, path), text);
  const { namespace, source } = placeOfApps(cloud, home);
  const labels = { 'app.kubernetes.io/managed-by': 'espalier', 'app.kubernetes.io/part-of': cloud.context.name };
  const repository = fluxGitRepository({ name: source, namespace, labels }, git);
  return [
    ...instance.printed
      .filter((object) => comesWithReferences(object, cloud))
      .map(({ text }) => at(`references/${context}-kcust-ns.yaml`, text())),
    at(`references/${context}-source.yaml`, printYaml(canonical(repository))),
    ...tenantCredentials(git, { namespace, metadata: { labels } }).map(({ file, object }) =>
      at(`${CREDENTIALS}${context}-${file}`, printYaml(canonical(object))),
    ),
  ];
}

/** The cloud that such a file is of, read from its path. */
export function tenantFileOwner(path: string): string | undefined {
  return /^(?:references\/([0-9]+)-(?:source|kcust-ns)|credentials\/([0-9]+)-(?:external-secret|secret-store))\.yaml$/
    .exec(path)
    ?.slice(1)
    .find(Boolean);
}
