import fc from 'fast-check';
import type { Json } from '../../generator/model/json.ts';

const letters = (text: string): string[] => Array.from(text);

const SCALAR_PARTS = [
  ...letters('0123456789abcdefxXoObByYnNtTeEinf_+-.:~=<'),
  'true',
  'null',
  '0x',
  '0b',
  '.inf',
  '1e3',
  '<<',
  'Yes',
  'off',
  '2001-1-2',
];
const plainText = fc.array(fc.constantFrom(...SCALAR_PARTS), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));

export const scalarText = plainText.map((text) => `a: ${text}\n`);
export const keyText = plainText.map((text) => `${text.replaceAll(':', '')}: 1\n`);
export const taggedScalar = fc
  .tuple(
    fc.constantFrom('!!int', '!!float', '!!bool', '!!null', '!!str', '!!timestamp', '!!binary', '!'),
    fc.constantFrom('', '"'),
    plainText,
  )
  .map(([tag, quote, text]) => `a: ${tag} ${quote}${text}${quote}\n`);

/** Strings made to be misread. */
const nastyString = fc.oneof(
  plainText,
  fc.string(),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/\p{Surrogate}/gu, '?')),
  fc
    .array(
      fc.constantFrom(
        ...letters(' \t\n\r:#-?&*!|>\'"%@`,[]{}\\/~=<'),
        ': ',
        ' #',
        '- ',
        '---',
        '...',
        '\u0085',
        '\u2028',
        '\ufeff',
        'é',
        '😀',
        'a',
        '1',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
  fc
    .array(fc.constantFrom('a', 'b: c', '  ', ' x', '\t', '', '- a', '# c', 'key: |', '...', '---', '1'), { maxLength: 6 })
    .map((lines) => lines.join('\n')),
);

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);

/** JSON values as files can hold them, without the one key that is refused. */
export const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    nastyString,
    number,
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      nastyString.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

/** Heaps of tokens, few of which are YAML. */
const heap = (tokens: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...tokens), { maxLength: 14 }).map((parts) => parts.join(''));

export const flows = heap([...letters('ab1 ,[]{}:"\'\n#?-|>'), ': ', '\n  ', '? ', '- ', '&x ', '*x', '!!str ', '"a"', "'b'"]).map(
  (text) => `k: ${text}\n`,
);
export const blocks = heap([
  ...[
    'a',
    'b',
    '1',
    ' ',
    '  ',
    ': ',
    'a: ',
    'b: ',
    '- ',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '# c',
    '&x ',
    '*x',
    '!!str ',
    '|',
    '>',
    '|-',
    '>+',
  ],
  ...['"a"', "'b'", '<<: ', '[a, b]', '{a: b}', '~'],
]).map((text) => `k:\n  ${text}\n`);

/** How one part of a manifest is written: block or flow, quoted or not, with an anchor, as an alias of the last anchor. */
type Part =
  | { readonly kind: 'plain' | 'single' | 'double' | 'literal' | 'folded'; readonly text: string; readonly isAnchored: boolean }
  | { readonly kind: 'alias' }
  | { readonly kind: 'list'; readonly isFlow: boolean; readonly isAnchored: boolean; readonly items: readonly Part[] }
  | {
      readonly kind: 'map';
      readonly isFlow: boolean;
      readonly isAnchored: boolean;
      readonly isMerging: boolean;
      readonly items: readonly Part[];
    };

const part: fc.Arbitrary<Part> = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      kind: fc.constantFrom('plain' as const, 'single' as const, 'double' as const, 'literal' as const, 'folded' as const),
      text: fc
        .array(fc.constantFrom('yes', '0644', '1_000', 'word', 'two words', '~', '1e3', "it's", 'C:\\x', '<<', '12:30'), {
          minLength: 1,
          maxLength: 3,
        })
        .map((lines) => lines.join('\n')),
      isAnchored: fc.boolean(),
    }),
    fc.constant({ kind: 'alias' as const }),
    fc.record({
      kind: fc.constant('list' as const),
      isFlow: fc.boolean(),
      isAnchored: fc.boolean(),
      items: fc.array(tie('part'), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('map' as const),
      isFlow: fc.boolean(),
      isAnchored: fc.boolean(),
      isMerging: fc.boolean(),
      items: fc.array(tie('part'), { maxLength: 3 }),
    }),
  ),
})).part;

const KEYS = ['name', '0644', '"yes"', 'off', '1.50', 'some key'];

/** Writes parts down and keeps count of anchors; the base map `&base` is there to be merged. */
export const manifest = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => {
  const anchors = ['base'];
  const lines = parts.map((each, index) => `part${index}:${write(each, { indent: '  ', isFlow: false, anchors })}`);
  return `# any\nbase: &base {name: yes, 0644: [1_0]}\n${lines.join('\n')}\n`;
});

interface Setting {
  readonly indent: string;
  readonly isFlow: boolean;
  readonly anchors: string[];
}

/** The text behind `key:` or `-`, its space or line break included. */
function write(each: Part, setting: Setting): string {
  const { indent, anchors } = setting;
  if (each.kind === 'alias') return ` *${anchors.at(-1) ?? 'base'} `;
  // The anchor is complete, and may be used, only after its node.
  const name = each.isAnchored ? `x${anchors.length}` : undefined;
  const anchor = name === undefined ? '' : ` &${name}`;
  const isFlow = setting.isFlow || ('isFlow' in each && each.isFlow) || ('items' in each && each.items.length === 0);
  const text = 'items' in each ? writeItems(each, { ...setting, isFlow }) : writeScalar(each, { indent, isFlow: setting.isFlow, anchors });
  if (name !== undefined) anchors.push(name);
  return anchor + text;
}

function writeItems(each: Part & { readonly kind: 'list' | 'map' }, { indent, isFlow, anchors }: Setting): string {
  const inner = { indent: `${indent}  `, isFlow, anchors };
  const items = each.items.map((item, index) => (each.kind === 'list' ? '' : `${KEYS[index] ?? index}:`) + write(item, inner));
  if (each.kind === 'map' && each.isMerging) items.unshift('<<: *base ');
  if (isFlow) return each.kind === 'list' ? ` [${items.join(',')}]` : ` {${items.join(', ')}}`;
  const lead = each.kind === 'list' ? '-' : '';
  return ` # comment\n${items.map((item) => `${indent}${lead}${item}`).join('\n')}`;
}

function writeScalar(each: Extract<Part, { readonly text: string }>, { indent, isFlow }: Setting): string {
  const lines = each.text.split('\n');
  switch (each.kind) {
    case 'plain':
      return ` ${lines.join(isFlow ? ' ' : `\n${indent}  `)}`;
    case 'single':
      return ` '${each.text.replaceAll("'", "''").replaceAll('\n', `\n${indent}  `)}'`;
    case 'double':
      return ` ${JSON.stringify(each.text)}`;
    case 'literal':
    case 'folded':
      if (isFlow) return ` ${JSON.stringify(each.text)}`;
      return ` ${each.kind === 'literal' ? '|' : '>-'}\n${lines.map((line) => `${indent}  ${line}`).join('\n')}`;
    default:
      return each.kind satisfies never;
  }
}
