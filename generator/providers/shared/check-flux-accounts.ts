import { diagnose } from '../../diagnostics/diagnose.ts';
import { isAdmins } from '../../lib/cloud-namespaces.ts';
import { objectTitle } from '../../lib/object-title.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject } from '../../model/json.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ReferenceRequest } from '../../model/provider.ts';

/**
 * A tenant's own HelmReleases and Kustomizations must say under which account they are applied: without one, and without the lockdown's powerless
 * default, Flux applies them with the rights of its controllers, which are those of the whole cluster.
 */
export function checkFluxAccounts(cluster: KnownCluster, { instance, cloud, asked }: ReferenceRequest): readonly Diagnostic[] {
  if (cluster.value.spec.gitOps?.lockdown !== false || instance.owner.kind === 'LogicalCloud' || isAdmins(cloud)) return [];
  return instance.objects
    .filter(hasNoAccount)
    .map((object) =>
      diagnose('flux-account-missing', { app: instance.instance.app, object: objectTitle(object), cluster: cluster.id }, asked()),
    );
}

function hasNoAccount({ apiVersion, kind, spec }: KubeObject): boolean {
  const isApplied = APPLIED.get(kind)?.test(apiVersion) === true;
  const account = isJsonObject(spec) ? spec['serviceAccountName'] : undefined;
  return isApplied && (typeof account !== 'string' || account === '');
}

const APPLIED: ReadonlyMap<string, RegExp> = new Map([
  ['HelmRelease', /^helm\.toolkit\.fluxcd\.io\//],
  ['Kustomization', /^kustomize\.toolkit\.fluxcd\.io\//],
]);
