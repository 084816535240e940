import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { member, textAt } from '../emco/members.ts';
import { type Fault, isFault, type SourceTree } from '../gitops/source-tree.ts';
import type { Place } from '../import-report.ts';

/** What `flux bootstrap` wrote for a cluster. */
export interface FluxSync {
  /** The folder of Flux's own files, from the top of the repository. */
  readonly home: string;
  readonly source: { readonly object: KubeObject; readonly place: Place };
  readonly root: { readonly object: KubeObject; readonly place: Place };
  /** Of Flux, `major.minor`. */
  readonly version: string | undefined;
  /** Whether its kustomization changes Flux's manifests. */
  readonly patched: Place | undefined;
}

/** Reads the folder that Flux keeps its own files in, below a cluster's. */
export async function readSync(folder: string, tree: SourceTree): Promise<FluxSync | Fault> {
  const listing = (await tree.list(folder)) ?? [];
  for (const { name, kind } of listing) {
    if (kind !== 'folder') continue;
    const home = folder === '' ? name : `${folder}/${name}`;
    const entries = (await tree.list(home)) ?? [];
    if (!entries.some((entry) => entry.name === 'gotk-sync.yaml')) continue;
    return readHome(home, { tree, hasManifests: entries.some((entry) => entry.name === 'gotk-components.yaml') });
  }
  return {
    place: { file: folder, line: 1 },
    reason: 'no folder in it holds gotk-sync.yaml, which flux bootstrap writes into flux-system/',
  };
}

async function readHome(
  home: string,
  { tree, hasManifests }: { readonly tree: SourceTree; readonly hasManifests: boolean },
): Promise<FluxSync | Fault> {
  const path = `${home}/gotk-sync.yaml`;
  const file = await tree.yaml(path);
  if (isFault(file)) return file;
  const objects = file.documents.flatMap((document) =>
    isObject(document.value) ? [{ object: document.value, place: { file: path, line: document.locate([]).line } }] : [],
  );
  const root = objects.find(({ object }) => object.kind === 'Kustomization');
  const source = objects.find(
    ({ object }) =>
      object.kind === textAt(member(root?.object['spec'], 'sourceRef'), 'kind') &&
      object.metadata.name === textAt(member(root?.object['spec'], 'sourceRef'), 'name'),
  );
  if (!root || !source) return { place: { file: path, line: 1 }, reason: 'it does not hold a Kustomization and its source' };
  if (source.object.kind !== 'GitRepository')
    return { place: source.place, reason: `its source is of kind ${source.object.kind}, and trees are pulled from Git` };
  const version = hasManifests ? await versionIn(`${home}/gotk-components.yaml`, tree) : undefined;
  return { home, source, root, version, patched: await patchesIn(home, tree) };
}

async function versionIn(path: string, tree: SourceTree): Promise<string | undefined> {
  const file = await tree.text(path);
  if (isFault(file)) return undefined;
  const text =
    /^# Flux Version: v?([0-9]+\.[0-9]+)/m.exec(file.text) ?? /^ +app\.kubernetes\.io\/version: "?v([0-9]+\.[0-9]+)/m.exec(file.text);
  return text?.[1];
}

async function patchesIn(home: string, tree: SourceTree): Promise<Place | undefined> {
  const path = `${home}/kustomization.yaml`;
  const file = await tree.text(path);
  if (isFault(file)) return undefined;
  const [document] = parseYaml(file.text).documents;
  const isPatched =
    document && isJsonObject(document.value) && Object.keys(document.value).some((key) => /patch|images|replicas/i.test(key));
  return isPatched ? { file: path, line: 1 } : undefined;
}

function isObject(value: Json): value is KubeObject {
  return isJsonObject(value) && typeof value['kind'] === 'string' && typeof member(value['metadata'], 'name') === 'string';
}
