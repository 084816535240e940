import { readInstancePath } from '../lib/instance-path.ts';
import { isSopsEncrypted } from '../lib/kube-names.ts';
import { sortBy } from '../lib/order.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import { deploymentId, DEPLOYMENT_LABEL, type DeploymentId, type TreeInstance, type TreeObject } from '../model/apply.ts';
import type { ClusterId, ContextId } from '../model/context.ts';
import { MARKER } from '../model/file.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { RepoPath, SourceFile } from '../model/source.ts';
import { ownerLabelOf } from './inventory.ts';
import { type Tenancy, misplaced } from './misplaced.ts';
import { impliedDependencies } from './plan.ts';
import { refOf } from './refs.ts';
import { faultIn } from './sound-ref.ts';

/** A file of the tree that is not what Espalier writes. */
export interface OddFile {
  readonly path: RepoPath;
  readonly reason: string;
}

export interface ReadTree {
  readonly instances: readonly TreeInstance[];
  readonly odd: readonly OddFile[];
}

/** A dependency that a decision records. */
export interface KnownDependency {
  readonly context: ContextId;
  readonly app: string;
  /** Name of the logical cloud, in the decision's own namespace. */
  readonly cloud?: string;
  readonly namespace?: string;
  readonly dependsOn: readonly string[];
}

const INDEX = 'kustomization.yaml';

interface Known extends Tenancy {
  readonly dependencies: readonly KnownDependency[];
}

/** The instances of a cluster's committed files. Files that say anything else than one object of ours are told, and not applied. */
export function readInstances(cluster: ClusterId, files: readonly SourceFile[], { dependencies, ...tenancy }: Known): ReadTree {
  const odd: OddFile[] = [];
  const found = new Map<DeploymentId, { readonly context: ContextId; readonly app: string; readonly objects: TreeObject[] }>();
  for (const { path, text } of sortBy(files, (file) => file.path)) {
    const { instance: ref, place, file } = readInstancePath(path) ?? {};
    if (ref?.cluster !== cluster || place !== '') {
      odd.push({ path, reason: 'a cluster without an agent has instances only (context/<id>/app/<app>/)' });
      continue;
    }
    const { context, app } = ref;
    const id = deploymentId(context, app);
    const instance = found.get(id) ?? { context, app, objects: [] };
    found.set(id, instance);
    const read = file === INDEX ? readIndex(text) : readObject({ path, text }, id);
    if (typeof read === 'string') odd.push({ path, reason: read });
    else if (read) instance.objects.push(read);
  }
  const instances = linked(
    [...found].map(([id, instance]) => ({ id, ...instance, isAdmins: tenancy.cloudOf(instance)?.isAdmins === true })),
    dependencies,
  );
  return { instances, odd: [...odd, ...misplaced(instances, tenancy)] };
}

function linked(instances: readonly Omit<TreeInstance, 'dependsOn'>[], dependencies: readonly KnownDependency[]): readonly TreeInstance[] {
  const implied = impliedDependencies(instances);
  const there = new Set(instances.map(({ id }) => id));
  const recorded = new Map(
    dependencies.map(({ context, app, dependsOn }) => [deploymentId(context, app), dependsOn.map((name) => deploymentId(context, name))]),
  );
  return instances.map((instance) => {
    const needs = [...(implied.get(instance.id) ?? []), ...(recorded.get(instance.id) ?? [])].filter((id) => there.has(id));
    return { ...instance, dependsOn: [...new Set(needs)].sort() };
  });
}

function readIndex(text: string): string | undefined {
  return text.startsWith(`${MARKER}\n`) ? undefined : 'it does not begin with the marker of generated files';
}

/** The one object of a file, or why there is none. */
function readObject({ path, text }: SourceFile, id: DeploymentId): TreeObject | string {
  if (!text.startsWith(`${MARKER}\n`)) return 'it does not begin with the marker of generated files';
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return `it is not sound YAML (line ${problem.line})`;
  const [document, ...more] = documents;
  if (!document || more.length > 0) return `it holds ${documents.length} documents instead of one`;
  const object = document.value;
  if (!isKubeObject(object)) return 'it holds no object of Kubernetes';
  const { namespace } = object.metadata;
  if (namespace !== undefined && typeof namespace !== 'string') return 'its namespace is no text';
  const fault = faultIn(refOf(object));
  if (fault !== undefined) return fault;
  if (isSopsEncrypted(object)) return 'SOPS encrypted it, and what applies directly has no key';
  const label = ownerLabelOf(object);
  return label === id
    ? { path, object, at: (part, which) => ({ file: path, ...document.locate(part, which) }) }
    : `its label ${DEPLOYMENT_LABEL} is ${label === undefined ? 'missing' : `"${label}"`} instead of "${id}"`;
}

function isKubeObject(value: Json): value is KubeObject {
  if (!isJsonObject(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return false;
  const { metadata } = value;
  return isJsonObject(metadata) && typeof metadata['name'] === 'string' && metadata['name'] !== '';
}

/** What a decision says of its app's dependencies; `undefined`: it is no decision. */
export function readDependency({ text }: SourceFile): KnownDependency | undefined {
  const value = text.startsWith(`${MARKER}\n`) ? parseYaml(text).documents[0]?.value : undefined;
  if (!isJsonObject(value) || !isJsonObject(value['metadata']) || !isJsonObject(value['spec'])) return undefined;
  const { contextId, dependsOn, logicalCloud } = value['spec'];
  const { name: app, namespace } = value['metadata'];
  if (typeof contextId !== 'string' || typeof app !== 'string' || !Array.isArray(dependsOn)) return undefined;
  const names = (dependsOn as readonly Json[]).filter((name) => typeof name === 'string');
  return {
    context: contextId as ContextId,
    app,
    ...(typeof logicalCloud === 'string' && { cloud: logicalCloud }),
    ...(typeof namespace === 'string' && { namespace }),
    dependsOn: names,
  };
}
