import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp } = server;
const mod = await hire(server, 'mod', 'moderator');

test('one sees the own reports alone, page by page, with the outcome in words of both languages', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const others = await Promise.all(['carol', 'dave', 'erin'].map((name) => signUp(name)));
  for (const other of others) await reportUser(alice, other);
  const first = await alice.call('listMyReports', { query: { limit: 2 } });
  const rest = await alice.call('listMyReports', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  const seen = [...listOf(first.body.items), ...listOf(rest.body.items)].map(({ subject }) => String(subject?.userId));
  expect(seen.toSorted()).toEqual(others.map(({ userId }) => userId).toSorted());
  expect(listOf((await bob.call('listMyReports')).body.items)).toEqual([]);
  expect((await alice.call('listMyReports', { query: { cursor: 'forged' } })).status).toBe(400);

  const [carol] = others;
  if (!carol) throw new Error('nobody');
  await mod.call('resolveCase', { params: await caseAbout(mod, carol), body: { action: 'warn' } });
  const headers = { 'accept-language': 'ru' };
  const told = listOf((await alice.call('listMyReports', { headers })).body.items);
  expect(told.map(({ outcomeText }) => outcomeText).filter(Boolean)).toEqual([
    'Вы были правы: мы приняли меры. Спасибо за помощь.',
  ]);
});
