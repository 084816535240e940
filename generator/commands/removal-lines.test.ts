import { expect, test } from 'vitest';
import type { ClusterId, ContextId } from '../model/context.ts';
import type { Removal } from '../model/removal.ts';
import { removalLines } from './removal-lines.ts';

const web: Removal = {
  context: '42' as ContextId,
  owner: { kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' },
  hasDocument: false,
  app: 'web',
  clusters: ['p+a', 'p+b'],
  objects: 5,
  stateful: ['StatefulSet "db"'],
  leftOn: [],
  reasons: [],
};

test.each<readonly [string, Removal, string]>([
  ['an app', web, '- removes app web of retail/shop from 2 clusters (p+a and p+b): 5 objects, with StatefulSet "db"\n'],
  [
    'an app whose objects stay',
    { ...web, stateful: [], leftOn: ['p+a'] },
    '- removes app web of retail/shop from 2 clusters (p+a and p+b): 5 objects; left in place on 1 cluster (deletionPolicy Orphan)\n',
  ],
  [
    'an app that nothing asks for there',
    { ...web, stateful: [], reasons: [{ clusters: ['p+a', 'p+b'], reason: 'its placement does not match: it asks for label tier=edge' }] },
    '- removes app web of retail/shop from 2 clusters (p+a and p+b): 5 objects\n    because its placement does not match: it asks for label tier=edge\n',
  ],
  [
    'an app that goes for several reasons',
    {
      ...web,
      stateful: [],
      reasons: [
        { clusters: ['p+a'], reason: 'its state is Removed' },
        { clusters: ['p+b'], reason: 'logical cloud "retail" does not span it' },
      ],
    },
    '- removes app web of retail/shop from 2 clusters (p+a and p+b): 5 objects\n    p+a: because its state is Removed\n    p+b: because logical cloud "retail" does not span it\n',
  ],
  [
    'a logical cloud that nothing names',
    {
      context: web.context,
      hasDocument: false,
      app: 'logical-cloud',
      clusters: ['p+a'],
      objects: 1,
      stateful: [],
      leftOn: [],
      reasons: [],
    },
    '- removes logical cloud context 42 from 1 cluster (p+a): 1 object\n',
  ],
])('removalLines() tells of %s', (_name, removal, text) => {
  expect(removalLines([removal], false)).toBe(text);
});

test('removalLines() says what was done, and of many the first', () => {
  const many = Array.from({ length: 23 }, (_, index): Removal => ({ ...web, app: `web${index}`, clusters: [`p+c${index}` as ClusterId] }));
  const lines = removalLines(many, true).split('\n');
  expect(lines[0]).toContain('- removed app web0 of retail/shop from 1 cluster (p+c0)');
  expect(lines.slice(20)).toEqual(['- and 3 more removals', '']);
});
