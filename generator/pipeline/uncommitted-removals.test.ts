import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClusterId, ContextId, InstanceRef } from '../model/context.ts';
import { cloudsToGo, uncommittedRemovals } from './uncommitted-removals.ts';

const ref = (cluster: ClusterId, app: string, context = '7'): InstanceRef => ({
  cluster,
  context: context as ContextId,
  app,
});

describe('cloudsToGo()', () => {
  test('names clusters of which a cloud stands that nobody wants', () => {
    const committed = [ref('p+a', 'logical-cloud'), ref('p+b', 'logical-cloud'), ref('p+c', 'web')];
    expect(cloudsToGo({ wanted: [ref('p+a', 'logical-cloud')], committed })).toEqual(['p+b']);
    expect(cloudsToGo({ wanted: [], committed: [ref('p+c', 'web')] })).toEqual([]);
  });
});

describe('uncommittedRemovals()', () => {
  let roots: readonly [string, string];
  beforeEach(() => {
    roots = [mkdtempSync(join(tmpdir(), 'espalier-head-')), mkdtempSync(join(tmpdir(), 'espalier-head-'))];
  });
  afterEach(() => roots.forEach((root) => rmSync(root, { recursive: true })));

  function commit(root: string, ...paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), 'a: b\n');
    }
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.net', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
    git('init', '--quiet');
    git('add', '-A');
    git('commit', '--quiet', '-m', 'x');
  }
  const file = (cluster: string, app: string): string => `clusters/${cluster}/context/7/app/${app}/a-configmap.yaml`;
  const rootOf = (cluster: string): string => (cluster === 'p+b' ? roots[1] : roots[0]);

  test('finds apps that HEAD has and the tree has not, on these clusters, each where its tree is', async () => {
    commit(roots[0], file('p+a', 'web'), file('p+a', 'api'), file('p+a', 'logical-cloud'), file('p+c', 'web'));
    commit(roots[1], file('p+a', 'old'), file('p+b', 'db'));
    const clusters: readonly ClusterId[] = ['p+a', 'p+b'];
    expect(await uncommittedRemovals(clusters, { committed: [ref('p+a', 'api')], rootOf })).toEqual([ref('p+a', 'web'), ref('p+b', 'db')]);
  });

  test('finds nothing where there is no commit', async () => {
    expect(await uncommittedRemovals(['p+a'], { committed: [], rootOf })).toEqual([]);
  });
});
