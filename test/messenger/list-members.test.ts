import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, openDirect } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const dave = await signUp('dave');
const chatId = await createGroup(alice, [bob, carol]);

test('everybody in the chat, with their roles, page by page', async () => {
  const seen: string[] = [];
  let query: { limit: number; cursor?: string } = { limit: 2 };
  for (;;) {
    const { body } = await bob.call('listMembers', { params: { chatId }, query });
    seen.push(...listOf(body.items).map(({ userId, role, state }) => `${userId} ${role} ${state}`));
    if (!body.nextCursor) break;
    query = { limit: 2, cursor: String(body.nextCursor) };
  }
  expect(seen).toEqual(
    [`${alice.userId} owner active`, `${bob.userId} member active`, `${carol.userId} member active`].toSorted(),
  );
  const direct = await openDirect(bob, dave);
  expect(listOf((await bob.call('listMembers', { params: { chatId: direct } })).body.items)).toHaveLength(2);
});

test('refuses a bad shape, a cursor of another chat and the wrong person', async () => {
  const { body } = await bob.call('listMembers', { params: { chatId }, query: { limit: 1 } });
  const other = await createGroup(bob, []);
  const query = { cursor: String(body.nextCursor) };
  expect(await bob.call('listMembers', { params: { chatId: other }, query })).toMatchObject({ status: 400 });
  expect(await bob.call('listMembers', { params: { chatId }, query: { limit: 0 } })).toMatchObject({ status: 400 });
  await expectNoChat(dave, 'listMembers', { params: { chatId } });
  expect(await nobody.call('listMembers', { params: { chatId } })).toMatchObject({ status: 401 });
});
