/** A token of an action. A chain is `.`, `.a.b`, `$`, `$x` or `$x.a.b`. */
export type Token =
  | { readonly kind: 'chain'; readonly variable: string | undefined; readonly fields: readonly string[] }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'sign'; readonly text: '|' | '(' | ')' | ':=' | '=' | ',' };

const TOKEN =
  /\s+|(?<chain>\$\w*(?:\.[A-Za-z_]\w*)*|(?:\.[A-Za-z_]\w*)+|\.(?!\w))|(?<string>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?<number>[+-]?\d+(?:\.\d+)?(?!\w))|(?<word>[A-Za-z_]\w*)|(?<sign>:=|[|(),=])/y;

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

/** The tokens of an action; a text says what cannot be read. */
export function tokensOf(action: string): readonly Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(action); match; match = TOKEN.exec(action)) {
    end = TOKEN.lastIndex;
    const token = toToken(match.groups ?? {});
    if (typeof token === 'string') return token;
    if (token) tokens.push(token);
  }
  return end === action.length ? tokens : `it is not understood from ${JSON.stringify(action.slice(end, end + 20))} on`;
}

function toToken({ chain, string, number, word, sign }: Readonly<Record<string, string | undefined>>): Token | string | undefined {
  if (chain !== undefined) {
    const [head = '', ...fields] = chain.split('.');
    return { kind: 'chain', variable: head === '' ? undefined : head, fields: fields.filter((field) => field !== '') };
  }
  if (string !== undefined) return literalString(string);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  if (word !== undefined) {
    const constant = CONSTANTS.get(word);
    return constant === undefined ? { kind: 'word', text: word } : { kind: 'literal', value: constant };
  }
  return sign === undefined ? undefined : ({ kind: 'sign', text: sign } as Token);
}

function literalString(text: string): Token | string {
  if (text.startsWith('`')) return { kind: 'literal', value: text.slice(1, -1) };
  try {
    return { kind: 'literal', value: JSON.parse(text) as string };
  } catch {
    return 'it holds a string with an escape that is not known here';
  }
}
