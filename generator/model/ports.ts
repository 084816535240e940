import type { CommittedFile } from './file.ts';
import type { JsonObject } from './json.ts';
import type { KubeObject } from './kube.ts';
import type { RepoPath } from './source.ts';

/** Files of one kustomize tree: relative path to text. */
export type KustomizeFiles = ReadonlyMap<string, string>;

export type KustomizeResult =
  { readonly ok: true; readonly objects: readonly KubeObject[] } | { readonly ok: false; readonly message: string };

/**
 * The one way to kustomize. Builds the tree whose root kustomization lies in folder `root` ('.' is the top).
 * Objects come in kustomize's order, typed as the API server would read them. A complaint of kustomize is a value;
 * a rejected promise is our bug or a broken engine.
 */
export interface Kustomizer {
  /** Name and version: part of every cache key. */
  readonly version: string;
  build(files: KustomizeFiles, root: string): Promise<KustomizeResult>;
  close(): Promise<void>;
}

/** Builds remembered between runs. Never trusted for correctness: a wrong or damaged entry must read as absent. */
export interface BuildCache {
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string): Promise<void>;
}

/** What a disk says of a file, times in milliseconds. */
export interface FileStamp {
  readonly size: number;
  readonly ino: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** Ids of the tree's files, remembered between runs, so that only files that changed are read. */
export interface TreeIndex {
  /** Begins a reading of the tree below a root. */
  open(root: string): OpenIndex;
}

export interface OpenIndex {
  /** What is known of the file, if the disk says that nothing was written to it since it was read. */
  find(path: RepoPath, stamp: FileStamp): CommittedFile | undefined;
  /** Takes note of a file that was read. `stamp` is that from before the reading. */
  note(file: CommittedFile, stamp: FileStamp): void;
  /** Keeps what was found and noted for the next run, and forgets all else. */
  close(): void;
}

/** Folders that are watched, each on its own. */
export interface FolderWatch {
  /** To be called before the folder is read; what was watched under the path before is let go. */
  add(folder: string): void;
  drop(folder: string): void;
  /**
   * Folders in which, or to which, something happened since the last time, everything included that was done before the call; `unknown` where that
   * cannot be told. Then nothing is watched any more, and all must be added and looked at.
   */
  take(): Promise<ReadonlySet<string> | 'unknown'>;
  close(): void;
}

/** What a long step tells about its progress; the shell shows it. */
export interface Progress {
  (step: string, done: number, total: number): void;
}

/** A folder outside of the repository, read piece by piece. Paths are relative to it, with `/`; `''` is the folder itself. */
export interface FolderReader {
  /** What lies in a folder, sorted by name; `undefined` if there is no such folder. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  /** A file's text, or why there is none. Nothing behind a symbolic link is read. */
  read(path: string): Promise<{ readonly text: string } | { readonly reason: string }>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** One question to an API server. */
export interface KubeRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE';
  /** Begins with `/`, every part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, which YAML is as well. */
  readonly body?: string;
  readonly contentType?: string;
}

export type KubeAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: JsonObject }
  /** Nobody answered, however often it was tried. */
  | { readonly kind: 'lost'; readonly reason: string };

/** The one way to an API server. Whoever implements it asks again where that may help; every request may safely be sent twice. */
export interface KubeApi {
  /** The server's address, without anything secret. */
  readonly server: string;
  ask(request: KubeRequest): Promise<KubeAnswer>;
  /** Asks until the answer is accepted or the time for waiting is over; then gives the last one. */
  askUntil(request: KubeRequest, accepts: (answer: KubeAnswer) => boolean): Promise<KubeAnswer>;
  close(): void;
}
