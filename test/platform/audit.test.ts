import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rolesOf } from '#modules/accounts/index.ts';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import type { Answer, Body } from '../helpers/client.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { db, clock } = server;
const signUp = openVerified(server);
const chief = await hire(server, 'chief');
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');

type Operation = { operationId: string; 'x-access': string };
const document = server.app.document as { paths: Record<string, Record<string, Operation>> };

/** What only staff may do and what changes something. */
const staffWrites = Object.values(document.paths).flatMap((methods) =>
  Object.entries(methods)
    .filter(([method, operation]) => method !== 'get' && !rolesOf(operation['x-access']).includes('user'))
    .filter(([, operation]) => rolesOf(operation['x-access']).length > 0)
    .map(([, { operationId }]) => operationId),
);

const countActs = async () =>
  Number((await sql<{ n: number }>`select count(*) as n from staff_acts`.execute(db.read)).rows[0]?.n);
const as = (who: typeof chief, operationId: string, input: object) => who.call(operationId, input);
const warn = async () => {
  const body = { userId: bob.userId, kind: 'warning', reason: 'spam' };
  return String((await as(mod, 'imposeSanction', { body })).body.sanctionId);
};
const freshCase = async () => {
  await reportUser(alice, carol);
  return caseAbout(mod, carol);
};
const newGame = (gameId: string) =>
  as(mod, 'createGame', {
    body: { gameId, name: { en: gameId }, genres: ['shooter'], platforms: ['windows'] },
  });
const suggest = async (name: string) => {
  const { body } = await alice.call('suggestGame', { body: { name } });
  return { suggestionId: String(body.suggestion?.suggestionId) };
};
const newRule = (text: string) =>
  as(mod, 'createTextRule', { body: { kind: 'word', language: 'en', text, action: 'mask' } });

/** One successful call of each. A new staff operation is added here, or the test below fails. */
const calls: Record<string, () => Promise<Answer>> = {
  createUser: () => as(chief, 'createUser', { body: { username: 'dora', email: 'dora@example.com', role: 'user' } }),
  updateUser: () =>
    as(chief, 'updateUser', { params: { userId: bob.userId }, body: { state: 'suspended', reason: 'test' } }),
  endUserSessions: () =>
    as(chief, 'endUserSessions', { params: { userId: bob.userId }, query: { reason: 'lost phone' } }),
  startAssistedRecovery: () =>
    as(chief, 'startAssistedRecovery', {
      params: { userId: alice.userId },
      body: { email: 'new@example.com', reason: 'lost the mailbox' },
    }),
  async retryFailedJob() {
    const jobId = '01900000-0000-7000-8000-000000000001';
    const at = clock.now();
    await sql`
      insert into jobs (job_id, kind, payload, created_at, run_at, failed_at, tries)
      values (${jobId}, 'accounts.erase', '{}', ${at}, ${at}, ${at}, 14)`.execute(db.statement);
    return as(chief, 'retryFailedJob', { params: { jobId } });
  },
  claimCase: async () => as(mod, 'claimCase', { params: await freshCase() }),
  releaseCase: async () => as(mod, 'releaseCase', { params: await caseAbout(mod, carol) }),
  addCaseNote: async () => as(mod, 'addCaseNote', { params: await caseAbout(mod, carol), body: { text: 'look' } }),
  resolveCase: async () => as(mod, 'resolveCase', { params: await freshCase(), body: { action: 'warn' } }),
  imposeSanction: () => as(mod, 'imposeSanction', { body: { userId: carol.userId, kind: 'warning', reason: 'spam' } }),
  liftSanction: async () =>
    as(mod, 'liftSanction', { params: { sanctionId: await warn() }, query: { reason: 'mistake' } }),
  async decideAppeal() {
    const dave = await signUp('dave');
    const imposed = { userId: dave.userId, kind: 'warning', reason: 'spam' };
    const { sanctionId } = (await as(mod, 'imposeSanction', { body: imposed })).body;
    const { body } = await dave.call('createAppeal', { body: { sanctionId, text: 'no' } });
    const params = { appealId: String(body.appealId) };
    return as(chief, 'decideAppeal', { params, body: { decision: 'upheld', answer: 'yes' } });
  },
  createGame: () => newGame('zorg'),
  updateGame: () => as(mod, 'updateGame', { params: { gameId: 'zorg' }, body: { aliases: ['зорг'] } }),
  mergeGame: async () => {
    await newGame('zorg-two');
    return as(mod, 'mergeGame', { params: { gameId: 'zorg-two' }, body: { intoGameId: 'zorg' } });
  },
  deleteGame: () => as(mod, 'deleteGame', { params: { gameId: 'zorg' } }),
  createGenre: () => as(mod, 'createGenre', { body: { genreId: 'zorging', name: { en: 'Zorging' } } }),
  updateGenre: () => as(mod, 'updateGenre', { params: { genreId: 'zorging' }, body: { name: { en: 'Zorg' } } }),
  deleteGenre: () => as(mod, 'deleteGenre', { params: { genreId: 'zorging' } }),
  acceptGameSuggestion: async () =>
    as(mod, 'acceptGameSuggestion', { params: await suggest('Zorg III'), body: { gameId: 'dota-2' } }),
  declineGameSuggestion: async () =>
    as(mod, 'declineGameSuggestion', { params: await suggest('Zorg IV'), body: { reason: 'no' } }),
  createTextRule: () => newRule('zorg'),
  deleteTextRule: async () =>
    as(mod, 'deleteTextRule', { params: { ruleId: String((await newRule('zorgon')).body.ruleId) } }),
};

