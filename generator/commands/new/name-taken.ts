import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type KnownName, showName } from '../../scaffold/known.ts';

export function nameTaken(what: string, { separator, ...one }: KnownName & { readonly separator: '+' | '/' }): Diagnostic {
  return diagnose('name-taken', { what, name: showName(one, separator) }, { source: one.source, reach: RUN });
}
