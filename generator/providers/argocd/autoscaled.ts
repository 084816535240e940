import { groupOf } from '../../lib/kube-names.ts';
import { sortBy } from '../../lib/order.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { StampedInstance } from '../../model/render.ts';

/** Kinds that set the replicas of what their `scaleTargetRef` names. */
const SCALERS = ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject'];

/** The differences that Argo CD shall not see: replicas that the instance's manifests give, and that one of its autoscalers changes. */
export function autoscaled({ printed, objects: all }: LazyInstance): readonly JsonObject[] {
  // Objects are made when asked for: the identities tell whether that is worth it.
  if (!printed.some(({ identity }) => SCALERS.some((scaler) => identity.startsWith(`${scaler}/`)))) return [];
  const objects = all();
  const targets = objects.filter(isScaler).flatMap((scaler) => {
    const target = targetOf(scaler);
    return target && objects.some((object) => isTarget(object, target)) ? [target] : [];
  });
  const distinct = new Map(targets.map((target) => [JSON.stringify(target), target]));
  return sortBy(distinct.values(), ({ group, kind, name }) => `${group}/${kind}/${name}`).map((target) => ({
    ...target,
    jsonPointers: ['/spec/replicas'],
  }));
}

type LazyInstance = Pick<StampedInstance, 'printed'> & { readonly objects: () => readonly KubeObject[] };

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

function isScaler({ apiVersion, kind }: KubeObject): boolean {
  return SCALERS.includes(`${groupOf(apiVersion)}/${kind}`);
}

function targetOf({ spec }: KubeObject): Target | undefined {
  const reference = isJsonObject(spec) ? spec['scaleTargetRef'] : undefined;
  if (!isJsonObject(reference)) return undefined;
  // KEDA's defaults; for a HorizontalPodAutoscaler both are required.
  const { apiVersion = 'apps/v1', kind = 'Deployment', name } = reference;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return { group: groupOf(apiVersion), kind, name };
}

function isTarget({ apiVersion, kind, metadata, spec }: KubeObject, target: Target): boolean {
  const isNamed = groupOf(apiVersion) === target.group && kind === target.kind && metadata.name === target.name;
  return isNamed && isJsonObject(spec) && spec['replicas'] !== undefined;
}
