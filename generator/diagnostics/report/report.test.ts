import { expect, test } from 'vitest';
import { repoPath } from '../../lib/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RepoPath, Source } from '../../model/source.ts';
import { githubReport } from './github.ts';
import { humanReport } from './human.ts';
import { jsonReport, NOTHING_DONE } from './json.ts';
import { type Paint, plain } from './paint.ts';
import { visible } from './visible.ts';

function at(file: string, line: number, column: number, length = 1): Source {
  return { file: repoPath(file), line, column, length };
}

function finding(parts: Partial<Diagnostic>): Diagnostic {
  return { code: 'unknown-app', severity: 'error', message: 'Cannot depend on app "rdis"', reach: { kind: 'run' }, ...parts };
}

function human(diagnostics: readonly Diagnostic[], texts: Readonly<Record<string, string>> = {}, paint: Paint = plain): string {
  const lines = new Map(Object.entries(texts).map(([path, text]) => [path as RepoPath, text.split('\n')]));
  return humanReport(diagnostics, { paint, lines });
}

test('humanReport() shows place, line, carets, help and page', () => {
  const text = 'spec:\n  apps:\n  - dependsOn: [{app: rdis}]\n';
  const related = [{ message: 'the apps', source: at('intents/a.yaml', 2, 3, 4) }];
  expect(
    human([finding({ hint: 'Did you mean "redis"?', source: at('intents/a.yaml', 3, 22, 4), related })], { 'intents/a.yaml': text }),
  ).toBe(
    `intents/a.yaml:3:22: error unknown-app: Cannot depend on app "rdis"
3 |   - dependsOn: [{app: rdis}]
  |                      ^^^^
  = the apps: intents/a.yaml:2:3
2 |   apps:
  |   ^^^^
  = help: Did you mean "redis"?
  = more: espalier explain unknown-app

1 error
`,
  );
});

test('humanReport() lists several related places without their lines', () => {
  const related = [1, 2].map((line) => ({ message: 'so has this', source: at('a.yaml', line, 1) }));
  expect(human([finding({ related })], { 'a.yaml': 'one\ntwo\n' })).toBe(`error unknown-app: Cannot depend on app "rdis"
  = so has this: a.yaml:1:1
  = so has this: a.yaml:2:1
  = more: espalier explain unknown-app

1 error
`);
});

test('humanReport() puts errors last, and sorts by file and place', () => {
  const report = human([
    finding({ source: at('b.yaml', 1, 1) }),
    finding({ source: at('a.yaml', 10, 1) }),
    finding({ source: at('a.yaml', 9, 1) }),
    finding({ severity: 'warning', source: at('z.yaml', 1, 1) }),
    finding({}),
  ]);
  expect(
    report
      .split('\n')
      .filter((line) => line.includes('unknown-app:'))
      .map((line) => line.replace(/ unknown-app.*/, '')),
  ).toEqual(['z.yaml:1:1: warning', 'error', 'a.yaml:9:1: error', 'a.yaml:10:1: error', 'b.yaml:1:1: error']);
  expect(report).toMatch(/\n4 errors, 1 warning\n$/);
});

test('humanReport() tells warnings of one code together', () => {
  const warnings = Array.from({ length: 12 }, (_, index) =>
    finding({ severity: 'warning', message: `Cluster ${index}`, hint: 'Do that', source: at('a.yaml', index + 1, 1) }),
  );
  const lines = human([...warnings, finding({ severity: 'warning', code: 'other' })]).split('\n');
  expect(lines.slice(3, 6)).toEqual([
    'a.yaml:1:1: warning unknown-app: Cluster 0',
    '  = and a.yaml:2:1: Cluster 1',
    '  = and a.yaml:3:1: Cluster 2',
  ]);
  expect(lines.slice(11, 15)).toEqual([
    '  = and a.yaml:9:1: Cluster 8',
    '  = and 3 more',
    '  = help: Do that',
    '  = more: espalier explain unknown-app',
  ]);
  expect(lines.at(-2)).toBe('13 warnings');
});

