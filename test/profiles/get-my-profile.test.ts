import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db } = await startApp();

test('a profile that nobody filled in has defaults, says what to fill in, and reading writes nothing', async () => {
  const alice = await signUp('alice');
  const { status, body, headers } = await alice.call('getMyProfile');
  expect(status).toBe(200);
  expect(headers.get('etag')).toBe('"0"');
  expect(body).toMatchObject({
    userId: alice.userId,
    username: 'alice',
    displayName: 'alice',
    languages: [],
    games: [],
    discoverable: true,
    acceptsCrossplay: true,
  });
  const fields = (body.nextSteps as unknown as { field: string }[]).map(({ field }) => field);
  expect(fields).toEqual('games languages availability platforms region voice playStyle avatar bio'.split(' '));
  expect(await db.read.selectFrom('profiles').select('account_id').execute()).toEqual([]);
  expect((await nobody.call('getMyProfile')).status).toBe(401);
});

test('what is filled in is no longer among the next steps', async () => {
  const bob = await signUp('bob');
  const fields = async () =>
    ((await bob.call('getMyProfile')).body.nextSteps as unknown as { field: string }[]).map(({ field }) => field);
  await bob.call('updateMyProfile', {
    body: {
      languages: ['ru'],
      platforms: ['windows'],
      region: 'cis',
      voice: 'yes',
      playStyle: 'casual',
      bio: 'Hi',
      timeZone: 'Europe/Moscow',
      availability: [{ day: 'mon', from: '19:00', to: '22:00' }],
    },
  });
  expect(await fields()).toEqual(['games', 'avatar']);
  const params = { gameId: 'dota-2' };
  await bob.call('putProfileGame', { params, body: { level: 'main', platform: 'windows' } });
  expect(await fields()).toEqual(['ranks', 'avatar']);
  await bob.call('putProfileGame', { params, body: { level: 'main', platform: 'windows', rank: 'herald' } });
  expect(await fields()).toEqual(['avatar']);
});
