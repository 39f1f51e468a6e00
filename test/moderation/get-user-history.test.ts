import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const bob = await server.signUp('bob');

test('sanctions, cases and what came of their own reports', async () => {
  await reportUser(alice, bob);
  await mod.call('resolveCase', { params: await caseAbout(mod, bob), body: { action: 'warn', words: 'Не надо так.' } });
  const about = await mod.call('getUserHistory', { params: { userId: bob.userId } });
  expect(about.body).toMatchObject({
    user: { username: 'bob' },
    isActive: true,
    sanctions: [{ kind: 'warning', words: 'Не надо так.', imposedBy: mod.userId, isActive: true }],
    cases: [{ action: 'warn' }],
    reportsMade: { upheld: 0, dismissed: 0, waiting: 0 },
  });
  const of = await mod.call('getUserHistory', { params: { userId: alice.userId } });
  expect(of.body).toMatchObject({ reportsMade: { upheld: 1 }, cases: [] });
  expect((await mod.call('getUserHistory', { params: { userId: randomUUID() } })).status).toBe(404);
  expect((await alice.call('getUserHistory', { params: { userId: bob.userId } })).status).toBe(403);
});
