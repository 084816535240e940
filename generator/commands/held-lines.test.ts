import { expect, test } from 'vitest';
import type { ContextId } from '../model/context.ts';
import type { HeldApp } from '../model/held.ts';
import { heldLines } from './held-lines.ts';

const web: HeldApp = {
  context: '42' as ContextId,
  owner: { kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' },
  app: 'web',
  clusters: ['p+a', 'p+b'],
  reason: 'Cannot use template "wep"',
};

test('heldLines() names what is held, where, and why', () => {
  expect(heldLines([web, { context: web.context, app: 'logical-cloud', clusters: ['p+a'], reason: 'x\u001b' }])).toBe(
    '= held app web of retail/shop on 2 clusters (p+a and p+b): Cannot use template "wep"\n= held logical cloud context 42 on 1 cluster (p+a): x\\x1b\n',
  );
});

test('heldLines() lists the first of many', () => {
  const lines = heldLines(Array.from({ length: 23 }, (_, index) => ({ ...web, app: `web${index}` }))).split('\n');
  expect(lines).toHaveLength(22);
  expect(lines[20]).toBe('= held 3 more apps');
});
