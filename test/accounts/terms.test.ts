import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect, say, trySay } from '../helpers/chats.ts';
import type { Input } from '../helpers/client.ts';

const before = await startApp();
const { signUp } = before;
// The same service after its owner has changed the terms.
const after = await startApp({ termsVersion: '2027-01-01' }, { beside: before });
const refusal = { status: 403, body: { code: 'terms_not_accepted' } };

test('who has not accepted the new terms reads, leaves, blocks and reports, but writes to nobody', async () => {
  const bob = await signUp('bob');
  const early = await signUp('alice');
  const chatId = await openDirect(early, bob);
  await say(bob, chatId, 'hello');
  const alice = after.visit(early);
  expect((await alice.call('getMeta')).body.termsVersion).toBe('2027-01-01');
  expect((await alice.call('getMe')).body).toMatchObject({ acceptedTerms: '2026-11-01', hasAcceptedTerms: false });

  const writing: [string, Input][] = [
    ['sendMessage', { params: { chatId }, body: { clientId: randomUUID(), text: 'hi' } }],
    ['createTeammateRequest', { body: { userId: bob.userId } }],
    ['rateUser', { params: { userId: bob.userId }, body: { stars: 5 } }],
    ['createParty', { body: { gameId: 'dota-2', title: 'One', slots: [{}, {}] } }],
  ];
  for (const [operationId, input] of writing) expect(await alice.call(operationId, input)).toMatchObject(refusal);

  const params = { userId: bob.userId };
  const report = { subject: { kind: 'user', userId: bob.userId }, reason: 'spam' };
  const others: [string, Input][] = [
    ['listMessages', { params: { chatId } }],
    ['updateMyProfile', { body: { discoverable: false } }],
    ['createReport', { body: report }],
    ['blockUser', { params }],
    ['deleteChat', { params: { chatId } }],
    ['requestExport', {}],
    ['listMySanctions', {}],
    ['endOtherSessions', {}],
    ['requestDeletion', { body: { password: early.password } }],
  ];
  for (const [operationId, input] of others) {
    const { status } = await alice.call(operationId, input);
    expect(`${operationId}: ${status}`).toMatch(/: 20\d$/);
  }
});

test('once they are accepted everything is back, on the open socket too', async () => {
  const dave = await signUp('dave');
  const early = await signUp('carol');
  const chatId = await openDirect(early, dave);
  const carol = after.visit(early);
  const socket = await carol.connect();
  const send = () => socket.ask({ op: 'send', chatId, clientId: randomUUID(), text: 'hi' });
  expect(await send()).toMatchObject({ code: 'terms_not_accepted' });
  expect((await carol.call('updateMe', { body: { acceptedTerms: '2026-11-01' } })).body.code).toBe('terms_outdated');

  const { body } = await carol.call('updateMe', { body: { acceptedTerms: '2027-01-01' } });
  expect(body).toMatchObject({ acceptedTerms: '2027-01-01', hasAcceptedTerms: true });
  expect((await trySay(carol, chatId, 'hi')).status).toBe(201);
  await expect.poll(async () => (await send()).code).toBeUndefined();
});

test('a mute is told first, and ends neither sooner nor later', async () => {
  const early = await signUp('erin');
  const until = new Date(before.clock.now().getTime() + 3_600_000);
  const standing = { isBanned: false, mutedUntil: until };
  await before.db.transaction((tx) => before.app.accounts.setStanding(tx, early.userId, standing));
  const erin = after.visit(early);
  const create = () => erin.call('createChat', { body: { title: 'Once', memberIds: [] } });
  expect((await create()).body.code).toBe('muted');
  await erin.call('updateMe', { body: { acceptedTerms: '2027-01-01' } });
  expect((await create()).body.code).toBe('muted');
});

test('a guest has accepted nothing, and is refused as a guest', async () => {
  const { body } = await after.nobody.call('createGuest', { body: {} });
  expect(body.user).toMatchObject({ hasAcceptedTerms: false });
  expect(body.user).not.toHaveProperty('acceptedTerms');
  const headers = { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
  const answer = await after.nobody.call('createChat', { headers, body: { title: 'Once', memberIds: [] } });
  expect(answer.body.code).toBe('forbidden');
});
