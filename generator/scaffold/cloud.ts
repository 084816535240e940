import { repoPath } from '../lib/path.ts';
import type { JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { block, yamlText } from './yaml-text.ts';

export interface CloudAnswers {
  readonly namespace: string;
  readonly name: string;
  /** `undefined`: the cloud's name. */
  readonly kubernetesNamespace: string | undefined;
  /** Selectors; none: all clusters. */
  readonly clusters: readonly JsonObject[];
  readonly podSecurity: string;
  readonly quota: Readonly<Record<string, string>>;
  /** Whether apps may be Helm charts. */
  readonly charts: boolean;
}

export function cloudFile({ namespace, name, kubernetesNamespace, clusters, podSecurity, quota, charts }: CloudAnswers): SourceFile {
  const limits =
    Object.keys(quota).length === 0
      ? '# No quota. Hard limits would be such as\n# quota: {requests.cpu: "4", requests.memory: 8Gi, pods: "40"}\n'
      : yamlText`
        # Hard limits, as a ResourceQuota has them.
        quota: ${quota}`;
  const span =
    clusters.length === 0
      ? '# It spans all clusters. Selectors would limit it, such as\n# clusters: [{matchLabels: {env: production}}]\n'
      : yamlText`
        # The clusters that it spans: those that any of these matches.
        clusters: ${clusters}`;
  const mayHoldCharts = charts
    ? '# Apps may be Helm charts: the account may also hold releases, and Secrets.\ncharts: true\n'
    : '# Apps that are Helm charts (source.chart) need this; the account may then also hold releases, and Secrets:\n# charts: true\n';
  const text = yamlText`
    # A tenant: on each of its clusters a namespace, with an account that applies the apps, and limits.
    apiVersion: espalier.dev/v1alpha1
    kind: LogicalCloud
    metadata:
      name: ${name}
      # The project. Deployments of the same project may use the cloud.
      namespace: ${namespace}
    spec:
      # The namespace on the clusters.
      namespace: ${kubernetesNamespace ?? name}
      ${block(span)}
      # The Pod Security Standard that the namespace enforces: restricted, baseline or privileged.
      podSecurity: ${podSecurity}
      ${block(limits)}
      ${block(mayHoldCharts)}
      # What apps may consist of: kinds that the account may manage in its namespace, and nowhere else.
      permissions:
      - apiGroups: ["", apps, batch]
        resources: [configmaps, persistentvolumeclaims, serviceaccounts, services, daemonsets, deployments, statefulsets, cronjobs, jobs]
        verbs: [get, list, watch, create, update, patch, delete]
      - apiGroups: [autoscaling, networking.k8s.io, policy]
        resources: [horizontalpodautoscalers, ingresses, networkpolicies, poddisruptionbudgets]
        verbs: [get, list, watch, create, update, patch, delete]`;
  return { path: repoPath(`intents/${namespace}/${name}.cloud.yaml`), text };
}
