import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from './app.ts';
import type { Answer, Body, Client, Input } from './client.ts';
import type { TestSocket } from './socket.ts';
import { makeTeammates } from './teammates.ts';

/** The direct chat of two people who become teammates first, so that both write as they like. */
export async function openDirect(one: Person, other: Person): Promise<string> {
  await acquaint(one, other);
  return askToWrite(one, other);
}

/** The direct chat of two strangers: the one has one message until the other answers. */
export async function askToWrite(one: Person, other: Person): Promise<string> {
  const { status, body } = await one.call('openDirectChat', { params: { userId: other.userId } });
  expect(status).toBe(200);
  return String(body.chatId);
}

/** The same once the other has agreed to it, so that both write as they like. */
export async function openAccepted(one: Person, other: Person): Promise<string> {
  const chatId = await openDirect(one, other);
  const { status } = await other.call('acceptChatRequest', { params: { chatId } });
  expect(status).toBeLessThan(300);
  return chatId;
}

/** Sends a text and returns the message. */
export async function say(sender: Client, chatId: string, text: string, more: object = {}): Promise<Body> {
  const { status, body } = await trySay(sender, chatId, text, more);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

export const trySay = (sender: Client, chatId: string, text: string, more: object = {}): Promise<Answer> =>
  sender.call('sendMessage', { params: { chatId }, body: { clientId: randomUUID(), text, ...more } });

export async function readHistory(reader: Client, chatId: string, query = {}): Promise<Body[]> {
  const { status, body } = await reader.call('listMessages', { params: { chatId }, query });
  expect(status).toBe(200);
  return listOf(body.items);
}

export async function readChat(reader: Client, chatId: string): Promise<Body> {
  const { status, body } = await reader.call('getChat', { params: { chatId } });
  expect(status).toBe(200);
  return body;
}

export async function catchUp(reader: Client, chatId: string, since: number): Promise<Body> {
  const { status, body } = await reader.call('listChanges', { params: { chatId }, query: { since } });
  expect(status).toBe(200);
  return body;
}

/** A list inside an answer. */
export const listOf = (body: Body | undefined): Body[] => body as unknown as Body[];

export const textsOf = (messages: readonly Body[]): string[] => messages.map(({ text }) => String(text));

/** A group of people who are, or become, teammates of its owner. */
export async function createGroup(owner: Person, others: readonly Person[], title = 'Катка'): Promise<string> {
  for (const other of others) await acquaint(owner, other);
  const memberIds = others.map(({ userId }) => userId);
  const { status, body } = await owner.call('createChat', { body: { title, memberIds } });
  expect({ status, body }).toMatchObject({ status: 201, body: { memberCount: others.length + 1 } });
  return String(body.chatId);
}

async function acquaint(one: Person, other: Person): Promise<void> {
  const { body } = await one.call('listMyTeammates', { query: { limit: 100 } });
  if (!JSON.stringify(body).includes(other.userId)) await makeTeammates(one, other);
}

/** That the chat is to this person as one that does not exist. */
export async function expectNoChat(person: Client, operationId: string, input: Input): Promise<void> {
  const { status, body } = await person.call(operationId, input);
  const params = { ...input.params, chatId: randomUUID() };
  const none = await person.call(operationId, { ...input, params });
  expect({ status, body: { ...body, instance: '' } }).toEqual({
    status: 404,
    body: { ...none.body, instance: '' },
  });
}

/** Everything that came over the socket until now about chats. */
export async function readEvents(socket: TestSocket): Promise<Body[]> {
  await socket.ask({ op: 'ping' });
  const isOther = (type: string) => type.startsWith('teammate_request') || type.startsWith('notification');
  return socket.rest().filter(({ op, type }) => String(op) === 'event' && !isOther(String(type)));
}

export const typesOf = (events: readonly Body[]): string[] => events.map(({ type }) => String(type));
