import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { db, settle, signUp } = server;
const mod = await hire(server, 'mod', 'moderator');

const isInLog = async (text: string): Promise<boolean> => {
  const { rows } = await sql<{ is_there: boolean }>`
    select exists (
      select from outbox_events where payload::text like ${`%${text}%`}
      union all select from outbox_dead_letters where payload::text like ${`%${text}%`}
    ) as is_there`.execute(db.read);
  return rows[0]?.is_there ?? false;
};

test('what the log of events quotes of a person goes with the account; what it says of others stays', async () => {
  await mod.call('createTextRule', {
    body: { kind: 'word', language: 'en', text: 'zzheld', action: 'hold', exceptions: [] },
  });
  await settle();
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await alice.call('updateMyProfile', { body: { bio: 'zzheld of alice' } });
  await bob.call('updateMyProfile', { body: { bio: 'zzheld of bob' } });
  await settle();
  await db.statement
    .insertInto('outbox_dead_letters')
    .values({
      consumer: 'test',
      event_id: 1,
      type: 'moderation.text_held',
      payload: JSON.stringify({ accountId: alice.userId, text: 'zzheld of alice' }),
      error: '',
    })
    .execute();
  expect([await isInLog('zzheld of alice'), await isInLog('zzheld of bob')]).toEqual([true, true]);
  await alice.call('requestDeletion', { body: { password: alice.password } });
  await settle();
  expect([await isInLog('zzheld of alice'), await isInLog('zzheld of bob')]).toEqual([false, true]);
  // Leaving is no way out of a case.
  const { body } = await mod.call('listCases', { query: { kind: 'review', accusedId: alice.userId } });
  expect(JSON.stringify(body.items)).toContain(alice.userId);
});
