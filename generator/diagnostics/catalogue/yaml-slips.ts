/** What a YAML parser's complaint means, and what to do. */
export interface YamlSlip {
  readonly reason: string;
  readonly hint: string;
}

/** Parsers speak of their grammar; people wrote a line. `$1` is what the pattern captured. */
const SLIPS: readonly (readonly [RegExp, string, string])[] = [
  [
    /must start at the same column/,
    'this line is indented unlike the others of its mapping',
    'Begin it in the same column as the keys that it belongs to',
  ],
  [
    /not allowed in compact mappings/,
    'the value of this key contains another key',
    'Put quotes around a value that contains ": "; if the next line is a key of its own, begin it in the same column as this one',
  ],
  [/closing (?:quote is missing|["'])|missing closing/, 'a quote is opened and not closed', 'Close the quote that opens here'],
  [/must be sufficiently indented and end with a (\S)/, 'a "$1" is missing', 'Close the bracket that was opened above, before this line'],
  [/tabs are not allowed/, 'a tab stands where the line is indented', 'Indent with spaces'],
  [/block-seq-ind/, 'a list begins on the same line as its key', 'Begin the list on a line of its own'],
  [
    /unexpected scalar at node end/,
    'something follows where the value has ended already',
    'Put quotes around the whole value, or correct the indentation of this line',
  ],
  [/implicit (?:map )?keys need/, 'a key has no ": " behind it', 'Write a colon and a space after the key'],
  [
    /sequence item without - indicator/,
    'this line is indented unlike the keys of its list item',
    'Begin it in the same column as the first key after "- "',
  ],
  [/plain value cannot start with .*?(\S)$/, 'a text that begins with "$1" needs quotes', 'Put quotes around it'],
];

/** In plain words, as far as they are known. */
export function yamlSlip(complaint: string): YamlSlip {
  for (const [pattern, reason, hint] of SLIPS) {
    const found = pattern.exec(complaint);
    if (found) return { reason: reason.replace('$1', () => found[1] ?? ''), hint };
  }
  return { reason: complaint, hint: 'Check indentation, quotes and brackets here and in the lines above' };
}
