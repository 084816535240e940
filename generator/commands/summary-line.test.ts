import { expect, test } from 'vitest';
import type { Summary } from '../diagnostics/report/json.ts';
import type { RunOptions } from './run-options.ts';
import { summaryLine } from './summary-line.ts';

const quiet: Summary = {
  errors: 0,
  warnings: 0,
  elsewhere: 0,
  instances: 3,
  created: 1,
  updated: 2,
  deleted: 3,
  unchanged: 4,
  held: 5,
  outside: 0,
  written: false,
  seconds: 1.24,
};

test.each<readonly [RunOptions['mode'], Partial<Summary>, boolean, string]>([
  ['check', {}, true, 'checked 3 instances: no errors, in 1.2 s'],
  ['check', { warnings: 2 }, true, 'checked 3 instances: no errors, 2 warnings, in 1.2 s'],
  ['check', { errors: 1, warnings: 1 }, false, 'checked: 1 error, 1 warning, in 1.2 s'],
  ['write', { errors: 2 }, false, 'nothing written: 2 errors, in 1.2 s'],
  ['write', { written: true }, true, 'created 1, updated 2, deleted 3, unchanged 4, held 5 in 1.2 s'],
  [
    'write',
    { written: true, errors: 1, warnings: 1 },
    true,
    'created 1, updated 2, deleted 3, unchanged 4, held 5 in 1.2 s: 1 error, 1 warning',
  ],
  [
    'write',
    { written: true, outside: 6, elsewhere: 1 },
    true,
    'created 1, updated 2, deleted 3, unchanged 4, held 5, outside 6 in 1.2 s: 1 error elsewhere (espalier check shows it)',
  ],
  ['preview', { outside: 6 }, true, 'would create 1, update 2, delete 3 (4 unchanged, 5 held, 6 outside) in 1.2 s'],
  ['compare', {}, true, 'clusters/ is out of date: would create 1, update 2, delete 3 (4 unchanged, 5 held) in 1.2 s'],
])('summaryLine() of %s with %j and plan %s', (mode, parts, hasPlan, line) => {
  expect(summaryLine({ ...quiet, ...parts }, mode, hasPlan)).toBe(line);
});
