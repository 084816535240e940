import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFleet } from './espalier.ts';

/** Ends the process in front of the file whose number stands in `.kill-at`, once. */
const KILL = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { readFileSync, renameSync, rmSync } = fs;
let left = Infinity;
try { left = Number(readFileSync('.kill-at', 'utf8')); rmSync('.kill-at'); } catch {}
fs.renameSync = (from, to) => { if (left-- === 0) process.kill(process.pid, 'SIGKILL'); renameSync(from, to); };
syncBuiltinESMExports();
`;

const whole = createFleet();
const fleet = createFleet({ preload: KILL });
afterAll(() => [whole, fleet].forEach(({ remove }) => remove()));

test('a run that is killed while it writes is completed by the next one, wherever that was', { timeout: 180_000 }, async () => {
  rmSync(join(whole.root, 'clusters'), { recursive: true });
  const { stdout } = await whole.run('generate');
  const files = Number(/created (\d+)/.exec(stdout)?.[1]);
  expect(files).toBeGreaterThan(25);
  // The second is amid the first cluster's own files, which depend on one another.
  for (const at of [1, 11, files - 1]) {
    rmSync(join(fleet.root, 'clusters'), { recursive: true, force: true });
    writeFileSync(join(fleet.root, '.kill-at'), String(at));
    expect((await fleet.run('generate')).exitCode).toBeNull();
    expect([...fleet.tree().keys()].filter((path) => path.startsWith('clusters/') && path.endsWith('.yaml')).length).toBeLessThanOrEqual(
      at,
    );
    expect(await fleet.run('generate')).toMatchObject({ exitCode: 0 });
    expect(fleet.tree()).toEqual(whole.tree());
  }
});

test('a run that is killed between two repositories is completed by the next one', { timeout: 180_000 }, async () => {
  const trees = join(fleet.root, 'trees');
  const separate = 'git: {url: https://git.example.net/trees, target: elsewhere}';
  const [first = '', ...rest] = fleet.read('intents/clusters.yaml').split('---\n');
  const other = first.replace('fleet-git', 'trees').replace(/git: \{.*\}/, separate);
  const [cluster = '', ...others] = rest;
  writeFileSync(
    join(fleet.root, 'intents/clusters.yaml'),
    [first, other, cluster.replaceAll('fleet-git', 'trees'), ...others].join('---\n'),
  );
  const empty = (): void => {
    for (const folder of ['clusters', 'trees']) rmSync(join(fleet.root, folder), { recursive: true, force: true });
    mkdirSync(join(trees, '.git'), { recursive: true });
    writeFileSync(join(trees, '.git/HEAD'), 'ref: refs/heads/main\n');
  };
  const run = () => fleet.run('generate', '--checkout', 'provider1/trees=trees');
  empty();
  const { stdout } = await run();
  const files = Number(/^created (\d+)/m.exec(stdout)?.[1]);
  const references = 'clusters/provider1+cluster1/references.yaml';
  empty();
  // In the second repository, when the first is written already.
  writeFileSync(join(fleet.root, '.kill-at'), String(files - 2));
  expect((await run()).exitCode).toBeNull();
  expect(existsSync(join(fleet.root, 'clusters/provider1+cluster2/references.yaml'))).toBe(true);
  const completed = await run();
  expect(completed).toMatchObject({ exitCode: 0 });
  expect(completed.stdout).toMatch(/^created [1-9]/m);
  expect(existsSync(join(trees, references))).toBe(true);
  expect((await run()).stdout).toMatch(/^created 0, updated 0, deleted 0/m);
});
