import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { items, member, present, textAt } from '../emco/members.ts';
import { reasonAgainstRelease, reasonAgainstVersion } from '../gitops/release-rules.ts';
import type { Release, Surroundings } from '../gitops/model.ts';
import type { Place } from '../import-report.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { fluxName, fluxNamespace } from './kinds.ts';
import { deliveryOf } from './kustomization.ts';

export interface FoundRelease {
  readonly object: KubeObject;
  readonly place: Place;
  readonly cluster: string;
  readonly unit: string;
  /** Of the unit that brings it. */
  readonly dependsOn: readonly string[];
}

export interface Releasing {
  /** Flux's own objects of the cluster, by `<kind> <namespace>/<name>`. */
  readonly sources: ReadonlyMap<string, KubeObject>;
  readonly surroundings: Surroundings;
}

/** A HelmRelease as a chart of an app; a text says why it cannot be one. */
export function readRelease(found: FoundRelease, { sources, surroundings }: Releasing): Release | string {
  const { object, place, cluster, unit } = found;
  const { spec } = object;
  const own = fluxNamespace(object);
  const namespace = textAt(spec, 'targetNamespace') ?? own;
  const name = releaseName(object, namespace);
  const storage = textAt(spec, 'storageNamespace') ?? own;
  if (isJsonObject(member(spec, 'kubeConfig'))) return 'it installs into another cluster than its own, through a kubeconfig';
  if (member(spec, 'suspend') === true) return 'it is suspended: what is committed is installed here. Resume or remove it first';
  if (storage !== namespace)
    return `Helm keeps its records in the namespace "${storage}", and here they are in that of the release, "${namespace}": it would be installed a second time`;
  const values = member(spec, 'values');
  const given = isJsonObject(values) ? values : {};
  const reason = reasonAgainstRelease({ name, namespace, values: given }, surroundings);
  if (reason !== undefined) return reason;
  const chart = chartOf(object, sources);
  if (typeof chart === 'string') return chart;
  const patches = patchesOf(spec);
  if (typeof patches === 'string') return patches;
  const valuesFrom = items(member(spec, 'valuesFrom')).map((from) => pick(from, ['kind', 'name', 'valuesKey', 'targetPath', 'optional']));
  const { interval, timeout } = deliveryOf(spec);
  return {
    cluster,
    unit,
    objectName: object.metadata.name,
    name,
    namespace,
    title: `HelmRelease ${fluxName(object)}`,
    place,
    chart: { ...chart, ...(valuesFrom.length > 0 && { valuesFrom }) },
    values: given,
    patches,
    delivery: present({ interval, timeout }),
    dependsOn: [...found.dependsOn, ...items(member(spec, 'dependsOn')).map((on) => `release ${textAt(on, 'name') ?? ''}`)],
  };
}

/** As Flux calls it. */
function releaseName({ spec, metadata }: KubeObject, namespace: string): string {
  return textAt(spec, 'releaseName') ?? (textAt(spec, 'targetNamespace') === undefined ? metadata.name : `${namespace}-${metadata.name}`);
}

function chartOf(object: KubeObject, sources: ReadonlyMap<string, KubeObject>): JsonObject | string {
  const { spec } = object;
  const byReference = member(spec, 'chartRef');
  const asked = member(member(spec, 'chart'), 'spec');
  const reference = byReference ?? member(asked, 'sourceRef');
  const [kind, name] = [textAt(reference, 'kind') ?? '', textAt(reference, 'name') ?? ''];
  const namespace = textAt(reference, 'namespace') ?? fluxNamespace(object);
  const source = sources.get(`${kind} ${namespace}/${name}`);
  if (!source) return `its source, ${kind} ${namespace}/${name}, is not in the repository`;
  if (kind !== 'HelmRepository' && kind !== 'OCIRepository')
    return `its chart comes from ${kind} ${namespace}/${name}: push it to a chart repository, or render it once with helm template and take that over with espalier new app --from`;
  const made = kind === 'OCIRepository' ? fromArtifact(source) : fromRepository(source, asked);
  if (typeof made === 'string') return made;
  const secret = loginOf(source, textAt(spec, 'targetNamespace') ?? fluxNamespace(object));
  return typeof secret === 'string' ? secret : { ...made, ...secret };
}

