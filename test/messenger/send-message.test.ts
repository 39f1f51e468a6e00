import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, readChat, readHistory, say, textsOf, trySay } from '../helpers/chats.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const { clock, db, nobody, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
// The news of it goes to no socket that is opened later.
await settle();

test('a message is numbered, stored and told to both', async () => {
  const sockets = [await alice.connect(), await bob.connect()];
  const message = await say(alice, chatId, ' Го в доту? ');
  expect(message).toMatchObject({ seq: 1, authorId: alice.userId, text: 'Го в доту?' });
  for (const socket of sockets) {
    expect(await socket.next('message.created')).toMatchObject({ chatId, rev: message.rev, data: message });
    socket.close();
  }
  expect(await readHistory(bob, chatId)).toEqual([message]);
});

test('the same clientId 50 times at once is one message with 50 equal answers', async () => {
  const body = { clientId: randomUUID(), text: 'one' };
  const socket = await bob.connect();
  const sends = Array.from({ length: 50 }, () => alice.call('sendMessage', { params: { chatId }, body }));
  const answers = await Promise.all(sends);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  const history = await readHistory(bob, chatId);
  expect(textsOf(history).filter((text) => text === 'one')).toHaveLength(1);
  expect(history.map(({ seq }) => Number(seq))).toEqual(history.map((_message, i) => i + 1));
  await socket.next('message.created');
  await socket.ask({ op: 'ping' });
  expect(socket.rest()).toEqual([]);
  socket.close();
});

test('the same clientId with another text is refused', async () => {
  const clientId = randomUUID();
  await say(alice, chatId, 'first', { clientId });
  const second = await alice.call('sendMessage', { params: { chatId }, body: { clientId, text: 'second' } });
  expect(second).toMatchObject({ status: 409, body: { code: 'client_id_reused' } });
  await say(bob, chatId, 'his own', { clientId });
});

test('a frame does the same as the call', async () => {
  const socket = await alice.connect();
  const clientId = randomUUID();
  const ack = await socket.ask({ op: 'send', chatId, clientId, text: 'by socket' });
  expect(ack).toMatchObject({ op: 'ack', data: { text: 'by socket', clientId } });
  const again = await alice.call('sendMessage', { params: { chatId }, body: { clientId, text: 'by socket' } });
  expect(again.body).toEqual(ack.data);
  socket.close();
});

test.each([
  ['no text', { text: '' }, '/body/text', 'length'],
  ['a text of spaces', { text: ' \n ' }, '/body/text', 'length'],
  ['a text that nobody sees', { text: '\u200b\u2060 \ufeff' }, '/body/text', 'length'],
  ['4,001 characters', { text: 'я'.repeat(4_001) }, '/body/text', 'length'],
  ['a clientId that is no UUID', { clientId: '1' }, '/body/clientId', 'format'],
  ['a foreign author', { authorId: bob.userId }, '/body/authorId', 'unknown_field'],
  ['a number of its own', { seq: 1 }, '/body/seq', 'unknown_field'],
  ['a text that is a number', { text: 1 }, '/body/text', 'type'],
])('refuses %s', async (_what, change, path, code) => {
  const body = { clientId: randomUUID(), text: 'hi', ...change };
  const answer = await alice.call('sendMessage', { params: { chatId }, body });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
});

test('a text keeps what it means', async () => {
  for (const text of ['👩‍🚀❤️', 'می‌خواهم', 'два\n\n\n  абзаца'])
    expect(await say(alice, chatId, text)).toMatchObject({ text });
});

test('4,000 emoji are 4,000 characters', async () => {
  const { status } = await alice.call('sendMessage', {
    params: { chatId },
    body: { clientId: randomUUID(), text: '🎮'.repeat(4_000) },
  });
  expect(status).toBe(201);
});

test('who is no member learns nothing, whether the chat exists or not', async () => {
  const body = { clientId: randomUUID(), text: 'let me in' };
  const [foreign, missing] = await Promise.all(
    [chatId, randomUUID()].map((id) => carol.call('sendMessage', { params: { chatId: id }, body })),
  );
  expect(foreign).toMatchObject({ status: 404, body: { code: 'chat_not_found' } });
  expect({ ...foreign?.body, instance: '' }).toEqual({ ...missing?.body, instance: '' });
  expect(await nobody.call('sendMessage', { params: { chatId }, body })).toMatchObject({ status: 401 });
  const socket = await carol.connect();
  expect(await socket.ask({ op: 'send', chatId, ...body })).toMatchObject({ op: 'error', code: 'chat_not_found' });
  socket.close();
});

