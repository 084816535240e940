import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../lib/yaml/parse.ts';
import { block, commented, yamlText } from './yaml-text.ts';

test('yamlText() puts values in through the codec, at their line', () => {
  const text = yamlText`
    # About ${'a\nb'}.
    name: ${'yes'}
    list:
    - ${{ a: '1' }}
    - name: ${'x: y'}
    spec:
      labels: ${{ tier: 'edge' }}
      empty: ${{}}
      gone: ${undefined}
      ${block('more: 1\n\nand: 2\n')}
      ${commented('a: 1\n')}`;
  expect(text).toBe(
    `# About a\\u000ab.
name: "yes"
list:
- a: "1"
- name: 'x: y'
spec:
  labels:
    tier: edge
  empty: {}
  more: 1

  and: 2
  # a: 1
`.replace(`'x: y'`, '"x: y"'),
  );
});

describe('no text given to yamlText()', () => {
  const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a\nb: c', '# c', '{{x}}', '---', '\u2028', '"', '- a', '\0'));
  test('is anything but the value of its key', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const { documents, problems } = parseYaml(yamlText`
          # ${b}
          a: ${a}
          deep:
            list:
            - name: ${b}
            - ${a}`);
        const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
        expect(problems).toEqual([]);
        expect(documents.map(({ value }) => value)).toEqual([{ a: whole(a), deep: { list: [{ name: whole(b) }, whole(a)] } }]);
      }),
    );
  });
});
