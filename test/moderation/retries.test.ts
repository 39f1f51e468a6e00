import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { caseAbout, inHours, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { clock, db, mailsTo } = server;
const mod = await hire(server, 'mod', 'moderator');
const chief = await hire(server, 'chief');
const [alice, bob] = [await openVerified(server)('alice'), await server.signUp('bob')];
await reportUser(bob, alice);
const params = await caseAbout(mod, alice);
const until = inHours(clock, 1);
const { body: warning } = await mod.call('imposeSanction', {
  body: { userId: bob.userId, kind: 'warning', reason: 'spam' },
});

test.each([
  ['imposeSanction', mod, { body: { userId: alice.userId, kind: 'mute', reason: 'spam', until } }],
  ['addCaseNote', mod, { params, body: { text: 'Look at June, too.' } }],
  ['createTextRule', mod, { body: { kind: 'word', language: 'en', text: 'zorg', action: 'mask' } }],
  ['createUser', chief, { body: { username: 'mary', email: 'mary@example.com', role: 'user' } }],
  ['createAppeal', bob, { body: { sanctionId: warning.sanctionId, text: 'It was not me.' } }],
])('%s that is sent again with its key gives the first answer, also at once', async (operationId, who, input) => {
  const headers = { 'idempotency-key': 'pressed once' };
  const send = () => who.call(operationId, { ...input, headers });
  const answers = [...(await Promise.all([send(), send()])), await send()];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('nothing was done twice', async () => {
  const sanctions = await db.read
    .selectFrom('sanctions')
    .select('kind')
    .where('account_id', '=', alice.userId)
    .execute();
  const notes = await db.read.selectFrom('case_notes').select('text').execute();
  expect([sanctions, notes]).toEqual([[{ kind: 'mute' }], [{ text: 'Look at June, too.' }]]);
  const letters = (await mailsTo('alice@example.com')).map(({ subject }) => subject);
  expect(letters.filter((subject) => subject === 'A decision of our moderators')).toHaveLength(1);
});
