import { describe, expect, test } from 'vitest';
import { findDifferences, judge, readAnnounced } from './changed-output.ts';

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    app: x\ndata:\n  key: one\n';
const PATH = 'clusters/p+c/context/4947908676737658207/app/web/a-configmap.yaml';
const before = new Map([[PATH, OBJECT]]);

function list(...lines: readonly string[]): string {
  return `- words\n\n  \`\`\`changed-output\n${lines.map((line) => `  ${line}\n`).join('')}  \`\`\`\n`;
}

describe('findDifferences()', () => {
  test.each([
    ['nothing', OBJECT, []],
    ['a field', OBJECT.replace('one', 'two'), [{ sign: '~', path: PATH, field: 'data.key' }]],
    ['two fields', OBJECT.replace('one', 'two').replace('app: x', 'app: y'), ['metadata.labels.app', 'data.key']],
    ['layout', `${OBJECT}# end\n`, [{ sign: '~', path: PATH, field: '(text)' }]],
    ['another object', OBJECT.replace('name: a', 'name: b'), [{ sign: '~', path: PATH, field: '(objects)' }]],
  ])('finds %s', (_what, text, expected) => {
    const whole = expected.map((each) => (typeof each === 'string' ? { sign: '~', path: PATH, field: each } : each));
    const found = findDifferences(before, new Map([[PATH, text]]));
    expect(found).toHaveLength(whole.length);
    expect(found).toEqual(expect.arrayContaining(whole));
  });

  test('finds new files and files that are gone', () => {
    expect(findDifferences(before, new Map([['clusters/x', '']]))).toEqual([
      { sign: '-', path: PATH },
      { sign: '+', path: 'clusters/x' },
    ]);
  });
});

describe('judge()', () => {
  const differences = findDifferences(
    before,
    new Map([
      [PATH, OBJECT.replace('one', 'two')],
      ['clusters/x', ''],
    ]),
  );

  test('is content when every difference is named, and every line answered', () => {
    const announced = readAnnounced(list('~ clusters/*/context/*/app/*/*-configmap.yaml data.*   # why', '+ clusters/x'));
    expect(judge(differences, announced)).toEqual({ unannounced: [], idle: [] });
    expect(judge(differences, readAnnounced(list('~ clusters/** data.key', '+ clusters/*')))).toEqual({ unannounced: [], idle: [] });
  });

  test('names what no line announces', () => {
    const announced = readAnnounced(list('~ clusters/*/a-configmap.yaml data.key', '- clusters/x', '~ clusters/** metadata.*'));
    expect(judge(differences, announced)).toEqual({
      unannounced: ['~ clusters/*/context/*/app/web/a-configmap.yaml data.key', '+ clusters/x'],
      idle: ['~ clusters/*/a-configmap.yaml data.key', '- clusters/x', '~ clusters/** metadata.*'],
    });
    expect(judge(differences, []).unannounced).toHaveLength(2);
  });
});

test.each(['~ clusters/x', '+ clusters/x metadata.name', 'clusters/x', '* clusters/x'])('readAnnounced() refuses %j', (line) => {
  expect(() => readAnnounced(list(line))).toThrow('is none of');
});
