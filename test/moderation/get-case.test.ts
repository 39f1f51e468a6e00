import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { caseAbout, report, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, db } = server;
const mod = await hire(server, 'mod', 'moderator');
const reads = async (userId: string) =>
  (
    await db.read
      .selectFrom('staff_acts')
      .selectAll()
      .where('subject_id', '=', userId)
      .where('act', '=', 'case.chat_read')
      .execute()
  ).length;

test('reading what was said in a chat is written down each time; a card is open anyway', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const carol = await signUp('carol');
  const chatId = await openDirect(alice, bob);
  await say(bob, chatId, 'личное');
  await report(alice, { kind: 'message', chatId, seq: 1 });
  await reportUser(alice, carol);
  const params = await caseAbout(mod, bob);
  expect(await reads(bob.userId)).toBe(0);
  const { body } = await mod.call('getCase', { params });
  expect(listOf(body.reports)).toMatchObject([{ reporterId: alice.userId, evidence: { message: { text: 'личное' } } }]);
  await mod.call('getCase', { params });
  expect(await reads(bob.userId)).toBe(2);
  await mod.call('getCase', { params: await caseAbout(mod, carol) });
  expect(await reads(carol.userId)).toBe(0);
  // Nothing else opens a chat to a moderator.
  expect((await mod.call('listMessages', { params: { chatId } })).status).toBe(404);
  expect((await alice.call('getCase', { params })).status).toBe(403);
});

test('no case, no file', async () => {
  const { status, body } = await mod.call('getCase', { params: { caseId: randomUUID() } });
  expect({ status, body }).toMatchObject({ status: 404, body: { code: 'case_not_found' } });
  expect((await mod.call('getCase', { params: { caseId: 'x' } })).status).toBe(400);
});

test('nobody reads what is reported about themself or their superiors', async () => {
  const dora = await signUp('dora');
  const peer = await hire(server, 'peer', 'moderator');
  const chief = await hire(server, 'chief');
  const text = 'Осторожно с ним.';
  for (const [accused, code] of [
    [mod, 'your_own_case'],
    [peer, 'above_your_role'],
    [chief, 'above_your_role'],
  ] as const) {
    await report(dora, { kind: 'user', userId: accused.userId });
    const other = accused === chief ? await hire(server, 'second') : chief;
    const params = await caseAbout(other, accused);
    expect((await other.call('getCase', { params })).status).toBe(200);
    for (const refused of [
      await mod.call('getCase', { params }),
      await mod.call('addCaseNote', { params, body: { text } }),
      await mod.call('getUserHistory', { params: { userId: accused.userId } }),
    ])
      expect(refused).toMatchObject({ status: 403, body: { code } });
  }
  const accusedIn = async ({ call }: typeof mod) =>
    listOf((await call('listCases')).body.items).map(({ accused }) => String(accused?.userId));
  expect(await accusedIn(mod)).not.toContain(mod.userId);
  expect(await accusedIn(mod)).toContain(peer.userId);
  expect(await accusedIn(chief)).toContain(mod.userId);
  expect(await accusedIn(chief)).not.toContain(chief.userId);
});
