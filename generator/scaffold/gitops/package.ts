import { groupBy } from '../../lib/group-by.ts';
import { objectIdentity } from '../../lib/kube-names.ts';
import { objectFileName } from '../../lib/object-file-name.ts';
import { repoPath } from '../../lib/path.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { SourceFile } from '../../model/source.ts';
import { kustomization, templateFile } from '../app.ts';
import { findApp } from '../import/package.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { withoutNamespace } from './changes.ts';
import { readerOf } from './memory-reader.ts';
import type { ClusterName, Surroundings } from './model.ts';
import type { Part } from './parts.ts';
import { patchesFrom, variantsOf } from './variants.ts';

/** A template package, and what each cluster changes. */
export interface PartPackage {
  readonly files: readonly SourceFile[];
  readonly patches: ReadonlyMap<ClusterName, readonly JsonObject[]>;
  /** What became of the texts, for people; `undefined`: they are as they were. */
  readonly note: string | undefined;
}

interface Naming {
  readonly name: string;
  readonly description: string;
  readonly surroundings: Surroundings;
}

/** Makes a package of a part: the kustomizations and manifests as they are, where that gives the same objects; else one file for each object. */
export async function packageOf(part: Part, naming: Naming): Promise<PartPackage> {
  return (await verbatim(part, naming)) ?? oneByOne(part, naming);
}

function oneByOne(part: Part, { name, description, surroundings }: Naming): PartPackage {
  const isSubstituted = part.units.some(({ source }) => source.isSubstituted);
  const within = new Set(part.units.flatMap(({ source }) => [...source.gathered.files.keys()]));
  const patches: [ClusterName, JsonObject][] = [];
  const files: SourceFile[] = [];
  let printed = 0;
  for (const variant of part.objects) {
    const { content, patches: own } = variantsOf(variant, { tree: surroundings.tree, within, isSubstituted });
    if (!content.isKept) printed += 1;
    files.push({ path: repoPath(`templates/apps/${name}/${objectFileName(content.object, '')}`), text: content.text });
    patches.push(...own);
  }
  const start = `templates/apps/${name}/`;
  const list = kustomization(files.map(({ path }) => path.slice(start.length)).sort());
  return {
    files: [templateFile({ name, description, values: {} }), { path: repoPath(`${start}kustomization.yaml`), text: list }, ...files],
    patches: byCluster(patches),
    note:
      printed === 0
        ? 'one file for each object, with its text as it was'
        : `one file for each object; ${printed} of ${files.length} ${printed === 1 ? 'is' : 'are'} written as kustomize builds ${printed === 1 ? 'it' : 'them'}, without comments`,
  };
}

/** What lies over all clusters' bases alike; fields that need not be written are left out. */
async function verbatim(part: Part, { name, description, surroundings }: Naming): Promise<PartPackage | undefined> {
  const { units } = part;
  const [first] = units;
  if (!first || units.some(({ source }) => source.isSubstituted)) return undefined;
  for (const bases of candidates(part)) {
    const tree = treeOf(part, bases);
    const found = await findApp({ folder: readerOf(tree), from: first.source.gathered.folder });
    if (found.problems.length > 0) continue;
    const files = found.files({ name, description, values: [] });
    const built = await build(files, { name, surroundings });
    const patches = built && compare(part, built);
    if (patches) return { files, patches, note: undefined };
  }
  return undefined;
}

/** Folders that a package could be made of: the one that all units name, or those that they all are laid over. */
function candidates({ units }: Part): readonly (readonly string[])[] {
  const folders = new Set(units.map(({ source }) => source.gathered.folder));
  const bases = new Set(units.map(({ source }) => JSON.stringify(source.gathered.bases)));
  const [shared = '[]'] = bases;
  if (folders.size === 1) return [[...folders]];
  return bases.size === 1 && shared !== '[]' ? [JSON.parse(shared) as readonly string[]] : [];
}

/** The files below their common folder, with a kustomization at the top. */
function treeOf({ units: [first, ...others] }: Part, bases: readonly string[]): ReadonlyMap<string, string> {
  if (!first) return new Map();
  const { over, gathered } = first.source;
  const isAlike = others.every(({ source }) => canonicalJson(source.over) === canonicalJson(over));
  const rest = Object.fromEntries(Object.entries(isAlike ? over : {}).filter(([key]) => key !== 'namespace'));
  const needed = reach(gathered.files, bases);
  const top = commonFolder([...needed, ...bases.map((base) => `${base}/x`)]);
  const strip = (path: string): string => (top === '' ? path : path.slice(top.length + 1));
  const files = new Map([...needed].map((path) => [strip(path), gathered.files.get(path) ?? ''] as const));
  const inner = bases.map(strip);
  const isAtTop = inner.length === 1 && inner[0] === '';
  // A folder that is the whole package needs no kustomization over its own.
  if (isAtTop && Object.keys(rest).length === 0) return files;
  const base = isAtTop ? new Map([...files].map(([path, text]) => [`base/${path}`, text] as const)) : files;
  const list = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: isAtTop ? ['base'] : inner, ...rest };
  return new Map<string, string>([...base, ['kustomization.yaml', printYaml(list)]]);
}

/** Files of the folders, and of all others that are not overlays of somebody else: what a folder names lies beside it. */
function reach(files: ReadonlyMap<string, string>, bases: readonly string[]): readonly string[] {
  const inside = [...files.keys()].filter((path) => bases.some((base) => base === '' || path.startsWith(`${base}/`)));
  const leadsOut = inside.some(
    (path) => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) && (files.get(path) ?? '').includes('..'),
  );
  return leadsOut ? [...files.keys()] : inside;
}

function commonFolder(paths: readonly string[]): string {
  const [steps = [], ...others] = paths.map((path) => path.split('/').slice(0, -1));
  let length = steps.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same] === steps[same]) same += 1;
    length = same;
  }
  return steps.slice(0, length).join('/');
}

async function build(
  files: readonly SourceFile[],
  { name, surroundings }: Pick<Naming, 'name' | 'surroundings'>,
): Promise<readonly KubeObject[] | undefined> {
  const start = `templates/apps/${name}/`;
  const tree = new Map(files.map(({ path, text }) => [path.slice(start.length), text] as const));
  tree.delete('template.yaml');
  const result = await surroundings.kustomizer.build(tree, '.');
  return result.ok ? result.objects : undefined;
}

/** What each cluster changes; `undefined` where the package's objects are others than the part's. */
function compare({ objects, namespace }: Part, built: readonly KubeObject[]): ReadonlyMap<ClusterName, readonly JsonObject[]> | undefined {
  const own = new Map(built.map((object) => [objectIdentity(withoutNamespace(object)), object] as const));
  if (own.size !== built.length || own.size !== objects.length) return undefined;
  const patches: [ClusterName, JsonObject][] = [];
  for (const variant of objects) {
    const [first] = variant.values();
    const content = first && own.get(objectIdentity(withoutNamespace(first)));
    const inOther = content?.metadata['namespace'];
    if (!content || (inOther !== undefined && inOther !== namespace)) return undefined;
    patches.push(...patchesFrom(content, variant));
  }
  return byCluster(patches);
}

function byCluster(patches: readonly (readonly [ClusterName, JsonObject])[]): PartPackage['patches'] {
  const groups = groupBy(patches, ([cluster]) => cluster);
  return new Map([...groups].map(([cluster, own]) => [cluster, own.map(([, patch]) => patch)]));
}
