import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isAsShown, readTutorial, type Step } from './tutorial.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const base = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-tutorial-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** The built program on the PATH, and a person who commits. */
function environment(): NodeJS.ProcessEnv {
  const bin = join(base, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'espalier'), `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist/main.js')}" "$@"\n`);
  chmodSync(join(bin, 'espalier'), 0o755);
  return {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: join(base, 'home'),
    LC_ALL: 'C',
    GIT_AUTHOR_NAME: 'A Reader',
    GIT_AUTHOR_EMAIL: 'reader@example.net',
    GIT_COMMITTER_NAME: 'A Reader',
    GIT_COMMITTER_EMAIL: 'reader@example.net',
  };
}

/** Runs a command as a shell at the prompt does: a change of folder lasts. Gives all that it says, in order. */
function run(
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): { text: string; exitCode: number; cwd: string } {
  const state = join(base, 'state');
  const script = `{ ${command}\n} 2>&1; code=$?; printf '%s\\n%s' "$code" "$PWD" > "$STATE"`;
  const text = execFileSync('/bin/sh', ['-c', script], { cwd, env: { ...env, STATE: state }, encoding: 'utf8' });
  const [code = '', now = cwd] = readFileSync(state, 'utf8').split('\n');
  return { text, exitCode: Number(code), cwd: now };
}

test('every command of the tutorial does what the tutorial shows', () => {
  const env = environment();
  const steps = readTutorial(readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8'));
  expect(steps.length).toBeGreaterThan(20);
  let cwd = join(base, 'work');
  mkdirSync(cwd);
  for (const step of steps) cwd = take(step, { cwd, env });
}, 300_000);

function take(step: Step, { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): string {
  const where = `docs/tutorial.md:${step.line}`;
  if (step.kind === 'command') {
    const ended = run(step.command, { cwd, env });
    if (!isAsShown(ended.text, step.shown))
      throw new Error(`${where}: ${step.command}\nsays:\n${ended.text}\nnot:\n${step.shown.join('\n')}`);
    // A mistake that is shown is meant; diff ends with 1 where there is a difference.
    const mayFail = /^error /m.test(step.shown.join('\n')) || step.command.startsWith('diff ');
    expect(ended.exitCode, `${where}: ${step.command}`).toBe(mayFail ? 1 : 0);
    return ended.cwd;
  }
  const path = join(cwd, step.path);
  if (step.kind === 'file') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, step.text);
  } else {
    const text = readFileSync(path, 'utf8');
    expect(text.split(step.from).length, `${where}: what is changed stands there once`).toBe(2);
    writeFileSync(path, text.replace(step.from, step.to));
  }
  return cwd;
}

test.each([
  ['a\nb\n', ['a', 'b'], true],
  ['a\nb\n', ['a'], false],
  ['a\nb\nc\n', ['a', '…', 'c'], true],
  ['a\nc\n', ['a', '…', 'c'], true],
  ['a\nc\n', ['…', 'b', '…'], false],
  ['done in 12.3 s\n', ['done in 0.1 s'], true],
  ['a.b\n', ['a+b'], false],
])('isAsShown(%j, %j) is %s', (text, shown, expected) => {
  expect(isAsShown(text, shown)).toBe(expected);
});

test.each([
  ['```sh\nls\n```\n', 'not tried by anything'],
  ['```console\nls\n```\n', 'output before any command'],
  ['Nothing.\n\n```yaml\na: 1\n```\n', 'names no file'],
])('readTutorial() refuses %j', (markdown, words) => {
  expect(() => readTutorial(markdown)).toThrow(words);
});
