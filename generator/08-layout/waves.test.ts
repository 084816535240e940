import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeDeployment } from '../../test/support/intents.ts';
import type { Decision, Placement } from '../model/decision.ts';
import { createWaves } from './waves.ts';

test.each([
  ['no dependency', { a: [] }, { a: 1 }],
  ['a chain', { a: [], b: ['a'], c: ['b'] }, { a: 1, b: 2, c: 3 }],
  ['a chain written backwards', { c: ['b'], b: ['a'], a: [] }, { a: 1, b: 2, c: 3 }],
  ['two ways of different length', { a: [], b: ['a'], c: ['a', 'b'], d: ['a'] }, { a: 1, b: 2, c: 3, d: 2 }],
  ['an app that is not there', { a: ['gone'] }, { a: 2 }],
])('createWaves() counts %s', (_, apps: Readonly<Record<string, readonly string[]>>, expected) => {
  const made = Object.entries(apps).map(([name, before]) => makeApp({ name, dependsOn: before.map((app) => ({ app })) }));
  const deployment = makeDeployment(made);
  const waves = createWaves();
  const placed = made.map((app): Placement => ({
    deployment,
    app: { value: app, at: deployment.at },
    cloud: makeCloud(),
    clusters: [],
    decision: {} as Decision,
  }));
  expect(Object.fromEntries(placed.map((placement) => [placement.app.value.name, waves(placement)]))).toEqual(expected);
});

test('createWaves() ends on a circle', () => {
  const deployment = makeDeployment([makeApp({ name: 'a', dependsOn: [{ app: 'b' }] }), makeApp({ name: 'b', dependsOn: [{ app: 'a' }] })]);
  const [app] = deployment.value.spec.apps;
  const placement = { deployment, app: { value: app, at: deployment.at }, cloud: makeCloud(), clusters: [], decision: {} as Decision };
  expect(createWaves()(placement)).toBeGreaterThan(0);
});
