import { groupOf } from '../../lib/kube-names.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

const FLUX = 'kustomize.toolkit.fluxcd.io';

/** Config Sync's. Source: cli-utils, pkg/common. */
const DELETION = 'client.lifecycle.config.k8s.io/deletion';

/** Why an object, or what it applied, stays in the cluster after its file is gone; `undefined` if it goes. Source: fluxcd.io, kustomize-controller, garbage collection and deletion policy. */
export function reasonToStay(object: KubeObject): string | undefined {
  const prune = member(member(object.metadata, 'annotations'), `${FLUX}/prune`);
  const deletion = member(member(object.metadata, 'annotations'), DELETION);
  if (deletion === 'detach') return `it stays in the cluster: its annotation ${DELETION} is "detach"`;
  if (prune === 'disabled') return `it stays in the cluster: its annotation ${FLUX}/prune is "disabled"`;
  if (groupOf(object.apiVersion) !== FLUX || object.kind !== 'Kustomization') return undefined;
  return member(object['spec'], 'deletionPolicy') === 'Orphan'
    ? 'what it applied stays in the cluster: its deletionPolicy is Orphan'
    : undefined;
}

function member(value: JsonObject[string] | undefined, key: string): JsonObject[string] | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
