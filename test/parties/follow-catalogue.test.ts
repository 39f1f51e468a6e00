import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { addGame } from '../helpers/catalogue.ts';
import { openParty, readParty } from '../helpers/parties.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, db, clock } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');

test('parties follow a merged game; roles and ranks that it does not have are dropped', async () => {
  const ladder = [
    { slug: 'archon', name: { en: 'Archon' } },
    { slug: 'wood', name: { en: 'Wood' } },
  ];
  const roles = ['mid', 'jester'].map((slug) => ({ slug, name: { en: slug } }));
  await addGame(mod, 'dota-two', { ladder, roles });
  await settle();
  const slots = [{ role: 'mid', minRank: 'archon' }, { role: 'jester', minRank: 'wood' }, { maxRank: 'archon' }];
  const { partyId } = await openParty(alice, { gameId: 'dota-two', slots });
  await mod.call('mergeGame', { params: { gameId: 'dota-two' }, body: { intoGameId: 'dota-2' } });
  await settle();
  expect(await readParty(alice, partyId)).toMatchObject({
    gameId: 'dota-2',
    slots: [
      { index: 0, role: 'mid', minRank: 'archon', isTaken: true },
      { index: 1, isTaken: false },
      { index: 2, maxRank: 'archon', isTaken: false },
    ],
  });
  const [, second] = (await readParty(alice, partyId)).slots as unknown as object[];
  expect(second).toEqual({ index: 1, isTaken: false });
});

test('on a node that has not heard of a merge a party is opened for the game that stays', async () => {
  await addGame(mod, 'dota-three');
  await settle();
  // What a merge writes, without the event that tells the nodes.
  await db.transaction(async (tx) => {
    const merge = { kind: 'game', slug: 'dota-three', into_game_id: 'dota-2', retired_at: clock.now() } as const;
    await tx.insertInto('retired_slugs').values(merge).execute();
    await tx.deleteFrom('games').where('game_id', '=', 'dota-three').execute();
  });
  expect(await openParty(alice, { gameId: 'dota-three' })).toMatchObject({ gameId: 'dota-2' });
});

test('a game stays as long as a party of it is not over', async () => {
  await addGame(mod, 'tag');
  await settle();
  const { partyId } = await openParty(alice, { gameId: 'tag' });
  const params = { gameId: 'tag' };
  expect(await mod.call('deleteGame', { params })).toMatchObject({ status: 409, body: { code: 'game_in_use' } });
  await alice.call('cancelParty', { params: { partyId: String(partyId) } });
  expect((await mod.call('deleteGame', { params })).status).toBe(204);
});
