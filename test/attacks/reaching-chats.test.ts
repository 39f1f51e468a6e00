/** Attack cases A1, A3 to A8, A11 and A12 of docs/security.md: reaching chats that are not yours. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { act, type Stage } from '../helpers/chat-acts.ts';
import { listChatOperations, tryOperation } from '../helpers/chat-operations.ts';
import {
  catchUp,
  createGroup,
  listOf,
  openDirect,
  readChat,
  readEvents,
  readHistory,
  say,
  textsOf,
  trySay,
} from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { createRandom } from '../helpers/random.ts';
import type { TestSocket } from '../helpers/socket.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { app, clock, db, nobody, settle, signUp } = await startApp();
const operations = listChatOperations(app.document);
const alice = await signUp('alice');
const bob = await signUp('bob');
const leaver = await signUp('leaver');
const kicked = await signUp('kicked');
const banned = await signUp('banned');
const stranger = await signUp('stranger');
const moderator = await signUp('moder');
const guest = await signUp('visitor');
await setRole(moderator, 'moderator');
await setRole(guest, 'guest');

const chatId = await createGroup(alice, [bob, leaver, kicked, banned], 'Тайный клан');
await say(alice, chatId, 'пароль от сервера');
await say(leaver, chatId, 'я тут был');
await leaver.call('removeMember', { params: { chatId, userId: leaver.userId } });
await alice.call('removeMember', { params: { chatId, userId: kicked.userId } });
await alice.call('removeMember', { params: { chatId, userId: banned.userId }, query: { ban: true } });
await settle();

async function setRole({ userId }: Person, role: 'guest' | 'moderator'): Promise<void> {
  await db.statement.updateTable('accounts').set({ role }).where('account_id', '=', userId).execute();
}
async function setStage(people: readonly Person[]): Promise<Stage> {
  const group = await createGroup(alice, [bob]);
  const direct = await openDirect(alice, bob);
  await settle();
  const { body } = await alice.call('createInvite', { params: { chatId: group }, body: {} });
  return { group, direct, people, inviteCode: String(body.code) };
}
const withoutId = ({ status, body }: { status: number; body: Body }) => ({ status, body: { ...body, instance: '' } });

test('there are many operations to try', () => {
  expect(operations.length).toBeGreaterThan(35);
});

test.each([
  ['a stranger', stranger],
  ['who left', leaver],
  ['who was removed', kicked],
  ['who is banned', banned],
  ['a moderator', moderator],
] as const)('A3: to %s every operation answers as if there were no chat', async (_who, person) => {
  const before = await readChat(alice, chatId);
  const socket = await alice.connect();
  for (const operation of operations) {
    // Who left may return: that is the one thing that they may.
    if (person === leaver && operation.operationId === 'returnToChat') continue;
    const seen = withoutId(await tryOperation(person, operation, chatId, bob));
    const none = withoutId(await tryOperation(person, operation, randomUUID(), bob));
    expect([operation.operationId, seen]).toEqual([operation.operationId, none]);
    expect([operation.operationId, seen.status]).toEqual([operation.operationId, 404]);
  }
  expect(await readEvents(socket)).toEqual([]);
  expect(await readChat(alice, chatId)).toEqual(before);
  socket.close();
});

test.each([
  ['a stranger', stranger],
  ['who left', leaver],
  ['who is banned', banned],
  ['a moderator', moderator],
] as const)('A3: to %s every op of the socket answers as if there were no chat', async (_who, person) => {
  const before = await readChat(alice, chatId);
  const socket = await person.connect();
  for (const frame of [
    { op: 'send', clientId: randomUUID(), text: 'x' },
    { op: 'read', seq: 1 },
    { op: 'delivered', seq: 1 },
    { op: 'typing' },
  ]) {
    const { ref: _one, ...seen } = await socket.ask({ ...frame, chatId });
    const { ref: _other, ...none } = await socket.ask({ ...frame, chatId: randomUUID() });
    expect(seen).toMatchObject({ op: 'error', code: 'chat_not_found' });
    expect(seen).toEqual(none);
  }
  expect(await readChat(alice, chatId)).toEqual(before);
  socket.close();
});

test('A8: a guest and nobody reach no operation at all', async () => {
  for (const operation of operations) {
    expect(await tryOperation(nobody, operation, chatId, bob)).toMatchObject({ status: 401 });
    expect(await tryOperation(guest, operation, chatId, bob)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  }
  const socket = await guest.connect();
  const answer = await socket.ask({ op: 'send', chatId, clientId: randomUUID(), text: 'x' });
  expect(answer).toMatchObject({ op: 'error', code: 'forbidden' });
  socket.close();
});

test('A1: the own chat in the path does not open what belongs to another', async () => {
  const own = await createGroup(stranger, []);
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: {} });
  const attempts = [
    await trySay(stranger, own, 'x', { forward: { chatId, seqs: [2] } }),
    await trySay(stranger, own, 'x', { replyToSeq: 99 }),
    await trySay(stranger, own, 'x', { attachments: [{ mediaId: randomUUID() }] }),
    await stranger.call('resetInvite', { params: { chatId: own, inviteId: String(invite.inviteId) } }),
    await stranger.call('changeMember', { params: { chatId: own, userId: bob.userId }, body: { role: 'admin' } }),
  ];
  expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  await stranger.call('deleteInvite', { params: { chatId: own, inviteId: String(invite.inviteId) } });
  expect((await alice.call('listInvites', { params: { chatId } })).body.items).toEqual([invite]);
  // Outsiders are not mentioned, whoever names them.
  const message = await say(stranger, own, '@alice @bob', { mentions: [alice.userId] });
  expect(message).not.toHaveProperty('mentions');
});

test('A4: whoever is in no chat hears nothing, whatever goes on', async () => {
  const [recorder, member] = [await stranger.connect(), await alice.connect()];
  const random = createRandom(4);
  let heard = 0;
  for (let round = 0; round < 10; round += 1) {
    const stage = await setStage([alice, bob, leaver, kicked]);
    for (let i = 0; i < 20; i += 1) {
      await Promise.all([act(random, stage), act(random, stage), act(random, stage)]);
      heard += (await readEvents(member)).length;
    }
  }
  expect(heard).toBeGreaterThan(100);
  await recorder.ask({ op: 'ping' });
  expect(recorder.rest()).toEqual([]);
  for (const socket of [recorder, member]) socket.close();
});

test('A5: nothing from before a joining, nor of what was deleted, comes by any way', async () => {
  const group = await createGroup(alice, [bob]);
  await alice.call('updateChat', { params: { chatId: group }, body: { newcomerHistory: 0 } });
  const { seq } = await say(alice, group, 'СЕКРЕТ');
  const old = { chatId: group, seq: Number(seq) };
  const { body: poll } = await alice.call('createPoll', {
    params: { chatId: group },
    body: { clientId: randomUUID(), question: 'СЕКРЕТ?', options: ['СЕКРЕТ 1', 'СЕКРЕТ 2'] },
  });
  const pollPlace = { chatId: group, seq: Number(poll.seq) };
  await settle();
  const { body: invite } = await alice.call('createInvite', { params: { chatId: group }, body: {} });
  const newcomer = await signUp('newcomer');
  const socket = await newcomer.connect();
  await newcomer.call('joinByInvite', { params: { code: String(invite.code) } });

  await alice.call('editMessage', { params: old, body: { text: 'СЕКРЕТ 2' } });
  await bob.call('setReaction', { params: { ...old, emoji: '🔥' } });
  await alice.call('pinMessage', { params: old });
  await bob.call('vote', { params: pollPlace, body: { options: [0] } });
  await alice.call('unpinMessage', { params: old });
  await say(alice, group, 'ответ', { replyToSeq: Number(seq) });
  await alice.call('pinMessage', { params: pollPlace });
  await alice.call('deleteMessage', { params: old, query: { for: 'everyone' } });

  const heard = await readEvents(socket);
  const seen = [
    heard,
    await catchUp(newcomer, group, 0),
    (await newcomer.call('syncChats', { body: { chats: {} } })).body,
    await readHistory(newcomer, group),
    (await newcomer.call('listPins', { params: { chatId: group } })).body,
    (await newcomer.call('searchMessages', { query: { q: 'секрет' } })).body,
  ];
  expect(JSON.stringify(seen)).not.toContain('СЕКРЕТ');
  // The line goes on without a gap all the same.
  const revs = heard.map(({ rev }) => Number(rev)).filter((rev) => rev > 0);
  expect(revs).toEqual(revs.map((_rev, i) => Number(revs[0]) + i));
  for (const operation of operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'seq'))) {
    const answer = await tryOperation(newcomer, operation, group, bob);
    expect([operation.operationId, JSON.stringify(answer.body ?? '').includes('СЕКРЕТ')]).toEqual([
      operation.operationId,
      false,
    ]);
  }
  socket.close();
});

test('A6: after a removal neither list, search, sync nor counters show anything of the chat', async () => {
  const group = await createGroup(alice, [bob], 'Клан грифона');
  await say(alice, group, '@bob грифон прилетит', { mentions: [bob.userId] });
  expect(await readChat(bob, group)).toMatchObject({ unread: 1, mentions: 1 });
  await alice.call('removeMember', { params: { chatId: group, userId: bob.userId } });
  await say(alice, group, '@bob грифон улетел');
  const seen = [
    (await bob.call('listChats', { query: { limit: 100 } })).body,
    (await bob.call('searchMessages', { query: { q: 'грифон' } })).body,
    (await bob.call('syncChats', { body: { chats: { [group]: 1 } } })).body,
  ];
  expect(JSON.stringify(seen)).not.toContain('рифон');
  expect(seen[2]).toMatchObject({ vanished: [group] });
  // Nor can it be quoted into another chat.
  const direct = await openDirect(alice, bob);
  expect(await trySay(bob, direct, 'x', { forward: { chatId: group, seqs: [2] } })).toMatchObject({ status: 404 });
});

test('A7: an event has the fields that its type has, for every one who hears it', async () => {
  const message =
    'chatId seq rev authorId clientId text replyToSeq forwards mentions isMentionOfAll attachments service reactions poll myReactions myVotes pinnedAt createdAt editedAt deletedAt'.split(
      ' ',
    );
  const allowed: Record<string, readonly string[]> = {
    'message.created': message,
    'message.updated': message,
    'message.deleted': message,
    'reaction.changed': [...message, 'reaction'],
    'message.hidden': ['chatId', 'seqs'],
    'chat.created': [],
    'chat.removed': [],
    'chat.advanced': [],
    'chat.updated':
      'chatId kind title photoId memberCount rights slowModeSeconds newcomerHistory requestedBy createdAt'.split(' '),
    'member.changed': 'chatId userId role state rev joinedAt invitedBy memberCount'.split(' '),
    'read.changed': ['chatId', 'userId', 'readSeq'],
    'delivered.changed': ['chatId', 'userId', 'deliveredSeq'],
    'state.changed':
      'chatId readSeq unread mentions markedUnread clearedSeq othersReadSeq othersDeliveredSeq mutedUntil isMassMentionMuted notifications pinned archived draft'.split(
        ' ',
      ),
  };
  const ownOnly = new Set(['state.changed', 'message.hidden']);
  const people = [alice, bob, leaver];
  const sockets = await Promise.all(people.map((person) => person.connect()));
  const random = createRandom(7);
  const heard = new Set<string>();
  let stage = await setStage(people);
  for (let i = 1; i <= 300; i += 1) {
    if (i % 40 === 0) stage = await setStage(people);
    await act(random, stage);
    const perSocket = await Promise.all(sockets.map(readEvents));
    for (const event of perSocket.flat()) {
      const type = String(event.type);
      heard.add(type);
      expect(Object.keys(event).filter((key) => !['op', 'type', 'chatId', 'rev', 'data'].includes(key))).toEqual([]);
      expect([type, Object.keys(event.data ?? {}).filter((key) => !allowed[type]?.includes(key))]).toEqual([type, []]);
    }
    const own = perSocket.filter((events) => events.some(({ type }) => ownOnly.has(String(type))));
    expect(own.length).toBeLessThanOrEqual(1);
  }
  expect([...heard].toSorted()).toEqual(Object.keys(allowed).toSorted());
  for (const socket of sockets) socket.close();
});

test('A11: a thousand guessed ids find nothing', async () => {
  for (let i = 0; i < 20; i += 1) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stranger.call('getChat', { params: { chatId: randomUUID() } })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  }
  expect(await nobody.call('getChat', { params: { chatId } })).toMatchObject({ status: 401 });
});

test('A12: a blocked person does not learn of it from the chat', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const direct = await openDirect(carol, dave);
  await say(carol, direct, 'hi');
  await say(dave, direct, 'hi');
  const before = await readChat(dave, direct);
  const socket = await dave.connect();
  await carol.call('blockUser', { params: { userId: dave.userId } });
  await settle();
  expect((await readEvents(socket)).filter(({ chatId: about }) => String(about) === direct)).toEqual([]);
  expect(await readChat(dave, direct)).toEqual(before);
  expect(textsOf(await readHistory(dave, direct))).toEqual(['hi', 'hi']);

  // Neither of the two writes there now, and both get the same words.
  const [his, hers] = [await trySay(dave, direct, 'эй'), await trySay(carol, direct, 'эй')];
  expect(his).toMatchObject({ status: 403, body: { code: 'writing_refused' } });
  expect(withoutId(his)).toEqual(withoutId(hers));
  const ears = await carol.connect();
  expect(await socket.ask({ op: 'typing', chatId: direct })).toMatchObject({ op: 'ack' });
  expect(await readEvents(ears)).toEqual([]);
  for (const answer of [
    await dave.call('acceptChatRequest', { params: { chatId: direct } }),
    await dave.call('setReaction', { params: { chatId: direct, seq: 1, emoji: '🔥' } }),
    await dave.call('pinMessage', { params: { chatId: direct, seq: 1 } }),
    await dave.call('editMessage', { params: { chatId: direct, seq: 2 }, body: { text: 'эй' } }),
  ]) {
    expect(answer).toMatchObject({ status: 403, body: { code: 'writing_refused' } });
  }

  // Adding is passed over in silence, as it is for any stranger.
  const group = await createGroup(dave, []);
  const added = await dave.call('addMembers', {
    params: { chatId: group },
    body: { userIds: [carol.userId, stranger.userId] },
  });
  expect(added.body).toEqual({ added: [], notAdded: [carol.userId, stranger.userId] });
  const made = await dave.call('createChat', { body: { title: 'x', memberIds: [carol.userId] } });
  expect(made.body).toMatchObject({ memberCount: 1 });

  // A first letter to somebody who blocked one is as one to nobody.
  const erin = await signUp('erin');
  await erin.call('blockUser', { params: { userId: dave.userId } });
  const blocked = await dave.call('openDirectChat', { params: { userId: erin.userId } });
  const missing = await dave.call('openDirectChat', { params: { userId: randomUUID() } });
  expect(withoutId(blocked)).toEqual(withoutId(missing));

  await carol.call('unblockUser', { params: { userId: dave.userId } });
  await settle();
  await say(dave, direct, 'снова');
  for (const open of [socket, ears]) open.close();
});

test('A12: in a common group the two no longer see each other read, receive or type, and the others do', async () => {
  const [nina, oleg, pavel] = [await signUp('nina'), await signUp('oleg'), await signUp('pavel')];
  const group = await createGroup(nina, [oleg, pavel]);
  for (const text of ['one', 'two']) await say(pavel, group, text);
  const stir = async (person: Person, seq: number) => {
    const own = await person.connect();
    expect(await own.ask({ op: 'delivered', chatId: group, seq })).toMatchObject({ op: 'ack' });
    expect(await own.ask({ op: 'read', chatId: group, seq })).toMatchObject({ op: 'ack' });
    expect(await own.ask({ op: 'typing', chatId: group })).toMatchObject({ op: 'ack' });
    own.close();
  };
  const seenBy = async (socket: TestSocket) =>
    (await readEvents(socket)).map(({ type, data }) => `${String(type)} ${String(data?.userId)}`);
  const allOf = (person: Person) =>
    ['delivered.changed', 'read.changed', 'typing'].map((op) => `${op} ${person.userId}`);
  const ears = { nina: await nina.connect(), oleg: await oleg.connect(), pavel: await pavel.connect() };

  await nina.call('blockUser', { params: { userId: oleg.userId } });
  await settle();
  for (const socket of Object.values(ears)) await readEvents(socket);
  await stir(nina, 2);
  await stir(oleg, 2);
  expect(await seenBy(ears.pavel)).toEqual([...allOf(nina), ...allOf(oleg)]);
  expect(await seenBy(ears.nina)).toEqual(allOf(nina).slice(0, 2));
  expect(await seenBy(ears.oleg)).toEqual(allOf(oleg).slice(0, 2));

  // A block of the other side goes on holding; without one all is as before.
  await oleg.call('blockUser', { params: { userId: nina.userId } });
  await nina.call('unblockUser', { params: { userId: oleg.userId } });
  await say(pavel, group, 'three');
  await settle();
  for (const socket of Object.values(ears)) await readEvents(socket);
  await stir(nina, 3);
  expect(await seenBy(ears.oleg)).toEqual([]);
  await oleg.call('unblockUser', { params: { userId: nina.userId } });
  clock.advance(3);
  await stir(oleg, 3);
  expect(await seenBy(ears.nina)).toEqual([...allOf(nina).slice(0, 2), ...allOf(oleg)]);
  for (const socket of Object.values(ears)) socket.close();
});

test('A12: who saw somebody online sees them leave at the moment of a block, and never come back', async () => {
  const [rita, stas] = [await signUp('rita'), await signUp('stas')];
  await createGroup(rita, [stas]);
  await settle();
  const sockets = [await rita.connect(), await stas.connect()] as const;
  const look = (i: 0 | 1) => sockets[i].ask({ op: 'presence', userIds: [[stas, rita][i]?.userId] });
  for (const i of [0, 1] as const) expect(await look(i)).toMatchObject({ data: { items: [{ isOnline: true }] } });
  await rita.call('blockUser', { params: { userId: stas.userId } });
  for (const i of [0, 1] as const) {
    const { data } = await sockets[i].next('presence.changed');
    expect(data).toEqual({ userId: [stas, rita][i]?.userId, isOnline: false, lastSeenAt: clock.now().toISOString() });
    expect(await look(i)).toMatchObject({ data: { items: [{ isOnline: false }] } });
  }
  for (const socket of sockets) socket.close();
});

test('A12: from the answer to a block on nothing is accepted', async () => {
  const [lena, mark] = [await signUp('lena'), await signUp('mark')];
  const direct = await openDirect(lena, mark);
  for (let round = 0; round < 10; round += 1) {
    const before = trySay(mark, direct, 'до');
    await lena.call('blockUser', { params: { userId: mark.userId } });
    const after = await Promise.all(Array.from({ length: 5 }, () => trySay(mark, direct, 'после')));
    expect(after.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    await before;
    await lena.call('unblockUser', { params: { userId: mark.userId } });
    await say(mark, direct, 'снова');
  }
});

/** What becomes of a message to somebody, from the opening of the chat on. */
async function tryToWrite(one: Person, other: Person): Promise<string> {
  const { status, body } = await one.call('openDirectChat', { params: { userId: other.userId } });
  if (status !== 200) return String(body.code);
  const answer = await trySay(one, String(body.chatId), 'эй');
  return String(answer.body.code ?? answer.status);
}

