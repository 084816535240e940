import type { JsonPath } from './json.ts';

/** A path below the repository's root, with `/`, never absolute, never with `.` or `..` segments. Made by `repoPath()` in lib/path.ts only. */
export type RepoPath = string & { readonly __brand: 'RepoPath' };

/** A place in a file that a person wrote. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Source {
  readonly file: RepoPath;
  readonly line: number;
  readonly column: number;
  /** How many columns the marked text spans on its first line; 1 when unknown. */
  readonly length: number;
}

/** A text file that a person wrote. */
export interface SourceFile {
  readonly path: RepoPath;
  readonly text: string;
}

/**
 * Where a part of a document stands. `key` asks for the mapping key, `value` (the default) for the value.
 * A path that the document does not have gives its nearest existing ancestor.
 */
export type Locate = (path: JsonPath, part?: 'key' | 'value') => Source;

/** A value together with the place that it was read from. */
export interface Located<T> {
  readonly value: T;
  readonly at: Locate;
}
