import { randomUUID } from 'node:crypto';
import type { Person } from './app.ts';

/** Two people become teammates as people do: one asks, the other says yes. */
export async function makeTeammates(asking: Person, asked: Person): Promise<void> {
  const request = await asking.call('createTeammateRequest', { body: { userId: asked.userId } });
  const params = { requestId: String(request.body.requestId) };
  const { status } = await asked.call('acceptTeammateRequest', { params });
  if (status !== 200) throw new Error(`${asked.username} did not become a teammate of ${asking.username}`);
}

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
