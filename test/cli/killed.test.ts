import { rmSync, writeFileSync } from 'node:fs';
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