test('a reply names what it answers, and only what its author may see', async () => {
  const group = await createGroup(alice, [bob]);
  const { seq } = await say(alice, group, 'Кто в деле?');
  expect(await say(bob, group, 'Я', { replyToSeq: Number(seq) })).toMatchObject({ replyToSeq: seq });
  expect(await trySay(bob, group, 'Я', { replyToSeq: 99 })).toMatchObject({ status: 404 });
  await bob.call('deleteMessage', { params: { chatId: group, seq: Number(seq) } });
  expect(await trySay(bob, group, 'Я', { replyToSeq: Number(seq) })).toMatchObject({ status: 404 });
});

test('a forward copies words, author and time, through any number of hands, and not where they stood', async () => {
  const [from, to] = [await createGroup(alice, [bob]), await createGroup(bob, [])];
  const origin = await say(alice, from, 'Первоисточник');
  const forward = (chat: string, seq: unknown) => ({ forward: { chatId: chat, seqs: [Number(seq)] } });
  const first = await say(bob, to, '', forward(from, origin.seq));
  expect(first.forwards).toEqual([{ authorId: alice.userId, createdAt: origin.createdAt, text: 'Первоисточник' }]);
  const second = await say(bob, to, 'смотри', forward(to, first.seq));
  expect(second.forwards).toEqual(first.forwards);
  const third = await say(bob, to, '', forward(to, second.seq));
  expect(listOf(third.forwards)).toHaveLength(2);
  expect(JSON.stringify(third)).not.toContain(from);
  await alice.call('deleteMessage', {
    params: { chatId: from, seq: Number(origin.seq) },
    query: { for: 'everyone' },
  });
  expect(await trySay(bob, to, '', forward(from, origin.seq))).toMatchObject({ status: 404 });
  expect(await trySay(bob, to, '', forward(from, 1))).toMatchObject({ status: 404 });
});

test('sent again after what it refers to is gone, a message is still answered with the first one', async () => {
  const [from, to] = [await createGroup(alice, [bob]), await createGroup(alice, [bob])];
  const [copied, answered] = [await say(alice, from, 'Первоисточник'), await say(alice, to, 'Кто в деле?')];
  const { mediaId } = await uploadPicture(bob);
  const sends = [
    { text: '', forward: { chatId: from, seqs: [Number(copied.seq)] } },
    { text: 'Я', replyToSeq: Number(answered.seq) },
    { text: 'смотри', attachments: [{ mediaId: String(mediaId) }] },
  ].map((content) => ({ clientId: randomUUID(), ...content }));
  const send = (body: object) => bob.call('sendMessage', { params: { chatId: to }, body });
  const firsts = await Promise.all(sends.map(send));
  expect(firsts.map(({ status }) => status)).toEqual([201, 201, 201]);

  const { seq } = answered;
  await bob.call('deleteMessage', { params: { chatId: to, seq: Number(seq) } });
  await bob.call('removeMember', { params: { chatId: from, userId: bob.userId } });
  await db.statement.deleteFrom('media').where('media_id', '=', String(mediaId)).execute();
  const socket = await bob.connect();
  for (const [i, body] of sends.entries()) {
    expect(await send(body)).toMatchObject({ status: 201, body: firsts[i]?.body ?? {} });
    expect((await socket.ask({ op: 'send', chatId: to, ...body })).data).toEqual(firsts[i]?.body);
    expect(await send({ ...body, clientId: randomUUID() })).toMatchObject({ status: 404 });
    expect(await send({ ...body, text: 'иначе' })).toMatchObject({ status: 409, body: { code: 'client_id_reused' } });
  }
  await alice.call('removeMember', { params: { chatId: to, userId: bob.userId } });
  for (const body of sends) expect(await send(body)).toMatchObject({ status: 404, body: { code: 'chat_not_found' } });
  socket.close();
});

test('a forward whose source lost a file meanwhile is the same message', async () => {
  const [from, to] = [await createGroup(alice, [bob]), await createGroup(bob, [])];
  const { mediaId } = await uploadPicture(alice);
  const source = await say(alice, from, 'смотри', { attachments: [{ mediaId: String(mediaId) }] });
  const body = { clientId: randomUUID(), text: '', forward: { chatId: from, seqs: [Number(source.seq)] } };
  const first = await bob.call('sendMessage', { params: { chatId: to }, body });
  await db.statement.deleteFrom('media').where('media_id', '=', String(mediaId)).execute();
  expect(await bob.call('sendMessage', { params: { chatId: to }, body })).toMatchObject({
    status: 201,
    body: { seq: first.body.seq },
  });
});

