import { expect, test } from 'vitest';
import { countChanges, fileAction } from './file-action.ts';

test.each([
  [{ after: 'x' }, 'create'],
  [{ before: 'x', after: 'y' }, 'update'],
  [{ before: 'x' }, 'delete'],
  // An empty file is one.
  [{ before: '', after: '' }, 'update'],
])('fileAction(%j) is %s', (change, action) => {
  expect(fileAction(change)).toBe(action);
});

test('countChanges() counts by what becomes of the files', () => {
  const changes = [{ after: 'x' }, { before: 'x', after: 'y' }, { before: 'x', after: 'z' }, { before: 'x' }];
  expect(countChanges(changes)).toEqual({ created: 1, updated: 2, deleted: 1 });
});
