import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { settle, db } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const rule = { kind: 'root', language: 'en', text: 'Zorg', action: 'block', exceptions: ['zorgon'] };
const setBio = async (bio: string) => (await alice.call('updateMyProfile', { body: { bio } })).status;

test('a rule is in force once the event has come round, on another node too, and is written down', async () => {
  const other = await startApp({}, { beside: server });
  expect(await setBio('I am a zorgling')).toBe(200);
  const made = await mod.call('createTextRule', { body: rule });
  expect(made).toMatchObject({ status: 201, body: { text: 'zorg', createdBy: mod.userId } });
  await Promise.all([settle(), other.settle()]);
  expect(await setBio('I am a zorgling')).toBe(422);
  expect(await setBio('I am a Z.0.R.G')).toBe(422);
  expect(await setBio('From Zorgon')).toBe(200);
  const there = await other.visit(alice).call('updateMyProfile', { body: { bio: 'zorg' } });
  expect(there.status).toBe(422);
  expect((await mod.call('createTextRule', { body: rule })).body).toMatchObject({ code: 'text_rule_exists' });
  const acts = await db.read.selectFrom('staff_acts').select(['act', 'details']).execute();
  expect(acts).toMatchObject([{ act: 'text_rule.added', details: { after: { text: 'zorg' } } }]);
});

test('a mask puts stars, a bad shape and a missing right are refused', async () => {
  await mod.call('createTextRule', { body: { kind: 'word', language: 'ru', text: 'клятва', action: 'mask' } });
  await settle();
  const { body } = await alice.call('updateMyProfile', { body: { bio: 'Моя клятва и клятвы' } });
  expect(String(body.bio)).toBe('Моя ****** и клятвы');
  for (const bad of [
    { ...rule, text: 'two words' },
    { ...rule, language: 'ru' },
    { ...rule, action: 'burn' },
    { ...rule, text: 'a' },
  ])
    expect((await mod.call('createTextRule', { body: bad })).status).toBe(400);
  expect((await alice.call('createTextRule', { body: rule })).status).toBe(403);
  expect(listOf((await mod.call('listTextRules')).body.items)).toHaveLength(2);
});
