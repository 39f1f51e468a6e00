import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, readChat, readEvents, readHistory, typesOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const mallory = await signUp('mallory');
const chatId = await createGroup(alice, [bob, carol]);

const change = (person: Person, target: Person, role: string) =>
  person.call('changeMember', { params: { chatId, userId: target.userId }, body: { role } });

test('the owner makes admins, and everybody is told', async () => {
  const socket = await bob.connect();
  expect((await change(alice, bob, 'admin')).body).toMatchObject({ userId: bob.userId, role: 'admin' });
  expect(await socket.next('member.changed')).toMatchObject({ chatId, data: { userId: bob.userId, role: 'admin' } });
  expect(await readChat(bob, chatId)).toMatchObject({ role: 'admin' });
  await change(alice, bob, 'admin');
  expect(await readEvents(socket)).toEqual([]);
  socket.close();
});

test('an admin changes no role, and nobody the owner', async () => {
  for (const target of [alice, bob, carol]) {
    expect(await change(bob, target, 'member')).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  }
  expect(await change(alice, alice, 'member')).toMatchObject({ status: 403 });
  expect(await change(alice, mallory, 'admin')).toMatchObject({ status: 404, body: { code: 'member_not_found' } });
});

test('the group is handed over: it has one owner at every moment', async () => {
  const socket = await carol.connect();
  expect(await change(alice, bob, 'owner')).toMatchObject({ status: 200, body: { role: 'owner' } });
  expect(typesOf(await readEvents(socket))).toEqual(['member.changed', 'member.changed', 'message.created']);
  expect(await readChat(alice, chatId)).toMatchObject({ role: 'admin' });
  expect(await readChat(bob, chatId)).toMatchObject({ role: 'owner' });
  expect((await readHistory(carol, chatId)).at(-1)).toMatchObject({
    service: { action: 'owner_changed', userIds: [bob.userId] },
  });
  expect(await change(alice, carol, 'admin')).toMatchObject({ status: 403 });
  socket.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await change(bob, carol, 'god')).toMatchObject({ status: 400 });
  const params = { chatId, userId: carol.userId };
  await expectNoChat(mallory, 'changeMember', { params, body: { role: 'admin' } });
  expect(await nobody.call('changeMember', { params, body: { role: 'admin' } })).toMatchObject({ status: 401 });
});
