import { sha256 } from '../../lib/hash.ts';
import { sortBy } from '../../lib/order.ts';
import { parseRepoPath, repoPath } from '../../lib/path.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Demand } from '../../model/demand.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { RepoPath, SourceFile } from '../../model/source.ts';

/** Where a vendored chart comes from, and with what it was rendered. Everything is public: no login, no value. */
export interface ChartOrigin {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly appVersion?: string;
  readonly helm: string;
  readonly kubeVersion?: string;
  readonly namespace?: string;
  /** `sha256:…` of the values file. */
  readonly values?: string;
  /** What it requests with these values; absent where it could not be rendered. */
  readonly demand?: Demand;
}

export const LOCK = 'chart.lock.yaml';

/** The record beside vendored files: their origin, and their digests, by which a hand edit is seen. */
export function lockFile(folder: string, origin: ChartOrigin, files: readonly SourceFile[]): SourceFile {
  const digests = sortBy(files, ({ path }) => path).map(({ path, text }) => [path, `sha256:${sha256(text)}`] as const);
  const document: Json = {
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'ChartLock',
    spec: { ...inOrder(origin), files: Object.fromEntries(digests) },
  };
  const text = `# Written by espalier chart vendor, which compares the files with it before it writes them anew.\n${printYaml(document)}`;
  return { path: repoPath(`${folder}/${LOCK}`), text };
}

const ORDER = ['repository', 'name', 'version', 'digest', 'appVersion', 'helm', 'kubeVersion', 'namespace', 'values', 'demand'] as const;

function inOrder(origin: ChartOrigin): JsonObject {
  const members = origin as unknown as JsonObject;
  return Object.fromEntries(ORDER.flatMap((key) => (members[key] === undefined ? [] : [[key, members[key]] as const])));
}

/** Digests by path, as a lock has them; empty if it is none. A lock is a file like any other: of what it names, only files of these folders count. */
export function lockedFiles(text: string, folders: readonly string[]): ReadonlyMap<RepoPath, string> {
  const [document] = parseYaml(text).documents;
  const spec = isJsonObject(document?.value) ? document.value['spec'] : undefined;
  const files = isJsonObject(spec) ? spec['files'] : undefined;
  if (!isJsonObject(files)) return new Map();
  return new Map(
    Object.entries(files).flatMap(([path, digest]) => {
      const own = parseRepoPath(path);
      const isOurs = own !== undefined && folders.some((folder) => own.startsWith(`${folder}/`));
      return isOurs && typeof digest === 'string' ? [[own, digest] as const] : [];
    }),
  );
}
