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
  ['ssh://git@host/a\u001b[31m', 'ssh://host/a\\u001b[31m'],
])('showAddress() shows %s without credentials and commands', (address, shown) => {
  expect(showAddress(address)).toBe(shown);
});
