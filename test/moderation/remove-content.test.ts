import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import type { Client } from '../helpers/client.ts';
import { caseAbout, report, reportUser } from '../helpers/moderation.ts';
import { makePicture } from '../helpers/pictures.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const server = await startApp();
const { signUp, clock } = server;
const mod = await hire(server, 'mod', 'moderator');

const resolve = async (by: Pick<Client, 'call'>, person: { userId: string }, body: object) =>
  by.call('resolveCase', { params: await caseAbout(by, person), body });

test('an avatar and a picture in a message go; an avatar by itself, too', async () => {
  const [uma, vlad] = [await signUp('uma'), await signUp('vlad')];
  const avatar = async () => {
    const body = Uint8Array.from(await makePicture(200, 200));
    const headers = { 'content-type': 'image/jpeg' };
    return String((await vlad.raw('/v1/me/avatar', { method: 'PUT', body, headers })).body.mediaId);
  };
  const shown = async () => (await uma.call('getUser', { params: { userId: vlad.userId } })).body.avatar;
  await makeTeammates(uma, vlad);
  const chatId = await openDirect(uma, vlad);
  const { mediaId } = await uploadPicture(vlad);
  const sent = await say(vlad, chatId, '', { attachments: [{ mediaId }] });
  await report(uma, { kind: 'picture', mediaId: await avatar(), userId: vlad.userId }, { reason: 'sexual' });
  await report(uma, { kind: 'picture', mediaId, chatId, seq: Number(sent.seq) }, { reason: 'sexual' });
  expect(await shown()).toBeDefined();
  expect((await resolve(mod, vlad, { action: 'remove_content' })).status).toBe(200);
  expect(await shown()).toBeUndefined();
  const { body } = await uma.call('listMessages', { params: { chatId } });
  expect(listOf(body.items).find(({ seq }) => Number(seq) === Number(sent.seq))?.attachments).toBeUndefined();

  await avatar();
  await reportUser(uma, vlad);
  expect((await resolve(mod, vlad, { action: 'reset_avatar' })).status).toBe(200);
  expect(await shown()).toBeUndefined();
});

test('a rating goes: it is shown no more, also when it is given again', async () => {
  const [wera, xena] = [await signUp('wera'), await signUp('xena')];
  await makeTeammates(wera, xena);
  await talk(wera, xena);
  clock.advance(86_401);
  const [one, other] = [await wera.signInAgain(), await xena.signInAgain()];
  const stars = { play: 1, communication: 1, reliability: 1, friendliness: 1, tags: ['rude'] };
  const given = await other.call('rateUser', { params: { userId: wera.userId }, body: stars });
  await one.call('rateUser', { params: { userId: xena.userId }, body: { ...stars, play: 5 } });
  const received = async () => JSON.stringify((await one.call('listMyRatings')).body);
  const ratingId = String(given.body.ratingId);
  expect(await received()).toContain(ratingId);
  await report(one, { kind: 'rating', ratingId });
  const back = await signInAs(server, 'mod', mod.password);
  expect((await resolve(back, xena, { action: 'remove_content' })).status).toBe(200);
  expect(await received()).not.toContain(ratingId);
  // Given again it is theirs to see and nobody else's.
  await other.call('rateUser', { params: { userId: wera.userId }, body: stars });
  expect(await received()).toBe('{"items":[]}');
});
