import type { Diagnostic, Related } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';

const RELATED = 5;

/** Each finding once for every reach: those that say the same of the same place and hold the same become one, with the first few of all their related places. */
export function foldDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const folded = new Map<string, { readonly first: Diagnostic; readonly related: Map<string, Related> }>();
  for (const diagnostic of diagnostics) {
    const key = JSON.stringify([diagnostic.code, diagnostic.message, placeOf(diagnostic.source), diagnostic.reach]);
    const known = folded.get(key) ?? { first: diagnostic, related: new Map<string, Related>() };
    folded.set(key, known);
    for (const related of diagnostic.related ?? []) {
      if (known.related.size < RELATED) known.related.set(JSON.stringify([related.message, placeOf(related.source)]), related);
    }
  }
  return [...folded.values()].map(({ first, related }) => (related.size > 0 ? { ...first, related: [...related.values()] } : first));
}

function placeOf(source: Source | undefined): readonly (string | number)[] {
  return source ? [source.file, source.line, source.column] : [];
}
