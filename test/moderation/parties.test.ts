import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, readChat, say } from '../helpers/chats.ts';
import { caseAbout, report } from '../helpers/moderation.ts';
import { join, openParty, playTogether, readParty } from '../helpers/parties.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, clock } = server;
const mod = await hire(server, 'mod', 'moderator');

test('a party is reported as it is now; removing it ends it and takes its words off', async () => {
  const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  const { partyId, chatId } = await openParty(alice, { title: 'Плохое название', note: 'плохие слова', mode: 'плохо' });
  await join(bob, alice, partyId);
  await report(carol, { kind: 'party', partyId });
  await alice.call('updateParty', { params: { partyId: String(partyId) }, body: { title: 'Хорошее', note: '' } });
  const params = await caseAbout(mod, alice);
  const [kept] = listOf((await mod.call('getCase', { params })).body.reports);
  expect(kept).toMatchObject({
    subject: { kind: 'party', partyId },
    evidence: {
      party: {
        hostId: alice.userId,
        title: 'Плохое название',
        note: 'плохие слова',
        mode: 'плохо',
        memberIds: [alice.userId, bob.userId],
      },
    },
  });
  const resolved = await mod.call('resolveCase', { params, body: { action: 'remove_content' } });
  expect(resolved).toMatchObject({ status: 200, body: { action: 'remove_content' } });
  const party = await readParty(bob, partyId);
  expect(party).toMatchObject({ state: 'cancelled', title: 'Party' });
  expect(party).not.toHaveProperty('note');
  expect(await readChat(bob, String(chatId))).toMatchObject({ title: 'Chat', memberCount: 2 });
  await say(bob, String(chatId), 'ну и ладно');
});

test('one that has started is finished, and who played in it may still rate the others', async () => {
  const [dave, erin] = [await signUp('dave'), await signUp('erin')];
  const partyId = await playTogether(dave, [erin]);
  await report(erin, { kind: 'party', partyId });
  clock.advance(1_200);
  const staff = await hire(server, 'second', 'moderator');
  const params = await caseAbout(staff, dave);
  expect((await staff.call('resolveCase', { params, body: { action: 'remove_content' } })).status).toBe(200);
  const again = await erin.signInAgain();
  expect(await readParty(again, partyId)).toMatchObject({ state: 'finished', title: 'Party' });
  const { body } = await again.call('getUserRatings', { params: { userId: dave.userId } });
  expect(body.mayRate).toBe(true);
});

test('what the reporter cannot see cannot be reported, nor one’s own', async () => {
  const [frank, kid] = [await signUp('frank'), await signUp('kid', { ageBand: '13_15' })];
  const { partyId } = await openParty(frank);
  const body = { subject: { kind: 'party', partyId }, reason: 'spam' };
  expect(await kid.call('createReport', { body })).toMatchObject({ status: 404, body: { code: 'subject_not_found' } });
  expect((await frank.call('createReport', { body })).status).toBe(400);
  const wrong = { subject: { kind: 'party', userId: frank.userId }, reason: 'spam' };
  expect((await kid.call('createReport', { body: wrong })).status).toBe(400);
});

test('who is suspended leaves every party, and an heir follows', async () => {
  const [grace, heidi] = [await signUp('grace'), await signUp('heidi')];
  const { partyId } = await openParty(grace);
  await join(heidi, grace, partyId);
  const chief = await hire(server, 'third', 'moderator');
  const until = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const body = { userId: grace.userId, kind: 'suspension', reason: 'spam', until };
  expect((await chief.call('imposeSanction', { body })).status).toBe(201);
  await settle();
  expect(await readParty(heidi, partyId)).toMatchObject({ myPart: 'host', memberCount: 1 });
});

test('a note that the staff hold passes, and is looked at', async () => {
  const chief = await hire(server, 'fourth', 'moderator');
  const rule = { kind: 'word', language: 'en', text: 'boosting', action: 'hold' };
  expect((await chief.call('createTextRule', { body: rule })).status).toBe(201);
  await settle();
  const ivan = await signUp('ivan');
  const { partyId, note } = await openParty(ivan, { note: 'boosting here' });
  expect(note).toBe('boosting here');
  await settle();
  const [kept] = listOf((await chief.call('getCase', { params: await caseAbout(chief, ivan) })).body.reports);
  expect(kept).toMatchObject({ subject: { kind: 'party', partyId }, evidence: { field: 'party_note' } });
});
