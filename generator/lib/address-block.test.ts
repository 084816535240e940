import { expect, test } from 'vitest';
import { isAddressBlock } from './address-block.ts';

test.each(['0.0.0.0/0', '10.0.0.0/8', '192.168.1.5/32', '::/0', '2001:db8::/32', 'fe80::1:2/128', '1:2:3:4:5:6:7:8/64'])(
  'isAddressBlock() takes %s',
  (text) => {
    expect(isAddressBlock(text)).toBe(true);
  },
);

test.each([
  '',
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.0/33',
  '256.0.0.0/8',
  '01.0.0.0/8',
  '::/129',
  '1::2::3/64',
  '1:2:3/64',
  'g::/8',
  '10.0.0.0/08',
  'example.net/8',
])('isAddressBlock() refuses "%s"', (text) => {
  expect(isAddressBlock(text)).toBe(false);
});
