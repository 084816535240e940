import type { KubeObject } from './kube.ts';

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
