import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { caseAbout, findCaseAbout, reportUser } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, clock } = server;
const one = await hire(server, 'one', 'moderator');
const other = await hire(server, 'other', 'moderator');
const alice = await signUp('alice');
const bob = await signUp('bob');

test('of two who claim at once one gets it, and it lapses after an hour', async () => {
  await reportUser(alice, bob);
  const params = await caseAbout(one, bob);
  const answers = await Promise.all([one, other].map((who) => who.call('claimCase', { params })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const [winner, loser] = answers[0]?.status === 200 ? [one, other] : [other, one];
  expect(await findCaseAbout(loser, bob)).toMatchObject({
    claimedBy: winner.userId,
    can: { claim: false, resolve: false, release: false },
  });
  expect(await findCaseAbout(winner, bob)).toMatchObject({ can: { claim: true, resolve: true, release: true } });
  expect((await alice.call('claimCase', { params })).status).toBe(403);
  clock.advance(3_600);
  const back = await signInAs(server, loser === one ? 'one' : 'other', loser.password);
  expect((await back.call('claimCase', { params })).status).toBe(200);
});

test('no case, nothing to claim', async () => {
  const back = await signInAs(server, 'one', one.password);
  expect((await back.call('claimCase', { params: { caseId: randomUUID() } })).status).toBe(404);
});
