import { expect, test } from 'vitest';
import type { KubeObject } from '../../model/kube.ts';
import { substitute } from './substitute.ts';

function object(value: string, labels: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels }, data: { value } };
}

const VARIABLES = new Map([
  ['name', 'web'],
  ['count', '3'],
  ['empty', ''],
]);

test.each([
  ['${name}', 'web'],
  ['a-${name}-b', 'a-web-b'],
  ['${count}', 3],
  ['${absent}', null],
  ['${absent:=x}', 'x'],
  ['${absent:-x}', 'x'],
  ['${empty:=x}', 'x'],
  ['${empty=x}', null],
  ['$${name}', '${name}'],
  ['$name', '$name'],
])('substitute() makes of %s what Flux does', (text, expected) => {
  const [result] = substitute([object(text)], VARIABLES);
  expect((result as KubeObject)['data']).toEqual({ value: expected });
});

test('substitute() passes over objects that say so', () => {
  const given = object('${name}', { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
  expect(substitute([given], VARIABLES)).toEqual([given]);
});

test('substitute() gives up where more than a default is asked for', () => {
  expect(substitute([object('${name/e/i}')], VARIABLES)).toMatch(/more than a variable/);
});