test('every staff operation that changes something is called below', () => {
  expect(staffWrites.length).toBeGreaterThan(10);
  expect(Object.keys(calls).toSorted()).toEqual(staffWrites.toSorted());
});

test.each(Object.keys(calls))('%s is written down, with who did it', async (operationId) => {
  const before = await countActs();
  const { status } = (await calls[operationId]?.()) ?? { status: 0 };
  expect([operationId, status >= 200 && status < 300]).toEqual([operationId, true]);
  expect(await countActs()).toBeGreaterThan(before);
  const latest = await db.read.selectFrom('staff_acts').select('actor_id').execute();
  expect(latest.every(({ actor_id }) => [chief.userId, mod.userId].includes(actor_id))).toBe(true);
});

test('what it was before and after stands in the act, and why', async () => {
  const dora = await signUp('dora_mute');
  const call = async (operationId: string, input: object, by = chief) => {
    // Acts of one moment have no order.
    clock.advance(1);
    const { status } = await as(by, operationId, input);
    expect([operationId, status >= 200 && status < 300]).toEqual([operationId, true]);
  };
  const params = { userId: dora.userId };
  const sanction = { userId: dora.userId, reason: 'spam' };
  await call('imposeSanction', { body: { ...sanction, kind: 'search_ban' } }, mod);
  await call('imposeSanction', { body: { ...sanction, kind: 'warning' } }, mod);
  await call('endUserSessions', { params, query: { reason: 'lost phone' } });
  for (const state of ['suspended', 'banned', 'active'])
    await call('updateUser', { params, body: { state, reason: state } });
  const acts = await db.read
    .selectFrom('staff_acts')
    .select(['act', 'reason', 'details'])
    .where('subject_id', '=', dora.userId)
    .orderBy('act_id')
    .execute();
  expect(acts).toMatchObject([
    { act: 'sanction.imposed', reason: 'spam', details: { before: [], after: ['search_ban'] } },
    { act: 'sanction.imposed', reason: 'spam', details: { before: ['search_ban'], after: ['search_ban', 'warning'] } },
    { act: 'account.signed_out', reason: 'lost phone', details: { before: { sessions: 1 }, after: { sessions: 0 } } },
    { act: 'account.suspended', details: { before: { state: 'active' }, after: { state: 'suspended' } } },
    { act: 'account.banned', details: { before: { state: 'suspended' }, after: { state: 'banned' } } },
    { act: 'account.restored', details: { before: { state: 'banned' }, after: { state: 'active' } } },
  ]);
});

test('the log takes no change and no deletion, from the owner of the table either', async () => {
  const count = await countActs();
  for (const statement of [
    sql`update staff_acts set reason = 'nothing happened'`,
    sql`delete from staff_acts`,
    sql`truncate staff_acts`,
  ])
    await expect(statement.execute(db.statement)).rejects.toThrow('append-only');
  expect(await countActs()).toBe(count);
});

test('administrators read it by filters and page by page, and take it out as a stream', async () => {
  const list = async (query: object) => (await as(chief, 'listAuditLog', { query })).body;
  const actsOf = (body: Body) => listOf(body.items);
  expect(actsOf(await list({ act: 'text_rule.added' })).map(({ actorId }) => String(actorId))).toEqual([
    mod.userId,
    mod.userId,
  ]);
  expect(actsOf(await list({ actorId: chief.userId })).every(({ actorRole }) => String(actorRole) === 'admin')).toBe(
    true,
  );
  expect(actsOf(await list({ subjectId: carol.userId })).map(({ act }) => String(act))).toContain('case.resolved');
  expect(actsOf(await list({ to: new Date(0).toISOString() }))).toEqual([]);
  expect((await as(chief, 'listAuditLog', { query: { from: 'yesterday' } })).status).toBe(400);

  const all: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list({ limit: 7, ...(cursor !== undefined && { cursor }) });
    all.push(...actsOf(page).map(({ actId }) => String(actId)));
    if (page.nextCursor === undefined) break;
    cursor = String(page.nextCursor);
  }
  expect(new Set(all).size).toBe(await countActs());
  expect(all).toHaveLength(await countActs());

  const { status, headers, body } = await as(chief, 'exportAuditLog', { query: {} });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const lines = String(body).trimEnd().split('\n');
  expect(lines).toHaveLength(all.length + 1);
  expect(JSON.parse(lines.find((line) => line.includes('audit_log.exported')) ?? '{}')).toMatchObject({
    actorId: chief.userId,
  });
  expect((await as(mod, 'listAuditLog', {})).status).toBe(403);
  expect((await as(mod, 'exportAuditLog', {})).status).toBe(403);
});
