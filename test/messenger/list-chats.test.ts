import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const chatIds: string[] = [];
for (const name of ['bob', 'carol', 'dave', 'erin', 'frank']) {
  clock.advance(1);
  chatIds.push(await openDirect(alice, await signUp(name)));
}

test('the latest activity comes first, page by page, none twice', async () => {
  clock.advance(1);
  await say(alice, chatIds[0] ?? '', 'hi');
  const seen: string[] = [];
  let query: { limit: number; cursor?: string } = { limit: 2 };
  for (;;) {
    const { body } = await alice.call('listChats', { query });
    seen.push(...listOf(body.items).map((chat) => String(chat.chatId)));
    if (!body.nextCursor) break;
    query = { limit: 2, cursor: String(body.nextCursor) };
  }
  expect(seen).toEqual([0, 4, 3, 2, 1].map((i) => chatIds[i]));
});

test('a chat comes with its newest message and what is unread', async () => {
  const { body } = await alice.call('listChats', { query: { limit: 1 } });
  expect(listOf(body.items)[0]).toMatchObject({ seq: 1, unread: 0, lastMessage: { text: 'hi', seq: 1 } });
});

test('a forged cursor, or one of another person, is refused', async () => {
  const bob = await signUp('bob2');
  const { body } = await alice.call('listChats', { query: { limit: 1 } });
  const genuine = String(body.nextCursor);
  const forged = [genuine.slice(0, -2), `${genuine}AA`, 'AAAA', Buffer.from('{"chatId":"1"}').toString('base64url')];
  for (const cursor of forged) {
    const answer = await alice.call('listChats', { query: { cursor } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  }
  expect(await bob.call('listChats', { query: { cursor: genuine } })).toMatchObject({ status: 400 });
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await alice.call('listChats', { query: { limit: 0 } })).toMatchObject({ status: 400 });
  expect(await alice.call('listChats', { query: { limit: 101 } })).toMatchObject({ status: 400 });
  expect(await nobody.call('listChats')).toMatchObject({ status: 401 });
});
