import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { type Body } from '../helpers/client.ts';
import { dumpDatabase, leaveTraces, personalTexts, writtenTexts } from '../helpers/traces.ts';

const server = await startApp();
const { app, clock, db, settle, dataDir, nobody } = server;

/** Words of the catalogue are nobody's. */
const planted = Object.entries(personalTexts).filter(([name]) => name !== 'rank');

/** Where a text stands: a table of the database, or a file. Letters that left stand in for other people's mailboxes. */
async function findTraces(text: string): Promise<string[]> {
  const tables = [...(await dumpDatabase(db.read))].flatMap(([table, rows]) =>
    rows.some((row) => row.includes(text)) ? [table] : [],
  );
  const files = globSync('**/*', { cwd: dataDir })
    .filter((path) => !path.startsWith('mail') && statSync(join(dataDir, path)).isFile())
    .filter((path) => readFileSync(join(dataDir, path)).includes(text));
  return [...tables, ...files];
}

test('after a deletion nothing personal is left anywhere; what was said to others stays without a name', async () => {
  const person = await leaveTraces(server);
  await person.call('requestExport');
  await settle();
  for (const [name, text] of planted) expect([name, await findTraces(text)]).not.toEqual([name, []]);
  // A letter that nobody could deliver, and a request for recovery that failed, wait for somebody to look at them.
  for (const [kind, payload] of [
    ['accounts.mail', { to: personalTexts.email, name: 'recovery', locale: 'en', values: {} }],
    ['accounts.recovery', { identifier: personalTexts.username }],
  ] as const) {
    const now = new Date();
    await db.statement
      .insertInto('jobs')
      .values({ job_id: crypto.randomUUID(), kind, payload: JSON.stringify(payload), created_at: now, run_at: now })
      .execute();
  }
  await db.statement.updateTable('jobs').set({ failed_at: new Date() }).execute();

  expect((await person.call('requestDeletion', { body: { password: person.password } })).status).toBe(202);
  await settle();
  // Evidence, and what was said to the staff with it, stays until retention ends: leaving is no way out of a case.
  for (const [name, text] of planted) {
    const tables = await findTraces(text);
    expect([name, tables.filter((table) => table !== 'reports')]).toEqual([name, []]);
  }
  for (const [name, text] of Object.entries(writtenTexts)) {
    const tables = await findTraces(text);
    expect([
      name,
      tables.length > 0 && tables.every((table) => /^(chats|messages|message_versions|parties|reports)$/.test(table)),
    ]).toEqual([name, true]);
  }
  const rows = [...(await dumpDatabase(db.read))].flatMap(([table, all]) =>
    all.some((row) => row.includes(person.userId)) ? [table] : [],
  );
  // The tombstone, and what belongs to the chats of others. Pictures lie without a reference until they are collected.
  const kept = ['accounts', 'chat_invites', 'chat_members', 'chats', 'media', 'messages', 'message_reactions'];
  const log = ['message_versions', 'outbox_events', 'poll_votes'];
  // That there were cases and what came of them, and what the person did when on the staff.
  const staff = ['case_notes', 'moderation_cases', 'reports', 'sanctions', 'staff_acts', 'text_rules'];
  expect(rows.filter((table) => ![...kept, ...log, ...staff].includes(table))).toEqual([]);

  await db.statement
    .updateTable('moderation_cases')
    .set({ state: 'resolved', resolved_at: clock.now() })
    .where('state', '=', 'open')
    .execute();
  clock.advance(180 * 86_400);
  await app.moderation.chores.find(({ name }) => name === 'moderation.purge-evidence')?.run();
  for (const [name, text] of planted) expect([name, await findTraces(text)]).toEqual([name, []]);
  for (const text of Object.values(writtenTexts)) expect(await findTraces(text)).not.toContain('reports');
});

test('to others the person is gone, and their ratings with them', async () => {
  const { body } = await nobody.call('login', { body: { login: 'friend', password: 'friend likes long passwords' } });
  const headers = { authorization: `Bearer ${body.tokens?.accessToken}` };
  const call = (operationId: string, input = {}) => nobody.call(operationId, { ...input, headers });
  expect((await call('listMyTeammates')).body.items).toEqual([]);
  expect((await call('getUserByUsername', { params: { username: personalTexts.username } })).status).toBe(404);
  const chats = (await call('listChats')).body.items as unknown as Body[];
  expect(JSON.stringify(chats)).not.toContain(personalTexts.username);
  expect(chats.length).toBeGreaterThan(0);
  expect(await db.read.selectFrom('ratings').selectAll().execute()).toEqual([]);
});
