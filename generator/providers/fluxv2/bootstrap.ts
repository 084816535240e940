import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import { type GeneratedFile, HERE } from '../../model/file.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { clusterFile, clusterPath } from '../shared/cluster-files.ts';
import { fluxKustomization } from './flux-kustomization.ts';
import { fluxSystemKustomization } from './flux-system-kustomization.ts';
import { gotkSync } from './gotk-sync.ts';
import { CONTROLLER_ACCOUNT } from './names.ts';

/** The vendored install manifests, which are never written here. */
export const COMPONENTS = 'flux-system/gotk-components.yaml';

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
export function bootstrap({ cluster, git, present }: ProviderCluster): readonly GeneratedFile[] {
  const { id, value } = cluster;
  // Reported by validation already.
  if (!git) return [];
  const { interval = '10m', retryInterval = '1m' } = value.spec.delivery ?? {};
  const lockdown = value.spec.gitOps?.lockdown ?? true;
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
    {
      target: HERE,
      owner: { kind: 'cluster', cluster: id },
      path: clusterPath(id, 'flux-system/gotk-sync.yaml'),
      content: gotkSync(id, git.resource),
    },
    clusterFile(id, 'flux-system/kustomization.yaml', fluxSystemKustomization({ components: present.has(COMPONENTS), lockdown })),
    clusterFile(id, 'references.yaml', printYaml(canonical(references))),
    clusterFile(id, 'references/README.md', REFERENCES_README),
  ];
}
