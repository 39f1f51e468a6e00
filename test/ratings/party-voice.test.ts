import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { join, openParty, playTogether } from '../helpers/parties.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';

const { app, db, signUp, clock } = await startApp();
const [MINUTE, DAY] = [60, 86_400];

const rate = async (from: Person, to: Person, stars = 5) => {
  const body = { play: stars, communication: stars, reliability: stars, friendliness: stars };
  return (await from.call('rateUser', { params: { userId: to.userId }, body })).status;
};
const signUpAll = (...names: string[]) => Promise.all(names.map((name) => signUp(name)));

async function meanOf(person: Person): Promise<number> {
  const row = await db.read
    .selectFrom('profiles')
    .select('rating_mean')
    .where('account_id', '=', person.userId)
    .executeTakeFirstOrThrow();
  return Number(row.rating_mean);
}

/** Long enough to rate each other, to its end. */
async function play(host: Person, others: readonly Person[]): Promise<void> {
  const partyId = await playTogether(
    await host.signInAgain(),
    await Promise.all(others.map((one) => one.signInAgain())),
  );
  clock.advance(15 * MINUTE);
  await (await host.signInAgain()).call('updateParty', { params: { partyId }, body: { state: 'finished' } });
}

test('a quarter of an hour in a party gives the right to rate, for a month', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await playTogether(alice, [bob]);
  expect(await rate(alice, bob)).toBe(403);
  clock.advance(14 * MINUTE);
  expect(await rate(await alice.signInAgain(), bob)).toBe(403);
  clock.advance(MINUTE);
  const again = await alice.signInAgain();
  const { body } = await again.call('getUserRatings', { params: { userId: bob.userId } });
  expect(body.mayRate).toBe(true);
  expect(await rate(again, bob)).toBe(200);
  clock.advance(6 * 3_600);
  await app.parties.passStages();
  clock.advance(31 * DAY);
  expect(await rate(await bob.signInAgain(), alice)).toBe(403);
});

test('one that its host ended at once gives none, nor one that was called off; a quarter of an hour does, whoever ended it', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const { partyId } = await openParty(carol);
  await join(dave, carol, partyId);
  await carol.call('cancelParty', { params: { partyId: String(partyId) } });
  clock.advance(30 * MINUTE);
  const [host, guest] = [await carol.signInAgain(), await dave.signInAgain()];
  expect(await rate(guest, host)).toBe(403);
  const params = { partyId: await playTogether(host, [guest]) };
  await host.call('updateParty', { params, body: { state: 'finished' } });
  expect(await rate(guest, host)).toBe(403);
  await play(host, [guest]);
  expect(await rate(await guest.signInAgain(), host)).toBe(200);
});

test('who was gone before has not played, nor who never met', async () => {
  const [erin, frank, grace] = [await signUp('erin'), await signUp('frank'), await signUp('grace')];
  const partyId = await playTogether(erin, [frank, grace]);
  await frank.call('removePartyMember', { params: { partyId, userId: frank.userId } });
  clock.advance(15 * MINUTE);
  const [left, stayed] = [await frank.signInAgain(), await grace.signInAgain()];
  expect(await rate(left, erin)).toBe(403);
  expect(await rate(stayed, frank)).toBe(403);
  expect(await rate(stayed, erin)).toBe(200);
});

test('four from one party against one person weigh as one of them does, teammates or not', async () => {
  const [star, other, lone] = await signUpAll('star', 'other', 'lone');
  const gang = await signUpAll('gang0', 'gang1', 'gang2', 'gang3');
  const strangers = await signUpAll('loner0', 'loner1', 'loner2', 'loner3');
  if (!star || !other || !lone) throw new Error('nobody signed up');

  await play(star, gang);
  // The same four in other parties are the same four.
  for (const member of gang) await play(member, [star]);
  const [first] = gang;
  if (!first) throw new Error('there is no gang');
  const [firstAgain, starAgain] = [await first.signInAgain(), await star.signInAgain()];
  await makeTeammates(firstAgain, starAgain);
  await talk(firstAgain, starAgain);
  for (const stranger of strangers) await play(other, [stranger]);
  await play(lone, [first]);

  clock.advance(DAY);
  for (const member of gang) expect(await rate(await member.signInAgain(), star, 1)).toBe(200);
  for (const stranger of strangers) expect(await rate(await stranger.signInAgain(), other, 1)).toBe(200);
  expect(await rate(await first.signInAgain(), lone, 1)).toBe(200);
  clock.advance(7 * DAY);
  await app.ratings.countRevealed();
  expect(await meanOf(star)).toBeCloseTo(await meanOf(lone), 6);
  expect(await meanOf(other)).toBeLessThan((await meanOf(star)) - 0.01);
});