test('humanReport() keeps what to do about each of them, where that differs', () => {
  const warnings = ['Do this', 'Do that', 'Do this', undefined].map((hint, index) => {
    const warning = finding({ severity: 'warning', message: `Cluster ${index}`, source: at('a.yaml', index + 1, 1) });
    return hint === undefined ? warning : { ...warning, hint };
  });
  expect(human(warnings).split('\n').slice(0, 6)).toEqual([
    'a.yaml:1:1: warning unknown-app: Cluster 0',
    '  = help: Do this',
    '  = and a.yaml:2:1: Cluster 1 (help: Do that)',
    '  = and a.yaml:3:1: Cluster 2',
    '  = and a.yaml:4:1: Cluster 3',
    '  = more: espalier explain unknown-app',
  ]);
});

test('humanReport() of nothing is nothing', () => {
  expect(human([])).toBe('');
});

test.each([
  ['a tab', '\tx: y', 5, '1 |   x: y\n  |      ^'],
  ['wide characters', '名: 値', 4, '1 | 名: 値\n  |     ^^'],
  ['an escape sequence', 'a: \u001b[2J', 1, '1 | a: \\x1b[2J\n  | ^'],
  ['the end of the line', 'a:', 3, '1 | a:\n  |   ^'],
])('humanReport() points at the right column after %s', (_name, text, column, frame) => {
  expect(human([finding({ source: at('a.yaml', 1, column) })], { 'a.yaml': text })).toContain(frame);
});

test('humanReport() cuts long lines around the place', () => {
  const report = human([finding({ source: at('a.yaml', 1, 5001, 3) })], { 'a.yaml': `${'x'.repeat(5000)}bad${'y'.repeat(5000)}` });
  const [line = '', carets = ''] = report.split('\n').slice(1);
  expect(line.length).toBeLessThan(160);
  expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('bad');
});

test('humanReport() lets nothing act on the terminal', () => {
  const evil = 'a\u001b]0;owned\u0007\r\n\u202e\u009b31m';
  const report = human(
    [finding({ message: evil, hint: evil, source: at('a.yaml', 1, 1), related: [{ message: evil, source: at('a.yaml', 1, 1) }] })],
    {
      'a.yaml': evil,
    },
  );
  expect(report.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(visible(evil)).toBe('a\\x1b]0;owned\\x07\\x0d\\n\\u202e\\x9b31m');
});

test('humanReport() colours by severity', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</>`;
  const paint: Paint = {
    bold: (text) => text,
    dim: (text) => text,
    red: mark('red'),
    green: mark('green'),
    yellow: mark('yellow'),
    cyan: (text) => text,
  };
  expect(human([finding({}), finding({ severity: 'warning' })], {}, paint)).toMatch(
    /<yellow>warning<\/> unknown-app[^]*<red>error<\/> unknown-app/,
  );
});

test('githubReport() escapes what would end a property or a command', () => {
  const hostile = finding({ message: '100% of\r\n::error::a, b: c', hint: 'do this', source: at('intents/a,b:c%.yaml', 3, 7, 4) });
  expect(githubReport([hostile, finding({ severity: 'warning', message: 'Plain: text, with commas' })], { folder: 'fleet' })).toBe(
    [
      '::warning title=unknown-app::Plain: text, with commas',
      '::error file=fleet/intents/a%2Cb%3Ac%25.yaml,line=3,col=7,endColumn=11,title=unknown-app::100%25 of%0D%0A::error::a, b: c%0Ado this',
      '',
    ].join('\n'),
  );
});

test('jsonReport() is one document with the findings in order and their pages', () => {
  const summary = { ...NOTHING_DONE, errors: 2, instances: 3, seconds: 1.5 };
  const text = jsonReport({
    diagnostics: [finding({ source: at('b.yaml', 1, 1) }), finding({})],
    changes: [],
    removals: [],
    held: [],
    summary,
    exitCode: 1,
  });
  const { diagnostics, ...rest } = JSON.parse(text) as {
    readonly diagnostics: readonly { readonly documentation: string; readonly source?: Source }[];
  };
  expect(rest).toEqual({ changes: [], removals: [], held: [], summary, exitCode: 1 });
  expect(diagnostics.map(({ documentation, source }) => [documentation, source?.file])).toEqual([
    ['espalier explain unknown-app', undefined],
    ['espalier explain unknown-app', 'b.yaml'],
  ]);
});
