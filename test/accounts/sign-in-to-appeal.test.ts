import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { openDirect, say } from '../helpers/chats.ts';

const server = await startApp();
const { app, db, clock, nobody } = server;

const judge = (person: Person, { isBanned = false, suspendedUntil, mutedUntil }: Judgement) =>
  db.transaction((tx) => app.accounts.setStanding(tx, person.userId, { isBanned, suspendedUntil, mutedUntil }));
type Judgement = { isBanned?: boolean; suspendedUntil?: Date; mutedUntil?: Date };
const inHours = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000);
const signInToAppeal = ({ username, password }: Person) =>
  nobody.call('signInToAppeal', { body: { login: username, password } });
const bearer = (answer: Awaited<ReturnType<typeof signInToAppeal>>) => ({
  headers: { authorization: `Bearer ${String(answer.body.tokens?.accessToken)}` },
});

test('a banned person gets in to appeal, and to nothing else', async () => {
  const alice = await server.signUp('alice');
  expect((await signInToAppeal(alice)).body).toMatchObject({ code: 'account_not_blocked' });
  await judge(alice, { isBanned: true });
  expect((await nobody.call('login', { body: { login: 'alice', password: alice.password } })).status).toBe(403);
  const signedIn = await signInToAppeal(alice);
  expect(signedIn.status).toBe(200);
  expect((await nobody.call('getMe', bearer(signedIn))).status).toBe(200);
  for (const operationId of ['listChats', 'listGames', 'listTeammates', 'getMyProfile'])
    expect((await nobody.call(operationId, bearer(signedIn))).status).toBe(403);
  expect((await nobody.raw('/v1/realtime', bearer(signedIn))).status).toBe(403);
  const refreshToken = String(signedIn.body.tokens?.refreshToken);
  expect((await nobody.call('refresh', { body: { refreshToken } })).status).toBe(401);
});

test('there is an hour for it', async () => {
  const grace = await server.signUp('grace');
  await judge(grace, { isBanned: true });
  const forAppeal = await signInToAppeal(grace);
  expect(forAppeal.body.tokens?.expiresInSeconds).toBe(3_600);
  clock.advance(3_599);
  expect((await nobody.call('getMe', bearer(forAppeal))).status).toBe(200);
  clock.advance(1);
  expect((await nobody.call('getMe', bearer(forAppeal))).status).toBe(401);
});

test('a wrong password tells nothing', async () => {
  const eve = await server.signUp('eve');
  await judge(eve, { isBanned: true });
  const answer = await nobody.call('signInToAppeal', { body: { login: 'eve', password: 'not the password' } });
  expect(answer.body).toMatchObject({ code: 'wrong_credentials' });
  expect((await nobody.call('signInToAppeal', { body: { login: 'eve' } })).status).toBe(400);
});

test('a suspension cuts the socket and ends by itself, to the second', async () => {
  const bob = await server.signUp('bob');
  const socket = await bob.connect();
  await judge(bob, { suspendedUntil: inHours(1) });
  expect(await socket.closed).toBe(4003);
  expect((await bob.call('getMe')).status).toBe(401);
  const forAppeal = await signInToAppeal(bob);
  expect(forAppeal.status).toBe(200);
  clock.advance(3_599);
  expect((await nobody.call('login', { body: { login: 'bob', password: bob.password } })).status).toBe(403);
  clock.advance(1);
  const back = await bob.signInAgain();
  expect((await back.call('listChats')).status).toBe(200);
  // What applies the end to the account leaves who is back alone.
  await judge(bob, {});
  expect((await back.call('listChats')).status).toBe(200);
});

test('the session for an appeal ends when its owner is back', async () => {
  const frank = await server.signUp('frank');
  await judge(frank, { suspendedUntil: inHours(1) });
  const forAppeal = await signInToAppeal(frank);
  await judge(frank, {});
  expect((await nobody.call('getMe', bearer(forAppeal))).status).toBe(401);
});

test('a muted person reads and leaves but does not write, on the open socket too, until the mute ends', async () => {
  const carol = await server.signUp('carol');
  const dave = await server.signUp('dave');
  const chatId = await openDirect(carol, dave);
  await say(carol, chatId, 'привет');
  const socket = await carol.connect();
  await judge(carol, { mutedUntil: inHours(0.1) });
  const send = { op: 'send', chatId, clientId: '0193a8a0-0000-7000-8000-000000000001', text: 'no' };
  await expect.poll(async () => String((await socket.ask(send)).code)).toBe('muted');
  const body = { clientId: '0193a8a0-0000-7000-8000-000000000002', text: 'no' };
  expect((await carol.call('sendMessage', { params: { chatId }, body })).body).toMatchObject({ code: 'muted' });
  expect((await carol.call('createTeammateRequest', { body: { userId: dave.userId } })).status).toBe(403);
  expect((await carol.call('listMessages', { params: { chatId } })).status).toBe(200);
  expect((await carol.call('blockUser', { params: { userId: dave.userId } })).status).toBe(204);
  expect((await carol.call('listUsers')).body).toMatchObject({ code: 'forbidden' });
  clock.advance(361);
  expect((await carol.call('createChat', { body: { title: 'Снова тут', memberIds: [] } })).status).toBe(201);
});