function loginOf(source: KubeObject, namespace: string): JsonObject | string {
  const secret = textAt(member(source['spec'], 'secretRef'), 'name');
  if (secret !== undefined && fluxNamespace(source) !== namespace)
    return `its source reads Secret "${secret}" of another namespace: make it in the namespace of the release too`;
  const other = ['certSecretRef', 'proxySecretRef', 'verify'].find((key) => member(source['spec'], key) !== undefined);
  if (other !== undefined) return `its source has ${other}, which a chart here has not`;
  return secret === undefined ? {} : { secretRef: { name: secret } };
}

function fromRepository(source: KubeObject, asked: Json | undefined): JsonObject | string {
  const repository = (textAt(source['spec'], 'url') ?? '').replace(/\/+$/, '');
  const [name, version] = [textAt(asked, 'chart') ?? '', textAt(asked, 'version') ?? '*'];
  if (!/^(https|oci):\/\//.test(repository)) return `its repository "${repository}" is neither https:// nor oci://`;
  if (items(member(asked, 'valuesFiles')).length > 0)
    return 'its values come from files in the chart (valuesFiles), which only Flux can read';
  return reasonAgainstVersion(version) ?? { repository, name, version };
}

function fromArtifact(source: KubeObject): JsonObject | string {
  const url = (textAt(source['spec'], 'url') ?? '').replace(/\/+$/, '');
  const at = url.lastIndexOf('/');
  const reference = member(source['spec'], 'ref');
  const version = textAt(reference, 'tag') ?? textAt(reference, 'semver') ?? 'latest';
  const digest = textAt(reference, 'digest');
  const made = { repository: url.slice(0, at), name: url.slice(at + 1), version: version.replace('_', '+') };
  return reasonAgainstVersion(made.version) ?? { ...made, ...(digest !== undefined && { digest }) };
}

function patchesOf(spec: Json | undefined): readonly JsonObject[] | string {
  const patches: JsonObject[] = [];
  for (const renderer of items(member(spec, 'postRenderers'))) {
    const kustomize = member(renderer, 'kustomize');
    if (items(member(kustomize, 'images')).length > 0) return 'its post renderer changes images: say them in its values, or as patches';
    for (const patch of items(member(kustomize, 'patches'))) {
      const text = textAt(patch, 'patch') ?? '';
      const value = parseYaml(text).documents[0]?.value;
      const target = pick(member(patch, 'target'), [
        'group',
        'version',
        'kind',
        'name',
        'namespace',
        'labelSelector',
        'annotationSelector',
      ]);
      if (Array.isArray(value)) patches.push({ target, json6902: value as readonly Json[] });
      else if (isJsonObject(value)) patches.push({ target, strategic: value });
      else return 'a patch of its post renderer cannot be read';
    }
  }
  return patches;
}

function pick(value: Json | undefined, keys: readonly string[]): JsonObject {
  return present(Object.fromEntries(keys.map((key) => [key, member(value, key)])));
}

const UNDERSTOOD = new Set(
  'chart chartRef interval timeout values valuesFrom releaseName targetNamespace storageNamespace dependsOn postRenderers suspend serviceAccountName'.split(
    ' ',
  ),
);

/** Tells of what is otherwise here. */
export function tellRelease({ object, place }: FoundRelease, { title }: Release, { report }: Surroundings): void {
  const { spec } = object;
  const others = Object.keys(isJsonObject(spec) ? spec : {}).filter((key) => !UNDERSTOOD.has(key));
  if (others.length > 0)
    report.add('left', {
      place,
      what: `${others.join(', ')} of ${title}`,
      reason: 'how charts are installed is the same for all apps: docs/charts.md says how',
    });
  report.add('changed', { place, what: title, reason: 'its objects get the label emco/deployment-id, which is an upgrade of the release' });
}
