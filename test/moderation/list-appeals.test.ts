import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { clock, signUp } = server;
const one = await hire(server, 'one', 'moderator');
const other = await hire(server, 'other', 'moderator');

test('appeals that wait, the oldest first, page by page; decided ones are gone', async () => {
  const people = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  for (const person of people) {
    const body = { userId: person.userId, kind: 'warning', reason: 'spam' };
    const { sanctionId } = (await one.call('imposeSanction', { body })).body;
    await person.call('createAppeal', { body: { sanctionId, text: `${person.username} не согласен` } });
    clock.advance(1);
  }
  const first = await other.call('listAppeals', { query: { limit: 2 } });
  const rest = await other.call('listAppeals', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  const all = [...listOf(first.body.items), ...listOf(rest.body.items)];
  expect(all.map(({ appeal }) => String(appeal?.userId))).toEqual(people.map(({ userId }) => userId));
  expect(all.map(({ canDecide }) => canDecide)).toEqual([true, true, true]);
  const own = await one.call('listAppeals');
  expect(listOf(own.body.items).map(({ canDecide }) => canDecide)).toEqual([false, false, false]);
  const params = { appealId: String(all[0]?.appeal?.appealId) };
  await other.call('decideAppeal', { params, body: { decision: 'upheld', answer: 'Нет.' } });
  expect(listOf((await other.call('listAppeals')).body.items)).toHaveLength(2);
  expect((await people[0]?.call('listAppeals'))?.status).toBe(403);
});

test('whoever appealed among the staff does not see who decided', async () => {
  const chief = await hire(server, 'chief');
  const body = { userId: one.userId, kind: 'warning', reason: 'other' };
  const { sanctionId } = (await chief.call('imposeSanction', { body })).body;
  const appeal = await one.call('createAppeal', { body: { sanctionId, text: 'Я не согласен' } });
  expect(appeal.status).toBe(201);
  const userIdsFor = async ({ call }: typeof one) =>
    listOf((await call('listAppeals')).body.items).map((item) => String(item.appeal?.userId));
  expect(await userIdsFor(one)).not.toContain(one.userId);
  expect(await userIdsFor(other)).toContain(one.userId);
});
