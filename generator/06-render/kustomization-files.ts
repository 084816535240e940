import { parseYaml, type YamlDocument } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomization(name: string): boolean {
  return KUSTOMIZATION_NAMES.includes(name.slice(name.lastIndexOf('/') + 1));
}

export function isYamlName(name: string): boolean {
  return /\.(?:yaml|yml|json)$/.test(name) || isKustomization(name);
}

export function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** A path of a kustomization in a folder, from the package's top; `undefined` if it leads out. */
export function resolvePath(folder: string, path: string): string | undefined {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** An inline patch rather than a path, in a list where both may stand. */
export function isInline(text: string): boolean {
  return /[\n{]/.test(text) || /:\s/.test(text);
}

export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function field(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The path of one entry of a generator's `files`, which may be `key=path`. */
export function generatorPath(entry: string): string {
  return entry.slice(entry.indexOf('=') + 1);
}

/** A kustomization as JSON, or `undefined` if the text is none. */
export function readKustomization(text: string): { readonly value: JsonObject; readonly document: YamlDocument } | undefined {
  const { documents } = parseYaml(text);
  const document = documents.find(({ value }) => value !== null);
  return document && isJsonObject(document.value) ? { value: document.value, document } : undefined;
}
