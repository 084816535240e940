import type { Diagnostic, Reach, Related } from '../model/diagnostic.ts';
import type { RepoPath, Source, SourceFile } from '../model/source.ts';

/**
 * A mistake before it is known whom it concerns.
 * `template`: the package is wrong, whatever the values; `render`: the place is in the package, but values had a part;
 * `patch`: the intent's patch of that index in the job.
 */
export type Finding =
  | { readonly scope: 'template'; readonly source: Source; readonly toDiagnostic: (where: Where) => Diagnostic }
  | { readonly scope: 'render'; readonly source: Source; readonly toDiagnostic: (where: Where) => Diagnostic }
  | { readonly scope: 'patch'; readonly patch: number; readonly toDiagnostic: (where: Where, app: string) => Diagnostic };

export interface Where {
  readonly source: Source;
  readonly reach: Reach;
  readonly related?: readonly Related[];
  /** The clusters that meet it, as far as they are known. */
  readonly clusters?: readonly string[];
}

/** A place in a file, for which one line and column are known. */
export function sourceAt(file: RepoPath, place: { readonly line: number; readonly column: number; readonly length?: number }): Source {
  return { file, line: place.line, column: place.column, length: Math.max(1, place.length ?? 1) };
}

/** The place of a character of a file. */
export function sourceAtOffset(file: SourceFile, offset: number, length = 1): Source {
  const before = file.text.slice(0, offset);
  const line = before.split('\n').length;
  return sourceAt(file.path, { line, column: offset - before.lastIndexOf('\n'), length });
}

/** A place that is looked up only if somebody asks: most are handed on for findings that never come. */
export function lazySource(find: () => Source): Source {
  let found: Source | undefined;
  const get = (): Source => (found ??= find());
  return {
    get file() {
      return get().file;
    },
    get line() {
      return get().line;
    },
    get column() {
      return get().column;
    },
    get length() {
      return get().length;
    },
  };
}
