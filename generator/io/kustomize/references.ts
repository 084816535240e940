import { dirname } from 'node:path/posix';
import type { KustomizeFiles } from '../../model/ports.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { resolveInTree } from './tree.ts';

// Fields that name files or folders. Kustomize reads keys without regard to case: compare by plainKey().
const REFERENCES = new Set(['resources', 'bases', 'components', 'crds', 'configurations']);
const PATCHES = plainKey('patchesStrategicMerge');
const PLUGINS = new Set(['generators', 'transformers', 'validators']);
const HELM = new Set(['helmCharts', 'helmChartInflationGenerator', 'helmGlobals'].map(plainKey));
// Fields of patches, replacements, openapi, generators and plugins, at any depth.
const NESTED = new Set(['path', 'paths', 'files', 'envs', 'env']);

/**
 * Looks for what would lead kustomize out of the tree: a URL, a path that steps out, a chart. The binary stands on a real disk with a
 * real network, and kustomize itself fetches URLs and builds folders anywhere on the disk. The answer is a complaint, or `undefined`.
 * A file that we cannot read is refused, because kustomize might read it.
 */
export function findWayOut(files: KustomizeFiles): string | undefined {
  for (const [path, text] of files) {
    if (!/(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path)) continue;
    const complaint = firstComplaint(path, text, (document) => inKustomization(document, path, files));
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function inKustomization(document: Json, path: string, files: KustomizeFiles): string | undefined {
  for (const [key, value] of isJsonObject(document) ? Object.entries(document) : []) {
    const name = plainKey(key);
    if (HELM.has(name)) return `"${path}" inflates a Helm chart ("${key}"), which needs programs and a network`;
    const complaint = PLUGINS.has(name)
      ? first(strings(value), (plugin) => inPlugin(plugin, path, files))
      : complainAbout([...listedReferences(name, value), ...nestedReferences(value)], path);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

/** A plugin is configured by a file or by YAML on the spot; a built-in one reads files and URLs itself. */
function inPlugin(plugin: string, path: string, files: KustomizeFiles): string | undefined {
  const file = resolveInTree(dirname(path), plugin);
  const text = file === undefined ? undefined : files.get(file);
  if (file !== undefined && text !== undefined)
    return firstComplaint(file, text, (document) => complainAbout(nestedReferences(document), file));
  const { documents, problems } = parseYaml(plugin);
  const isConfiguration = problems.length === 0 && documents.every(({ value }) => isJsonObject(value));
  if (!isConfiguration) return `"${path}" configures a plugin with "${plugin}", which is no file of the template's folder`;
  return first(documents, ({ value }) => complainAbout(nestedReferences(value), path));
}

function complainAbout(references: readonly string[], path: string): string | undefined {
  return first(references, (reference) => {
    // `files: [name=path]` of a generator
    const forms = [reference, reference.slice(reference.indexOf('=') + 1)];
    const isOutside = forms.some((form) => isRemote(form) || resolveInTree(dirname(path), form) === undefined);
    return isOutside ? `"${path}" refers to "${reference}", which is outside the template's folder` : undefined;
  });
}

function first<T>(items: readonly T[], complain: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const complaint = complain(item);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function isRemote(reference: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(reference) || /^\s*git@/i.test(reference);
}

function listedReferences(name: string, value: Json): readonly string[] {
  // A patch may stand on the spot instead of in a file.
  if (name === PATCHES) return strings(value).filter((text) => !/\n|^\s*\{/.test(text));
  return REFERENCES.has(name) ? strings(value) : [];
}

function nestedReferences(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => nestedReferences(item));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => (NESTED.has(plainKey(key)) ? strings(member) : nestedReferences(member)));
}

/** All strings in a value, at any depth. */
function strings(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => strings(item));
  return isJsonObject(value) ? Object.values(value).flatMap(strings) : [];
}

function firstComplaint(path: string, text: string, complain: (document: Json) => string | undefined): string | undefined {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return `"${path}" cannot be read as YAML, line ${problem.line}: ${problem.message}`;
  return first(documents, ({ value }) => complain(value));
}

/** Go's encoding/json compares names without case, by Unicode folding: the long s is an s there. */
function plainKey(key: string): string {
  return key.toUpperCase().toLowerCase();
}
