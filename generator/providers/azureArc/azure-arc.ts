import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease, Provider } from '../../model/provider.ts';
import { fluxChartObjects } from '../shared/flux-chart-objects.ts';
import { CREDENTIALS } from '../shared/flux-credentials.ts';
import { fluxReference, fluxReferenceOwner, fluxReferencePath } from '../shared/flux-reference.ts';
import { fluxLeavesObjects, fluxRelease } from '../shared/flux-release.ts';
import { comesWithReferences, fluxCloudObjects } from '../shared/flux-tenant.ts';
import { fluxStray } from '../shared/flux-stray.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapSteps } from './bootstrap-steps.ts';
import { check } from './check.ts';
import { agentVersion, formOf, homeOf } from './configuration.ts';
import { homeIn } from './home-in.ts';
import { BICEP, NAMESPACE, PARAMETERS, README, RESERVED, TEMPLATE } from './names.ts';

/** Azure Arc and AKS: Azure installs Flux and points it at the cluster's folder; from there on it is Flux, in the configuration's namespace. Why: docs/providers/azureArc.md. */
export const azureArc: Provider = {
  type: 'azureArc',
  referenceSync: ['azure'],
  roots: ['kustomization.yaml', BICEP, TEMPLATE, PARAMETERS, README, 'references.yaml', 'references/', CREDENTIALS],
  lasting: [],
  signs: [BICEP, TEMPLATE, PARAMETERS, README],
  decrypts: true,
  reservedNamespaces: RESERVED,
  cloudObjects: (cloud) => fluxCloudObjects(cloud, NAMESPACE),
  comesWithReference: (object, { cluster, cloud }) => formOf(cluster) === 'fluxConfigurations' && comesWithReferences(object, cloud),
  chartObjects,
  check,
  bootstrap,
  bootstrapSteps,
  reference({ cluster, sync }, request) {
    if (formOf(cluster) === 'sourceControlConfigurations') return { value: [], diagnostics: [] };
    return fluxReference({ cluster, home: homeOf(cluster), version: agentVersion(cluster), git: sync?.resource }, request);
  },
  leavesObjects: fluxLeavesObjects,
  release: fluxRelease,
  // Flux 1 has no references, and no list of them.
  referencePath: (instance, present) =>
    present.has('references.yaml') || present.has('references/README.md') ? fluxReferencePath(instance) : undefined,
  homeIn,
  ownerOf: fluxReferenceOwner,
  stray: fluxStray,
};

/** Flux 1 knows no HelmRelease of today's API. */
function chartObjects(release: ChartRelease): Outcome<readonly KubeObject[]> {
  const { cluster, instance, job, asked } = release;
  if (formOf(cluster) === 'fluxConfigurations') return fluxChartObjects(release, agentVersion(cluster));
  const source = cluster.at(['spec', 'gitOps', 'azureArc', 'form']);
  const related = [{ message: `Cluster "${cluster.id}" has Flux 1, which installs none`, source }];
  return { value: [], diagnostics: [diagnose('chart-without-agent', { app: instance.app, chart: job.chart.name }, { ...asked, related })] };
}
