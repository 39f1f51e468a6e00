import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { clock } = server;
const mod = await hire(server, 'mod', 'moderator');

test('one sees what was decided about oneself, not by whom, and when it is over', async () => {
  const alice = await server.signUp('alice');
  const bob = await server.signUp('bob');
  const until = inHours(clock, 0.1);
  const body = { userId: alice.userId, kind: 'mute', reason: 'spam', until, words: 'Too many links.' };
  await mod.call('imposeSanction', { body });
  const [mine] = listOf((await alice.call('listMySanctions')).body.items);
  expect(mine).toMatchObject({
    kind: 'mute',
    words: 'Too many links.',
    endsAt: until,
    isActive: true,
    reasonText: 'spam',
  });
  expect(JSON.stringify(mine)).not.toContain(mod.userId);
  expect(listOf((await bob.call('listMySanctions')).body.items)).toEqual([]);
  clock.advance(360);
  expect(listOf((await alice.call('listMySanctions')).body.items)).toMatchObject([
    { isActive: false, canAppeal: false },
  ]);
  expect((await server.nobody.call('listMySanctions')).status).toBe(401);
});
