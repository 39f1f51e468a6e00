import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { act, type Stage } from '../helpers/chat-acts.ts';
import { type ChatModel, createChatModel, fetchView } from '../helpers/chat-model.ts';
import { createGroup, openDirect } from '../helpers/chats.ts';
import { createRandom, type Random } from '../helpers/random.ts';
import type { TestSocket } from '../helpers/socket.ts';

const { settle, signUp } = await startApp();
const people = await Promise.all(['alice', 'bob', 'carol', 'dave'].map((name) => signUp(name)));
const [alice, bob, carol, dave] = people as [Person, Person, Person, Person];
const sockets = await Promise.all(people.map((person) => person.connect()));

/** `SEED=…` plays another run. */
const ROUNDS = Number(process.env.INTERLEAVINGS ?? 1_000);
/** A new pair of chats after so many rounds: so short numbers are met often. */
const ROUNDS_A_STAGE = 40;
const LOSS = 0.3;

type Client = { person: Person; model: ChatModel; socket: TestSocket };

const meet = (deafTo?: string): Client[] =>
  people.map((person, i) => ({ person, model: createChatModel(person, deafTo), socket: sockets[i] as TestSocket }));

async function setStage(): Promise<Stage> {
  const group = await createGroup(alice, [bob, carol, dave]);
  const direct = await openDirect(alice, bob);
  await settle();
  const invite = await alice.call('createInvite', { params: { chatId: group }, body: { newcomerHistory: 2 } });
  return { group, direct, people, inviteCode: String(invite.body.code) };
}

/** Several people act at once; what they hear is lost now and then; one of them may catch up in the midst of it. */
async function playRound(random: Random, stage: Stage, clients: readonly Client[]): Promise<void> {
  const acts = Array.from({ length: 1 + random.below(4) }, () => act(random, stage));
  if (random.next() < 0.3) await random.pick(clients).model.catchUp();
  const answers = await Promise.all(acts);
  const broken = answers.filter(({ status }) => status >= 500);
  if (broken.length > 0) throw new Error(`the server broke: ${JSON.stringify(broken)}`);
  for (const { model, socket } of clients) {
    await socket.ask({ op: 'ping' });
    for (const frame of socket.rest()) {
      if (String(frame.op) === 'event' && random.next() >= LOSS) model.hear(frame);
    }
  }
}

/** Plays until the round, or until a client's copy differs from a fresh one; returns the round of the difference. */
async function play(
  seed: number,
  rounds: number,
  deafTo?: string,
): Promise<{ round: number; seen: unknown; fresh: unknown }> {
  const random = createRandom(seed);
  let stage = await setStage();
  let clients = meet(deafTo);
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && round % ROUNDS_A_STAGE === 0) {
      stage = await setStage();
      clients = meet(deafTo);
    }
    await playRound(random, stage, clients);
    const { person, model } = random.pick(clients);
    await model.catchUp();
    const fresh = await fetchView(person, [stage.group, stage.direct]);
    const seen = Object.fromEntries(
      Object.entries(model.view()).filter(([chatId]) => chatId === stage.group || chatId === stage.direct),
    );
    if (JSON.stringify(sorted(seen)) !== JSON.stringify(sorted(fresh))) return { round, seen, fresh };
  }
  return { round: -1, seen: undefined, fresh: undefined };
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;

test(`a lossy live stream and catch-up are the same as a fresh fetch, ${ROUNDS} times over every kind of change`, async () => {
  const seed = Number(process.env.SEED ?? 20261124);
  const { round, seen, fresh } = await play(seed, ROUNDS);
  expect({ seed, round, view: seen }).toEqual({ seed, round: -1, view: fresh });
}, 600_000);

test.each(['message.created', 'message.updated', 'message.deleted', 'member.changed', 'chat.updated'])(
  'a client that is deaf to %s is found out',
  async (deafTo) => {
    expect((await play(7, 150, deafTo)).round).toBeGreaterThanOrEqual(0);
  },
  120_000,
);
