import { dirname } from 'node:path/posix';
import type { KustomizeFiles } from '../../model/ports.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { resolveInTree } from './tree.ts';

// Fields that name files or folders. Kustomize reads keys without regard to case: compare by plainKey().
const REFERENCES = new Set(
  ['resources', 'bases', 'components', 'crds', 'configurations', 'patchesStrategicMerge', 'generators', 'transformers', 'validators'].map(
    plainKey,
  ),
);
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
  const kustomizations = [...files].filter(([path]) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path));
  let hasPlugins = false;
  for (const [path, text] of kustomizations) {
    const documents = readDocuments(path, text);
    if (typeof documents === 'string') return documents;
    for (const document of documents) {
      const complaint = inKustomization(document, path);
      if (complaint !== undefined) return complaint;
      hasPlugins ||= isJsonObject(document) && Object.keys(document).some((key) => PLUGINS.has(plainKey(key)));
    }
  }
  return hasPlugins ? inPluginFiles(files) : undefined;
}

/** Any file may hold a built-in plugin's configuration once some are in use. */
function inPluginFiles(files: KustomizeFiles): string | undefined {
  for (const [path, text] of files) {
    const complaint = inPluginText(text, path);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function inPluginText(text: string, path: string): string | undefined {
  const documents = readDocuments(path, text);
  if (typeof documents === 'string') return documents;
  for (const document of documents) {
    const complaint = complainAbout(nestedReferences(document), path);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function inKustomization(document: Json, path: string): string | undefined {
  if (!isJsonObject(document)) return undefined;
  for (const [key, value] of Object.entries(document)) {
    const name = plainKey(key);
    if (HELM.has(name)) return `"${path}" inflates a Helm chart ("${key}"), which needs programs and a network`;
    const complaint = complainAbout([...(REFERENCES.has(name) ? strings(value) : []), ...nestedReferences(value)], path);
    if (complaint !== undefined) return complaint;
    for (const inline of PLUGINS.has(name) ? strings(value).filter(isInline) : []) {
      const inside = inPluginText(inline, path);
      if (inside !== undefined) return inside;
    }
  }
  return undefined;
}

function complainAbout(references: readonly string[], path: string): string | undefined {
  for (const reference of references) {
    if (isInline(reference)) continue;
    // `files: [name=path]` of a generator
    const target = reference.slice(reference.indexOf('=') + 1);
    if (isRemote(reference) || isRemote(target)) return `"${path}" refers to "${reference}", which is not in the template's folder`;
    if (resolveInTree(dirname(path), reference) === undefined || resolveInTree(dirname(path), target) === undefined) {
      return `"${path}" refers to "${reference}", which is outside the template's folder`;
    }
  }
  return undefined;
}

function isRemote(reference: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]*:/i.test(reference) || /^\s*git@/i.test(reference);
}

function isInline(reference: string): boolean {
  return reference.includes('\n');
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

function readDocuments(path: string, text: string): readonly Json[] | string {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return `"${path}" cannot be read as YAML, line ${problem.line}: ${problem.message}`;
  return documents.map(({ value }) => value);
}

/** Go's encoding/json compares names without case, by Unicode folding: the long s is an s there. */
function plainKey(key: string): string {
  return key.toUpperCase().toLowerCase();
}
