import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

test('settings begin with the defaults, change by what is named, and are the own ones', async () => {
  const { body: before } = await alice.call('getNotificationSettings');
  expect(before).toMatchObject({
    kinds: { message: { push: true, mail: true }, security: { push: true, mail: true } },
    mentionsPassMute: true,
    preview: 'full',
    showsRequestText: false,
    matchPushesPerDay: 3,
  });
  expect(before).not.toHaveProperty('quietHours');

  const first = { kinds: { rating: { push: false } }, quietHours: { from: '23:05', to: '08:00' }, preview: 'none' };
  expect((await alice.call('updateNotificationSettings', { body: first })).body).toMatchObject({
    kinds: { rating: { push: false, mail: true }, message: { push: true } },
    quietHours: { from: '23:05', to: '08:00' },
    preview: 'none',
  });
  const second = {
    kinds: { rating: { mail: false }, message: { mail: false } },
    mentionsPassMute: false,
    showsRequestText: true,
    matchPushesPerDay: 0,
    clear: ['quietHours'],
  };
  const { body: after } = await alice.call('updateNotificationSettings', { body: second });
  expect(after).toMatchObject({
    kinds: { rating: { push: false, mail: false }, message: { push: true, mail: false } },
    preview: 'none',
    mentionsPassMute: false,
    showsRequestText: true,
    matchPushesPerDay: 0,
  });
  expect(after).not.toHaveProperty('quietHours');
  expect((await alice.call('getNotificationSettings')).body).toEqual(after);
  expect((await bob.call('getNotificationSettings')).body).toEqual(before);
});

test('two changes at once both count', async () => {
  await Promise.all([
    bob.call('updateNotificationSettings', { body: { kinds: { rating: { push: false } } } }),
    bob.call('updateNotificationSettings', { body: { kinds: { rating: { mail: false } } } }),
  ]);
  const { body } = await bob.call('getNotificationSettings');
  expect(body).toMatchObject({ kinds: { rating: { push: false, mail: false } } });
});

test.each([
  ['a kind that is none', { kinds: { weather: { push: true } } }],
  ['a time that is none', { quietHours: { from: '24:00', to: '08:00' } }],
  ['quiet hours of no length', { quietHours: { from: '08:00', to: '08:00' } }],
  ['more pushes than there are matches', { matchPushesPerDay: 4 }],
])('refuses %s', async (_what, body) => {
  expect((await bob.call('updateNotificationSettings', { body })).status).toBe(400);
});
