import { describe, expect, test } from 'vitest';
import type { Json, JsonPath } from '../../model/json.ts';
import { parseYaml, type YamlProblem } from './parse.ts';

function valueOf(text: string): Json | undefined {
  const { documents, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  return documents[0]?.value;
}

describe('values', () => {
  test.each<[string, Json]>([
    ['a: yes\nb: "yes"\nc: 0644\nd: |\n  1\n', { a: true, b: 'yes', c: 420, d: '1\n' }],
    ['1: a\n1.5: b\ntrue: c\n2001-01-01: d', { '1': 'a', '1.5': 'b', true: 'c', '2001-01-01': 'd' }],
    ['a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3', { a: { k: 1, l: 2 }, b: { k: 3, l: 2 } }],
    ['a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc: {<<: [*x, *y]}', { a: { k: 1 }, b: { k: 2, l: 2 }, c: { k: 1, l: 2 } }],
    ['{k: 1, <<: {k: 2}}', { k: 2 }],
    ['{"<<": {k: 1}}', { '<<': { k: 1 } }],
    ['a: !!str 1\nb: !!int "2"\nc: !!float 3\nd: !!binary aGVsbG8=\ne: ! 4', { a: '1', b: 2, c: 3, d: 'hello', e: '4' }],
    ['a: -0.0', { a: 0 }],
    ['a: 9007199254740993', { a: 9007199254740993n }],
    ['constructor: 1\ntoString: {prototype: 2}', { constructor: 1, toString: { prototype: 2 } }],
    ['a: |\n  last line', { a: 'last line' }],
    ['a: |+\n  b\n\n', { a: 'b\n\n' }],
    ['%YAML 1.1\n---\na: 1', { a: 1 }],
  ])('%j', (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  test('one for each document, null for an empty one, none for an empty text', () => {
    const { documents } = parseYaml('a: 1\n---\n---\nb: 2\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, null, { b: 2 }]);
    expect(parseYaml('').documents).toEqual([]);
  });
});

describe('problems', () => {
  test.each<[string, Partial<YamlProblem>]>([
    ['a: [1, 2\nb: 3', { kind: 'syntax' }],
    ['a: "b', { kind: 'syntax', message: 'closing quote is missing', column: 4, length: 2 }],
    ["a: ':''", { kind: 'syntax', message: 'closing quote is missing', line: 1, column: 4 }],
    ['a: 1\n"b', { kind: 'syntax', line: 2, column: 1 }],
    ['{a: "b\n\n', { kind: 'syntax', message: 'closing quote is missing', line: 1, column: 5 }],
    ['a: 1\na: 2', { kind: 'duplicate-key', key: 'a', line: 2, column: 1, length: 1 }],
    ['{<<: {a: 1}, a: 2, "a": 3}', { kind: 'duplicate-key', key: 'a', column: 20 }],
    ['1: a\n"1": b', { kind: 'duplicate-key', key: '1', line: 2 }],
    ['a:\n  __proto__: {b: 1}', { kind: 'forbidden-key', key: '__proto__', line: 2, column: 3, length: 9 }],
    ['a: &p __proto__\n*p : 1', { kind: 'forbidden-key', line: 2, column: 1 }],
    ['a: !foo 1', { kind: 'tag', message: 'tag "!foo" is not known' }],
    ['a: !e!foo 1', { kind: 'tag' }],
    ['a: !!set {b}', { kind: 'tag', message: 'tag "!!set" does not fit a map' }],
    ['a: !!int x', { kind: 'tag', message: '"x" cannot be read as !!int' }],
    ['a: !!binary /w==', { kind: 'tag' }],
    ['a: *b', { kind: 'syntax', message: 'alias "*b" has no anchor before it', column: 4, length: 2 }],
    ['a: &a [*a]', { kind: 'aliases', message: 'alias "*a" contains itself' }],
    ['a: &a {<<: *a}', { kind: 'aliases' }],
    ['a: &a [1]\n<<: *a', { kind: 'syntax', message: '"<<" takes a map or a list of maps' }],
    ['~: 1', { kind: 'syntax', message: '~ cannot be a key' }],
    ['[a]: 1', { kind: 'syntax', message: 'a map or list cannot be a key' }],
    ['a: .inf', { kind: 'syntax' }],
    ['a: "\u2028"', { kind: 'syntax', message: 'character U+2028 must be written as an escape in double quotes', column: 5 }],
    ['a: \x01b', { kind: 'syntax', message: 'character U+0001 must be written as an escape in double quotes' }],
    ['a: "\\ud83d"', { kind: 'syntax', message: 'half of a surrogate pair is no character', column: 4 }],
    ['a: [?b]', { kind: 'syntax' }],
    ['%YAML 1.2\n---\na: 1', { kind: 'syntax', message: 'directive "%YAML 1.2" is not known' }],
  ])('%j', (text, problem) => {
    expect(parseYaml(text).problems).toMatchObject([problem]);
  });

  test('are all told, in the order of the text, and what can be read is read', () => {
    const { documents, problems } = parseYaml('a: 1\na: !x 2\n---\n__proto__: 3\nb: *c\n---\nd: "e\n');
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([
      ['duplicate-key', 2],
      ['tag', 2],
      ['forbidden-key', 4],
      ['syntax', 5],
      ['syntax', 7],
    ]);
    expect(documents.slice(0, 2).map(({ value }) => value)).toEqual([{ a: '2' }, { b: null }]);
  });

  test('are at most 100', () => {
    expect(parseYaml('a: 1\n'.repeat(500)).problems).toHaveLength(100);
  });
});

describe('hostile texts', () => {
  const MIB = 1 << 20;

  test.each(['[', '{', '- ', '? ', '{a: ', '[{a: ', 'a: '])('a mebibyte of %j is too deep', (unit) => {
    expect(parseYaml(unit.repeat(MIB / unit.length)).problems).toMatchObject([{ kind: 'depth' }]);
  });

  test('a hundred levels are read, one more is a problem, through aliases too', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseYaml(nested(100)).problems).toEqual([]);
    expect(parseYaml(nested(101)).problems).toMatchObject([{ kind: 'depth' }]);
    expect(parseYaml(`a: &a ${nested(60)}\nb: ${nested(38).replace('[]', '[*a]')}`).problems).toEqual([]);
    expect(parseYaml(`a: &a ${nested(60)}\nb: ${nested(40).replace('[]', '[*a]')}`).problems).toMatchObject([{ kind: 'depth' }]);
  });

  test('aliases of aliases are a problem before anything grows', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) =>
        `k${index}: &k${index} [${Array(10)
          .fill(index === 0 ? 'x' : `*k${index - 1}`)
          .join()}]`,
    );
    expect(parseYaml(lines.join('\n')).problems).toMatchObject([{ kind: 'aliases' }]);
  });

  test('keys are compared in linear time', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `key${index}: {index: ${index}}`);
    const { documents, problems } = parseYaml(lines.join('\n'));
    expect(problems).toEqual([]);
    expect(documents[0]?.locate(['key19999', 'index'])).toEqual({ line: 20_000, column: 19, length: 5 });
  });
});

