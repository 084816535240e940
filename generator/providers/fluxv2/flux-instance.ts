import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { GitSource } from '../../model/sync.ts';
import { NEVER_PRUNE } from '../shared/flux-kustomization.ts';
import { agentOf } from './agent.ts';
import { LOCKDOWN } from './flux-system-kustomization.ts';
import { FLUX } from './names.ts';

const REGISTRY = 'ghcr.io/fluxcd';

/** What `flux install` installs if nothing else is said. */
const COMPONENTS = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'] as const;

/**
 * What Flux Operator makes Flux from: the version, the controllers, the source and root sync that `flux bootstrap` would have made, and the
 * lockdown. Never pruned: the operator takes Flux away when its instance goes. Source: flux-operator, docs/api/v1/fluxinstance.md.
 */
export function fluxInstance(cluster: KnownCluster, { url, branch, interval, secretRef }: GitSource): string {
  const { version, components = COMPONENTS } = agentOf(cluster);
  const isLockedDown = cluster.value.spec.gitOps?.lockdown ?? true;
  const spec: JsonObject = {
    distribution: { version: version.split('.').length === 2 ? `${version}.x` : version, registry: REGISTRY },
    components,
    sync: {
      kind: 'GitRepository',
      url,
      ref: `refs/heads/${branch}`,
      path: `clusters/${cluster.id}`,
      ...(secretRef && { pullSecret: secretRef.name }),
      interval: goDuration(interval),
    },
    ...(isLockedDown && { kustomize: { patches: LOCKDOWN.map(({ target, patch }) => ({ target, patch })) } }),
  };
  return printYaml(
    canonical({
      apiVersion: 'fluxcd.controlplane.io/v1',
      kind: 'FluxInstance',
      metadata: { name: 'flux', namespace: FLUX, labels: { 'app.kubernetes.io/managed-by': 'espalier' }, annotations: NEVER_PRUNE },
      spec,
    }),
  );
}
