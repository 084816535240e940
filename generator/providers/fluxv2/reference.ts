import { diagnose } from '../../diagnostics/diagnose.ts';
import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Delivery } from '../../model/api.generated.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ProviderCluster, ReferenceRequest } from '../../model/provider.ts';
import { clusterPath, markedFile } from '../shared/cluster-files.ts';
import { agentVersion, formatVersion, type UnknownField, unknownFields } from './agent-version.ts';
import { fluxKustomization } from './flux-kustomization.ts';
import { CONTROLLER_ACCOUNT } from './names.ts';

/** The Flux Kustomization of one instance: `references/<cid>-<app>-kcust.yaml`. */
export function reference({ cluster }: ProviderCluster, request: ReferenceRequest): Outcome<readonly GeneratedFile[]> {
  const version = agentVersion(cluster);
  const unknown = unknownFields(request.delivery, version);
  const diagnostics = unknown.map(({ field, written, since }) =>
    diagnose(
      'field-unknown-to-agent',
      { field: written, since: formatVersion(since), cluster: cluster.id, version: formatVersion(version) },
      request.askedBy(field),
    ),
  );
  const { instance } = request.instance;
  const path = clusterPath(cluster.id, `references/${instance.context}-${instance.app}-kcust.yaml`);
  const object = toKustomization({ ...request, delivery: without(request.delivery, unknown) });
  return { value: [markedFile({ kind: 'instance', instance }, path, printYaml(canonical(object)))], diagnostics };
}

function without(delivery: Delivery, unknown: readonly UnknownField[]): Delivery {
  return Object.fromEntries(Object.entries(delivery).filter(([key]) => !unknown.some(({ field }) => field === key)));
}

function toKustomization({
  instance: { instance, owner, printed, revision },
  version,
  cloud,
  dependsOn,
  delivery,
}: ReferenceRequest): KubeObject {
  const { interval = '10m', retryInterval = '1m', timeout = '5m', wait = true, deletionPolicy = 'MirrorPrune' } = delivery;
  const isCloud = owner.kind === 'LogicalCloud';
  return fluxKustomization(
    `${instance.context}-${instance.app}`,
    {
      labels: {
        'app.kubernetes.io/managed-by': 'espalier',
        'app.kubernetes.io/part-of': owner.name,
        ...(version !== undefined && { 'app.kubernetes.io/version': version }),
      },
      annotations: { 'espalier.dev/revision': revision },
    },
    {
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((name) => ({ name })) }),
      interval: goDuration(interval),
      retryInterval: goDuration(retryInterval),
      timeout: goDuration(timeout),
      path: `./clusters/${instance.cluster}/context/${instance.context}/app/${instance.app}`,
      wait,
      ...(isCloud ? { serviceAccountName: CONTROLLER_ACCOUNT } : { serviceAccountName: cloud.namespace, targetNamespace: cloud.namespace }),
      // MirrorPrune is Flux's default, and older agents do not know the field.
      ...(deletionPolicy !== 'MirrorPrune' && { deletionPolicy }),
      ...(printed.some(({ isEncrypted }) => isEncrypted) && { decryption: { provider: 'sops' } }),
    },
  );
}
