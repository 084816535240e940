import type { ClusterId } from '../../model/context.ts';
import { type GeneratedFile, HERE } from '../../model/file.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { clusterFile, clusterPath } from '../shared/cluster-files.ts';
import { fluxCredentials } from '../shared/flux-credentials.ts';
import { fluxReferences } from '../shared/flux-references.ts';
import { fluxInstance } from './flux-instance.ts';
import { fluxSystemKustomization, operatorKustomization } from './flux-system-kustomization.ts';
import { gotkSync } from './gotk-sync.ts';
import { installationOf } from './installation.ts';
import { COMPONENTS, HOME, INSTANCE, KUSTOMIZATION, SYNC } from './names.ts';
import { vendoredFile } from './vendored-file.ts';

/** Constant, so that nothing shared changes when an instance comes or goes; without it Flux would apply context/ and status/ too. */
const ROOT = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- flux-system
- references.yaml
`;

/** What Flux reads first: its own source and sync, the folder of references, and the root that holds both. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const { cluster, sync } = at;
  // Reported by validation already.
  if (!sync) return [];
  return [
    clusterFile(cluster.id, 'kustomization.yaml', ROOT),
    ...fluxSystem(at, sync.resource),
    ...fluxReferences(cluster, HOME),
    ...fluxCredentials(cluster, sync.resource, HOME),
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