test('A12: a chat that opens while a block comes is closed by it', async () => {
  const signUpMany = (name: string) => Promise.all([0, 1, 2, 3, 4].map((i) => signUp(`${name}${i}`)));
  const [some, others] = [await signUpMany('writer'), await signUpMany('reader')];
  const pairs = some.flatMap((one) => others.map((other) => ({ one, other })));
  await Promise.all(
    pairs.flatMap(({ one, other }) => [
      one.call('openDirectChat', { params: { userId: other.userId } }),
      other.call('blockUser', { params: { userId: one.userId } }),
    ]),
  );
  const outcomes = await Promise.all(pairs.map(({ one, other }) => tryToWrite(one, other)));
  expect(outcomes.filter((code) => code !== 'user_not_found' && code !== 'writing_refused')).toEqual([]);
});

test('A12: a block that overtakes the chat of new teammates holds', async () => {
  const [nora, otto] = [await signUp('nora'), await signUp('otto')];
  const { body } = await nora.call('createTeammateRequest', { body: { userId: otto.userId } });
  await Promise.all([
    otto.call('acceptTeammateRequest', { params: { requestId: String(body.requestId) } }),
    otto.call('blockUser', { params: { userId: nora.userId } }),
  ]);
  await settle();
  expect(['user_not_found', 'writing_refused']).toContain(await tryToWrite(nora, otto));
});

