import { diagnose } from '../../diagnostics/diagnose.ts';
import { isAdmins } from '../../lib/cloud-namespaces.ts';
import { isClusterScoped, namespaceOf } from '../../lib/kube-names.ts';
import { headsOf } from '../../lib/printed-heads.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ReferenceRequest } from '../../model/provider.ts';
import type { PrintedHead } from '../../model/render.ts';

/** Lists of objects in which nothing was found: instances of one shape share theirs. */
const sound = new WeakSet<readonly PrintedHead[]>();

/**
 * Finds what makes Config Sync refuse the whole folder of a logical cloud, so that one app would stop all of its neighbours. Sources:
 * kpt-config-sync, pkg/validate/raw/validate and pkg/importer/reader.
 */
export function refused({ instance, cloud, asked }: ReferenceRequest): readonly Diagnostic[] {
  const heads = headsOf(instance);
  if (sound.has(heads)) return [];
  const found = instance.objects.flatMap((object) =>
    faultsOf(object, isAdmins(cloud) ? undefined : cloud.namespace).map((field) => ({ object, field })),
  );
  if (found.length === 0) sound.add(heads);
  return found.map(({ object: { kind, metadata }, field }) => {
    const args = { app: instance.instance.app, cloud: cloud.context.name, kind, name: metadata.name, field };
    return diagnose('google-object-refused', args, asked());
  });
}

/** Fields that the API server fills in. */
const FILLED_IN = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
] as const;

/** Config Sync's own, but for those with which an object asks for something. Source: kpt-config-sync, pkg/metadata. */
const OWN = /^(?:configsync|configmanagement)\.gke\.io\//;
const ASKING: ReadonlySet<string> = new Set([
  'configmanagement.gke.io/cluster-selector',
  'configmanagement.gke.io/managed',
  'configmanagement.gke.io/namespace-selector',
  'configsync.gke.io/cluster-name-selector',
  'configsync.gke.io/deletion-propagation-policy',
]);

function faultsOf(object: KubeObject, own: string | undefined): readonly string[] {
  const { metadata, status } = object;
  const namespace = namespaceOf(object);
  return [
    // A RepoSync applies in its own namespace only.
    ...(own === undefined
      ? []
      : isClusterScoped(object)
        ? [`kind, which has no namespace`]
        : namespace !== undefined && namespace !== own
          ? [`namespace "${namespace}"`]
          : []),
    ...FILLED_IN.filter((field) => isSet(metadata[field])).map((field) => `metadata.${field}`),
    ...keysOf(metadata['labels'])
      .filter((key) => OWN.test(key))
      .map((key) => `label ${key}`),
    ...keysOf(metadata['annotations'])
      .filter((key) => OWN.test(key) && !ASKING.has(key))
      .map((key) => `annotation ${key}`),
    ...(keysOf(status).length > 0 ? ['status'] : []),
  ];
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0);
}

function keysOf(value: Json | undefined): readonly string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}
