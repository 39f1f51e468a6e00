import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { downloadExport } from '../helpers/exports.ts';
import {
  dumpDatabase,
  findPersonalTables,
  leaveTraces,
  personalTexts,
  staffTexts,
  writtenTexts,
} from '../helpers/traces.ts';

const server = await startApp();
const { clock, settle, signUp, db, dataDir, mailsTo, nobody } = server;
const archiveFiles = () => globSync('exports/**/*', { cwd: dataDir }).filter((path) => /\/\d+$/.test(path));

/** Texts in rows that name the person, which are not in the archive on purpose. */
const leftOut: Record<string, readonly string[]> = {
  // Secrets, and what only the machinery needs.
  accounts: ['password_hash', 'username_key', 'email_key'],
  account_codes: ['code_hash'],
  chat_members: ['own_xid', 'marks_xid'],
  hidden_messages: ['xid'],
  // Who on the staff did it is the staff's own business.
  assisted_recoveries: ['started_by'],
  account_exports: ['folder', 'state'],
  // What a chat is belongs to everybody in it.
  chats: ['direct_key', 'may_pin', 'may_write', 'may_invite', 'may_edit_info', 'may_mention_all'],
  // What the staff decide among themselves. Evidence quotes others; the person's own reports are looked for by their text.
  moderation_cases: ['case_id', 'kind', 'state', 'action', 'resolution_reason', 'resolved_by'],
  // An act in a case would tell that there is one.
  staff_acts: ['actor_id', 'act_id', 'act', 'details'],
  reports: [
    'report_id',
    'case_id',
    'reporter_id',
    'subject',
    'subject_kind',
    'subject_key',
    'reason',
    'comment',
    'evidence',
    'outcome',
  ],
  case_notes: ['note_id', 'case_id', 'text'],
  sanctions: ['case_id', 'imposed_by', 'lifted_by'],
  appeals: ['decided_by'],
  text_rules: ['rule_id', 'kind', 'language', 'text', 'action'],
  // Of use to Apple and to us only.
  devices: ['apns_token'],
  // What others are told of the person is in their feeds; what news is about is in its data.
  notifications: ['notification_id', 'kind', 'source'],
  // Gone within a day: who got the first words that a new account repeats.
  first_words: ['recipient_id'],
  // Gone within days, and made of what is in the archive.
  idempotency_keys: ['scope', 'key', 'request_hash', 'answer', 'created_at'],
  jobs: ['kind', 'payload', 'created_at', 'run_at', 'last_error'],
  outbox_events: ['transaction_id', 'type', 'payload', 'occurred_at'],
};

/** Written when a blocked person leaves, who then has no export any more. */
const AFTERWARDS = 'banned_identifiers';

test('every text in any row that names a person is in the export of that person; no hash is', async () => {
  const person = await leaveTraces(server);
  expect((await person.call('requestExport')).status).toBe(202);
  await settle();
  // A new table of people needs a trace in test/helpers/traces.ts, an exporter, and a listener that erases it.
  const dump = await dumpDatabase(db.read);
  const untried = (await findPersonalTables(db.read)).filter(
    (table) => table !== AFTERWARDS && !dump.get(table)?.some((row) => row.includes(person.userId)),
  );
  expect(untried, 'tables that no trace was left in').toEqual([]);
  const files = await downloadExport(server, person);
  const archive = Object.values(files).join('\n');
  for (const text of Object.values({ ...personalTexts, ...writtenTexts }).filter((word) => word !== 'zz_username'))
    expect([text, archive.includes(text)]).toEqual([text, true]);

  for (const text of Object.values(staffTexts)) expect([text, archive.includes(text)]).toEqual([text, false]);
  const { account_id: moderatorId } = await db.read
    .selectFrom('accounts')
    .select('account_id')
    .where('username', '=', 'moderator')
    .executeTakeFirstOrThrow();
  expect(archive).not.toContain(moderatorId);

  const missing: string[] = [];
  for (const [table, rows] of dump) {
    for (const row of rows.filter((text) => text.includes(person.userId))) {
      for (const [column, value] of Object.entries(JSON.parse(row) as Record<string, unknown>)) {
        if (leftOut[table]?.includes(column)) continue;
        for (const text of textsIn(value)) if (!archive.includes(text)) missing.push(`${table}.${column}: ${text}`);
      }
    }
  }
  expect(missing).toEqual([]);
  expect(archive).not.toMatch(/\$argon2|\\\\x[0-9a-f]{16}|"type":"Buffer"/);
  expect(Object.keys(files)).toContain(`media/${/"avatarId":"([^"]+)"/.exec(archive)?.[1]}.webp`);
  expect((await mailsTo(personalTexts.email)).at(-1)?.subject).toBe('Your data is ready');
});

