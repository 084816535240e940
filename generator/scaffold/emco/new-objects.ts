import { secretIn } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { clustersOf, customizationDocuments, customizationsOf, isClusterSpecific } from './customizations.ts';
import { items, member, textAt } from './members.ts';
import { packageOf } from './manifests.ts';
import type { EmcoDocument } from './model.ts';

interface Making {
  readonly group: EmcoDocument;
  readonly app: string;
  /** Where the app runs. */
  readonly placement: JsonObject;
  readonly path: string;
  readonly context: Import;
}

/** An object that EMCO adds to an app: here an app of its own beside it. A text says why there is none. */
export async function newObject(resource: EmcoDocument, making: Making): Promise<JsonObject | string> {
  const { group, app, path, context } = making;
  const { naming, report } = context;
  const { kind, name } = objectOf(resource);
  if (kind === 'Secret') {
    report.todo(resource, `Secret "${name}" must exist in the cloud's namespace: it was neither read nor written`);
    return 'secrets do not belong into Git';
  }
  const placement = placementFor(resource, making);
  if (typeof placement === 'string') return placement;
  const key = JSON.stringify([resource.scope.at(-1) ?? '', resource.name]);
  const [own, template] = [naming.app(group, app, key), naming.template(group, app, key)];
  const problem = await takeObject(resource, template, making);
  if (problem !== undefined) return problem;
  report.changed(resource, `it is an app of its own, "${own}", where "${app}" runs`);
  if (customizationDocuments(resource, context).length === 0)
    report.changed(resource, 'EMCO makes no object without a customization; here it is made');
  const customize = await customizationsOf(resource, { path, context });
  report.carried(resource, path);
  return { name: own, source: { template }, placement, ...(customize.length > 0 && { customize }) };
}

function objectOf({ spec, name }: EmcoDocument): { readonly kind: string; readonly name: string } {
  const gvk = spec['resourceGVK'];
  return { kind: textAt(gvk, 'kind') ?? 'Object', name: textAt(gvk, 'name') ?? name };
}

/** Makes a package of the resource's file; a text says why not. */
async function takeObject(resource: EmcoDocument, template: string, { app, context }: Making): Promise<string | undefined> {
  const { ports, report, files } = context;
  const [file] = resource.files;
  if (file === undefined) return 'it names no file';
  const read = await ports.readText({ path: file, place: resource.place });
  if (!read.ok) return `its file cannot be read: ${read.reason}`;
  if (secretIn(read.value) !== undefined) return 'its file holds what looks like a credential';
  const { kind, name } = objectOf(resource);
  const description = `${kind} ${name}, which EMCO added to the app ${app}.`;
  const object = file.endsWith('.json') ? 'object.json' : 'object.yaml';
  const made = await packageOf(new Map([[object, read.value]]), { name: template, description, from: file });
  if (typeof made === 'string') return made;
  files.push(...made.files);
  for (const note of made.notes) report.changed(resource, note);
  return undefined;
}

/** Where all customizations are for some clusters, EMCO makes the object on those alone. */
function placementFor(resource: EmcoDocument, { placement, context }: Making): JsonObject | string {
  const documents = customizationDocuments(resource, context);
  if (documents.length === 0 || !documents.every(isClusterSpecific)) return placement;
  const selectors = documents.map((document) => clustersOf(document, context)).filter(isJsonObject);
  const app = items(placement['allOf']);
  if (placement['anyOf'] !== undefined || app.some((item) => member(item, 'anyOf') !== undefined))
    return 'it is for some of the clusters of an app that is placed on any of several, so that nobody can tell where';
  const known = clusters(context);
  const both = known.filter((cluster) => selectors.some((one) => matches(one, cluster)) && app.some((one) => matches(one, cluster)));
  if (both.length === 0) return 'no cluster that is described is among both its own and its app’s';
  return { allOf: both.map(({ provider, name }) => ({ provider, cluster: name })) };
}

interface KnownCluster {
  readonly provider: string;
  readonly name: string;
  readonly labels: ReadonlySet<string>;
}

function clusters({ shelf, naming }: Import): readonly KnownCluster[] {
  return shelf.of('cluster').map((document) => {
    const [provider = ''] = document.scope;
    const labels = shelf.in('label', [provider, document.name]).flatMap((label) => {
      const { key, value } = naming.label(label.name);
      return [key, `${key}=${value}`];
    });
    return { provider: naming.provider(provider), name: naming.cluster(provider, document.name), labels: new Set(labels) };
  });
}

function matches(selector: Json, { provider, name, labels }: KnownCluster): boolean {
  const [cluster, label] = [textAt(selector, 'cluster'), textAt(selector, 'clusterLabel')];
  return (
    textAt(selector, 'provider') === provider && (cluster === undefined || cluster === name) && (label === undefined || labels.has(label))
  );
}
