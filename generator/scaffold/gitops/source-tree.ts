import { groupOf } from '../../lib/kube-names.ts';
import { parseYaml, type YamlDocument } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { FolderEntry, FolderReader } from '../../model/ports.ts';
import type { Place } from '../import-report.ts';

/** Why something of a repository cannot be used, and where that stands. */
export interface Fault {
  readonly place: Place;
  readonly reason: string;
}

export function isFault(value: object): value is Fault {
  return 'reason' in value && 'place' in value;
}

/** A file that was read. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
  /** Of YAML. */
  readonly documents: readonly YamlDocument[];
}

/** An object's document as its author wrote it. */
export interface Written {
  readonly file: ReadFile;
  readonly document: YamlDocument;
}

/** The files of a Git repository, read when asked for, each once. */
export interface SourceTree {
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  /** A file with its documents; what is no sound YAML is a fault. */
  yaml(path: string): Promise<ReadFile | Fault>;
  /** A file as it is; as YAML it may at most be wrong, never costly. */
  text(path: string): Promise<ReadFile | Fault>;
  /** Where an object stands in what was read so far: the document that says most of it. `within`: paths of the files that it can be from. */
  written(object: Identified, within: Paths): Written | undefined;
}

export interface Paths {
  has(path: string): boolean;
}

export interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: Json };
}

const MOST_FILES = 4000;
const MOST_CHARACTERS = 32 * 1024 * 1024;

export function createSourceTree(reader: FolderReader): SourceTree {
  const files = new Map<string, Promise<ReadFile | Fault>>();
  const documents = new Map<string, Written[]>();
  let size = 0;
  const read = async (path: string): Promise<ReadFile | Fault> => {
    const place = { file: path, line: 1 };
    if (files.size > MOST_FILES) return { place, reason: `more than ${MOST_FILES} files are needed` };
    const found = await reader.read(path);
    if ('reason' in found) return { place, reason: found.reason };
    size += found.text.length;
    if (size > MOST_CHARACTERS) return { place, reason: `more than ${MOST_CHARACTERS / 1024 / 1024} MiB are needed` };
    return { path, text: found.text, documents: [] };
  };
  const plain = (path: string): Promise<ReadFile | Fault> => remember(files, path, async () => read(path));
  const parsed = new Map<string, Promise<ReadFile | Fault>>();
  const parse = (path: string, isStrict: boolean): Promise<ReadFile | Fault> =>
    remember(parsed, `${String(isStrict)} ${path}`, async () => {
      const file = await plain(path);
      if (isFault(file) || !/\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/.test(path)) return file;
      const result = parseYaml(file.text);
      const problem = result.problems.find(({ kind }) => isStrict || kind === 'aliases' || kind === 'depth');
      if (problem) return { place: { file: path, line: problem.line }, reason: problem.message };
      const whole = { ...file, documents: result.documents };
      if (isStrict) note(whole, documents);
      return whole;
    });
  return {
    list: (folder) => reader.list(folder),
    yaml: (path) => parse(path, true),
    text: (path) => parse(path, false),
    written: (object, within) =>
      nearest(
        (documents.get(keyOf(object)) ?? []).filter(({ file }) => within.has(file.path)),
        object,
      ),
  };
}

async function remember<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function note(file: ReadFile, documents: Map<string, Written[]>): void {
  for (const document of file.documents) {
    const { value } = document;
    if (!isIdentified(value)) continue;
    const key = keyOf(value);
    const others = documents.get(key);
    if (others) others.push({ file, document });
    else documents.set(key, [{ file, document }]);
  }
}

function keyOf({ apiVersion, kind, metadata }: Identified): string {
  return JSON.stringify([groupOf(apiVersion), kind, metadata.name]);
}

/** One of the same namespace, or of none; a whole object rather than a patch of it. */
function nearest(found: readonly Written[], { metadata }: Identified): Written | undefined {
  const rank = ({ document }: Written): number => {
    const { value } = document;
    const namespace = isIdentified(value) ? value.metadata.namespace : undefined;
    if (namespace !== undefined && namespace !== metadata.namespace) return -1;
    return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)).length;
  };
  let best: { readonly written: Written; readonly rank: number } | undefined;
  for (const written of found) {
    const own = rank(written);
    if (own >= 0 && own > (best?.rank ?? -1)) best = { written, rank: own };
  }
  return best?.written;
}

function isIdentified(value: Json): value is Json & Identified {
  if (!isJsonObject(value)) return false;
  const { apiVersion, kind, metadata } = value;
  return typeof apiVersion === 'string' && typeof kind === 'string' && isJsonObject(metadata) && typeof metadata['name'] === 'string';
}
