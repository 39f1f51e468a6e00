import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, readEvents, readHistory } from '../helpers/chats.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);

async function createPoll(more: object = {}): Promise<number> {
  const body = { clientId: randomUUID(), question: 'Во что?', options: ['Дота', 'CS', 'Rust'], ...more };
  return Number((await alice.call('createPoll', { params: { chatId }, body })).body.seq);
}
const vote = (person: Person, seq: number, ...options: number[]) =>
  person.call('vote', { params: { chatId, seq }, body: { options } });

test('votes are counted once a person, and changed', async () => {
  const seq = await createPoll();
  const [hers, his] = [await alice.connect(), await bob.connect()];
  const { body } = await vote(bob, seq, 1);
  expect(body).toMatchObject({ poll: { options: [{ count: 0 }, { count: 1 }, { count: 0 }] }, myVotes: [1] });
  const told = await hers.next('message.updated');
  expect(told.data).not.toHaveProperty('myVotes');
  expect(await his.next('message.updated')).toMatchObject({ data: { myVotes: [1] } });
  await vote(carol, seq, 1);
  await vote(bob, seq, 2);
  expect((await readHistory(carol, chatId)).at(-1)).toMatchObject({
    poll: { options: [{ count: 0 }, { count: 1 }, { count: 1 }] },
    myVotes: [1],
  });
  expect((await vote(bob, seq)).body).toMatchObject({
    myVotes: [],
    poll: { options: [{}, { count: 1 }, { count: 0 }] },
  });
  await readEvents(hers);
  await vote(bob, seq);
  expect(await readEvents(hers)).toEqual([]);
  for (const socket of [hers, his]) socket.close();
});

test('votes of many at once are all counted', async () => {
  const seq = await createPoll({ isMultiple: true });
  await Promise.all([vote(alice, seq, 0, 1), vote(bob, seq, 0), vote(carol, seq, 0, 2)]);
  expect((await readHistory(bob, chatId)).at(-1)).toMatchObject({
    poll: { options: [{ count: 3 }, { count: 1 }, { count: 1 }] },
  });
});

test('one choice where one is asked for, and only what is offered', async () => {
  const seq = await createPoll();
  expect(await vote(bob, seq, 0, 1)).toMatchObject({ status: 400 });
  expect(await vote(bob, seq, 3)).toMatchObject({ status: 400 });
  expect(await vote(bob, seq, -1)).toMatchObject({ status: 400 });
  expect(await vote(bob, 1, 0)).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
});

test('not after its end, and not by the wrong person', async () => {
  const seq = await createPoll({ closesAt: new Date(clock.now().getTime() + 60_000).toISOString() });
  expect(await vote(bob, seq, 0)).toMatchObject({ status: 200 });
  clock.advance(60);
  expect(await vote(bob, seq, 1)).toMatchObject({ status: 409, body: { code: 'poll_closed' } });
  const input = { params: { chatId, seq }, body: { options: [0] } };
  await expectNoChat(await signUp('mallory'), 'vote', input);
  expect(await nobody.call('vote', input)).toMatchObject({ status: 401 });
});
