import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import {
  createGroup,
  expectNoChat,
  openDirect,
  readChat,
  readEvents,
  readHistory,
  say,
  trySay,
  typesOf,
} from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const dave = await signUp('dave');

const remove = (person: Person, chatId: string, target: Person, query = {}) =>
  person.call('removeMember', { params: { chatId, userId: target.userId }, query });

test('who leaves is gone from the chat, and the chat from them', async () => {
  const chatId = await createGroup(alice, [bob, carol]);
  const [hers, his] = [await carol.connect(), await bob.connect()];
  expect(await remove(bob, chatId, bob)).toMatchObject({ status: 204 });
  expect(await his.next('chat.removed')).toMatchObject({ chatId });
  const events = await readEvents(hers);
  expect(typesOf(events)).toEqual(['member.changed', 'message.created']);
  expect(events[0]).toMatchObject({ data: { userId: bob.userId, state: 'left', memberCount: 2 } });
  expect(events[1]).toMatchObject({ data: { service: { action: 'member_left' } } });
  await say(carol, chatId, 'без него');
  expect(await readEvents(his)).toEqual([]);
  await expectNoChat(bob, 'getChat', { params: { chatId } });
  for (const socket of [hers, his]) socket.close();
});

test('staff removes lower ranks only', async () => {
  const chatId = await createGroup(alice, [bob, carol, dave]);
  await alice.call('changeMember', { params: { chatId, userId: bob.userId }, body: { role: 'admin' } });
  expect(await remove(carol, chatId, dave)).toMatchObject({ status: 403 });
  expect(await remove(bob, chatId, alice)).toMatchObject({ status: 403 });
  expect(await remove(bob, chatId, carol)).toMatchObject({ status: 204 });
  expect(await remove(bob, chatId, carol)).toMatchObject({ status: 404, body: { code: 'member_not_found' } });
  expect((await readHistory(dave, chatId)).at(-1)).toMatchObject({
    authorId: bob.userId,
    service: { action: 'member_removed', userIds: [carol.userId] },
  });
  expect(await remove(alice, chatId, bob)).toMatchObject({ status: 204 });
});

test('when the owner goes, the longest-serving admin takes over, else the first to have come', async () => {
  const chatId = await createGroup(alice, [bob, carol, dave]);
  await alice.call('changeMember', { params: { chatId, userId: dave.userId }, body: { role: 'admin' } });
  await remove(alice, chatId, alice);
  expect(await readChat(dave, chatId)).toMatchObject({ role: 'owner', memberCount: 3 });
  await remove(dave, chatId, dave);
  const roles = await Promise.all([bob, carol].map(async (person) => String((await readChat(person, chatId)).role)));
  expect(roles.toSorted()).toEqual(['member', 'owner']);
  await Promise.all([bob, carol].map((person) => remove(person, chatId, person)));
  for (const person of [alice, bob, carol, dave]) await expectNoChat(person, 'getChat', { params: { chatId } });
});

test('a removal has its place in the line: nothing of theirs stands after it, and what was answered stands before', async () => {
  const chatId = await createGroup(alice, [bob]);
  const sends = Array.from({ length: 60 }, (_, i) => trySay(bob, chatId, `m${i}`));
  const removal = remove(alice, chatId, bob);
  const answers = await Promise.all(sends);
  expect(await removal).toMatchObject({ status: 204 });
  const history = await readHistory(alice, chatId, { limit: 100 });
  const end = history.findIndex(({ service }) => String(service?.action) === 'member_removed');
  expect(end).toBeGreaterThan(0);
  expect(history.slice(end).filter(({ authorId }) => String(authorId) === bob.userId)).toEqual([]);
  const answered = answers.filter(({ status }) => status === 201).map(({ body }) => Number(body.seq));
  const stored = history.filter((one) => String(one.authorId) === bob.userId).map(({ seq }) => Number(seq));
  expect(answered.toSorted((one, other) => one - other)).toEqual(stored);
  expect(answers.every(({ status }) => status === 201 || status === 404)).toBe(true);
  expect(history.map(({ seq }) => Number(seq))).toEqual(history.map((_message, i) => i + 1));
});

test('of many who leave at once, none leaves the group without an owner', async () => {
  const people = [alice, bob, carol, dave];
  const chatId = await createGroup(alice, [bob, carol, dave]);
  await Promise.all([alice, bob, carol].map((person) => remove(person, chatId, person)));
  expect(await readChat(dave, chatId)).toMatchObject({ role: 'owner', memberCount: 1 });
  expect(people).toHaveLength(4);
});

test('nobody leaves a direct chat; refuses a bad shape and the wrong person', async () => {
  const direct = await openDirect(bob, carol);
  expect(await remove(bob, direct, bob)).toMatchObject({ status: 422, body: { code: 'group_only' } });
  const chatId = await createGroup(alice, [bob]);
  expect(await remove(alice, chatId, bob, { ban: 'maybe' })).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'removeMember', { params: { chatId, userId: carol.userId } });
  expect(await nobody.call('removeMember', { params: { chatId, userId: bob.userId } })).toMatchObject({ status: 401 });
});
