import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, openDirect } from '../helpers/chats.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);

const create = (person: typeof bob, body: object, headers = {}) =>
  person.call('createInvite', { params: { chatId }, body, headers });

test('a link has 128 random bits and the bounds that it was given', async () => {
  const { status, body } = await create(bob, { expiresInSeconds: 3_600, maxUses: 3, needsApproval: true });
  expect(status).toBe(201);
  expect(body).toMatchObject({ chatId, createdBy: bob.userId, uses: 0, maxUses: 3, needsApproval: true });
  expect(new Date(String(body.expiresAt)).getTime() - clock.now().getTime()).toBe(3_600_000);
  expect(Buffer.from(String(body.code), 'base64url')).toHaveLength(16);
  const codes = await Promise.all(Array.from({ length: 20 }, async () => (await create(alice, {})).body.code));
  expect(new Set(codes).size).toBe(20);
});

test('the same Idempotency-Key makes one link', async () => {
  const headers = { 'idempotency-key': 'one' };
  const answers = await Promise.all([1, 2, 3].map(() => create(alice, { maxUses: 1 }, headers)));
  expect(new Set(answers.map(({ body }) => String(body.code))).size).toBe(1);
});

test('a chat has at most 50 links', async () => {
  const { body } = await alice.call('listInvites', { params: { chatId } });
  for (let i = listOf(body.items).length; i < 50; i += 1) expect((await create(alice, {})).status).toBe(201);
  expect(await create(alice, {})).toMatchObject({ status: 409, body: { code: 'too_many' } });
});

test.each([[{ maxUses: 0 }], [{ expiresInSeconds: 1 }], [{ code: 'mine' }], [{ newcomerHistory: 1_001 }]])(
  'refuses %j',
  async (body) => {
    expect(await create(alice, body)).toMatchObject({ status: 400 });
  },
);

test('refuses the wrong person and the wrong chat', async () => {
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await create(bob, {})).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  const direct = await openDirect(bob, carol);
  expect(await bob.call('createInvite', { params: { chatId: direct }, body: {} })).toMatchObject({ status: 422 });
  await expectNoChat(carol, 'createInvite', { params: { chatId }, body: {} });
  expect(await nobody.call('createInvite', { params: { chatId }, body: {} })).toMatchObject({ status: 401 });
});

test('only the staff let newcomers see more of the past than the group does', async () => {
  const group = await createGroup(alice, [bob]);
  const invite = (person: typeof bob, newcomerHistory: number) =>
    person.call('createInvite', { params: { chatId: group }, body: { newcomerHistory } });
  await alice.call('updateChat', { params: { chatId: group }, body: { newcomerHistory: 5 } });
  expect(await invite(bob, 1_000)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  expect(await invite(bob, 5)).toMatchObject({ status: 201 });
  expect(await invite(alice, 1_000)).toMatchObject({ status: 201 });
});
