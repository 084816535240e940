import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse as parseJavaScript } from 'yaml';
import { compileEngine } from '../../generator/io/kustomize/artefact.ts';
import { parseMarked } from '../../generator/io/kustomize/objects-text.ts';
import { startEngine } from '../../generator/io/kustomize/wasm-engine.ts';
import { canonicalJson } from '../../generator/lib/canonical-json.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import { printYaml } from '../../generator/lib/yaml/print.ts';
import { isJsonObject, type Json } from '../../generator/model/json.ts';
import { blocks, flows, jsonValue, keyText, manifest, scalarText, taggedScalar } from './yaml-texts.ts';

const engine = startEngine(await compileEngine());

/** What Go's sigs.k8s.io/yaml makes of a text, as canonical JSON; `undefined`: an error. */
function readByGo(text: string): string | undefined {
  const answer = engine('yamlToJson', text);
  return answer.ok ? canonicalJson(parseMarked(answer.text)) : undefined;
}

function readByUs(text: string): string | undefined {
  const { documents, problems } = parseYaml(text);
  return problems.length > 0 ? undefined : canonicalJson(documents[0]?.value ?? null);
}

const WORDS = 'y n yes no on off true false null ~ .nan .inf -.inf +.inf << = - --- ... Infinity NaN undefined'.split(' ');
const NUMBERS = [
  ...'0 -0 +0 00 1 -1 +1 007 08 09.5 0644 0o644 0O17 0x1F 0X1f -0x1f +0x1f 0x 0b 0o 0b11 -0b11 0b-11 0b+11 0B11 1_000 1_ _1 1__0'.split(
    ' ',
  ),
  ...'0x_1F 9007199254740991 9007199254740992 9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808'.split(' '),
  ...'-9223372036854775809 18446744073709551615 18446744073709551616 0xFFFFFFFFFFFFFFFF 123456789012345678901234567890'.split(' '),
  ...'1.5 1. .5 -.5 +.5 .5_0 .5_ ._5 1_0.5 1e3 1E3 1e+3 1e-7 1.e3 .e3 1e 1e999 -1e999 1e21 1e300 -0.0 0e0 0x1p3 1.2.3 1-2 10.0.0.1'.split(
    ' ',
  ),
  ...'12:30 12:30:45 1:2.5 190:20:30 2001-12-14 2001-1-2 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 2001-13-41 1Gi 100m'.split(' '),
];
const FORMS = [
  ...WORDS.flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]),
  ...NUMBERS,
  'yEs',
  'nUll',
];
const TAGS = ['!!str', '!!int', '!!float', '!!bool', '!!null', '!!timestamp', '!'];

test.each([...new Set(FORMS)])('%s is to us what it is to Go: as a value, as a key, between brackets, in quotes, with tags', (form) => {
  const texts = [`a: ${form}\n`, `- ${form}\n`, `a: [${form} ]\n`, `a: "${form}"\n`, `a: '${form}'\n`, `${form}: 1\n`, `? ${form}\n: 1\n`];
  for (const text of [...texts, ...TAGS.flatMap((tag) => [`a: ${tag} ${form}\n`, `a: ${tag} "${form}"\n`])]) {
    expect([text, readByUs(text)]).toEqual([text, readByGo(text)]);
  }
});

test.each([...new Set(FORMS)])('%s as a string is printed so that everybody reads it back', (form) => {
  expectRoundTrip({ [form]: form, list: [form], more: `${form} ${form}` });
});

test.each([
  ['merge', 'a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\ne: {c: 3, <<: *a}\nf:\n  <<: [*a, {b: 4, g: 5}]\n'],
  ['merge of what merges', 'a: &a {b: 1}\nc: &c {<<: *a, d: 2}\ne: {<<: *c}\n'],
  ['merge of a list', 'a: &a [1]\nb: {<<: *a}\n'],
  ['merge of a scalar', 'a: {<<: b}\n'],
  ['quoted merge key', 'a: {"<<": {b: 1}}\n'],
  ['aliases as keys', '- &a b\n- *a : c\n- {*a : d}\n'],
  ['an anchor used twice', '- &a 1\n- *a\n- &a 2\n- *a\n'],
  ['an alias without anchor', 'a: *b\n'],
  ['an alias of itself', 'a: &a [*a]\n'],
  ['a null key', '~: 1\n'],
  ['a list as key', '[a]: 1\n'],
  ['block scalars', 'a: |\n  b\n   c\n\nd: >-\n  e\n  f\n\n  g\nh: |+\n  i\n\nj: |2-\n   k\n'],
  ['no last line break', 'a: |\n  b'],
  ['no last line break, kept', 'a: >+\n  b\n '],
  ['folded text', 'a: b\n  c\n\n  d\ne: "f\n  g\\\n  h"\n'],
  ['escapes', '"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\"\\\\\\N\\_\\L\\P\\x41\\u00e9\\U0001F600": 1\n'],
  ['a carriage return', 'a: 1\r\nb: |\r\n  c\r\n'],
  ['binary', 'a: !!binary aGVs\n  bG8=\nb: !!binary |\n  aGVs\n  bG8=\n'],
  ['bad base 64', 'a: !!binary a=b\n'],
  ['a comment at the end', 'a: b # c\nd: e#f\n# g'],
  ['an unclosed quote', "a: ':''"],
  ['a directive', '%YAML 1.1\n---\na: 1\n'],
  ['a directive of 1.2', '%YAML 1.2\n---\na: 1\n'],
  ['a tag handle', '%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\n'],
  ['an empty text', ''],
  ['a comment', '# a\n'],
  ['a byte-order mark', '\ufeffa: 1\n'],
])('%s: ours is as Go has it', (_, text) => {
  expect(readByUs(text)).toEqual(readByGo(text));
});

