import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchInput } from './watch.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-watch-'));
  mkdirSync(join(root, 'intents'));
  mkdirSync(join(root, 'templates'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Calls that wait to be answered, in order. */
function createCalls() {
  const count = { running: 0, most: 0, all: 0 };
  const waiting: (() => void)[] = [];
  let notify: () => void = () => undefined;
  const act = async (): Promise<void> => {
    count.running += 1;
    count.all += 1;
    count.most = Math.max(count.most, count.running);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      notify();
    });
    count.running -= 1;
  };
  /** Resolves when a call has begun, with what ends it. */
  const next = async (): Promise<() => void> => {
    if (waiting.length === 0) await new Promise<void>((resolve) => (notify = resolve));
    return waiting.shift() ?? (() => undefined);
  };
  return { count, act, next };
}

test('watchInput() calls at once, after each edit, and once more for edits during a call', async () => {
  const calls = createCalls();
  const watcher = watchInput(root, { pace: { settle: 15, longest: 500 }, followsTree: true, act: calls.act });
  (await calls.next())();

  writeFileSync(join(root, 'intents/a.yaml'), 'a');
  const end = await calls.next();
  mkdirSync(join(root, 'templates/apps/web'), { recursive: true });
  writeFileSync(join(root, 'templates/apps/web/web.yaml.hbs'), 'b');
  writeFileSync(join(root, 'intents/a.yaml'), 'aa');
  end();
  (await calls.next())();

  expect(calls.count.most).toBe(1);
  await watcher.close();
});

/** Waits until a second watcher has seen a change that was made after all others. */
async function seen(folder: string): Promise<void> {
  const { watch } = await import('chokidar');
  const watcher = watch(folder, { ignoreInitial: true });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  writeFileSync(join(folder, 'marker.yaml'), 'x');
  await new Promise<void>((resolve) => watcher.once('add', () => resolve()));
  await watcher.close();
}

test('watchInput() calls no more once it is closed', async () => {
  const calls = createCalls();
  const watcher = watchInput(root, { pace: { settle: 15, longest: 500 }, followsTree: true, act: calls.act });
  (await calls.next())();
  await watcher.close();
  writeFileSync(join(root, 'intents/a.yaml'), 'a');
  await seen(join(root, 'intents'));
  expect(calls.count.all).toBe(1);
});
