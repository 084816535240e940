import { diagnose } from '../../diagnostics/diagnose.ts';
import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { GeneratedFile } from '../../model/file.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease, ReferenceRequest } from '../../model/provider.ts';
import type { ChartJob } from '../../model/render.ts';
import { clusterPath, markedFile } from '../shared/cluster-files.ts';
import { BINDING, bindingOf, chartSyncName, DELETION, DEPENDS_ON, MANAGED, NAMESPACE, reconcilerOf, referencePath } from './names.ts';
import type { Setting } from './setting.ts';

/** A chart as a RepoSync of its own, which Config Sync renders with Helm, and its account's rights: those of the tenant. */
export function chartSync(setting: Setting, request: ReferenceRequest, job: ChartJob): readonly GeneratedFile[] {
  const { id } = setting.cluster;
  const { instance } = request.instance;
  const { namespace } = request.cloud;
  const name = chartSyncName(instance, namespace);
  const owner = { kind: 'instance', instance } as const;
  const file = (object: KubeObject, ending?: string): GeneratedFile =>
    markedFile(owner, clusterPath(id, referencePath(instance, ending)), printYaml(canonical(object)));
  return [file(repoSync(request, job, name)), file(binding(request, name), BINDING)];
}

function repoSync(
  { instance: { instance, owner, revision }, cloud, version, delivery }: ReferenceRequest,
  job: ChartJob,
  name: string,
): KubeObject {
  const { namespace } = cloud;
  return {
    apiVersion: 'configsync.gke.io/v1beta1',
    kind: 'RepoSync',
    metadata: {
      name,
      namespace,
      labels: {
        ...MANAGED,
        'app.kubernetes.io/part-of': owner.name,
        ...(version !== undefined && { 'app.kubernetes.io/version': version }),
      },
      annotations: {
        // It needs its rights for as long as it deletes.
        [DEPENDS_ON]: `rbac.authorization.k8s.io/namespaces/${namespace}/RoleBinding/${bindingOf(name)}`,
        [DELETION]: delivery.deletionPolicy === 'Orphan' ? 'Orphan' : 'Foreground',
        'espalier.dev/revision': revision,
      },
    },
    spec: {
      sourceType: 'helm',
      sourceFormat: 'unstructured',
      helm: helm(job, { app: instance.app, period: goDuration(delivery.interval ?? '1h') }),
      override: { reconcileTimeout: goDuration(delivery.timeout ?? '5m') },
    },
  };
}

function helm({ chart, values }: ChartJob, { app, period }: { readonly app: string; readonly period: string }): JsonObject {
  return {
    repo: chart.repository,
    chart: chart.name,
    version: chart.version,
    releaseName: app,
    period,
    auth: chart.secretRef ? 'token' : 'none',
    ...(chart.secretRef && { secretRef: { name: chart.secretRef.name } }),
    ...(Object.keys(values).length > 0 && { values }),
  };
}

function binding({ cloud: { namespace }, instance: { owner } }: ReferenceRequest, name: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: bindingOf(name), namespace, labels: { ...MANAGED, 'app.kubernetes.io/part-of': owner.name } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: namespace },
    subjects: [{ kind: 'ServiceAccount', name: reconcilerOf(namespace, name), namespace: NAMESPACE }],
  };
}

/** The chart is its RepoSync's source, so that there are no objects; what a source cannot say is an error. */
export function chartObjects({ cluster, instance, job: { chart, patches, values }, asked }: ChartRelease): Outcome<'in-reference'> {
  const unfit = [
    chart.valuesFrom !== undefined && 'valuesFrom',
    chart.digest !== undefined && 'digest',
    patches.length > 0 && 'customize.patches',
    holdsNull(values) && 'null among its values',
  ].filter((field) => typeof field === 'string');
  const related = [{ message: `Cluster "${cluster.id}" has Config Sync`, source: cluster.at(['spec', 'gitOps', 'gitOpsType']) }];
  return {
    value: 'in-reference',
    diagnostics: unfit.map((field) => diagnose('google-chart-field', { app: instance.app, field }, { ...asked, related })),
  };
}

/** The API server may drop one on the way. */
function holdsNull(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  return isJsonObject(value) && Object.values(value).some(holdsNull);
}
