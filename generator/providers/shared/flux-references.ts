import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCluster } from '../../model/intents.ts';
import { clusterFile } from './cluster-files.ts';
import { type FluxHome, fluxKustomization } from './flux-kustomization.ts';

/** Git keeps no empty folder, and without the folder Flux could not prune the last reference. Flux reads YAML files only. */
const README = `
One Flux Kustomization for each app on this cluster. This file keeps the folder when there is none.
`;

/** The folder of references, which Flux lists itself, and the Kustomization over it. */
export function fluxReferences({ id, value }: KnownCluster, home: FluxHome): readonly GeneratedFile[] {
  const { interval = '10m', retryInterval = '1m' } = value.spec.delivery ?? {};
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
  return [clusterFile(id, 'references.yaml', printYaml(canonical(references))), clusterFile(id, 'references/README.md', README)];
}
