import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, say, textsOf } from '../helpers/chats.ts';
import { caseAbout, findCaseAbout, report, reportUser } from '../helpers/moderation.ts';
import { makePicture } from '../helpers/pictures.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const server = await startApp();
const { signUp, db, clock, settle } = server;
const mod = await hire(server, 'mod', 'moderator');

const openFile = async (person: { userId: string }) => {
  const { status, body } = await mod.call('getCase', { params: await caseAbout(mod, person) });
  expect(status).toBe(200);
  return body;
};

test('a message is kept with its versions and neighbours, and outlives edit, deletion and erasure', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const chatId = await openDirect(alice, bob);
  for (const text of ['раз', 'два', 'три']) await say(alice, chatId, text);
  const bad = await say(bob, chatId, 'первая грубость');
  const params = { chatId, seq: Number(bad.seq) };
  await bob.call('editMessage', { params, body: { text: 'вторая грубость' } });
  await say(alice, chatId, 'после');
  const made = await report(alice, { kind: 'message', ...params }, { comment: 'снова он' });
  expect(made).toMatchObject({ state: 'open', reason: 'harassment', comment: 'снова он' });

  await bob.call('editMessage', { params, body: { text: 'я ничего не писал' } });
  await bob.call('deleteMessage', { params, query: { for: 'everyone' } });
  await bob.call('requestDeletion', { body: { password: bob.password } });
  await settle();
  const [kept] = listOf((await openFile(bob)).reports);
  expect(kept?.evidence).toMatchObject({
    message: { text: 'вторая грубость', authorId: bob.userId, versions: [{ text: 'первая грубость' }] },
  });
  expect(textsOf(listOf(kept?.evidence?.context))).toEqual(['раз', 'два', 'три', 'после']);
  const row = await db.read.selectFrom('reports').select('evidence').executeTakeFirstOrThrow();
  const hash = createHash('sha256')
    .update(row.evidence ?? '')
    .digest('hex');
  expect(String(kept?.evidenceSha256)).toBe(hash);
});

test('a message that its author has deleted for everybody can still be reported by who may have seen it', async () => {
  const anna = await signUp('anna');
  const boris = await signUp('boris');
  const chatId = await openDirect(anna, boris);
  const { seq } = await say(boris, chatId, 'гадость');
  await boris.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  await report(anna, { kind: 'message', chatId, seq: Number(seq) });
  const [kept] = listOf((await openFile(boris)).reports);
  expect(kept?.evidence).toMatchObject({ message: { text: '', versions: [{ text: 'гадость' }] } });
});

test('the context goes no further back than the reporter may read', async () => {
  const olga = await signUp('olga');
  const pavel = await signUp('pavel');
  const late = await signUp('late');
  const chatId = await createGroup(olga, [pavel]);
  await olga.call('updateChat', { params: { chatId }, body: { newcomerHistory: 0 } });
  await say(olga, chatId, 'до прихода');
  await makeTeammates(olga, late);
  await olga.call('addMembers', { params: { chatId }, body: { userIds: [late.userId] } });
  const { seq } = await say(pavel, chatId, 'после прихода');
  await report(late, { kind: 'message', chatId, seq: Number(seq) });
  const [kept] = listOf((await openFile(pavel)).reports);
  expect(JSON.stringify(kept?.evidence)).not.toContain('до прихода');
});

test('a card, a group and a rating are reported as they are now', async () => {
  const carol = await signUp('carol');
  const dave = await signUp('dave');
  await dave.call('updateMyProfile', { body: { bio: 'Первая версия', displayName: 'Давид' } });
  const chatId = await createGroup(dave, [carol], 'Плохое название');
  await talk(carol, dave);
  clock.advance(86_401);
  const [carol2, dave2] = await Promise.all([carol.signInAgain(), dave.signInAgain()]);
  const stars = { play: 1, communication: 1, reliability: 1, friendliness: 1, tags: ['rude'] };
  const given = await dave2.call('rateUser', { params: { userId: carol.userId }, body: stars });
  expect(given.status).toBe(200);
  const ratingId = String(given.body.ratingId);
  const unseen = await carol2.call('createReport', {
    body: { subject: { kind: 'rating', ratingId }, reason: 'harassment' },
  });
  expect(unseen.body).toMatchObject({ code: 'subject_not_found' });
  await carol2.call('rateUser', { params: { userId: dave.userId }, body: stars });

  await reportUser(carol2, dave2, { reason: 'offensive_name' });
  await report(carol2, { kind: 'chat', chatId });
  await report(carol2, { kind: 'rating', ratingId });
  await dave2.call('updateMyProfile', { body: { bio: 'Вторая версия' } });
  const mod2 = await modAgain();
  const { body } = await mod2.call('getCase', { params: await caseAbout(mod2, dave) });
  const byKind = new Map(listOf(body.reports).map(({ subject, evidence }) => [String(subject?.kind), evidence]));
  expect(Object.fromEntries(byKind)).toMatchObject({
    rating: { rating: { ratingId, play: 1, tags: ['rude'] } },
    chat: { chat: { chatId, kind: 'group', title: 'Плохое название' } },
    user: { card: { bio: 'Первая версия', displayName: 'Давид' } },
  });
  expect(await findCaseAbout(mod2, dave)).toMatchObject({
    reportCount: 3,
    subjectKinds: ['chat', 'rating', 'user'],
    reasons: ['harassment', 'offensive_name'],
    priority: 3,
  });
});

