import type { Json, JsonObject } from '../model/json.ts';
import type { Patch } from '../model/render.ts';
import type { Facts } from './early-positions.ts';
import { field, folderOf, generatorPath, isInline, itemsOf, resolvePath } from './kustomization-files.ts';
import { replacedKeys, replacedKeysOf } from './replaced-keys.ts';
import { mentions } from './tokens.ts';

/** A patch of a kustomization, by file or inline, with what its target says. */
export interface PatchUse {
  readonly kind: string | undefined;
  readonly hasTarget: boolean;
}

export interface PackageFacts extends Facts {
  /** Files that generators read. */
  readonly contents: ReadonlySet<string>;
  readonly patchFiles: ReadonlyMap<string, PatchUse>;
}

const FAR_REACHING = [
  ...['configurations', 'crds', 'generators', 'helmCharts', 'openapi', 'replacements', 'transformers', 'validators', 'vars'],
  ...['helmChartInflationGenerator', 'helmGlobals'],
];
const COMPARING =
  /\$(?:deleteFrom|setElementOrder|retainKeys)|["']?op["']?\s*:\s*["']?(?:test|copy|move)\b|needs-?hash|internal\.config\.kubernetes\.io/i;
/** Annotations that tell kustomize what to do, such as to put a hash of contents into a name. */
const INTERNAL = 'internal.config.kubernetes.io';
const COMPARING_OPERATIONS = new Set<Json | undefined>(['test', 'copy', 'move']);
const GENERATORS = ['configMapGenerator', 'secretGenerator'];

/** Reads off a package's kustomizations, and its texts, what decides when values are bound. Errs on the early side. */
export function packageFacts(
  kustomizations: ReadonlyMap<string, JsonObject>,
  { texts, prefix }: { readonly texts: ReadonlyMap<string, string>; readonly prefix: string },
): PackageFacts {
  const all = [...kustomizations.values()];
  const patches = all.flatMap((value) => [...itemsOf(value['patches']), ...itemsOf(value['patchesJson6902'])]);
  const generators = all.flatMap((value) => GENERATORS.flatMap((name) => itemsOf(value[name])));
  const withImages = all.filter((value) => imagesOf(value).length > 0);
  const paths = [...kustomizations].map(([name, value]) => pathsOf(value, folderOf(name)));
  const isAllEarly =
    // One entry may rename what the next one matches.
    all.reduce((sum, value) => sum + imagesOf(value).length, 0) > 1 ||
    all.some((value) => FAR_REACHING.some((name) => Object.hasOwn(value, name))) ||
    paths.some(({ listed }) => listed.some((path) => path.includes(prefix))) ||
    [...texts.values()].some((text) => COMPARING.test(text));
  const patchFiles = new Map(paths.flatMap(({ patchFiles }) => patchFiles));
  return {
    isAllEarly,
    hasImages: withImages.length > 0,
    hasSelectors: patches.some((patch) => selectsByLabel(field(patch, 'target'))),
    hasGenerators: generators.length > 0,
    mergesGenerated: generators.some((generator) => (field(generator, 'behavior') ?? 'create') !== 'create'),
    contents: new Set(paths.flatMap(({ contents }) => contents)),
    patchFiles,
    replacedKeys: replacedKeys(all, { patches: [...patchFiles.keys()].map((name) => texts.get(name) ?? '') }),
  };
}

function imagesOf(value: JsonObject): readonly Json[] {
  return [...itemsOf(value['images']), ...itemsOf(value['imageTags'])];
}

/** The same, with a job's own patches. */
export function withPatches(facts: PackageFacts, patches: readonly Patch[]): PackageFacts {
  if (patches.length === 0) return facts;
  const isComparing = patches.some(({ type, patch }) => {
    if (mentions(patch, INTERNAL)) return true;
    if (type === 'strategic')
      return mentions(patch, '$retainKeys') || mentions(patch, '$deleteFrom') || mentions(patch, '$setElementOrder');
    return type === 'json6902' && patch.some((operation) => COMPARING_OPERATIONS.has(field(operation, 'op')));
  });
  const hasSelectors = patches.some(({ target }) => (target.labelSelector ?? target.annotationSelector) !== undefined);
  return {
    ...facts,
    isAllEarly: facts.isAllEarly || isComparing,
    hasSelectors: facts.hasSelectors || hasSelectors,
    // Merge patches are applied to kustomize's objects, where scalars have no style.
    replacedKeys: new Set([
      ...facts.replacedKeys,
      ...patches.flatMap(({ type, patch }) => (type === 'merge' ? [] : [...replacedKeysOf(patch)])),
    ]),
  };
}

function selectsByLabel(target: Json | undefined): boolean {
  return (field(target, 'labelSelector') ?? field(target, 'annotationSelector')) !== undefined;
}

interface Paths {
  /** Every path as written. */
  readonly listed: readonly string[];
  readonly contents: readonly string[];
  readonly patchFiles: readonly (readonly [string, PatchUse])[];
}

function pathsOf(value: JsonObject, folder: string): Paths {
  const texts = (list: Json | undefined): readonly string[] => itemsOf(list).filter((item) => typeof item === 'string');
  const inFolder = (path: string): string => resolvePath(folder, path) ?? '';
  const generated = GENERATORS.flatMap((name) =>
    itemsOf(value[name]).flatMap((generator) => {
      const env = field(generator, 'env');
      return [
        ...texts(field(generator, 'files')).map(generatorPath),
        ...texts(field(generator, 'envs')),
        ...(typeof env === 'string' ? [env] : []),
      ];
    }),
  );
  const targeted = [...itemsOf(value['patches']), ...itemsOf(value['patchesJson6902'])].flatMap((patch) => {
    const path = field(patch, 'path');
    return typeof path === 'string' ? [[path, patchUse(patch)] as const] : [];
  });
  const merged = texts(value['patchesStrategicMerge']).filter((text) => !isInline(text));
  const patchFiles = [...targeted, ...merged.map((path) => [path, { kind: undefined, hasTarget: false }] as const)];
  return {
    listed: [...generated, ...patchFiles.map(([path]) => path), ...texts(value['resources']), ...texts(value['components'])],
    contents: generated.map(inFolder),
    patchFiles: patchFiles.map(([path, use]) => [inFolder(path), use] as const),
  };
}

export function patchUse(patch: Json | undefined): PatchUse {
  const target = field(patch, 'target');
  const kind = field(target, 'kind');
  return { kind: typeof kind === 'string' ? kind : undefined, hasTarget: target !== undefined };
}
