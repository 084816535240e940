import { afterEach, expect, test, vi } from 'vitest';
import { cacheFolder } from './cache-folder.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [{ ESPALIER_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg' }, '/home/me', '/own'],
  [{ ESPALIER_CACHE_DIR: '', XDG_CACHE_HOME: '/xdg' }, '/home/me', '/xdg/espalier'],
  [{ XDG_CACHE_HOME: 'relative' }, '/home/me', '/home/me/.cache/espalier'],
  [{ XDG_CACHE_HOME: '' }, '/home/me', '/home/me/.cache/espalier'],
  [{}, '', undefined],
  [{}, 'relative', undefined],
])('cacheFolder() of %j with home "%s" is %s', (environment, home, expected) => {
  vi.stubEnv('HOME', home);
  expect(cacheFolder(environment)).toBe(expected);
});
