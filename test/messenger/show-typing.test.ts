import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect } from '../helpers/chats.ts';

const { settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
// The news of it goes to no socket that is opened later.
await settle();

test('the others see it, and nobody else', async () => {
  const [his, her, foreign] = [await bob.connect(), await alice.connect(), await carol.connect()];
  expect(await her.ask({ op: 'typing', chatId })).toMatchObject({ op: 'ack' });
  expect(await his.next('typing')).toMatchObject({ chatId, data: { userId: alice.userId } });
  expect(await foreign.ask({ op: 'typing', chatId })).toMatchObject({ op: 'error', code: 'chat_not_found' });
  await her.ask({ op: 'ping' });
  expect([...her.rest(), ...foreign.rest(), ...his.rest()]).toEqual([]);
  for (const socket of [his, her, foreign]) socket.close();
});

test('refuses a bad shape', async () => {
  const socket = await alice.connect();
  expect(await socket.ask({ op: 'typing', chatId: 'x' })).toMatchObject({ op: 'error', code: 'invalid_request' });
  socket.close();
});
