import { expect, test } from 'vitest';
import { repoPath } from '../../lib/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { plain } from './paint.ts';
import { humanReport } from './human.ts';

const file = repoPath('intents/shop.yaml');
const line = 'spec: {url: "ssh://robot:hunter2@example.net", password: "correct-horse-1"}';

function found(code: string, part: string): Diagnostic {
  const source = { file, line: 1, column: line.indexOf(part) + 1, length: part.length };
  return { code, severity: 'error', message: 'Cannot', source, reach: { kind: 'run' } };
}

test('a line is shown without what a finding calls a secret, whichever finding shows it', () => {
  const report = humanReport([found('unknown-field', 'url'), found('literal-secret', '"correct-horse-1"')], {
    paint: plain,
    lines: new Map([[file, [line]]]),
  });
  expect(report.match(/password: "\*{15}"/g)).toHaveLength(2);
  expect(report).not.toContain('horse');
});

test('a line is shown without what looks like a secret, although no finding says so', () => {
  const report = humanReport([found('unknown-field', 'url')], { paint: plain, lines: new Map([[file, [line]]]) });
  expect(report).toContain('"ssh://robot:*******@example.net"');
});

test.each([
  ['  password: "Zx81kq0Lm2Vb7Tn4"', '  password: "****************"'],
  ['{name: web, apiToken: Zx81kq0Lm2Vb7Tn4, port: 80}', '{name: web, apiToken: ****************, port: 80}'],
  ['args: [--client-secret=Zx81kq0Lm2Vb7Tn4]', 'args: [--client-secret=****************]'],
  ['  token: ghp_0123456789abcdefghijABCDEFGHIJ012345', '  token: ****************************************'],
  ['  secretName: Zx81kq0Lm2Vb7Tn4', '  secretName: Zx81kq0Lm2Vb7Tn4'],
  ['  password: "{{dbPassword}}"', '  password: "{{dbPassword}}"'],
])('a line of a template is shown without credentials: %s', (written, shown) => {
  const source = { file, line: 1, column: 1, length: 1 };
  const diagnostic: Diagnostic = { code: 'bad-template', severity: 'error', message: 'Cannot', source, reach: { kind: 'run' } };
  expect(humanReport([diagnostic], { paint: plain, lines: new Map([[file, [written]]]) })).toContain(`| ${shown}\n`);
});
