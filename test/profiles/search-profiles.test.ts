import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { signUp, nobody, db, app, clock } = await startApp();
const alice = await signUp('alice');

const findOne = async (accountId: string) => {
  const [profile] = await app.profiles.findSearchProfiles(db.read, [accountId]);
  return profile;
};

test('somebody who wrote no profile is there with defaults', async () => {
  expect(await findOne(alice.userId)).toMatchObject({
    games: [],
    languages: [],
    ageBand: '18_plus',
    ratingMean: 3.5,
    ratingCount: 0,
    isFindable: true,
  });
});

test('gives what the index needs, in its terms', async () => {
  await alice.call('updateMyProfile', {
    body: {
      languages: ['en-GB', 'en-US', 'ru'],
      timeZone: 'Europe/Moscow',
      availability: [{ day: 'mon', from: '03:00', to: '05:00' }],
      region: 'cis',
      voice: 'yes',
    },
  });
  await alice.call('putProfileGame', {
    params: { gameId: 'dota-2' },
    body: { level: 'main', rank: 'guardian', hoursPlayed: 12, platform: 'windows' },
  });
  expect(await findOne(alice.userId)).toMatchObject({
    languages: ['en', 'ru'],
    region: 'cis',
    voice: 'yes',
    availability: [0b11, 0, 0, 0, 0, 0],
    games: [{ gameSlug: 'dota-2', level: 'main', hoursPlayed: 12, rankIndex: 1, ladderSize: 8 }],
  });
});

test('people on vacation, in hiding or banned are not findable', async () => {
  await alice.call('updateMyProfile', {
    body: { vacationUntil: new Date(clock.now().getTime() + 60_000).toISOString() },
  });
  expect(await findOne(alice.userId)).toMatchObject({ isFindable: false, vacationUntil: expect.any(Date) });
  clock.advance(61);
  expect(await findOne(alice.userId)).toMatchObject({ isFindable: true });

  await alice.call('updateMyProfile', { body: { discoverable: false } });
  expect(await findOne(alice.userId)).toMatchObject({ isFindable: false });
  await alice.call('updateMyProfile', { body: { discoverable: true } });
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', alice.userId).execute();
  expect(await findOne(alice.userId)).toMatchObject({ isFindable: false });
});

test('a rating that the card does not show yet does not rank either', async () => {
  const bob = await signUp('bob');
  await db.transaction((tx) => app.profiles.setRating(tx, bob.userId, { mean: 5, count: 2 }));
  expect(await findOne(bob.userId)).toMatchObject({ ratingMean: 3.5, ratingCount: 0 });
  await db.transaction((tx) => app.profiles.setRating(tx, bob.userId, { mean: 4.5, count: 3 }));
  expect(await findOne(bob.userId)).toMatchObject({ ratingMean: 4.5, ratingCount: 3 });
});

test('imported people stream in the order of ids, each once', async () => {
  const now = clock.now();
  const accountIds = Array.from({ length: 25 }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`);
  await db.transaction(async (tx) => {
    const accounts = accountIds.map((accountId, i) => ({
      accountId,
      username: `player${i}`,
      ageBand: '16_17' as const,
      locale: 'ru' as const,
      createdAt: now,
      lastActiveAt: now,
    }));
    await app.accounts.importAccounts(tx, accounts);
    await app.profiles.importProfiles(
      tx,
      accountIds.map((accountId) => ({
        accountId,
        createdAt: now,
        languages: ['ru'],
        rating: { mean: 4, count: 5 },
        games: [
          { gameId: 'rust', level: 'main' as const, platform: 'windows' as const },
          { gameId: 'dota-2', level: 'often' as const, platform: 'windows' as const, rank: 'herald' },
        ],
      })),
    );
  });
  const seen: string[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const profiles = await app.profiles.findSearchProfilesAfter(after, 10);
    const last = profiles.at(-1);
    if (!last) break;
    seen.push(...profiles.map(({ accountId }) => accountId));
    after = last.accountId;
  }
  expect(seen.slice(0, 25)).toEqual(accountIds);
  expect(new Set(seen).size).toBe(seen.length);
  expect(await findOne(accountIds[3] ?? '')).toMatchObject({
    ageBand: '16_17',
    ratingMean: 4,
    games: [{ gameSlug: 'rust' }, { gameSlug: 'dota-2', rankIndex: 0 }],
  });
});

test('who never wrote a profile is read like everybody; a guest is not', async () => {
  const quiet = await signUp('quiet');
  const { body } = await nobody.call('createGuest', { body: {} });
  const everybody = await app.profiles.findSearchProfilesAfter('00000000-0000-0000-0000-000000000000', 1_000);
  const ids = everybody.map(({ accountId }) => accountId);
  expect(ids).toContain(quiet.userId);
  expect(ids).not.toContain(String(body.user?.userId));
});
