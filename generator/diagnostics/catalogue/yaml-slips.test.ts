import { expect, test } from 'vitest';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { yamlSlip } from './yaml-slips.ts';

// The parser's words may change with its version: then these fail.
test.each([
  ['a:\n  b: 1\n c: 2\n', 'this line is indented unlike the others of its mapping'],
  ['a: 1\n  b: 2\n', 'the value of this key contains another key'],
  ['a: b: c\n', 'the value of this key contains another key'],
  ['a: "x\nb: 1\n', 'a quote is opened and not closed'],
  ['a: [1, 2\nb: 3\n', 'a "]" is missing'],
  ['a: {b: 1\nc: 2\n', 'a "}" is missing'],
  ['a:\n\t- b\n', 'a tab stands where the line is indented'],
  ['a: - b\n', 'a list begins on the same line as its key'],
  ["a: 'it's'\n", 'something follows where the value has ended already'],
  ['a: 1\nb\nc: 2\n', 'a key has no ": " behind it'],
  ['a:b\nc: 1\n', 'a key has no ": " behind it'],
  ['a:\n- b: 1\n c: x\n', 'this line is indented unlike the keys of its list item'],
  ['a: @x\n', 'a text that begins with "@" needs quotes'],
  ['a: %x\n', 'a text that begins with "%" needs quotes'],
])('yamlSlip() says of %j: %s', (text, reason) => {
  expect(parseYaml(text).problems.map(({ message }) => yamlSlip(message).reason)).toContain(reason);
});

test('yamlSlip() passes on what it does not know', () => {
  expect(yamlSlip('alias "*x" has no anchor before it').reason).toBe('alias "*x" has no anchor before it');
});
