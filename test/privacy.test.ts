import { expect, test } from 'vitest';
import { checkPrivacy } from './helpers/privacy.ts';

const card = { userId: 'u', username: 'bob', memberSince: '2026-11-24T00:00:00.000Z' };
const leaks = [
  { ...card, ageBand: '16_17' },
  { ...card, loginCount: 3 },
  { note: 'x', sender: { email: 'a@b.c' } },
];

test.each([
  '/v1/users/{userId}',
  '/v1/me/teammates',
  '/v1/me/blocks',
  '/v1/me/hidden',
  '/v1/me/notifications',
  '/v1/me/ratings',
  '/v1/me/reports',
  '/v1/reports',
])('%s may not tell more of others than a card', (path) => {
  checkPrivacy(path, { items: [{ user: card }] });
  for (const leak of leaks) expect(() => checkPrivacy(path, { items: [{ user: leak }] })).toThrow("nobody's business");
});

test.each(['/v1/me', '/v1/me/profile', '/v1/me/profile/games/{gameId}', '/v1/me/devices', '/v1/auth/login'])(
  '%s tells the owner more',
  (path) => {
    checkPrivacy(path, { userId: 'u', email: 'a@b.c', ageBand: '16_17', loginCount: 3 });
  },
);
