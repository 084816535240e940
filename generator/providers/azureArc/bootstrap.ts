import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { clusterFile, wholeClusterFile } from '../shared/cluster-files.ts';
import { fluxKustomization } from '../shared/flux-kustomization.ts';
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

/** Git keeps no empty folder, and without the folder Flux could not prune the last reference. Flux reads YAML files only. */
const REFERENCES_README = `
One Flux Kustomization for each app on this cluster. This file keeps the folder when there is none.
`;

/** What Azure is told, and what Arc's one Kustomization reads first. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const configuration = configurationOf(at);
  if (!configuration) return [];
  const tree = configuration.form === 'fluxConfigurations' ? firstRead(at.cluster) : [];
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

function firstRead(cluster: KnownCluster): readonly GeneratedFile[] {
  const { id, value } = cluster;
  const { interval = '10m', retryInterval = '1m' } = value.spec.delivery ?? {};
  const home = homeOf(cluster);
  const references = fluxKustomization('references', {
    home,
    metadata: { labels: { 'app.kubernetes.io/managed-by': 'espalier' } },
    spec: {
      interval: goDuration(interval),
      retryInterval: goDuration(retryInterval),
      path: `./clusters/${id}/references`,
      serviceAccountName: home.account,
    },
  });
  return [
    clusterFile(id, 'kustomization.yaml', ROOT),
    clusterFile(id, 'references.yaml', printYaml(canonical(references))),
    clusterFile(id, 'references/README.md', REFERENCES_README),
  ];
}
