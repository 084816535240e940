import type { GeneratedFile } from '../../model/file.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { clusterFile, wholeClusterFile } from '../shared/cluster-files.ts';
import { fluxCredentials } from '../shared/flux-credentials.ts';
import { fluxReferences } from '../shared/flux-references.ts';
import { armParameters, armTemplate } from './arm-template.ts';
import { bicep } from './bicep.ts';
import { type Configuration, configurationOf, homeOf } from './configuration.ts';
import { BICEP, PARAMETERS, README, TEMPLATE } from './names.ts';
import { readme } from './readme.ts';
import { toDeployment } from './to-deployment.ts';

/** Constant, so that nothing shared changes when an instance comes or goes. Flux itself is not in it: Azure's extension brings it. */
const ROOT = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- references.yaml
`;

/** What Azure is told, and what Arc's one Kustomization reads first. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const configuration = configurationOf(at);
  if (!configuration) return [];
  const tree = configuration.form === 'fluxConfigurations' ? firstRead(configuration) : [];
  return [...forAzure(configuration), ...tree];
}

function forAzure(configuration: Configuration): readonly GeneratedFile[] {
  const { id } = configuration.cluster;
  const deployment = toDeployment(configuration);
  return [
    wholeClusterFile(id, BICEP, bicep(deployment)),
    wholeClusterFile(id, TEMPLATE, armTemplate(deployment)),
    wholeClusterFile(id, PARAMETERS, armParameters(deployment)),
    clusterFile(id, README, readme(configuration)),
  ];
}

function firstRead({ cluster, git }: Configuration): readonly GeneratedFile[] {
  const home = homeOf(cluster);
  return [clusterFile(cluster.id, 'kustomization.yaml', ROOT), ...fluxReferences(cluster, home), ...fluxCredentials(cluster, git, home)];
}