test('what is forwarded must fit into a frame', async () => {
  const group = await createGroup(alice, []);
  for (let i = 0; i < 4; i += 1) await say(alice, group, `${i}`.padEnd(3_900, 'ж'));
  const forward = (...seqs: number[]) => trySay(alice, group, '', { forward: { chatId: group, seqs } });
  expect(await forward(2, 3, 4)).toMatchObject({ status: 201 });
  expect(await forward(2, 3, 4, 5)).toMatchObject({ status: 400 });
});

test('the server finds who is mentioned: members by name or id, all by right, never oneself', async () => {
  const group = await createGroup(alice, [bob]);
  const mentionsOf = async (sender: Person, text: string, more = {}) => (await say(sender, group, text, more)).mentions;
  expect(await mentionsOf(alice, 'Эй, @Bob, го?')).toEqual([bob.userId]);
  expect(await mentionsOf(alice, 'mail@bob.ru и @carol, @alice, @nobody')).toBeUndefined();
  expect(await mentionsOf(alice, 'го', { mentions: [bob.userId, carol.userId] })).toEqual([bob.userId]);
  expect(await readChat(bob, group)).toMatchObject({ unread: 3, mentions: 2 });
  expect(await say(bob, group, '@all го')).not.toHaveProperty('isMentionOfAll');
  expect(await say(alice, group, 'Внимание, @все!')).toMatchObject({ isMentionOfAll: true });
  expect(await readChat(bob, group)).toMatchObject({ mentions: 3 });
  await bob.call('updateChatSettings', { params: { chatId: group }, body: { isMassMentionMuted: true } });
  expect(await readChat(bob, group)).toMatchObject({ mentions: 2 });
});

test('slow mode holds back members, not the staff, exactly and also at once', async () => {
  const group = await createGroup(alice, [bob]);
  await alice.call('updateChat', { params: { chatId: group }, body: { slowModeSeconds: 30 } });
  const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => trySay(bob, group, `m${i}`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe('slow_mode');
  expect(refused?.headers.get('retry-after')).toBe('30');
  for (const text of ['one', 'two']) await say(alice, group, text);
  clock.advance(29);
  expect(await trySay(bob, group, 'early')).toMatchObject({ status: 429 });
  clock.advance(1);
  await say(bob, group, 'in time');
});

test('who may write is the group’s own choice', async () => {
  const group = await createGroup(alice, [bob]);
  await alice.call('updateChat', { params: { chatId: group }, body: { rights: { write: 'admins' } } });
  expect(await trySay(bob, group, 'x')).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  await alice.call('changeMember', { params: { chatId: group, userId: bob.userId }, body: { role: 'admin' } });
  await say(bob, group, 'x');
  await alice.call('updateChat', { params: { chatId: group }, body: { rights: { write: 'owner' } } });
  expect(await trySay(bob, group, 'x')).toMatchObject({ status: 403 });
  await say(alice, group, 'x');
});

test.each([
  ['a removal', { members_rev: 1_000 }, { state: 'removed' as const }, 404],
  ['a block', { is_blocked: true }, {}, 403],
  ['a change of the title', {}, {}, 201],
])('a send that waits behind %s on another node sees it', async (_what, chatPatch, memberPatch, status) => {
  const group = await createGroup(alice, [bob]);
  await settle();
  let answer: Promise<{ status: number }> | undefined;
  await db.transaction(async (tx) => {
    await tx.selectFrom('chats').select('chat_id').where('chat_id', '=', group).forUpdate().execute();
    answer = trySay(bob, group, 'in the middle');
    await expect.poll(async () => (await findWaiting()).length, { timeout: 5_000 }).toBe(1);
    await tx
      .updateTable('chat_members')
      .set({ ...memberPatch, rev: 1_000 })
      .where('chat_id', '=', group)
      .where('account_id', '=', bob.userId)
      .execute();
    await tx
      .updateTable('chats')
      .set({ last_rev: 1_000, ...chatPatch })
      .where('chat_id', '=', group)
      .execute();
  });
  expect((await answer)?.status).toBe(status);
  const texts = textsOf(await readHistory(alice, group));
  expect(texts.includes('in the middle')).toBe(status === 201);
});

/** Statements that wait for a row at this moment. */
async function findWaiting() {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%with input as%'`.execute(db.read);
  return rows;
}