describe('locate()', () => {
  const text = 'a:\n  b: &x\n  - c: one\n    d: 2\n  - "e"\nf: *x\ng:\n  <<: {h: 1}\n---\r\ni: 3\r\nj:\r\n';
  const { documents } = parseYaml(text);

  test.each<[number, JsonPath, 'key' | 'value', string, string]>([
    [0, [], 'value', '1:1', 'a:'],
    [0, ['a'], 'key', '1:1', 'a'],
    [0, ['a', 'b'], 'key', '2:3', 'b'],
    [0, ['a', 'b', 0, 'c'], 'value', '3:8', 'one'],
    [0, ['a', 'b', 0, 'd'], 'key', '4:5', 'd'],
    [0, ['a', 'b', 1], 'value', '5:5', '"e"'],
    [0, ['a', 'b', '1'], 'key', '5:5', '"e"'],
    [0, ['f'], 'value', '6:4', '*x'],
    [0, ['f', 0, 'c'], 'value', '3:8', 'one'],
    [0, ['g', 'h'], 'key', '8:8', 'h'],
    [0, ['a', 'nothing', 'at', 'all'], 'key', '1:1', 'a'],
    [0, ['a', 'b', 7], 'key', '2:3', 'b'],
    [1, ['i'], 'value', '10:4', '3'],
    [1, ['j'], 'key', '11:1', 'j'],
  ])('document %i, %j, %s: %s', (document, path, part, place, marked) => {
    const { line, column, length } = documents[document]!.locate(path, part);
    expect(`${line}:${column}`).toBe(place);
    expect(text.split(/\r?\n/)[line - 1]?.slice(column - 1, column - 1 + length)).toBe(marked);
  });

  test('a missing value has a place', () => {
    expect(documents[1]!.locate(['j'])).toMatchObject({ line: 11, length: 1 });
  });
});
