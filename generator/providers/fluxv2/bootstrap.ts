import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { ClusterId } from '../../model/context.ts';
import { type GeneratedFile, HERE } from '../../model/file.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { clusterFile, clusterPath } from '../shared/cluster-files.ts';
import { fluxInstance } from './flux-instance.ts';
import { fluxKustomization } from './flux-kustomization.ts';
import { fluxSystemKustomization, operatorKustomization } from './flux-system-kustomization.ts';
import { gotkSync } from './gotk-sync.ts';
import { installationOf } from './installation.ts';
import { COMPONENTS, CONTROLLER_ACCOUNT, INSTANCE, KUSTOMIZATION, SYNC } from './names.ts';
import { vendoredFile } from './vendored-file.ts';

/** Constant, so that nothing shared changes when an instance comes or goes; without it Flux would apply context/ and status/ too. */
const ROOT = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- flux-system
- references.yaml
`;

/** Git keeps no empty folder, and without the folder Flux could not prune the last reference. Flux reads YAML files only. */
const REFERENCES_README = `
One Flux Kustomization for each app on this cluster. This file keeps the folder when there is none.
`;

/** What Flux reads first: its own source and sync, the folder of references, and the root that holds both. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const { cluster, sync } = at;
  const { id, value } = cluster;
  // Reported by validation already.
  if (!sync) return [];
  const { interval = '10m', retryInterval = '1m' } = value.spec.delivery ?? {};
  const references = fluxKustomization(
    'references',
    { labels: { 'app.kubernetes.io/managed-by': 'espalier' } },
    {
      interval: goDuration(interval),
      retryInterval: goDuration(retryInterval),
      path: `./clusters/${id}/references`,
      serviceAccountName: CONTROLLER_ACCOUNT,
    },
  );
  return [
    clusterFile(id, 'kustomization.yaml', ROOT),
    ...fluxSystem(at, sync.resource),
    clusterFile(id, 'references.yaml', printYaml(canonical(references))),
    clusterFile(id, 'references/README.md', REFERENCES_README),
  ];
}

/** What stands in `flux-system/`. What is kept is not among it. */
function fluxSystem(at: ProviderCluster, source: GitSource): readonly GeneratedFile[] {
  const { id, value } = at.cluster;
  const { form, components, hasInstance } = installationOf(at);
  const lockdown = value.spec.gitOps?.lockdown ?? true;
  const isManifests = form === 'manifests';
  const list = isManifests ? fluxSystemKustomization({ components: components !== 'absent', lockdown }) : operatorKustomization();
  return [
    ...(typeof components === 'object' ? [unmarked(id, COMPONENTS, vendoredFile(components))] : []),
    ...(isManifests ? [unmarked(id, SYNC, gotkSync(id, source))] : []),
    ...(hasInstance ? [clusterFile(id, INSTANCE, fluxInstance(at.cluster, source))] : []),
    clusterFile(id, KUSTOMIZATION, list),
  ];
}

/** A file that is written as it is: it has its marker, or must not have one. */
function unmarked(cluster: ClusterId, path: string, content: string): GeneratedFile {
  return { target: HERE, owner: { kind: 'cluster', cluster }, path: clusterPath(cluster, path), content };
}