test('an avatar is kept as evidence when its owner takes it off, and nothing else', async () => {
  const [mia, noah] = [await signUp('mia'), await signUp('noah')];
  const picture = await noah.raw('/v1/me/avatar', {
    method: 'PUT',
    body: Uint8Array.from(await makePicture(200, 200)),
    headers: { 'content-type': 'image/jpeg' },
  });
  const mediaId = String(picture.body.mediaId);
  const subject = { kind: 'picture', mediaId, userId: noah.userId };
  await report(mia, subject, { reason: 'sexual' });
  await noah.call('deleteAvatar');
  clock.advance(2 * 86_400);
  await server.app.media.collectOrphans();
  const mod2 = await modAgain();
  const { body } = await mod2.call('getCase', { params: await caseAbout(mod2, noah) });
  const [kept] = listOf(body.reports);
  expect(kept).toMatchObject({ subject, pictures: [{ mediaId }] });
  const links = listOf(listOf(kept?.pictures)[0]?.sizes);
  expect((await fetch(`${server.url}${String(links[0]?.url)}`)).status).toBe(200);
});

test('a forwarded picture is kept as evidence when both messages are deleted, whichever of picture and message is reported', async () => {
  const [uma, victor, walt, xena] = [
    await signUp('uma'),
    await signUp('victor'),
    await signUp('walt'),
    await signUp('xena'),
  ];
  const own = await createGroup(uma, [xena]);
  const pictures = [await uploadPicture(uma), await uploadPicture(uma)].map(({ mediaId }) => String(mediaId));
  const chats = [await openDirect(uma, victor), await openDirect(uma, walt)];
  for (const [i, mediaId] of pictures.entries()) {
    const origin = await say(uma, own, '', { attachments: [{ mediaId }] });
    const forward = { chatId: own, seqs: [Number(origin.seq)] };
    const sent = await say(uma, String(chats[i]), '', { forward });
    const subject = { chatId: chats[i], seq: Number(sent.seq) };
    if (i === 0) await report(victor, { kind: 'picture', mediaId, ...subject }, { reason: 'sexual' });
    else await report(walt, { kind: 'message', ...subject }, { reason: 'sexual' });
    for (const [chatId, seq] of [
      [own, Number(origin.seq)],
      [String(chats[i]), Number(sent.seq)],
    ] as const)
      await uma.call('deleteMessage', { params: { chatId, seq }, query: { for: 'everyone' } });
  }
  clock.advance(2 * 86_400);
  await server.app.media.collectOrphans();
  const mod2 = await modAgain();
  const { body } = await mod2.call('getCase', { params: await caseAbout(mod2, uma) });
  const kept = listOf(body.reports).flatMap((one) => listOf(one.pictures));
  expect(kept.map(({ mediaId }) => String(mediaId)).toSorted()).toEqual(pictures.toSorted());
  for (const { sizes } of kept) expect((await fetch(`${server.url}${String(listOf(sizes)[0]?.url)}`)).status).toBe(200);
});

test('a block by either side keeps nobody from reporting the other, with the card and what was said', async () => {
  const [yara, zeno] = [await signUp('yara'), await signUp('zeno')];
  await zeno.call('updateMyProfile', {
    body: { bio: 'Грубость', contacts: [{ kind: 'discord', value: 'zeno_1', visibility: 'everyone' }] },
  });
  const { body: avatar } = await zeno.raw('/v1/me/avatar', {
    method: 'PUT',
    body: Uint8Array.from(await makePicture(200, 200)),
    headers: { 'content-type': 'image/jpeg' },
  });
  const chatId = await openDirect(yara, zeno);
  const { seq } = await say(zeno, chatId, 'и ещё одна');
  const user = { kind: 'user', userId: zeno.userId };
  const others = [
    { kind: 'picture', mediaId: String(avatar.mediaId), userId: zeno.userId },
    { kind: 'message', chatId, seq: Number(seq) },
  ];
  await zeno.call('blockUser', { params: { userId: yara.userId } });
  await report(yara, user);
  for (const subject of others) await report(yara, subject);
  const mod2 = await modAgain();
  const { body } = await mod2.call('getCase', { params: await caseAbout(mod2, zeno) });
  const { evidence } = listOf(body.reports).find(({ subject }) => String(subject?.kind) === 'user') ?? {};
  expect(evidence).toMatchObject({ card: { userId: zeno.userId, bio: 'Грубость', contacts: [] } });

  const xavier = await signUp('xavier');
  await xavier.call('blockUser', { params: { userId: zeno.userId } });
  await report(xavier, user);
  expect((await xavier.call('getUser', { params: { userId: zeno.userId } })).status).toBe(404);
});

