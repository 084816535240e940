import { groupOf } from '../../lib/kube-names.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { member, textAt } from '../emco/members.ts';
import { type Fault, isFault, type SourceTree } from '../gitops/source-tree.ts';
import type { Entries, Place } from '../import-report.ts';

/** A document of Argo CD's, and where it stands. */
export interface ArgoDocument {
  readonly object: KubeObject;
  readonly place: Place;
}

/** What Argo CD knows of a cluster: never its credentials. */
export interface ArgoCluster {
  readonly name: string;
  readonly server: string;
  readonly labels: ReadonlyMap<string, string>;
}

export interface ArgoDocuments {
  readonly applications: readonly ArgoDocument[];
  readonly sets: readonly ArgoDocument[];
  readonly projects: readonly ArgoDocument[];
  readonly clusters: readonly ArgoCluster[];
}

export function isArgoKind({ apiVersion }: Pick<KubeObject, 'apiVersion'>): boolean {
  return groupOf(apiVersion) === 'argoproj.io';
}

/** `argocd/shop`. */
export function argoName({ metadata }: KubeObject): string {
  const namespace = metadata['namespace'];
  return `${typeof namespace === 'string' ? namespace : 'argocd'}/${metadata.name}`;
}

/** `Application argocd/shop`. */
export function argoTitle(object: KubeObject): string {
  return `${object.kind} ${argoName(object)}`;
}

const DEEPEST = 8;
const MOST_FILES = 2000;

/** Reads files, and folders with all that lies in them. What is not for Argo CD is passed over. */
export async function readArgo(
  paths: readonly string[],
  { tree, report }: { readonly tree: SourceTree; readonly report: Entries },
): Promise<ArgoDocuments | Fault> {
  const found: ArgoDocument[] = [];
  for (const path of paths) {
    const listing = await tree.list(path);
    if (listing) {
      const files = await filesBelow(path, tree, 0);
      if (files.length > MOST_FILES) return { place: { file: path, line: 1 }, reason: `it holds more than ${MOST_FILES} files` };
      for (const file of files) {
        const read = await documentsIn(file, tree);
        if (isFault(read)) report.add('left', { place: read.place, what: 'the file', reason: read.reason });
        else found.push(...read);
      }
    } else {
      const read = await documentsIn(path, tree);
      if (isFault(read)) return read;
      found.push(...read);
    }
  }
  const of = (kind: string): readonly ArgoDocument[] => found.filter(({ object }) => isArgoKind(object) && object.kind === kind);
  const clusters = found.flatMap(({ object }) => clusterIn(object));
  return { applications: of('Application'), sets: of('ApplicationSet'), projects: of('AppProject'), clusters };
}

async function filesBelow(folder: string, tree: SourceTree, depth: number): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name, kind } of (await tree.list(folder)) ?? []) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder' && name !== '.git' && depth < DEEPEST) files.push(...(await filesBelow(path, tree, depth + 1)));
    else if (kind === 'file' && /\.ya?ml$/.test(name)) files.push(path);
  }
  return files;
}

async function documentsIn(path: string, tree: SourceTree): Promise<readonly ArgoDocument[] | Fault> {
  const file = await tree.yaml(path);
  if (isFault(file)) return file;
  return file.documents.flatMap((document) =>
    isObject(document.value) ? [{ object: document.value, place: { file: path, line: document.locate([]).line } }] : [],
  );
}

function isObject(value: Json): value is KubeObject {
  return (
    isJsonObject(value) &&
    ['apiVersion', 'kind'].every((key) => typeof value[key] === 'string') &&
    typeof member(value['metadata'], 'name') === 'string'
  );
}

const TYPE = 'argocd.argoproj.io/secret-type';

/** Name and address of a cluster's Secret; nothing else of it is looked at. */
function clusterIn(object: KubeObject): readonly ArgoCluster[] {
  const labels = isJsonObject(object.metadata['labels']) ? object.metadata['labels'] : {};
  if (object.kind !== 'Secret' || labels[TYPE] !== 'cluster') return [];
  const read = (key: string): string | undefined => {
    const encoded = textAt(object['data'], key);
    return textAt(object['stringData'], key) ?? (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'));
  };
  const [name, server] = [read('name'), read('server')];
  if (server === undefined) return [];
  const texts = Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
  return [{ name: name ?? server, server, labels: new Map(texts) }];
}
