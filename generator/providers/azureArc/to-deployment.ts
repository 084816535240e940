import type { Configuration } from './configuration.ts';
import type { Deployment, Parameter, Properties, Resource } from './deployment.ts';
import { EXTENSION, KUSTOMIZATION, NAMESPACE } from './names.ts';

/** The newest stable API versions. Source: Azure/bicep-types-az, generated/kubernetesconfiguration; Azure/azure-resource-manager-schemas. */
const PROVIDER = 'Microsoft.KubernetesConfiguration';
const CLUSTERS = {
  connectedClusters: { type: 'Microsoft.Kubernetes/connectedClusters', apiVersion: '2024-01-01' },
  managedClusters: { type: 'Microsoft.ContainerService/managedClusters', apiVersion: '2025-05-01' },
} as const;

/** What Azure shall have for a cluster. */
export function toDeployment(configuration: Configuration): Deployment {
  const { azure, form } = configuration;
  const extension = extensionOf(configuration);
  return {
    parameters: parametersOf(configuration),
    cluster: { ...CLUSTERS[azure.clusterType], parameter: 'clusterName' },
    resources: form === 'fluxConfigurations' ? [extension, fluxConfiguration(configuration, extension)] : [sourceControl(configuration)],
  };
}

function parametersOf({ resourceName, git, form }: Configuration): readonly Parameter[] {
  return [
    { name: 'clusterName', description: 'Name of the cluster in Azure.', value: resourceName },
    { name: 'repositoryUrl', description: 'Repository that holds the tree.', value: git.url },
    ...(form === 'fluxConfigurations' ? [{ name: 'branch', description: 'Branch that the cluster follows.', value: git.branch }] : []),
  ];
}

/** Settings of an extension are strings. */
export function extensionSettings({ isLockedDown }: Configuration): Readonly<Record<string, string>> {
  return { 'multiTenancy.enforce': String(isLockedDown) };
}

function extensionOf(configuration: Configuration): Resource {
  const { extensionVersion: version } = configuration;
  return {
    symbol: 'flux',
    type: `${PROVIDER}/extensions`,
    apiVersion: '2025-03-01',
    name: EXTENSION.name,
    properties: {
      extensionType: EXTENSION.type,
      autoUpgradeMinorVersion: version === undefined,
      ...(version !== undefined && { version }),
      scope: { cluster: { releaseNamespace: EXTENSION.namespace } },
      configurationSettings: extensionSettings(configuration),
    },
  };
}

export function treePath({ cluster }: Configuration): string {
  return `./clusters/${cluster.id}`;
}

function fluxConfiguration(configuration: Configuration, after: Resource): Resource {
  const { name, git, seconds } = configuration;
  const tree: Properties = {
    path: treePath(configuration),
    prune: true,
    wait: true,
    syncIntervalInSeconds: seconds.interval,
    retryIntervalInSeconds: seconds.retry,
    timeoutInSeconds: seconds.timeout,
  };
  return {
    symbol: 'configuration',
    type: `${PROVIDER}/fluxConfigurations`,
    apiVersion: '2025-04-01',
    name,
    after,
    properties: {
      scope: 'cluster',
      namespace: NAMESPACE,
      sourceKind: 'GitRepository',
      gitRepository: {
        url: { $parameter: 'repositoryUrl' },
        repositoryRef: { branch: { $parameter: 'branch' } },
        syncIntervalInSeconds: seconds.pull,
        ...(git.secretRef && { localAuthRef: git.secretRef.name }),
      },
      kustomizations: { [KUSTOMIZATION]: tree },
    },
  };
}

/** Flux 1, as EMCO had it. It knows neither references nor accounts, and applies whatever lies below `context/`. */
function sourceControl({ name, git, cluster, seconds }: Configuration): Resource {
  return {
    symbol: 'configuration',
    type: `${PROVIDER}/sourceControlConfigurations`,
    apiVersion: '2023-05-01',
    name,
    properties: {
      repositoryUrl: { $parameter: 'repositoryUrl' },
      operatorNamespace: NAMESPACE,
      operatorInstanceName: name,
      operatorType: 'flux',
      operatorScope: 'cluster',
      operatorParams: `--git-branch=${git.branch} --git-path=clusters/${cluster.id}/context --git-poll-interval=${seconds.pull}s --sync-garbage-collection`,
    },
  };
}
