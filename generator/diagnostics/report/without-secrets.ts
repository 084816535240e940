import { groupBy } from '../../lib/group-by.ts';
import { hideSecrets, isSecretKey, looksRandom } from '../../lib/secret-shapes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RepoPath, Source } from '../../model/source.ts';

/** The code whose findings mark a credential. */
const CODE = 'literal-secret';

/** Shows a line of a file, with stars in place of credentials: those that have the shape of one, and those that a finding tells of. */
export function withoutSecrets(diagnostics: readonly Diagnostic[]): (file: RepoPath, line: number, written: string) => string {
  const sources = diagnostics.flatMap(({ code, source }) => (code === CODE && source ? [source] : []));
  const told = groupBy(sources, ({ line, file }) => `${line} ${file}`);
  return (file, line, written) => (told.get(`${line} ${file}`) ?? []).reduce(starOut, hideKeyed(hideSecrets(written)));
}

const KEYED = /([A-Za-z0-9_.-]{3,80})(["']?\s{0,8}[:=]\s{0,8}["']?)([^\s"',}\][{=:]{16,4096})/g;

/** Whatever looks drawn at random under a key such as `password`, in any file: `password: …`, `API_TOKEN=…`. */
function hideKeyed(written: string): string {
  return written.replace(KEYED, (all, key: string, between: string, text: string) =>
    isSecretKey(key) && looksRandom(text) ? `${key}${between}${'*'.repeat(text.length)}` : all,
  );
}

function starOut(written: string, { column, length }: Source): string {
  const marked = written.slice(column - 1, column - 1 + length);
  // A block's text stands in the lines below.
  if (/^[|>]/.test(marked)) return written;
  return `${written.slice(0, column - 1)}${marked.replaceAll(/[^"'\s]/g, '*')}${written.slice(column - 1 + length)}`;
}
