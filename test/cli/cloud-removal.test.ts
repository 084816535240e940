import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFleet, type Fleet } from './espalier.ts';

// Each run starts the program.
vi.setConfig({ testTimeout: 180_000 });

const INTENT = 'intents/retail.yaml';
const CLOUD = /^clusters\/provider1\+cluster1\/context\/[0-9]+\/app\/logical-cloud\//;
const APP = /^clusters\/provider1\+cluster1\/context\/[0-9]+\/app\/web\//;

let fleet: Fleet;
beforeEach(() => {
  fleet = createFleet();
});
afterEach(() => fleet.remove());

function commit(): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.net', '-c', 'commit.gpgsign=false', ...args], {
      cwd: fleet.root,
    });
  git('init', '--quiet');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'tree');
}

const has = (path: RegExp): boolean => [...fleet.tree().keys()].some((each) => path.test(each));

test('a logical cloud goes in a commit of its own, however often generate is run before', async () => {
  await fleet.run('generate');
  commit();
  fleet.edit(INTENT, { from: '{matchLabels: {tier: edge}}', to: '{matchLabels: {tier: central}}' });
  fleet.edit(INTENT, { from: '  quota:', to: '  clusters: [{matchLabels: {tier: central}}]\n  quota:' });
  expect((await fleet.run('generate')).stdout).toContain(
    '= held logical cloud retail/retail on 1 cluster (provider1+cluster1): its last apps go first',
  );
  const again = await fleet.run('generate');
  expect(again.stdout).toContain('provider1+cluster1): the removal of its last apps is not committed yet');
  expect(again.stdout).toContain('created 0, updated 0, deleted 0');
  expect((await fleet.run('generate', '--check')).exitCode).toBe(0);
  expect([has(APP), has(CLOUD)]).toEqual([false, true]);
  commit();
  const check = await fleet.run('generate', '--check');
  expect([check.exitCode, check.stdout]).toEqual([3, expect.stringContaining('removes logical cloud retail/retail from 1 cluster')]);
  expect(check.stdout).toContain('commit this once the clusters have applied the removal of its last apps');
  expect((await fleet.run('generate')).exitCode).toBe(0);
  expect(has(CLOUD)).toBe(false);
});
