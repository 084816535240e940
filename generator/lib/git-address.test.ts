import { expect, test } from 'vitest';
import { isSameRepository, showAddress } from './git-address.ts';

const URL = 'https://git.example.net/platform/trees';

test.each([
  'https://git.example.net/platform/trees.git',
  'https://token@git.example.net/platform/trees',
  'https://user:password@GIT.example.net:443/platform/trees/',
  'ssh://git@git.example.net/platform/trees.git',
  'ssh://git@git.example.net:22/platform/trees.git',
  'git@git.example.net:platform/trees.git',
  'git.example.net:platform/trees',
])('%s is the same repository', (address) => {
  expect(isSameRepository(address, URL)).toBe(true);
});

test.each([
  'https://git.example.net/platform/trees2',
  'https://git.example.net/other/trees',
  'https://git.example.org/platform/trees',
  'https://git.example.net:8443/platform/trees',
  'git@git.example.net:Platform/trees.git',
  '/srv/git/platform/trees',
  '../trees',
  'https://git.example.net@evil.example.org/platform/trees',
  '',
])('%s is another one', (address) => {
  expect(isSameRepository(address, URL)).toBe(false);
});

test.each([
  ['https://user:hunter2@git.example.net/a?token=x#y', 'https://git.example.net/a'],
  ['https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a', 'https://github.com/a'],
  ['git@git.example.net:a/b.git', 'git@git.example.net:a/b.git'],
  ['u:hunter2@host:a/b', 'host:a/b'],
  ['hunter2@host:a/b', 'host:a/b'],
  ['//u:hunter2@host/x', '//host/x'],
  ['https:/u:hunter2@host/x', 'https:/host/x'],
  ['https:u:hunter2@host/x', 'host/x'],
  ['u:git@hunter2@host:a/b', 'host:a/b'],
  ['/srv/git@home/trees', '/srv/git@home/trees'],
  ['ssh://git@host/a\u001b[31m', 'ssh://git@host/a\\u001b[31m'],
])('showAddress() shows %s without credentials and commands', (address, shown) => {
  expect(showAddress(address)).toBe(shown);
});
