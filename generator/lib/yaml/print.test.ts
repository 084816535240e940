import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { printYaml } from './print.ts';

test('printYaml() writes in the style of Kubernetes, keys in the order given', () => {
  const value = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    empty: { map: {}, list: [], text: '', nothing: null },
    args: ['--verbose', '-c', 'echo a; echo b'],
    containers: [{ name: 'web', image: 'registry.example:5000/web:1.2.3', ports: [{ containerPort: 80 }] }, {}, []],
    matrix: [[1, 2], [[3]]],
    script: '#!/bin/sh\n\n  exit 0\n',
  };
  expect(printYaml(value)).toBe(`kind: Deployment
apiVersion: apps/v1
empty:
  map: {}
  list: []
  text: ""
  nothing: null
args:
- --verbose
- -c
- echo a; echo b
containers:
- name: web
  image: registry.example:5000/web:1.2.3
  ports:
  - containerPort: 80
- {}
- []
matrix:
- - 1
  - 2
- - - 3
script: |
  #!/bin/sh

    exit 0
`);
});

test.each<[string, string]>([
  ['plain text', 'plain text'],
  ['10Gi', '10Gi'],
  ['10.0.0.1', '10.0.0.1'],
  ['app=web,tier!=edge', 'app=web,tier!=edge'],
  ['http://a.example/?b=c#d', 'http://a.example/?b=c#d'],
  ['Größe', 'Größe'],
  ['yes', '"yes"'],
  ['N', '"N"'],
  ['0644', '"0644"'],
  ['1_000', '"1_000"'],
  ['1e3', '"1e3"'],
  ['12:30', '"12:30"'],
  ['2026-01-31', '"2026-01-31"'],
  ['<<', '"<<"'],
  ['=', '"="'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  [' a', '" a"'],
  ['a ', '"a "'],
  ['- a', '"- a"'],
  ['---', '"---"'],
  ['{a}', '"{a}"'],
  ['%a', '"%a"'],
  ['"a" \\ b', '"a" \\ b'.replaceAll(/["\\]/g, '\\$&').replace(/^.*$/, '"$&"')],
  ['a\tb\r', '"a\\tb\\r"'],
  ['\u0085\u2028\u00a0\ufeff', '"\\u0085\\u2028\\u00A0\\uFEFF"'],
  ['😀', '😀'],
  ['\u{10ffff}', '"\\U0010FFFF"'],
  ['\ud800', '"\\uFFFD"'],
  ['a\nb', '|-\n  a\n  b'],
  ['a\n\n', '|+\n  a\n\n'],
  [' a\nb', '" a\\nb"'],
  ['a\r\nb', '"a\\r\\nb"'],
  ['\n', '"\\n"'],
])('printYaml() writes the string %j as %j', (text, printed) => {
  expect(printYaml({ a: text })).toBe(`a: ${printed.endsWith('\n') ? printed : `${printed}\n`}`);
});

test.each<[Json, string]>([
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [1e-7, '1e-7'],
  [2 ** 53 - 1, '9007199254740991'],
  [2 ** 53, '9.007199254740992e+15'],
  [1e21, '1e+21'],
  [18446744073709551615n, '18446744073709551615'],
  [true, 'true'],
  [null, 'null'],
])('printYaml() writes %s as %s', (value, printed) => {
  expect(printYaml(value)).toBe(`${printed}\n`);
});

test('keys are quoted like strings, and stand apart when they are long', () => {
  expect(printYaml({ yes: 1, 'a/b': 2, '': 3, 'x\ny': 4 })).toBe('"yes": 1\na/b: 2\n"": 3\n"x\\ny": 4\n');
  const long = 'k'.repeat(1001);
  expect(printYaml({ a: [{ [long]: { b: 1 } }] })).toBe(`a:\n- ? ${long}\n  :\n    b: 1\n`);
});

test('infinity is our own bug', () => {
  expect(() => printYaml({ a: Infinity })).toThrow(RangeError);
});
