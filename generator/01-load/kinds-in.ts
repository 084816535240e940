const SEPARATOR = /^---(?=\s|$).*$/m;
const KIND = /^["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z]+)["']?[ \t]*(?:#.*)?$/m;
const CONTENT = /^[ \t]*[^\s#%]/m;

/** The kinds that the documents of a broken text name at their top level; `all` if one of them does not tell. */
export function kindsIn(text: string): 'all' | ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const part of text.replaceAll('\r', '').split(SEPARATOR)) {
    if (!CONTENT.test(part)) continue;
    const kind = KIND.exec(part)?.[1];
    if (kind === undefined) return 'all';
    kinds.add(kind);
  }
  return kinds.size === 0 ? 'all' : kinds;
}
