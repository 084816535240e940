import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGitState, remotesIn } from './git-state.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'espalier-git-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.net', ...args], { cwd: folder, stdio: 'ignore' });
}

test('readGitState() reads what Git writes, in a clone and in a worktree of it', () => {
  git('init', '--initial-branch=espalier/tree/p+a');
  git('remote', 'add', 'origin', 'https://git.example.net/a "b" #c');
  git('remote', 'add', 'other', 'ssh://git@git.example.net/d');
  git('commit', '--allow-empty', '-m', 'first');
  git('worktree', 'add', '-b', 'next', 'worktree');
  const remotes = ['https://git.example.net/a "b" #c', 'ssh://git@git.example.net/d'];
  expect(readGitState(folder)).toEqual({ branch: 'espalier/tree/p+a', remotes });
  expect(readGitState(join(folder, 'worktree'))).toEqual({ branch: 'next', remotes });
  git('checkout', '--detach');
  expect(readGitState(folder)).toEqual({ branch: undefined, remotes });
});

test('readGitState() takes neither a folder below a checkout nor a linked .git', () => {
  git('init');
  mkdirSync(join(folder, 'below'));
  mkdirSync(join(folder, 'linked'));
  symlinkSync(join(folder, '.git'), join(folder, 'linked/.git'));
  writeFileSync(join(folder, 'file'), '');
  for (const name of ['below', 'linked', 'file', 'nothing']) expect(readGitState(join(folder, name)), name).toMatch(/not the root|folder/);
});

test('remotesIn() follows the syntax of configurations', () => {
  const config = [
    '[core]\n\turl = https://core',
    '[remote "a"] url = https://one ; comment',
    '[branch "main"]\n\tremote = origin\n\turl = https://branch',
    '[Remote "b \\" c"]\n  URL="https://two#three"\n\tpushurl = https://push',
    '[remote "d"]\n\turl = https://four\\\n/five\n#\turl = https://six',
  ].join('\n');
  expect(remotesIn(config)).toEqual(['https://one', 'https://two#three', 'https://four/five']);
});
