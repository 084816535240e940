import { expect, test } from 'vitest';
import { goDuration, wholeSeconds } from './go-duration.ts';

// What Go 1.24 prints for time.ParseDuration of the text.
test.each([
  ['1m', '1m0s'],
  ['10m', '10m0s'],
  ['10m0s', '10m0s'],
  ['90m', '1h30m0s'],
  ['1h', '1h0m0s'],
  ['24h', '24h0m0s'],
  ['60s', '1m0s'],
  ['1.5h', '1h30m0s'],
  ['0.5m', '30s'],
  ['1.25s', '1.25s'],
  ['61.001s', '1m1.001s'],
  ['1m500ms', '1m0.5s'],
  ['300ms', '300ms'],
  ['1.5ms', '1.5ms'],
  ['0.25ms', '250µs'],
  ['0s', '0s'],
])('goDuration() of %s is %s', (text, printed) => {
  expect(goDuration(text)).toBe(printed);
});

test.each([
  ['10m', 600],
  ['1h30m', 5400],
  ['1500ms', 2],
  ['1.25s', 2],
  ['1ms', 1],
  ['0s', 1],
])('wholeSeconds() of %s is %i', (text, seconds) => {
  expect(wholeSeconds(text)).toBe(seconds);
});
