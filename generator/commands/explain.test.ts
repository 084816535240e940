import { expect, test } from 'vitest';
import { catalogue } from '../diagnostics/catalogue.ts';
import { plain } from '../diagnostics/report/paint.ts';
import { explain } from './explain.ts';

function run(code: string | undefined, json = false) {
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    outPaint: plain,
  };
  return { exitCode: explain(code, { json, terminal }), ...said };
}

test.each(Object.keys(catalogue))('explain() has something to say about %s, in lines that fit a terminal', (code) => {
  const { exitCode, out } = run(code);
  expect(exitCode).toBe(0);
  expect(out).toContain(`${code} (`);
  expect(out.split('\n').filter((line) => line.length > 110)).toEqual([]);
  // A terminal leads nowhere.
  expect(out).not.toContain('](');
});

test('explain() shows examples as they are', () => {
  expect(run('bad-expression').out).toContain('\n    expression: cluster.labels.tier == "edge" && cluster.variables.nodes >= 3\n');
});

test('explain() without a code lists all', () => {
  expect(run(undefined).out.split('\n')).toHaveLength(Object.keys(catalogue).length + 1);
});

test('explain() knows near misses', () => {
  expect(run('unknown-templat')).toEqual({
    exitCode: 1,
    out: '',
    err: 'error: there is no code "unknown-templat": did you mean unknown-template?\n',
  });
});

test('explain() speaks to programs', () => {
  expect(JSON.parse(run('unknown-template', true).out)).toMatchObject({ code: 'unknown-template', severity: 'error' });
});
