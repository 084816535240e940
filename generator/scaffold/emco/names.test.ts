import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignNames, type NameWish, slug } from './names.ts';

const RULE = { longest: 20, clean: slug };
const named = (...wishes: readonly (readonly [key: string, ...wishes: string[]])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    assignNames(
      wishes.map(([key, ...own]) => ({ key, wishes: own })),
      RULE,
    ),
  );

test.each([
  ['a name that is allowed', named(['1', 'shop']), { 1: 'shop' }],
  ['one that is not', named(['1', 'My_Shop.v2']), { 1: 'my-shop-v2' }],
  [
    'the one that is allowed first',
    named(['1', 'Shop'], ['2', 'shop', 'x'], ['3', 'SHOP', 'third']),
    { 1: hashed('1', 'shop'), 2: 'shop', 3: 'third' },
  ],
  ['none of several that want the same', named(['1', 'web', 'a-web'], ['2', 'web', 'b-web']), { 1: 'a-web', 2: 'b-web' }],
])('assignNames() gives %s', (_what, names, expected) => {
  expect(names).toEqual(expected);
});

function hashed(key: string, base: string): string {
  return named([key, '__'])[key]?.replace(/^x/, base) ?? '';
}

test('assignNames() gives each a name of its own that is allowed, whatever the order', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-', '_', '.', 'é', '1'), maxLength: 24 });
  const wishes = fc.uniqueArray(fc.record({ key: fc.string({ maxLength: 3 }), wishes: fc.array(text, { minLength: 1, maxLength: 3 }) }), {
    selector: ({ key }) => key,
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      wishes.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]: readonly [NameWish[], NameWish[]]) => {
        const names = assignNames(all, RULE);
        expect(new Set(names.values()).size).toBe(all.length);
        for (const name of names.values()) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$/);
        expect(new Map([...assignNames(shuffled, RULE)].sort())).toEqual(new Map([...names].sort()));
      },
    ),
  );
});
