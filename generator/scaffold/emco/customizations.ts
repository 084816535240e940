import { parseYaml } from '../../lib/yaml/parse.ts';
import { groupOf } from '../../lib/kube-names.ts';
import { secretIn } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { isYes, items, member, textAt, textOf } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { labelText } from './placements.ts';
import { holdsSecret } from './values.ts';

export interface Customizing {
  readonly path: string;
  readonly context: Import;
}

/** A resource's customizations, as an app's `customize` has them. */
export async function customizationsOf(resource: EmcoDocument, { path, context }: Customizing): Promise<readonly JsonObject[]> {
  const { report } = context;
  const made: JsonObject[] = [];
  for (const document of customizationDocuments(resource, context)) {
    const clusters = clustersOf(document, context);
    const patches = typeof clusters === 'string' ? clusters : await patchesOf(document, resource, context);
    if (typeof patches === 'string') report.left(document, patches);
    else {
      if (patches.length > 0) made.push({ clusters: clusters, patches });
      report.carried(document, path);
    }
  }
  return made;
}

export function customizationDocuments(resource: EmcoDocument, { shelf }: Import): readonly EmcoDocument[] {
  return shelf.in('customization', [...resource.scope, resource.name]);
}

export function isClusterSpecific({ spec }: EmcoDocument): boolean {
  return isYes(spec['clusterSpecific']);
}

/** Which clusters a customization is for; a text says why that cannot be told. */
export function clustersOf(document: EmcoDocument, context: Import): JsonObject | string {
  if (!isClusterSpecific(document)) return {};
  const { naming } = context;
  const info = document.spec['clusterInfo'];
  if (textAt(info, 'mode')?.toLowerCase() === 'deny')
    return 'its mode is "deny", which EMCO applies nowhere and documents as everywhere else';
  const provider = textAt(info, 'clusterProvider');
  const [cluster, label] = [textAt(info, 'cluster'), textAt(info, 'clusterLabel')];
  if (provider === undefined) return 'it names no provider';
  const at = naming.provider(provider);
  if (textAt(info, 'scope') === 'label')
    return label === undefined ? 'it names no label' : { provider: at, clusterLabel: labelText(label, context) };
  return cluster === undefined ? 'it names no cluster' : { provider: at, cluster: naming.cluster(provider, cluster) };
}

async function patchesOf(document: EmcoDocument, resource: EmcoDocument, context: Import): Promise<readonly JsonObject[] | string> {
  const gvk = resource.spec['resourceGVK'];
  const [apiVersion, kind, name] = [textAt(gvk, 'apiVersion'), textAt(gvk, 'kind'), textAt(gvk, 'name')];
  if (kind === undefined || name === undefined) return 'its resource says no kind and name';
  if (kind === 'Secret') return `it changes Secret "${name}", and secrets do not belong into Git`;
  const target = { ...versionOf(apiVersion), kind, name: name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') };
  const type = textAt(document.spec, 'patchType')?.toLowerCase();
  const data = kind === 'ConfigMap' && type !== 'merge' ? await dataPatch(document, context) : undefined;
  if (typeof data === 'string') return data;
  const patch = type === 'json' ? jsonPatch(document) : type === 'merge' ? await mergePatches(document, context) : [];
  if (typeof patch === 'string') return patch;
  const patches = [...(data ? [data] : []), ...patch].map((each) => ({ target, ...each }));
  return patches.length > 0 || isPlainStart(document) ? patches : 'it has no patch';
}

/** EMCO makes an object only where a customization says so: one without a patch is what says it. */
function isPlainStart({ spec }: EmcoDocument): boolean {
  return (textAt(spec, 'patchType') ?? '') === '';
}

function versionOf(apiVersion: string | undefined): JsonObject {
  if (apiVersion === undefined) return {};
  const group = groupOf(apiVersion);
  return { ...(group !== '' && { group }), version: group === '' ? apiVersion : apiVersion.slice(group.length + 1) };
}

function jsonPatch({ spec }: EmcoDocument): readonly JsonObject[] | string {
  const operations = items(spec['patchJson']).filter(isJsonObject);
  if (operations.length === 0) return 'it has no "patchJson"';
  if (operations.some(({ value }) => typeof value === 'string' && /^\$\(https?:/.test(value)))
    return 'a value is fetched from an address when EMCO deploys, and nothing is fetched here';
  if (operations.some((operation) => holdsSecret(operation))) return 'a value looks like a credential';
  const json6902 = operations.map(({ op, path, from, value }): JsonObject => {
    const kept = { op: textOf(op) ?? '', path: textOf(path) ?? '', ...(from !== undefined && { from }) };
    return op === 'remove' || value === undefined ? kept : { ...kept, value };
  });
  return [{ json6902 }];
}

async function mergePatches(document: EmcoDocument, { ports }: Import): Promise<readonly JsonObject[] | string> {
  const patches: JsonObject[] = [];
  for (const path of document.files) {
    const read = await ports.readText({ path, place: document.place });
    if (!read.ok) return `its file cannot be read: ${read.reason}`;
    const { documents, problems } = parseYaml(read.value);
    if (problems[0]) return `its file "${path}", line ${problems[0].line}: ${problems[0].message}`;
    for (const { value } of documents) {
      if (value === null) continue;
      if (!isJsonObject(value)) return `its file "${path}" holds no patch`;
      if (holdsSecret(value)) return `its file "${path}" holds what looks like a credential`;
      patches.push({ strategic: withoutNamespace(value) });
    }
  }
  return patches.length === 0 ? 'it has no file with a patch' : patches;
}

function withoutNamespace(value: JsonObject): JsonObject {
  const metadata = value['metadata'];
  if (!isJsonObject(metadata) || !('namespace' in metadata)) return value;
  return { ...value, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'namespace')) };
}

/** Files that become entries of a ConfigMap. */
async function dataPatch(document: EmcoDocument, { ports }: Import): Promise<JsonObject | string | undefined> {
  const options = items(member(document.spec['configMapOptions'], 'dataKeyOptions'));
  if (options.some((option) => isYes(member(option, 'mergePatch'))))
    return 'it merges files into entries that are there, which is not carried over';
  const isJson = textAt(document.spec, 'patchType')?.toLowerCase() === 'json';
  const data = new Map<string, Json>();
  for (const path of document.files) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    const option = options.find((each) => textAt(each, 'fileName') === file);
    // emcoctl wants a file with every customization: beside a JSON patch, only those that are spoken of mean something.
    if (isJson && !option) continue;
    const read = await ports.readText({ path, place: document.place });
    if (!read.ok) return `its file cannot be read: ${read.reason}`;
    if (secretIn(read.value) !== undefined) return `its file "${path}" holds what looks like a credential`;
    data.set(textAt(option ?? null, 'keyName') ?? file, read.value);
  }
  return data.size === 0 ? undefined : { strategic: { data: Object.fromEntries(data) } };
}
