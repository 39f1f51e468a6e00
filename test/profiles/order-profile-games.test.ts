import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { addGame, gamesOf } from '../helpers/catalogue.ts';
import { findAnnounced } from '../helpers/events.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { nobody, signUp, db, settle } = server;

async function signUpPlayer(username: string, gameIds: readonly string[] = ['dota-2', 'minecraft', 'rust']) {
  const person = await signUp(username);
  const body = { level: 'often', platform: 'windows' };
  for (const gameId of gameIds) await person.call('putProfileGame', { params: { gameId }, body });
  return person;
}
const order = (person: Awaited<ReturnType<typeof signUp>>, gameIds: readonly string[], headers = {}) =>
  person.call('orderProfileGames', { body: { gameIds }, headers });

test('the games stand in the order that is sent, and a new one comes last', async () => {
  const alice = await signUpPlayer('alice');
  const before = (await findAnnounced(db, 'profiles.profile_changed')).length;
  const { status, body } = await order(alice, ['rust', 'dota-2', 'minecraft']);
  expect([status, body.games]).toMatchObject([
    200,
    [{ gameId: 'rust' }, { gameId: 'dota-2' }, { gameId: 'minecraft' }],
  ]);
  expect(await findAnnounced(db, 'profiles.profile_changed')).toHaveLength(before + 1);
  await alice.call('putProfileGame', { params: { gameId: 'terraria' }, body: { level: 'main', platform: 'mac' } });
  expect(await gamesOf(alice)).toEqual(['rust', 'dota-2', 'minecraft', 'terraria']);
});

test('an order of an older version is refused; the same order changes no version', async () => {
  const bob = await signUpPlayer('bob');
  const etag = String((await bob.call('getMyProfile')).headers.get('etag'));
  const same = await order(bob, ['dota-2', 'minecraft', 'rust'], { 'if-match': etag });
  expect([same.status, same.headers.get('etag')]).toEqual([200, etag]);
  const first = await order(bob, ['minecraft', 'rust', 'dota-2'], { 'if-match': etag });
  expect(first.headers.get('etag')).not.toBe(etag);
  const late = await order(bob, ['rust', 'dota-2', 'minecraft'], { 'if-match': etag });
  expect(late).toMatchObject({ status: 412, body: { code: 'profile_changed' } });
  expect(await gamesOf(bob)).toEqual(['minecraft', 'rust', 'dota-2']);
});

test.each([
  [['dota-2', 'minecraft'], '/body/gameIds'],
  [['dota-2', 'minecraft', 'rust', 'terraria'], '/body/gameIds/3'],
  [['dota-2', 'minecraft', 'half-life-3'], '/body/gameIds/2'],
  [['dota-2', 'dota-2', 'rust'], '/body/gameIds/1'],
  [[], '/body/gameIds'],
])('refuses %j of somebody who has dota-2, minecraft and rust', async (gameIds, path) => {
  const name = `carol${gameIds.join('').length}`;
  const carol = await signUpPlayer(name);
  expect(await order(carol, gameIds)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  expect(await gamesOf(carol)).toEqual(['dota-2', 'minecraft', 'rust']);
});

test('a merged game goes by its old id', async () => {
  const mod = await hire(server, 'mod', 'moderator');
  await addGame(mod, 'rust-two');
  await settle();
  const dave = await signUpPlayer('dave', ['dota-2', 'rust-two']);
  await mod.call('mergeGame', { params: { gameId: 'rust-two' }, body: { intoGameId: 'rust' } });
  await settle();
  expect((await order(dave, ['rust-two', 'dota-2'])).status).toBe(200);
  expect(await gamesOf(dave)).toEqual(['rust', 'dota-2']);
});

test('an empty profile has an empty order; strangers have none', async () => {
  expect((await order(await signUp('erin'), [])).status).toBe(200);
  expect((await nobody.call('orderProfileGames', { body: { gameIds: [] } })).status).toBe(401);
});
