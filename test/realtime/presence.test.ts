import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openAccepted } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';

// A second lasts 20 ms here: whoever is away for 15 s is away after 0.3 s.
const { clock, settle, signUp } = await startApp({}, { tickMs: 20 });
const alice = await signUp('alice');
const bob = await signUp('bob');
const stranger = await signUp('mallory');
await openAccepted(alice, bob);
// The news of it goes to no socket that is opened later.
await settle();

const itemsOf = (answer: Body) => (answer.data?.items ?? []) as unknown as Body[];

test('somebody with a common chat is seen coming and going', async () => {
  const watcher = await alice.connect();
  const [before] = itemsOf(await watcher.ask({ op: 'presence', userIds: [bob.userId] }));
  expect(before).toMatchObject({ userId: bob.userId, isOnline: false });
  expect(String(before?.lastSeenAt)).toMatch(/^\d{4}-.*Z$/);

  const socket = await bob.connect();
  expect((await watcher.next('presence.changed')).data).toEqual({ userId: bob.userId, isOnline: true });
  expect(itemsOf(await watcher.ask({ op: 'presence', userIds: [bob.userId] }))).toEqual([
    { userId: bob.userId, isOnline: true },
  ]);

  clock.advance(60);
  socket.close();
  expect((await watcher.next('presence.changed')).data).toEqual({
    userId: bob.userId,
    isOnline: false,
    lastSeenAt: clock.now().toISOString(),
  });
  watcher.close();
});

test('who lets nobody know is offline to everybody, whatever they have in common', async () => {
  const dave = await signUp('dave');
  await openAccepted(alice, dave);
  await settle();
  await dave.call('updateMyProfile', { body: { presenceVisibility: 'nobody' } });
  const socket = await dave.connect();
  const watcher = await alice.connect();
  expect(itemsOf(await watcher.ask({ op: 'presence', userIds: [dave.userId] }))).toEqual([
    { userId: dave.userId, isOnline: false },
  ]);
  await dave.call('updateMyProfile', { body: { presenceVisibility: 'everyone' } });
  expect(itemsOf(await watcher.ask({ op: 'presence', userIds: [dave.userId] }))).toEqual([
    { userId: dave.userId, isOnline: true },
  ]);
  for (const open of [socket, watcher]) open.close();
});

test('a short absence is none', async () => {
  const watcher = await alice.connect();
  let socket = await bob.connect();
  await watcher.ask({ op: 'presence', userIds: [bob.userId] });
  for (let i = 0; i < 5; i += 1) {
    socket.close();
    await socket.closed;
    socket = await bob.connect();
  }
  await watcher.ask({ op: 'ping' });
  expect(watcher.rest().filter(({ type }) => String(type) === 'presence.changed')).toEqual([]);
  socket.close();
  expect((await watcher.next('presence.changed')).data).toMatchObject({ isOnline: false });
  watcher.close();
});

test('a stranger sees the same of somebody online, of somebody offline and of nobody', async () => {
  const socket = await bob.connect();
  const watcher = await stranger.connect();
  const userIds = [bob.userId, alice.userId, crypto.randomUUID()];
  const items = itemsOf(await watcher.ask({ op: 'presence', userIds }));
  expect(items).toEqual(userIds.map((userId) => ({ userId, isOnline: false })));
  socket.close();
  const control = await alice.connect();
  await control.ask({ op: 'presence', userIds: [bob.userId] });
  await control.next('presence.changed'); // The same hint reached the stranger's socket, if it was ever to reach it.
  await watcher.ask({ op: 'ping' });
  expect(watcher.rest()).toEqual([]);
  watcher.close();
  control.close();
});

test('the list that one socket watches is bounded and replaced as a whole', async () => {
  const watcher = await alice.connect();
  const tooMany = Array.from({ length: 201 }, () => crypto.randomUUID());
  expect(await watcher.ask({ op: 'presence', userIds: tooMany })).toMatchObject({ code: 'invalid_request' });
  await watcher.ask({ op: 'presence', userIds: [bob.userId] });
  expect(itemsOf(await watcher.ask({ op: 'presence', userIds: [] }))).toEqual([]);
  const other = await alice.connect();
  await other.ask({ op: 'presence', userIds: [bob.userId] });
  const socket = await bob.connect();
  await other.next('presence.changed');
  await watcher.ask({ op: 'ping' });
  expect(watcher.rest()).toEqual([]);
  for (const open of [watcher, other, socket]) open.close();
});

test('typing is shown once in three seconds, however often a client repeats it', async () => {
  const { body: chat } = await alice.call('openDirectChat', { params: { userId: bob.userId } });
  const typing = { op: 'typing', chatId: chat.chatId };
  const socket = await alice.connect();
  const reader = await bob.connect();
  for (let i = 0; i < 20; i += 1) expect(await socket.ask(typing)).toMatchObject({ op: 'ack' });
  clock.advance(3);
  await socket.ask(typing);
  await reader.ask({ op: 'ping' });
  const shown = reader.rest().filter(({ type }) => String(type) === 'typing');
  expect(shown.map(({ data }) => data?.userId)).toEqual([alice.userId, alice.userId]);

  const intruder = await stranger.connect();
  for (let i = 0; i < 2; i += 1) expect(await intruder.ask(typing)).toMatchObject({ code: 'chat_not_found' });
  for (const open of [socket, reader, intruder]) open.close();
});
