import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { checkFluxVersion } from '../shared/check-flux-version.ts';
import { agentVersion, configurationOf, formOf, nameOf, resourceNameOf } from './configuration.ts';
import { KUSTOMIZATION } from './names.ts';

/** What is wrong with clusters that Azure looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const found = clusters.map(({ cluster }) => ({ cluster, diagnostics: checkCluster(cluster) }));
  const sound = found.filter(({ diagnostics }) => diagnostics.length === 0).map(({ cluster }) => cluster);
  return [...found.flatMap(({ diagnostics }) => diagnostics), ...checkShared(clusters), ...checkForm(sound)];
}

function checkCluster(cluster: KnownCluster): readonly Diagnostic[] {
  return [...checkVersion(cluster), ...checkResourceName(cluster), ...checkName(cluster), ...checkExtension(cluster)];
}

function checkVersion(cluster: KnownCluster): readonly Diagnostic[] {
  if (formOf(cluster) === 'sourceControlConfigurations') return [];
  return checkFluxVersion(cluster, agentVersion(cluster), { source: () => cluster.at(['spec', 'gitOps', 'agentVersion']) });
}

/** Source: learn.microsoft.com, naming rules and restrictions for Azure resources, managedClusters. */
const RESOURCE_NAME = /^[A-Za-z0-9]([-_A-Za-z0-9]*[A-Za-z0-9])?$/;

function checkResourceName(cluster: KnownCluster): readonly Diagnostic[] {
  const name = resourceNameOf(cluster);
  if (RESOURCE_NAME.test(name)) return [];
  return [
    diagnose('azure-resource-name', { cluster: cluster.id, name }, { source: cluster.at(['spec', 'gitOps', 'resourceName']), reach: RUN }),
  ];
}

/**
 * Azure's command refuses what is longer, and the service fails later. Sources: azure-cli-extensions, k8s-configuration: together with the
 * Kustomization's name at most 62; Flux 1: operator instance at most 23.
 */
const LONGEST = { fluxConfigurations: 62 - KUSTOMIZATION.length, sourceControlConfigurations: 23 } as const;

function checkName(cluster: KnownCluster): readonly Diagnostic[] {
  const name = nameOf(cluster);
  const form = formOf(cluster);
  const longest = LONGEST[form];
  if (name.length <= longest) return [];
  const source = cluster.at(['spec', 'gitOps', 'azureArc', 'configuration']);
  return [diagnose('azure-name-too-long', { cluster: cluster.id, name, form, longest }, { source, reach: RUN })];
}

function checkExtension(cluster: KnownCluster): readonly Diagnostic[] {
  if (formOf(cluster) === 'fluxConfigurations' || cluster.value.spec.gitOps?.azureArc?.extensionVersion === undefined) return [];
  const source = cluster.at(['spec', 'gitOps', 'azureArc', 'extensionVersion']);
  return [diagnose('azure-form-without-extension', { cluster: cluster.id }, { source, reach: RUN })];
}

/** Two clusters in one: the second deployment would point it at the second tree, and Flux would prune the first. Azure's names have no case. */
function checkShared(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const owners = new Map<string, KnownCluster>();
  return clusters.flatMap((at) => {
    const configuration = configurationOf(at);
    if (!configuration) return [];
    const { azure, cluster, resourceName } = configuration;
    const key = JSON.stringify([azure.subscriptionId, azure.resourceGroup, azure.clusterType, resourceName]).toLowerCase();
    const first = owners.get(key);
    if (!first) {
      owners.set(key, cluster);
      return [];
    }
    const related = [{ message: 'The other one', source: first.at(['metadata', 'name']) }];
    const args = { clusters: [first.id, cluster.id] as const, name: resourceName };
    return [diagnose('azure-resource-shared', args, { source: nameSource(cluster), related, reach: RUN })];
  });
}

function nameSource({ value, at }: KnownCluster) {
  return value.spec.gitOps?.resourceName === undefined ? at(['metadata', 'name']) : at(['spec', 'gitOps', 'resourceName']);
}

/** Told once for all of them that nothing else is wrong with. */
function checkForm(clusters: readonly KnownCluster[]): readonly Diagnostic[] {
  const old = clusters.filter((cluster) => formOf(cluster) === 'sourceControlConfigurations');
  const [first] = old;
  if (!first) return [];
  const source = first.at(['spec', 'gitOps', 'azureArc', 'form']);
  return [diagnose('azure-form-ended', { cluster: first.id, count: old.length }, { source, reach: RUN })];
}