test('A12: marks of a blocked person reach nobody, and look to them as ever', async () => {
  const [rita, sam] = [await signUp('rita'), await signUp('sam')];
  const direct = await openDirect(rita, sam);
  for (const text of ['one', 'two', 'three']) await say(rita, direct, text);
  await sam.call('markRead', { params: { chatId: direct }, body: { seq: 1 } });
  await rita.call('blockUser', { params: { userId: sam.userId } });
  const [hers, his] = [await rita.connect(), await sam.connect()];
  const before = await readChat(rita, direct);
  expect((await sam.call('markDelivered', { params: { chatId: direct }, body: { seq: 2 } })).body).toMatchObject({
    deliveredSeq: 2,
  });
  expect((await sam.call('markRead', { params: { chatId: direct }, body: { seq: 3 } })).body).toMatchObject({
    readSeq: 3,
  });
  expect(await his.next('read.changed')).toMatchObject({ data: { userId: sam.userId, readSeq: 3 } });
  expect(await readEvents(hers)).toEqual([]);
  expect(await readChat(rita, direct)).toEqual(before);
  expect(before).toMatchObject({ othersReadSeq: 1, othersDeliveredSeq: 1 });
  for (const socket of [hers, his]) socket.close();
});

test('A12: presence is that of a stranger, also in a group that both are in', async () => {
  const [judy, kate] = [await signUp('judy'), await signUp('kate')];
  await createGroup(judy, [kate]);
  const [hers, watcher] = [await judy.connect(), await kate.connect()];
  const presenceOf = async (userId: string) => {
    const { data } = await watcher.ask({ op: 'presence', userIds: [userId] });
    return { ...listOf(data?.items)[0], userId: '' };
  };
  expect(await presenceOf(judy.userId)).toMatchObject({ isOnline: true });
  await judy.call('blockUser', { params: { userId: kate.userId } });
  expect(await presenceOf(judy.userId)).toEqual(await presenceOf(stranger.userId));
  for (const socket of [hers, watcher]) socket.close();
});

test('A12: while both block each other, one unblocking does not open the chat', async () => {
  const [frank, gina] = [await signUp('frank'), await signUp('gina')];
  const direct = await openDirect(frank, gina);
  await frank.call('blockUser', { params: { userId: gina.userId } });
  await gina.call('blockUser', { params: { userId: frank.userId } });
  await frank.call('unblockUser', { params: { userId: gina.userId } });
  await settle();
  expect(await trySay(frank, direct, 'x')).toMatchObject({ status: 403 });
  await gina.call('unblockUser', { params: { userId: frank.userId } });
  await settle();
  await say(frank, direct, 'x');
  expect(listOf((await catchUp(gina, direct, 0)).items)).toHaveLength(1);
  await makeTeammates(await signUp('hugo'), await signUp('ivan'));
});
