import { expect, test } from 'vitest';
import { createBuilder } from './builder.ts';
import type { WasmEngine } from './wasm-engine.ts';

const task = { files: new Map([['kustomization.yaml', 'resources: []']]), root: '.' };

/** Engines that break on their first builds, as many as said, and then answer with their own number. */
function engines(breaking: number): { start: () => WasmEngine; started: () => number } {
  let started = 0;
  const start = (): WasmEngine => {
    started += 1;
    const number = started;
    return () => {
      if (number <= breaking) throw new Error('unreachable');
      return { ok: true, text: `engine ${number}` };
    };
  };
  return { start, started: () => started };
}

test('createBuilder() starts its engine with the first build and keeps it', () => {
  const { start, started } = engines(0);
  const build = createBuilder(start);
  expect(started()).toBe(0);
  expect([build(task), build(task)]).toEqual([
    { ok: true, text: 'engine 1' },
    { ok: true, text: 'engine 1' },
  ]);
  expect(started()).toBe(1);
});

test('createBuilder() replaces an engine that broke and builds again', () => {
  expect(createBuilder(engines(1).start)(task)).toEqual({ ok: true, text: 'engine 2' });
});

test('createBuilder() blames a tree that breaks a fresh engine too, and recovers for the next one', () => {
  const { start, started } = engines(2);
  const build = createBuilder(start);
  expect(build(task)).toEqual({ ok: false, message: 'unreachable' });
  expect(started()).toBe(2);
  expect(build(task)).toEqual({ ok: true, text: 'engine 3' });
});

test('createBuilder() throws when no engine starts: that is not the tree', () => {
  const build = createBuilder(() => {
    throw new Error('no engine');
  });
  expect(() => build(task)).toThrow('no engine');
});
