import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openAccepted, readHistory, say, textsOf } from '../helpers/chats.ts';
import { caseAbout } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, settle, mailsTo } = server;
const signUp = openVerified(server);

test('a report leads to a ban, the ban to an appeal, and the appeal back in', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const [mia, max] = [await hire(server, 'mia', 'moderator'), await hire(server, 'max', 'moderator')];
  const chatId = await openAccepted(bob, alice);
  const [hers, his] = [await alice.connect(), await bob.connect()];
  const { seq } = await say(bob, chatId, 'I know where you live');
  await hers.next('message.created');

  // Alice reports it.
  const subject = { kind: 'message', chatId, seq };
  const reported = await alice.call('createReport', { body: { subject, reason: 'threats', comment: 'Help me.' } });
  expect(reported).toMatchObject({ status: 201, body: { report: { state: 'open' }, suggest: ['block', 'hide'] } });

  // Mia takes the case, looks at the evidence, and decides.
  const params = await caseAbout(mia, bob);
  expect((await mia.call('claimCase', { params })).status).toBe(200);
  const { body: shown } = await mia.call('getCase', { params });
  expect(JSON.stringify(shown)).toContain('I know where you live');
  expect((await max.call('resolveCase', { params, body: { action: 'dismiss' } })).status).toBe(409);
  const words = 'Threats are never fine here.';
  const body = { action: 'ban', words, removeContent: true };
  expect((await mia.call('resolveCase', { params, body })).body).toMatchObject({ state: 'resolved', action: 'ban' });

  // The words are gone and Alice is told; Bob is out at once and has a letter.
  await hers.next('message.deleted');
  expect(textsOf(await readHistory(alice, chatId))).not.toContain('I know where you live');
  expect(await his.closed).toBe(4003);
  await settle();
  const { reportId } = listOf((await alice.call('listMyReports')).body.items)[0] ?? {};
  expect(listOf((await alice.call('listNotifications')).body.items)).toContainEqual(
    expect.objectContaining({ kind: 'moderation', reportId, title: 'Your report was looked at', isRead: false }),
  );
  expect((await bob.call('listChats')).status).toBe(401);
  const credentials = { login: 'bob', password: bob.password };
  expect((await nobody.call('login', { body: credentials })).status).toBe(403);
  expect((await mailsTo('bob@example.com')).at(-1)?.text).toContain(words);

  // Bob gets in to appeal, and to nothing else.
  const signedIn = await nobody.call('signInToAppeal', { body: credentials });
  const toAppeal = server.visit({ ...bob, token: String(signedIn.body.tokens?.accessToken) });
  expect((await toAppeal.call('listChats')).status).toBe(403);
  const [sanction] = listOf((await toAppeal.call('listMySanctions')).body.items);
  expect(sanction).toMatchObject({ kind: 'ban', words, canAppeal: true });
  const appeal = { sanctionId: sanction?.sanctionId, text: 'It was a line of our favourite film.' };
  expect((await toAppeal.call('createAppeal', { body: appeal })).status).toBe(201);

  // Another moderator sees it as he does.
  const [waiting] = listOf((await max.call('listAppeals')).body.items);
  expect(waiting).toMatchObject({ appeal: { text: appeal.text }, sanction: { kind: 'ban' }, canDecide: true });
  const decision = { decision: 'lifted', answer: 'We know the film, too.' };
  const appealParams = { appealId: String(waiting?.appeal?.appealId) };
  expect((await mia.call('decideAppeal', { params: appealParams, body: decision })).status).toBe(403);
  expect((await max.call('decideAppeal', { params: appealParams, body: decision })).status).toBe(200);

  // He is back, and finds the answer in his feed.
  const back = await bob.signInAgain();
  await settle();
  expect((await back.call('listChats')).status).toBe(200);
  const feed = listOf((await back.call('listNotifications')).body.items);
  const news = feed.find(({ appealId }) => String(appealId) === appealParams.appealId);
  expect(news).toMatchObject({ kind: 'moderation', ...appealParams, title: 'Your appeal was decided' });
  expect(news?.text).toContain(decision.answer);
  const socket = await back.connect();
  await say(back, chatId, 'Sorry for that.');
  expect(await hers.next('message.created')).toMatchObject({ data: { text: 'Sorry for that.' } });
  for (const open of [hers, socket]) open.close();
});