test('what one may not see is the same 404 as what does not exist', async () => {
  const eve = await signUp('eve');
  const frank = await signUp('frank');
  const grace = await signUp('grace');
  const chatId = await openDirect(frank, grace);
  const { seq } = await say(frank, chatId, 'личное');
  const erased = await signUp('erased');
  await erased.call('requestDeletion', { body: { password: erased.password } });
  await settle();
  const none = randomUUID();
  const subjects = [
    { kind: 'message', chatId, seq: Number(seq) },
    { kind: 'message', chatId: none, seq: 1 },
    { kind: 'chat', chatId },
    { kind: 'user', userId: erased.userId },
    { kind: 'user', userId: none },
    { kind: 'rating', ratingId: none },
    { kind: 'picture', mediaId: none, userId: frank.userId },
    { kind: 'picture', mediaId: none, chatId, seq: Number(seq) },
  ];
  for (const subject of subjects) {
    const { status, body } = await eve.call('createReport', { body: { subject, reason: 'spam' } });
    expect([subject.kind, status, String(body.code)]).toEqual([subject.kind, 404, 'subject_not_found']);
  }
});

test('a bad shape, oneself, and who may not report are refused', async () => {
  const henry = await signUp('henry');
  const bad: unknown[] = [
    { subject: { kind: 'user' }, reason: 'spam' },
    { subject: { kind: 'user', userId: henry.userId }, reason: 'spam' },
    { subject: { kind: 'message', chatId: randomUUID() }, reason: 'spam' },
    { subject: { kind: 'user', userId: randomUUID(), seq: 1 }, reason: 'spam' },
    { subject: { kind: 'user', userId: randomUUID() }, reason: 'boredom' },
    { reason: 'spam' },
  ];
  for (const body of bad) expect((await henry.call('createReport', { body })).status).toBe(400);
  const guest = await server.nobody.call('createGuest', { body: {} });
  const headers = { authorization: `Bearer ${String(guest.body.tokens?.accessToken)}` };
  const body = { subject: { kind: 'user', userId: henry.userId }, reason: 'spam' };
  expect((await server.nobody.call('createReport', { body, headers })).status).toBe(403);
  expect((await server.nobody.call('createReport', { body })).status).toBe(401);
});

test('the same report is one, by key and by content, also when sent many times at once', async () => {
  const ivan = await signUp('ivan');
  const judy = await signUp('judy');
  const body = { subject: { kind: 'user', userId: judy.userId }, reason: 'spam' };
  const headers = { 'idempotency-key': 'report-1' };
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, () => ivan.call('createReport', { body, headers })),
    ...Array.from({ length: 5 }, () => ivan.call('createReport', { body })),
  ]);
  expect(new Set(answers.map((answer) => String(answer.body.report?.reportId))).size).toBe(1);
  expect(answers[0]?.body.suggest).toEqual(['block', 'hide']);
  const mod2 = await modAgain();
  expect(await findCaseAbout(mod2, judy)).toMatchObject({ reportCount: 1 });
});

test('reports of many about one person fold into one case, also at once', async () => {
  const kate = await signUp('kate');
  const reporters = await Promise.all(Array.from({ length: 6 }, (_, i) => signUp(`reporter${i}`)));
  await Promise.all(reporters.map((reporter) => reportUser(reporter, kate, { reason: 'spam' })));
  const mod2 = await modAgain();
  expect(await findCaseAbout(mod2, kate)).toMatchObject({ reportCount: 6, priority: 6 });
});

test('twenty reports a day, no more', async () => {
  const leo = await signUp('leo');
  const others = await Promise.all(Array.from({ length: 21 }, (_, i) => signUp(`other${i}`)));
  for (const other of others.slice(0, 20)) await reportUser(leo, other);
  const body = { subject: { kind: 'user', userId: others[20]?.userId }, reason: 'spam' };
  const refused = await leo.call('createReport', { body });
  expect(refused).toMatchObject({ status: 429, body: { code: 'report_quota_reached' } });
  expect(refused.headers.get('retry-after')).toBe('86400');
  clock.advance(86_401);
  expect((await (await leo.signInAgain()).call('createReport', { body })).status).toBe(201);
});

/** The clock has gone on, and with it the token. */
const modAgain = () => signInAs(server, 'mod', mod.password);
