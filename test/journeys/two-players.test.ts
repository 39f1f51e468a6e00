import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { signUp, nobody, settle } = await startApp();

const evenings = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => ({ day, from: '19:00', to: '23:00' }));
const mornings = (['sat', 'sun'] as const).map((day) => ({ day, from: '08:00', to: '11:00' }));

test('two players find each other and talk', async () => {
  // Alice and Bob like the same; Carol shares one game with Alice now and then; Dave shares nothing.
  const [alice, bob, carol, dave] = [
    await signUp('alice'),
    await signUp('bob'),
    await signUp('carol'),
    await signUp('dave'),
  ];
  const moscow = {
    timeZone: 'Europe/Moscow',
    region: 'cis',
    languages: ['ru'],
    platforms: ['windows'],
    availability: evenings,
  };
  await alice.call('updateMyProfile', { body: moscow });
  await bob.call('updateMyProfile', { body: { ...moscow, languages: ['ru', 'en'], bio: 'Играю вечерами.' } });
  await carol.call('updateMyProfile', { body: { ...moscow, availability: mornings } });
  await dave.call('updateMyProfile', {
    body: { ...moscow, languages: ['en'], region: 'oceania', timeZone: 'Australia/Sydney' },
  });
  const play = (person: typeof alice, gameId: string, level: string, rank?: string) =>
    person.call('putProfileGame', { params: { gameId }, body: { level, platform: 'windows', ...(rank && { rank }) } });
  for (const person of [alice, bob]) {
    expect((await play(person, 'dota-2', 'main', 'legend')).status).toBe(200);
    expect((await play(person, 'rust', 'often')).status).toBe(200);
  }
  await play(carol, 'rust', 'sometimes');
  await play(carol, 'world-of-tanks', 'main');
  await play(dave, 'world-of-tanks', 'main');
  await settle();

  const login = await nobody.call('login', { body: { login: 'alice', password: alice.password } });
  expect(login.status).toBe(200);

  const found = await alice.call('listTeammates');
  const names = (found.body.items as unknown as { user: { username: string }; score: number }[]).map(
    ({ user }) => user.username,
  );
  expect(names.slice(0, 2)).toEqual(['bob', 'carol']);
  expect(names).not.toContain('alice');
  expect(found.body.rankingVersion).toBeTruthy();
  expect(found.body.items?.[0]).toMatchObject({
    user: { userId: bob.userId, displayName: 'bob' },
    reasons: expect.arrayContaining([
      expect.objectContaining({ kind: 'shared_games', games: ['dota-2', 'rust'], share: 1 }),
      expect.objectContaining({ kind: 'availability', hoursPerWeek: 20 }),
    ]),
  });

  const socket = await bob.connect();
  const { body: chat } = await alice.call('openDirectChat', { params: { userId: bob.userId } });
  const chatId = String(chat.chatId);
  const first = await alice.call('sendMessage', {
    params: { chatId },
    body: { clientId: randomUUID(), text: 'Привет! Го в доту вечером?' },
  });
  expect(first).toMatchObject({ status: 201, body: { seq: 1, rev: 1 } });
  const aliceSocket = await alice.connect();
  const second = await aliceSocket.ask({ op: 'send', chatId, clientId: randomUUID(), text: 'В 20:00 по Москве' });
  expect(second).toMatchObject({ op: 'ack', data: { seq: 2, rev: 2 } });

  expect(await socket.next('message.created')).toMatchObject({ rev: 1, data: { seq: 1, authorId: alice.userId } });
  expect(await socket.next('message.created')).toMatchObject({ rev: 2, data: { seq: 2, text: 'В 20:00 по Москве' } });

  // Bob's phone loses the connection after the first message; he comes back and catches up by number.
  socket.close();
  await socket.closed;
  const missed = await bob.call('listChanges', { params: { chatId }, query: { since: 1 } });
  expect(missed.body).toMatchObject({
    rev: 2,
    hasMore: false,
    items: [{ type: 'message.created', rev: 2, data: { seq: 2 } }],
  });
  const sync = await bob.call('syncChats', { body: { chats: { [chatId]: 1 } } });
  expect(sync.body).toMatchObject({
    changed: [{ chatId, rev: 2, items: [{ data: { seq: 2 } }] }],
    appeared: [],
    vanished: [],
  });

  // What he has read shows once he lets the stranger write.
  expect(await bob.call('acceptChatRequest', { params: { chatId } })).toMatchObject({ status: 200 });
  expect((await bob.call('markRead', { params: { chatId }, body: { seq: 2 } })).body).toMatchObject({ readSeq: 2 });
  expect(await aliceSocket.next('read.changed')).toMatchObject({ data: { userId: bob.userId, readSeq: 2 } });
  expect((await bob.call('listChats')).body).toMatchObject({ items: [{ chatId, unread: 0, lastMessage: { seq: 2 } }] });
});
