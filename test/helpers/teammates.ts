import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { Person } from './app.ts';

/** Two people become teammates as people do: one asks, the other says yes. */
export async function makeTeammates(asking: Person, asked: Person): Promise<void> {
  const request = await asking.call('createTeammateRequest', { body: { userId: asked.userId } });
  const params = { requestId: String(request.body.requestId) };
  const { status } = await asked.call('acceptTeammateRequest', { params });
  if (status !== 200) throw new Error(`${asked.username} did not become a teammate of ${asking.username}`);
  // Their chat opens a moment later: whoever looks at events next must not meet that one.
  const hasOpened = async () => expect(await listChats(asking)).toContain(asked.userId);
  const hadOpened = async () => expect(await listChats(asked)).toContain(asking.userId);
  await vi.waitFor(() => Promise.any([hasOpened(), hadOpened()]), { interval: 2, timeout: 15_000 });
}

const listChats = async (person: Person) =>
  JSON.stringify((await person.call('listChats', { query: { limit: 100 } })).body);

/** Each says something to the other in their direct chat. */
export async function talk(one: Person, other: Person): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const chat = await from.call('openDirectChat', { params: { userId: to.userId } });
    const params = { chatId: String(chat.body.chatId) };
    const { status } = await from.call('sendMessage', { params, body: { clientId: randomUUID(), text: 'Hi' } });
    if (status !== 201) throw new Error(`${from.username} could not write to ${to.username}`);
  }
}
