import { expect, test } from 'vitest';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import { foldDiagnostics } from './fold-diagnostics.ts';

const finding = (reach: Reach, related?: string): Diagnostic => ({
  ...diagnose('unreadable', { path: 'x', reason: 'tried' }, { reach }),
  ...(related !== undefined && { related: [{ message: related, source: { file: 'x' as never, line: 1, column: 1, length: 1 } }] }),
});

test('findings that say the same become one, with the places of all', () => {
  const folded = foldDiagnostics([finding(RUN, 'one'), finding(RUN, 'other')]);
  expect(folded.map(({ related }) => related?.map(({ message }) => message))).toEqual([['one', 'other']]);
});

test('a finding that holds two things is kept for both', () => {
  const template: Reach = { kind: 'template', template: 'web' };
  expect(foldDiagnostics([finding(RUN), finding(template), finding(RUN)]).map(({ reach }) => reach)).toEqual([RUN, template]);
});
