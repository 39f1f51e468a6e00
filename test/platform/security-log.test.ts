import { expect, test } from 'vitest';
import { addressPrefix } from '#platform/security-log.ts';

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:aaaa:bbbb:cccc::1', '2001:db8:aaaa::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['not an address', undefined],
])('of %s the network is noted: %s', (ip, prefix) => {
  expect(addressPrefix(ip)).toBe(prefix);
});
