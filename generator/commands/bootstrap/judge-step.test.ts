import { expect, test } from 'vitest';
import type { BootstrapStep, ExpectedObject } from '../../model/bootstrap.ts';
import type { JsonObject } from '../../model/json.ts';
import { judgeStep, type StepState } from './judge-step.ts';

const source: ExpectedObject = {
  resource: 'sources',
  namespace: 'a',
  name: 'b',
  fields: { 'spec.url': 'https://x', 'spec.ref.branch': 'main' },
};
const root: ExpectedObject = { resource: 'roots', name: 'c', fields: { 'spec.path': './clusters/p+a' } };

function step(makes: readonly ExpectedObject[]): BootstrapStep {
  return { title: 'Do it', folder: 'cluster', reads: [], makes, isByHand: false };
}

const right: JsonObject = { spec: { url: 'https://x', ref: { branch: 'main' } } };

test.each<readonly [string, JsonObject | undefined, JsonObject | undefined, StepState]>([
  ['nothing is there', undefined, undefined, 'open'],
  ['one of two is there', right, undefined, 'open'],
  ['all is there', right, { spec: { path: 'clusters/p+a' } }, 'done'],
  [
    'one follows another path',
    right,
    { spec: { path: './clusters/p+b' } },
    { foreign: 'roots c has spec.path "./clusters/p+b" instead of "./clusters/p+a"' },
  ],
  [
    'one is missing, and the other is of another branch',
    { spec: { url: 'https://x', ref: { branch: 'dev' } } },
    undefined,
    { foreign: 'sources a/b has spec.ref.branch "dev" instead of "main"' },
  ],
  ['a field is not set', { spec: { url: 'https://x' } }, undefined, { foreign: 'sources a/b has spec.ref.branch unset instead of "main"' }],
])('where %s', (_name, one, other, state) => {
  expect(judgeStep(step([source, root]), (expected) => (expected === source ? one : other))).toEqual(state);
});

test('nobody knows where nobody looked, or nothing tells', () => {
  expect(judgeStep(step([source]), undefined)).toBe('unknown');
  expect(judgeStep(step([]), () => right)).toBe('unknown');
});
