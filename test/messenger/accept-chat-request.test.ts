import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite, expectNoChat, readChat, say, trySay } from '../helpers/chats.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await askToWrite(alice, bob);
for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);

const accept = (person: typeof bob) => person.call('acceptChatRequest', { params: { chatId } });

test('the one who is asked lets the stranger write; the stranger cannot', async () => {
  expect(await trySay(alice, chatId, 'four')).toMatchObject({ status: 403, body: { code: 'request_pending' } });
  expect(await accept(alice)).toMatchObject({ status: 403, body: { code: 'request_pending' } });
  const socket = await alice.connect();
  const { body } = await accept(bob);
  expect(body).not.toHaveProperty('requestedBy');
  expect(await socket.next('chat.updated')).toMatchObject({ chatId, rev: 4 });
  await say(alice, chatId, 'four');
  expect(await accept(bob)).toMatchObject({ status: 200, body: { rev: 5 } });
  socket.close();
});

test('becoming teammates is a yes too', async () => {
  const own = await askToWrite(carol, bob);
  await makeTeammates(bob, carol);
  await settle();
  expect(await readChat(carol, own)).not.toHaveProperty('requestedBy');
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await bob.call('acceptChatRequest', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'acceptChatRequest', { params: { chatId } });
  expect(await nobody.call('acceptChatRequest', { params: { chatId } })).toMatchObject({ status: 401 });
});
