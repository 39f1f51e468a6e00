import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, readChat, readHistory, say, textsOf, trySay } from '../helpers/chats.ts';
import { caseAbout, findCaseAbout, inHours, report, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { signUp, db, clock, mailsTo, nobody } = server;
const signUpVerified = openVerified(server);
const mod = await hire(server, 'mod', 'moderator');
const second = await hire(server, 'second', 'moderator');
const chief = await hire(server, 'chief');

const resolve = async (person: { userId: string }, body: object, by = mod) =>
  by.call('resolveCase', { params: await caseAbout(mod, person), body });
const actsOn = (userId: string) =>
  db.read.selectFrom('staff_acts').selectAll().where('subject_id', '=', userId).orderBy('act_id').execute();
const eventsOf = async (type: string, accountId: string) => {
  const rows = await db.read.selectFrom('outbox_events').select('payload').where('type', '=', type).execute();
  return rows.map(({ payload }) => payload as Record<string, unknown>).filter((event) => event.accountId === accountId);
};

test('one step removes the message, mutes, tells both in their language and is written down', async () => {
  const alice = await signUpVerified('alice');
  const bob = await signUpVerified('bob', { locale: 'ru' });
  const chatId = await openDirect(alice, bob);
  await say(bob, chatId, 'пакость');
  const socket = await alice.connect();
  await report(alice, { kind: 'message', chatId, seq: 1 });
  const words = 'Так не разговаривают.';
  const until = inHours(clock, 24);
  const answer = await resolve(bob, { action: 'mute', until, words, removeContent: true, note: 'второй раз' });
  expect(answer).toMatchObject({
    status: 200,
    body: { state: 'resolved', action: 'mute', resolvedBy: mod.userId, can: { resolve: false } },
  });

  await socket.next('message.deleted');
  expect(textsOf(await readHistory(alice, chatId))).not.toContain('пакость');
  expect((await trySay(bob, chatId, 'ещё')).body).toMatchObject({ code: 'muted' });
  expect((await alice.call('listMyReports')).body).toMatchObject({
    items: [{ state: 'resolved', outcome: 'upheld', outcomeText: expect.stringContaining('we have acted') }],
  });
  const [letter] = (await mailsTo('bob@example.com')).slice(-1);
  expect(letter?.subject).toBe('Решение модераторов');
  expect(letter?.text).toContain(words);
  expect(await eventsOf('moderation.report_resolved', alice.userId)).toMatchObject([
    { outcome: 'upheld', title: 'Your report was looked at' },
  ]);
  expect(await eventsOf('moderation.sanctioned', bob.userId)).toMatchObject([
    { kind: 'mute', reason: 'harassment', endsAt: until, title: 'Решение модераторов' },
  ]);
  expect((await actsOn(bob.userId)).at(-1)).toMatchObject({
    act: 'case.resolved',
    actor_id: mod.userId,
    reason: 'harassment',
    details: { action: 'mute', before: { state: 'open' }, after: { state: 'resolved' } },
  });
});

test('a ban closes the open socket, and a new report opens a new case', async () => {
  const carol = await signUp('carol');
  const dave = await signUp('dave');
  const socket = await dave.connect();
  await reportUser(carol, dave, { reason: 'threats' });
  expect((await resolve(dave, { action: 'ban' })).status).toBe(200);
  expect(await socket.closed).toBe(4003);
  expect((await dave.call('getMe')).status).toBe(401);
  expect((await nobody.call('login', { body: { login: 'dave', password: dave.password } })).status).toBe(403);
  const erin = await signUp('erin');
  const gone = await erin.call('createReport', {
    body: { subject: { kind: 'user', userId: dave.userId }, reason: 'spam' },
  });
  expect(gone.status).toBe(404);
});

test('A5, A6: what was removed is nowhere, and no event says it', async () => {
  const rita = await signUp('rita');
  const stas = await signUp('stas');
  const chatId = await createGroup(rita, [stas]);
  await say(stas, chatId, 'непотребство');
  await say(rita, chatId, 'ответ', { replyToSeq: Number((await readHistory(rita, chatId)).at(-1)?.seq) });
  const { seq } = (await readHistory(rita, chatId)).find(({ text }) => String(text) === 'непотребство') ?? {};
  const { rev } = await readChat(rita, chatId);
  const socket = await rita.connect();
  await report(rita, { kind: 'message', chatId, seq: Number(seq) });
  await resolve(stas, { action: 'remove_content' });
  await socket.next('message.deleted');
  const seen = [
    await rita.call('listMessages', { params: { chatId } }),
    await rita.call('listChats'),
    await rita.call('listChanges', { params: { chatId }, query: { since: 0 } }),
    await rita.call('listChanges', { params: { chatId }, query: { since: Number(rev) } }),
    await rita.call('searchMessages', { query: { q: 'непотребство' } }),
    await stas.call('listMessages', { params: { chatId } }),
  ];
  for (const { status, body } of seen) {
    expect(status).toBe(200);
    // The search names what was asked for nowhere in its answer.
    expect(JSON.stringify(body)).not.toContain('непотребство');
  }
  expect(JSON.stringify(socket.rest())).not.toContain('непотребство');
});

test('dismissal tells the reporter, costs them weight and leaves the accused alone', async () => {
  const eve = await signUp('eve');
  const frank = await signUp('frank');
  await reportUser(eve, frank);
  expect((await resolve(frank, { action: 'dismiss' })).body).toMatchObject({ action: 'dismiss' });
  expect((await eve.call('listMyReports')).body).toMatchObject({ items: [{ outcome: 'dismissed' }] });
  expect(await eventsOf('moderation.sanctioned', frank.userId)).toEqual([]);
  await reportUser(eve, frank);
  const params = await caseAbout(mod, frank);
  const { body } = await mod.call('getCase', { params });
  expect(listOf(body.reports).map(({ weight }) => Number(weight))).toEqual([expect.closeTo(0.64)]);
});

test('content of each kind goes', async () => {
  const grace = await signUp('grace');
  const henry = await signUp('henry');
  await henry.call('updateMyProfile', { body: { bio: 'плохо', displayName: 'Плохое имя' } });
  const chatId = await createGroup(henry, [grace], 'Плохое название');
  await reportUser(grace, henry);
  await report(grace, { kind: 'chat', chatId });
  expect((await resolve(henry, { action: 'remove_content' })).status).toBe(200);
  const card = await grace.call('getUser', { params: { userId: henry.userId } });
  expect(card.body).toMatchObject({ displayName: 'henry' });
  expect(card.body.bio).toBeUndefined();
  expect(String((await readChat(grace, chatId)).title)).toBe('Chat');
});

test('names are reset: the shown one, and the login with a letter', async () => {
  const ivan = await signUp('ivan');
  const judy = await signUpVerified('judy');
  await judy.call('updateMyProfile', { body: { displayName: 'Плохое имя' } });
  await reportUser(ivan, judy);
  await resolve(judy, { action: 'reset_name' });
  const shown = await ivan.call('getUser', { params: { userId: judy.userId } });
  expect(String(shown.body.displayName)).toBe('judy');
  await reportUser(ivan, judy);
  await resolve(judy, { action: 'reset_username' });
  const username = String((await judy.call('getMe')).body.username);
  expect(username).toMatch(/^player-[\da-f]{12}$/);
  const [letter] = (await mailsTo('judy@example.com')).slice(-1);
  expect(letter?.text).toContain(username);
});

test('hidden from the search, until it ends', async () => {
  const kate = await signUp('kate');
  const leo = await signUp('leo');
  const finds = async () => {
    await server.settle();
    const { body } = await kate.call('listTeammates', { query: { limit: 100 } });
    return JSON.stringify(body).includes(leo.userId);
  };
  for (const one of [kate, leo])
    await one.call('putProfileGame', {
      params: { gameId: 'dota-2' },
      body: { level: 'main', platform: 'windows', roles: [] },
    });
  expect(await finds()).toBe(true);
  await reportUser(kate, leo);
  await resolve(leo, { action: 'hide_from_search' });
  expect(await finds()).toBe(false);
});

test('nobody decides about themself, about superiors, or at a case of another', async () => {
  const mary = await signUp('mary');
  for (const person of [mod, second, chief]) {
    await mary.call('createReport', { body: { subject: { kind: 'user', userId: person.userId }, reason: 'other' } });
  }
  const own = { params: await caseAbout(chief, mod), body: { action: 'dismiss', reason: 'other' } };
  expect((await mod.call('resolveCase', own)).body).toMatchObject({ code: 'your_own_case' });
  expect((await resolve(second, { action: 'warn' })).body).toMatchObject({ code: 'above_your_role' });
  expect((await resolve(chief, { action: 'ban' })).body).toMatchObject({ code: 'above_your_role' });
  expect(await findCaseAbout(mod, chief)).toMatchObject({ can: { claim: false, resolve: false } });

  const nick = await signUp('nick');
  await reportUser(mary, nick);
  const params = await caseAbout(mod, nick);
  expect((await second.call('claimCase', { params })).status).toBe(200);
  const refused = await mod.call('resolveCase', { params, body: { action: 'dismiss' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'case_claimed' } });
  expect((await mary.call('resolveCase', { params, body: { action: 'dismiss' } })).status).toBe(403);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => second.call('resolveCase', { params, body: { action: 'warn' } })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await eventsOf('moderation.sanctioned', nick.userId)).toHaveLength(1);
});

test('a bad shape is refused and changes nothing', async () => {
  const olga = await signUp('olga');
  const pavel = await signUp('pavel');
  await reportUser(olga, pavel);
  for (const body of [
    { action: 'mute' },
    { action: 'suspend', until: inHours(clock, -1) },
    { action: 'suspend', until: 'tomorrow' },
    { action: 'warn', until: inHours(clock, 1) },
    { action: 'erase' },
    {},
  ])
    expect((await resolve(pavel, body)).status).toBe(400);
  expect(await findCaseAbout(mod, pavel)).toMatchObject({ state: 'open', reportCount: 1 });
});
