import { expect, test } from 'vitest';
import { createListKeeper, createMemory } from './memo.ts';

function counting<T>(value: T) {
  const calls = { made: 0, before: undefined as T | undefined };
  const make = (before: T | undefined): T => {
    calls.made += 1;
    calls.before = before;
    return value;
  };
  return { calls, make };
}

test('a memo gives what it made of the very same inputs, and makes anew of others', () => {
  const memo = createMemory().memo<string, object>();
  const [one, other] = [{}, {}];
  const first = memo.get('a', [one, 1], () => ({}));
  const { calls, make } = counting<object>({ made: true });
  expect(memo.get('a', [one, 1], make)).toBe(first);
  expect(calls.made).toBe(0);
  expect(memo.get('a', [other, 1], make)).not.toBe(first);
  expect(calls).toEqual({ made: 1, before: first });
  expect(memo.get('b', [other, 1], make)).toEqual({ made: true });
  expect(memo.get('a', [other, 1, 2], make)).toEqual({ made: true });
  expect(calls.made).toBe(3);
});

test('a memo does not give again what shall not be kept', () => {
  const memo = createMemory().memo<string, number>((value) => value > 0);
  const { calls, make } = counting(-1);
  memo.get('a', [], make);
  memo.get('a', [], make);
  expect(calls).toEqual({ made: 2, before: -1 });
});

test('a memory forgets what nobody asked for since it was swept', () => {
  const memory = createMemory();
  const memo = memory.memo<string, number>();
  const { calls, make } = counting(1);
  memo.get('a', [], make);
  memo.get('b', [], make);
  memory.sweep();
  memo.get('a', [], make);
  memory.sweep();
  memo.get('a', [], make);
  expect(calls.made).toBe(2);
  memo.get('b', [], make);
  expect(calls).toEqual({ made: 3, before: undefined });
});

test('a list keeper gives the same list while the items are the same', () => {
  const keep = createListKeeper<object>();
  const [one, other] = [{}, {}];
  const first = keep([one, other]);
  expect(keep([one, other])).toBe(first);
  expect(keep([other, one])).toEqual([other, one]);
  expect(keep([one])).not.toBe(first);
});
