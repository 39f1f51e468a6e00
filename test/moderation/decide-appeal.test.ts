import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { clock, db, mailsTo } = server;
const signUp = openVerified(server);
const one = await hire(server, 'one', 'moderator');
const other = await hire(server, 'other', 'moderator');

async function appealBy(person: Person) {
  const body = { userId: person.userId, kind: 'mute', reason: 'harassment', until: inHours(clock, 1) };
  const { sanctionId } = (await one.call('imposeSanction', { body })).body;
  const appeal = await person.call('createAppeal', { body: { sanctionId, text: 'Это цитата.' } });
  return { appealId: String(appeal.body.appealId) };
}
const decide = (by: typeof one, params: { appealId: string }, decision: string) =>
  by.call('decideAppeal', { params, body: { decision, answer: 'Мы посмотрели ещё раз.' } });

test('another moderator lifts it: the person writes again and is told in their language', async () => {
  const alice = await signUp('alice', { locale: 'ru' });
  const params = await appealBy(alice);
  expect((await alice.call('createChat', { body: { title: 'x', memberIds: [] } })).body).toMatchObject({
    code: 'muted',
  });
  expect((await decide(one, params, 'lifted')).body).toMatchObject({ code: 'another_moderator' });
  const decided = await decide(other, params, 'lifted');
  expect(decided).toMatchObject({ status: 200, body: { decision: 'lifted' } });
  expect((await alice.call('createChat', { body: { title: 'x', memberIds: [] } })).status).toBe(201);
  expect((await decide(other, params, 'upheld')).body).toMatchObject({ code: 'appeal_decided' });
  const letters = (await mailsTo('alice@example.com')).filter(({ subject }) => subject.includes('обжалование'));
  expect(letters.map(({ text }) => text)).toEqual([expect.stringContaining('Мы посмотрели ещё раз.')]);
  expect(JSON.stringify(await mailsTo('alice@example.com'))).not.toContain('Ограничение снято');
  const [event] = await db.read
    .selectFrom('outbox_events')
    .select('payload')
    .where('type', '=', 'moderation.appeal_decided')
    .execute();
  expect(event?.payload).toMatchObject({
    accountId: alice.userId,
    decision: 'lifted',
    title: 'Ваше обжалование рассмотрено',
  });
  const acts = await db.read.selectFrom('staff_acts').select(['act', 'actor_id']).execute();
  expect(acts).toContainEqual({ act: 'appeal.decided', actor_id: other.userId });
});

test('it stays when it was right', async () => {
  const bob = await signUp('bob');
  const params = await appealBy(bob);
  expect((await decide(other, params, 'upheld')).status).toBe(200);
  expect((await bob.call('createChat', { body: { title: 'x', memberIds: [] } })).status).toBe(403);
  expect((await bob.call('listMySanctions')).body).toMatchObject({
    items: [{ appeal: 'upheld', appealAnswer: 'Мы посмотрели ещё раз.', isActive: true }],
  });
});

test('a bad shape, no appeal, and no right are refused', async () => {
  const carol = await signUp('carol');
  const params = await appealBy(carol);
  expect((await decide(other, params, 'maybe')).status).toBe(400);
  expect((await decide(other, { appealId: randomUUID() }, 'lifted')).status).toBe(404);
  const body = { decision: 'lifted', answer: 'x' };
  expect((await carol.call('decideAppeal', { params, body })).status).toBe(403);
});
