import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatQuantity, isBytes, parseQuantity } from './quantity.ts';

const UNIT = 1_000_000_000n;

describe('parseQuantity() reads', () => {
  test.each([
    ['1', UNIT],
    [2, 2n * UNIT],
    [0.5, UNIT / 2n],
    ['+3', 3n * UNIT],
    ['-1', -UNIT],
    ['.5', UNIT / 2n],
    ['5.', 5n * UNIT],
    ['100m', UNIT / 10n],
    ['1500m', (UNIT * 3n) / 2n],
    ['1u', 1000n],
    ['1n', 1n],
    ['0.1n', 1n],
    ['1k', 1000n * UNIT],
    ['1M', 1_000_000n * UNIT],
    ['2G', 2_000_000_000n * UNIT],
    ['1T', 10n ** 12n * UNIT],
    ['1P', 10n ** 15n * UNIT],
    ['1E', 10n ** 18n * UNIT],
    ['1Ki', 1024n * UNIT],
    ['1.5Gi', 1536n * 1024n * 1024n * UNIT],
    ['128Mi', 128n * 1024n * 1024n * UNIT],
    ['1Ti', 1024n ** 4n * UNIT],
    ['1Pi', 1024n ** 5n * UNIT],
    ['1Ei', 1024n ** 6n * UNIT],
    ['1e3', 1000n * UNIT],
    ['1E3', 1000n * UNIT],
    ['12e-1', (UNIT * 12n) / 10n],
    ['129e6', 129_000_000n * UNIT],
    [9007199254740993n, 9007199254740993n * UNIT],
  ])('%s', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });
});

test.each(['', '.', 'm', '1mi', '1ki', '1 Gi', '0x10', '1e', '1Gi2', '1,5', 'NaN', '1e99', '9'.repeat(50), '--1'])(
  'parseQuantity() refuses "%s"',
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

test.each([
  ['1500m', 'cpu', '1500m'],
  ['2000m', 'cpu', '2'],
  ['0.0001', 'cpu', '1m'],
  ['1.5Gi', 'memory', '1536Mi'],
  ['1024Mi', 'memory', '1Gi'],
  ['1G', 'memory', '1000000000'],
  ['10Gi', 'ephemeral-storage', '10Gi'],
  ['4', 'nvidia.com/gpu', '4'],
  ['0', 'memory', '0'],
])('formatQuantity() writes %s of %s as %s', (text, resource, written) => {
  expect(formatQuantity(parseQuantity(text)!, { isBytes: isBytes(resource) })).toBe(written);
});

test('what formatQuantity() writes is the same amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.boolean(), (milli, bytes) => {
      const amount = milli * 1_000_000n;
      expect(parseQuantity(formatQuantity(amount, { isBytes: bytes }))).toBe(amount);
    }),
  );
});
