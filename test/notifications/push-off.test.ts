import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';

const { signUp, settle, db } = await startApp();

test('without a key for Apple nothing is queued, the feed works, and a test says why nothing comes', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const { deviceId } = await register(bob, tokenOf('phone'));
  const chatId = await openDirect(alice, bob);
  await say(alice, chatId, 'hi');
  await settle();
  expect(await db.read.selectFrom('pushes').selectAll().execute()).toEqual([]);
  expect(await db.read.selectFrom('chat_news').selectAll().execute()).toEqual([]);
  expect((await bob.call('listNotifications')).body.unread).toBe(0);
  const answer = await bob.call('testPush', { params: { deviceId: String(deviceId) } });
  expect(answer).toMatchObject({ status: 409, body: { code: 'push_off' } });
});
