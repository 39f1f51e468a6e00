import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { caseAbout, report } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';

const server = await startApp();
const { app, clock } = server;
const mod = await hire(server, 'mod', 'moderator');
const purge = () => app.moderation.chores.find(({ name }) => name === 'moderation.purge-evidence')?.run();

test('180 days after the decision the quotation is gone; the hash stays, and so does an open case', async () => {
  const alice = await server.signUp('alice');
  const bob = await server.signUp('bob');
  const carol = await server.signUp('carol');
  const [first, second] = [await openDirect(alice, bob), await openDirect(alice, carol)];
  await say(bob, first, 'пакость');
  await say(carol, second, 'гадость');
  await report(alice, { kind: 'message', chatId: first, seq: 1 }, { comment: 'смотрите' });
  await report(alice, { kind: 'message', chatId: second, seq: 1 });
  const params = await caseAbout(mod, bob);
  await mod.call('resolveCase', { params, body: { action: 'dismiss' } });
  const waiting = await caseAbout(mod, carol);
  for (const which of [params, waiting]) await mod.call('addCaseNote', { params: which, body: { text: 'о нём' } });
  const read = async (which: { caseId: string }) => {
    const { body } = await (await signInAs(server, 'mod', mod.password)).call('getCase', { params: which });
    return listOf(body.reports)[0];
  };
  clock.advance(180 * 86_400 - 1);
  await purge();
  expect((await read(params))?.evidence).toBeDefined();
  clock.advance(1);
  await purge();
  const emptied = await read(params);
  expect(emptied?.evidence).toBeUndefined();
  expect(emptied?.comment).toBeUndefined();
  expect(String(emptied?.evidenceSha256)).toMatch(/^[\da-f]{64}$/);
  expect((await read(waiting))?.evidence).toBeDefined();
  const noted = await server.db.read.selectFrom('case_notes').select('case_id').execute();
  expect(noted).toEqual([{ case_id: waiting.caseId }]);
});