test.each([
  ['a duplicate key', 'a: 1\na: 2\n'],
  ['an unknown tag', 'a: !b c\n'],
  ['a key __proto__', '__proto__: 1\n'],
  ['more than 100 levels', `${'['.repeat(101)}${']'.repeat(101)}\n`],
  ['a line break of YAML 1.1 only', 'a: "b\u2028c"\n'],
  ['a hyphen alone between brackets', 'a: [-]\n'],
  ['binary that is no text', 'a: !!binary /w==\n'],
])('%s is an error to us, though not to Go', (_, text) => {
  expect(readByUs(text)).toBeUndefined();
  expect(readByGo(text)).toBeDefined();
});

test.each([
  ['an escaped slash', 'a: "\\/"\n', '{"a":"/"}'],
  ['an escaped surrogate pair, as in JSON', 'a: "\\ud83d\\ude00"\n', '{"a":"😀"}'],
  ['a line of tabs', 'a: 1\n\t\n', '{"a":1}'],
])('%s is no error to us, though it is to Go', (_, text, value) => {
  expect(readByUs(text)).toBe(value);
  expect(readByGo(text)).toBeUndefined();
});

test('any plain or tagged scalar, and any plain key, is to us what it is to Go', () => {
  for (const texts of [scalarText, keyText, taggedScalar]) {
    fc.assert(
      fc.property(texts, (text) => {
        const ours = readByUs(text);
        // Bytes that are no UTF-8 are an error to us.
        if (ours !== undefined || !text.includes('!!binary')) expect(ours).toEqual(readByGo(text));
      }),
      { numRuns: 800 },
    );
  }
});

test('a manifest in any style, with anchors, merges and comments, is to us what it is to Go', () => {
  fc.assert(
    fc.property(manifest, (text) => {
      expect(readByUs(text)).toEqual(readByGo(text));
    }),
    { numRuns: 600 },
  );
});

test('whatever we read of a text, Go reads the same or nothing at all', () => {
  for (const texts of [flows, blocks]) {
    fc.assert(
      fc.property(texts, (text) => {
        // A known difference: with an indicator, Go takes a block of nothing but spaces for text.
        fc.pre(!/[|>][-+]?1/.test(text));
        const [ours, theirs] = [readByUs(text), readByGo(text)];
        if (ours !== undefined && theirs !== undefined) expect(ours).toEqual(theirs);
      }),
      { numRuns: 1500 },
    );
  }
});

test('what we print, we read back, and so do Go and JavaScript, by YAML 1.1 and 1.2', () => {
  fc.assert(fc.property(jsonValue, expectRoundTrip), { numRuns: 800 });
});

test('what Go prints, we read as Go does', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      fc.pre(isJsonObject(value));
      const answer = engine('jsonToYaml', canonicalJson(value));
      // Go takes line breaks of YAML 1.1 in JSON for spaces, and refuses other control characters there.
      fc.pre(answer.ok && !/[\u0085\u2028\u2029]/.test(answer.text));
      const { text } = answer;
      expect(readByUs(text)).toEqual(readByGo(text));
    }),
    { numRuns: 500 },
  );
});

function expectRoundTrip(value: Json): void {
  const text = printYaml(value);
  expect(parseYaml(text)).toMatchObject({ documents: [{ value }], problems: [] });
  expect(readByGo(text)).toBe(canonicalJson(value));
  for (const version of ['1.1', '1.2'] as const) {
    const read = parseJavaScript(text, { version, merge: version === '1.1' }) as Json;
    expect(canonicalJson(read)).toBe(canonicalJson(rounded(value)));
  }
}

/** What is left of large integers where all numbers are floating point. */
function rounded(value: Json): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((item: Json) => rounded(item));
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rounded(member)])) : value;
}
