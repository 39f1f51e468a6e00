import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { caseAbout, inHours, reportUser } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { signUp, clock, app, nobody, db, mailsTo } = server;
const signUpVerified = openVerified(server);
const { password } = await hire(server, 'mod', 'moderator');
const asMod = () => signInAs(server, 'mod', password);
const suspend = async ({ userId }: Person) =>
  (await asMod()).call('imposeSanction', {
    body: { userId, kind: 'suspension', reason: 'scam', until: inHours(clock, 2) },
  });
const resolve = async (person: Person, body: object) => {
  const moderator = await asMod();
  const params = await caseAbout(moderator, person);
  expect((await moderator.call('resolveCase', { params, body })).status).toBe(200);
};
const leave = async (person: Person, headers = {}) => {
  const answer = await person.call('requestDeletion', { body: { password: person.password }, headers });
  expect(answer.status).toBe(202);
};
const hashes = () => db.read.selectFrom('banned_identifiers').select('ends_at').execute();
let tries = 0;
/** Whether the address of somebody who has left gets a code for another account. */
const isWelcome = async ({ username }: Person) => {
  tries += 1;
  // The same address in letters of another size, so that each letter has a mailbox of its own here.
  const name = Array.from(username, (letter, place) => (tries & (1 << place) ? letter.toUpperCase() : letter)).join('');
  const email = `${name}@example.com`;
  await signUp(`try_${tries}`, { email });
  return (await mailsTo(email)).length > 0;
};

test('whoever leaves while suspended is known until the suspension ends, and not longer', async () => {
  const alice = await signUpVerified('alice');
  await suspend(alice);
  expect(await isWelcome(alice)).toBe(false);
  const { body } = await nobody.call('signInToAppeal', { body: { login: 'alice', password: alice.password } });
  await leave(alice, { authorization: `Bearer ${String(body.tokens?.accessToken)}` });
  expect(await isWelcome(alice)).toBe(false);
  clock.advance(2 * 3_600);
  expect(await isWelcome(alice)).toBe(true);
  await app.accounts.keepHouse();
  expect(await hashes()).toEqual([]);
});

test('whoever leaves while a case is open is known until it is decided, and as long as is decided then', async () => {
  const carol = await signUp('carol');
  const [innocent, banned] = [await signUpVerified('bob'), await signUpVerified('dave')];
  for (const person of [innocent, banned]) {
    await reportUser(carol, person);
    await leave(person);
    expect(await isWelcome(person)).toBe(false);
  }
  await resolve(innocent, { action: 'dismiss' });
  await resolve(banned, { action: 'ban', reason: 'scam' });
  expect(await isWelcome(innocent)).toBe(true);
  clock.advance(365 * 86_400);
  expect(await isWelcome(banned)).toBe(false);
});

test('nothing is kept of those who leave in peace', async () => {
  const before = await hashes();
  await leave(await signUpVerified('erin'));
  expect(await hashes()).toEqual(before);
});
