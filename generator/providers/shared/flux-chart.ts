import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Chart } from '../../model/api.generated.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease } from '../../model/provider.ts';
import type { Patch } from '../../model/render.ts';

export interface FluxChartOptions {
  /** Whether the agent knows `RetryOnFailure`, which neither gives up nor uninstalls. */
  readonly retriesForEver: boolean;
}

/**
 * A chart as Flux installs it: a HelmRelease and the source of its chart, both named like the app, which the agent applies in the tenant's
 * namespace. The release is named like the app too, so that two of one name in one namespace are one object written twice, which layout finds.
 */
export function fluxChart(release: ChartRelease, options: FluxChartOptions): readonly KubeObject[] {
  return [helmRelease(release, options), chartSource(release)];
}

function chartSource({ instance: { app: name }, job: { chart }, delivery }: ChartRelease): KubeObject {
  const interval = goDuration(delivery.interval ?? '10m');
  const secretRef = chart.secretRef && { secretRef: { name: chart.secretRef.name } };
  if (!isOci(chart)) {
    const spec = { interval, url: chart.repository, ...secretRef };
    return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata: { name }, spec };
  }
  const spec = {
    interval,
    url: `${chart.repository.replace(/\/+$/, '')}/${chart.name}`,
    ref: { tag: tagOf(chart), ...(chart.digest !== undefined && { digest: chart.digest }) },
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    ...secretRef,
  };
  return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', metadata: { name }, spec };
}

function helmRelease({ instance, cloud, job, delivery }: ChartRelease, { retriesForEver }: FluxChartOptions): KubeObject {
  const { app: name } = instance;
  const { interval = '10m', timeout = '5m', retryInterval = '1m' } = delivery;
  const { chart, values, patches } = job;
  const install = retriesForEver
    ? { strategy: { name: 'RetryOnFailure', retryInterval: goDuration(retryInterval) } }
    : { remediation: { retries: 3 } };
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name },
    spec: {
      interval: goDuration(interval),
      timeout: goDuration(timeout),
      releaseName: name,
      // Both are what Flux would take; written, they cannot change with it: a release that moves is uninstalled first.
      targetNamespace: cloud.namespace,
      storageNamespace: cloud.namespace,
      serviceAccountName: cloud.namespace,
      ...chartOf(chart, name),
      // A tenant's account may not write resource definitions, and one that is there already is not the tenant's.
      install: { crds: 'Skip', ...install },
      upgrade: { crds: 'Skip', remediation: { retries: 3 } },
      driftDetection: { mode: 'enabled' },
      ...(chart.valuesFrom && { valuesFrom: chart.valuesFrom.map((from) => ({ ...from })) }),
      ...(Object.keys(values).length > 0 && { values }),
      postRenderers: [{ kustomize: { patches: [...patches.map(toFluxPatch), ...labelPatches(`${instance.context}-${name}`)] } }],
    },
  };
}

function chartOf(chart: Chart, name: string): JsonObject {
  if (isOci(chart)) return { chartRef: { kind: 'OCIRepository', name } };
  return { chart: { spec: { chart: chart.name, version: chart.version, sourceRef: { kind: 'HelmRepository', name } } } };
}

function isOci({ repository }: Chart): boolean {
  return repository.startsWith('oci://');
}

/** A tag has no `+`; Helm pushes build metadata behind `_`. */
function tagOf({ version }: Chart): string {
  return version.replace('+', '_');
}

/** EMCO's monitor finds objects, and their pods, by this label. `commonMetadata` is younger than the API, and does not reach pods. */
function labelPatches(deploymentId: string): readonly JsonObject[] {
  const labels: JsonObject = { metadata: { labels: { 'emco/deployment-id': deploymentId } } };
  return [
    [{ kind: '.*' }, labels],
    [{ kind: 'Deployment|StatefulSet|DaemonSet', group: 'apps' }, { spec: { template: labels } }],
    [{ kind: 'Job', group: 'batch' }, { spec: { template: labels } }],
    [{ kind: 'CronJob', group: 'batch' }, { spec: { jobTemplate: { spec: { template: labels } } } }],
  ].map(([target = {}, patch = {}]) => toFluxPatch({ target, type: 'strategic', patch }));
}

// Kustomize reads a patch as an object, and then goes by the target.
const NOBODY: JsonObject = { apiVersion: 'v1', kind: 'Patch', metadata: { name: 'patch' } };

function toFluxPatch({ target, type, patch }: Patch): JsonObject {
  return { target: { ...target }, patch: printYaml(type === 'json6902' ? patch : withIdentity(patch)) };
}

function withIdentity(patch: JsonObject): Json {
  const { metadata } = patch;
  return { ...NOBODY, ...patch, metadata: { name: 'patch', ...(isJsonObject(metadata) ? metadata : {}) } };
}
