/** What a cluster's tree promises: which Kustomizations there will be, as whom they apply, and which objects are theirs. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface TreeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

interface FluxKustomization extends TreeObject {
  readonly spec: { readonly path: string; readonly serviceAccountName?: string };
}

export interface ExpectedKustomization {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string | undefined;
  readonly objects: readonly TreeObject[];
}

/** The id under which Flux lists an object in an inventory: `<namespace>_<name>_<group>_<kind>`. */
export function inventoryId({ apiVersion, kind, metadata }: TreeObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [metadata.namespace ?? '', metadata.name, group, kind].join('_');
}

/** Follows the cluster's root Kustomization, and the Kustomizations that it applies, through the tree below `root`. */
export async function readTree(root: string, cluster: string): Promise<readonly ExpectedKustomization[]> {
  const found = new Map<string, ExpectedKustomization>();
  const follow = async (objects: readonly TreeObject[]): Promise<void> => {
    for (const object of objects.filter(isFluxKustomization)) {
      const { name, namespace = '' } = object.metadata;
      if (found.has(name)) continue;
      const applied = await objectsBelow(join(root, object.spec.path));
      // The root's account is set by a patch in flux-system/kustomization.yaml; the cluster is asked for it.
      found.set(name, { name, namespace, serviceAccount: object.spec.serviceAccountName, objects: applied });
      await follow(applied);
    }
  };
  await follow(await objectsBelow(join(root, 'clusters', cluster)));
  return [...found.values()];
}

function isFluxKustomization(object: TreeObject): object is FluxKustomization {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** As Flux reads a folder: through its kustomization.yaml, or, without one, all its files. */
async function objectsBelow(folder: string): Promise<readonly TreeObject[]> {
  const names = await readdir(folder);
  const isListed = names.includes('kustomization.yaml');
  const resources = isListed ? await listedResources(folder) : names.filter((name) => name.endsWith('.yaml'));
  const parts = resources.map(async (name) =>
    name.endsWith('.yaml') ? await readObjects(join(folder, name)) : await objectsBelow(join(folder, name)),
  );
  return (await Promise.all(parts)).flat();
}

async function listedResources(folder: string): Promise<readonly string[]> {
  const [index] = await readDocuments<{ readonly resources?: readonly string[] }>(join(folder, 'kustomization.yaml'));
  return index?.resources ?? [];
}

async function readObjects(path: string): Promise<readonly TreeObject[]> {
  return await readDocuments<TreeObject>(path);
}

async function readDocuments<T>(path: string): Promise<readonly T[]> {
  return parseAllDocuments(await readFile(path, 'utf8'))
    .map((document) => document.toJS() as T | null)
    .filter((value) => value !== null);
}
