import { expect, test } from 'vitest';
import { keyText, type Resolved, resolvePlain, resolveTagged, type ScalarTag } from './resolve-scalar.ts';

test.each<[string, Resolved]>([
  ['yes', true],
  ['ON', true],
  ['y', true],
  ['yEs', 'yEs'],
  ['Off', false],
  ['n', false],
  ['', null],
  ['~', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['0644', 420],
  ['0o644', 420],
  ['08', 8],
  ['0x1F', 31],
  ['-0x1f', -31],
  ['0b11', 3],
  ['0b-11', -3],
  ['1_000', 1000],
  ['1__0_', 10],
  ['_1', '_1'],
  ['+12', 12],
  ['-0', 0],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['18446744073709551615', 2n ** 64n - 1n],
  ['18446744073709551616', 18446744073709552000],
  ['-9223372036854775809', -9223372036854775808],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['.5_0', 0.5],
  ['._5', '._5'],
  ['1e3', 1000],
  ['1e999', '1e999'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.NaN', NaN],
  ['12:30:45', '12:30:45'],
  ['2001-12-14', '2001-12-14'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['0x', '0x'],
  ['1.2.3', '1.2.3'],
  ['<<', '<<'],
  ['=', '='],
  ['-', '-'],
])('resolvePlain() reads %s as %s', (text, value) => {
  expect(resolvePlain(text)).toBe(value);
});

test.each<[ScalarTag, string, Resolved | undefined]>([
  ['str', '12', '12'],
  ['int', '0x10', 16],
  ['int', '1.0', undefined],
  ['float', '1', 1],
  ['float', '18446744073709551615', undefined],
  ['float', 'x', undefined],
  ['bool', 'yes', true],
  ['bool', '1', undefined],
  ['null', '', null],
  ['null', 'x', undefined],
  ['timestamp', '2001-2-3', '2001-2-3'],
  ['timestamp', '2001-02-29', undefined],
  ['timestamp', '2001-02-03 1:2:3.4', '2001-02-03 1:2:3.4'],
  ['timestamp', '2001-02-03T25:00:00Z', undefined],
])('resolveTagged() reads !!%s %s as %s', (tag, text, value) => {
  expect(resolveTagged(tag, text)).toBe(value);
});

test.each<[string, string | undefined]>([
  ['yes', 'true'],
  ['0644', '420'],
  ['9223372036854775807', '9223372036854775807'],
  ['18446744073709551615', undefined],
  ['~', undefined],
  ['1.50', '1.5'],
  ['0.1', '0.1'],
  ['123456.0', '123456'],
  ['1234567.0', '1.234567e+06'],
  ['16777217.0', '1.6777216e+07'],
  ['0.00001', '1e-05'],
  ['-0.0', '-0'],
  ['1e300', '.inf'],
  ['-.inf', '-.inf'],
  ['.nan', '.nan'],
])('keyText() makes the key %s to %s', (source, key) => {
  expect(keyText(resolvePlain(source), source)).toBe(key);
});

test('a number of a million digits is read in no time, as floating point overflows', () => {
  const digits = '1'.repeat(1 << 20);
  expect(resolvePlain(digits)).toBe(digits);
  expect(resolvePlain(`${digits}x`)).toBe(`${digits}x`);
});
