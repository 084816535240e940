import { diagnose } from '../../diagnostics/diagnose.ts';
import { hasNamespace, keepsReferences, namespacePath } from '../../lib/cloud-namespaces.ts';
import { canonical } from '../../lib/canonical.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ProviderCluster, ReferenceRequest } from '../../model/provider.ts';
import { clusterPath, markedFile } from '../shared/cluster-files.ts';
import { application, syncPolicy } from './application.ts';
import { autoscaled } from './autoscaled.ts';
import { chartSource } from './chart-source.ts';
import { withoutEffect } from './delivery.ts';
import { applicationPath, FINALIZER, instanceName, OWN_PATH, SYNC_WAVE } from './names.ts';
import { cloudProject, projectFile } from './project.ts';
import { prefixOf, projectOf, type Setting, settingOf } from './setting.ts';

/** The Application of one instance, and for a logical cloud its project: `argocd/applications/<cid>-<app>.yaml`, `argocd/projects/<cid>.yaml`. */
export function reference(at: ProviderCluster, request: ReferenceRequest): Outcome<readonly GeneratedFile[]> {
  const setting = settingOf(at);
  if (!setting) return { value: [], diagnostics: [] };
  const { instance, owner } = request.instance;
  const path = clusterPath(at.cluster.id, applicationPath(instance));
  const file = markedFile({ kind: 'instance', instance }, path, printYaml(canonical(toApplication(setting, request))));
  const isCloud = owner.kind === 'LogicalCloud';
  return {
    value: [file, ...(isCloud ? [projectFile(setting, request.cloud, instance)] : [])],
    diagnostics: [...(isCloud ? [...checkNamespace(setting, request), ...checkReferences(request)] : []), ...checkDelivery(request)],
  };
}

function toApplication(setting: Setting, request: ReferenceRequest): KubeObject {
  const { instance: stamped, version, cloud, delivery, wave } = request;
  const { instance, owner, chart, revision } = stamped;
  const isCloud = owner.kind === 'LogicalCloud';
  const differences = autoscaled({ printed: stamped.printed, objects: () => stamped.objects });
  return application(setting, {
    metadata: {
      name: instanceName(instance, prefixOf(setting)),
      labels: {
        'app.kubernetes.io/part-of': owner.name,
        ...(version !== undefined && { 'app.kubernetes.io/version': version }),
      },
      annotations: { ...(!chart && OWN_PATH), [SYNC_WAVE]: String(wave), 'espalier.dev/revision': revision },
      ...(delivery.deletionPolicy !== 'Orphan' && { finalizers: [FINALIZER] }),
    },
    spec: {
      project: isCloud ? projectOf(setting) : cloudProject(setting, cloud),
      source: chart ? chartSource(chart, instance.app) : folderSource(setting, request),
      destination: { ...setting.destination, namespace: cloud.namespace },
      ...(differences.length > 0 && { ignoreDifferences: differences }),
      syncPolicy: syncPolicy(setting, { delivery, options: differences.length > 0 ? ['RespectIgnoreDifferences=true'] : [] }),
    },
  });
}

function folderSource({ source }: Setting, { instance: { instance } }: ReferenceRequest): JsonObject {
  return { ...source, path: `clusters/${instance.cluster}/context/${instance.context}/app/${instance.app}` };
}

/** A tenant in Argo CD's own namespace could make Applications, and with them anything. */
function checkNamespace({ namespace, isTarget }: Setting, { cloud }: ReferenceRequest): readonly Diagnostic[] {
  if (isTarget || !hasNamespace(cloud, namespace)) return [];
  const where = { source: cloud.at(namespacePath(cloud, namespace)), reach: { kind: 'context', context: cloud.context } } as const;
  return [diagnose('reserved-namespace', { cloud: cloud.context.name, namespace }, where)];
}

/** Applications of any other namespace are an option of Argo CD's that has to be switched on; a cloud may span other agents' clusters, so that it is no error. */
function checkReferences({ cloud }: ReferenceRequest): readonly Diagnostic[] {
  if (!keepsReferences(cloud)) return [];
  const { at, context } = cloud;
  const where = { source: at(['spec', 'references']), reach: { kind: 'context', context } } as const;
  return [diagnose('references-stay', { cloud: context.name }, where)];
}

/** What a deployment asks for; a cluster's own wishes are told once, with the cluster. */
function checkDelivery({ delivery, askedBy }: ReferenceRequest): readonly Diagnostic[] {
  return withoutEffect(delivery).flatMap((field) => {
    const asked = askedBy(field);
    return asked.reach.kind === 'context' ? [diagnose('argocd-delivery-ignored', { field }, asked)] : [];
  });
}