/** The texts of a value that a person or another part of the service wrote. Moments are told in another form there. */
const textsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(textsIn);
  if (typeof value !== 'string' || value === '' || /^\\x|^\d{4}-\d\d-\d\dT/.test(value)) return [];
  return [JSON.stringify(value).slice(1, -1)];
};

test('one at a time, two a day, kept for seven days', async () => {
  const bob = await signUp('bob');
  expect((await bob.call('getExport')).body).toEqual({ state: 'none' });
  const [one, two] = await Promise.all([bob.call('requestExport'), bob.call('requestExport')]);
  expect([one.body, two.body]).toMatchObject([{ state: 'preparing' }, { state: 'preparing' }]);
  expect(
    await db.read.selectFrom('jobs').select('kind').where('kind', '=', 'accounts.make_export').execute(),
  ).toHaveLength(1);
  await settle();
  const { body: ready } = await bob.call('getExport');
  expect(new Date(String(ready.expiresAt)).getTime()).toBe(clock.now().getTime() + 7 * 86_400_000);
  clock.advance(600);
  const again = await bob.signInAgain();
  expect((await again.call('requestExport')).body.state).toBe('preparing');
  await settle();
  const third = await again.call('requestExport');
  expect(third.status).toBe(429);
  expect(Number(third.headers.get('retry-after'))).toBe(86_400 - 600);
  await downloadExport(server, again);

  clock.advance(7 * 86_400);
  const late = await again.signInAgain();
  expect((await late.call('getExport')).body).toEqual({ state: 'none' });
  await server.app.accounts.keepHouse();
  await settle();
  expect(
    await db.read.selectFrom('account_exports').selectAll().where('account_id', '=', bob.userId).execute(),
  ).toEqual([]);
});

test('the archive goes with the account, even one that is still being made', async () => {
  const carol = await signUp('carol');
  await carol.call('requestExport');
  await settle();
  const { body } = await carol.call('getExport');
  const before = archiveFiles();
  expect((await carol.call('requestDeletion', { body: { password: carol.password } })).status).toBe(202);
  await settle();
  expect((await nobody.raw(String(body.url))).status).toBe(404);
  expect(archiveFiles()).toHaveLength(before.length - 1);
  expect(existsSync(join(dataDir, 'exports', before.at(-1) ?? ''))).toBe(false);

  const dave = await signUp('dave');
  await dave.call('requestExport');
  await dave.call('requestDeletion', { body: { password: dave.password } });
  await settle();
  expect(archiveFiles()).toHaveLength(before.length - 1);
});

test('a guest gets what is held, too', async () => {
  const { body } = await nobody.call('createGuest', { body: { deviceName: 'a guest phone' } });
  const headers = { authorization: `Bearer ${body.tokens?.accessToken}` };
  const guest: Pick<Person, 'call'> = {
    call: (operationId, input = {}) => nobody.call(operationId, { ...input, headers }),
  };
  expect((await guest.call('requestExport')).status).toBe(202);
  await settle();
  expect((await downloadExport(server, guest))['accounts/sessions.json']).toContain('a guest phone');
});
