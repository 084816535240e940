import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

export const KUSTOMIZATIONS: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What a kustomization names: `resource` may be a file or a folder. */
export interface Reference {
  readonly path: string;
  readonly as: 'resource' | 'folder' | 'patch' | 'file';
}

/** All files and folders that a kustomization names. Fields that fetch or run something are not among them: packages may not have them. */
export function referencesOf(kustomization: JsonObject): readonly Reference[] {
  const named = (list: string, as: Reference['as']): readonly Reference[] => texts(kustomization[list]).map((path) => ({ path, as }));
  const within = (list: string, as: Reference['as']): readonly Reference[] =>
    items(kustomization[list]).flatMap((item) => texts([member(item, 'path')]).map((path) => ({ path, as })));
  return [
    ...named('resources', 'resource'),
    ...named('bases', 'folder'),
    ...named('components', 'folder'),
    ...named('crds', 'file'),
    ...named('configurations', 'file'),
    ...named('patchesStrategicMerge', 'patch').filter(({ path }) => !/[\n{]|:\s/.test(path)),
    ...within('patches', 'patch'),
    ...within('patchesJson6902', 'file'),
    ...within('replacements', 'file'),
    ...texts([member(kustomization['openapi'], 'path')]).map((path) => ({ path, as: 'file' as const })),
    ...[...items(kustomization['configMapGenerator']), ...items(kustomization['secretGenerator'])].flatMap(ofGenerator),
  ];
}

function ofGenerator(generator: Json): readonly Reference[] {
  const files = texts(member(generator, 'files')).map((entry) => entry.slice(entry.indexOf('=') + 1));
  return [...files, ...texts(member(generator, 'envs')), ...texts([member(generator, 'env')])].map((path) => ({ path, as: 'file' }));
}

/** Kustomize would fetch it, or take it for something to fetch. */
export function isRemote(path: string): boolean {
  return /:|\?|\/\/|\\|^git@|^[^/]*github\.com|\.git(?:\/|$)|^~|_git\//i.test(path);
}

/** A path from the top; `undefined` if it leads out. */
export function resolveFrom(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function texts(value: Json | readonly (Json | undefined)[] | undefined): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly (Json | undefined)[]) : [];
  return list.filter((item): item is string => typeof item === 'string');
}
