import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from './app.ts';
import type { Answer, Body, Client } from './client.ts';
import { makeTeammates } from './teammates.ts';

/** The direct chat of two people who become teammates first, so that both write as they like. */
export async function openDirect(one: Person, other: Person): Promise<string> {
  await makeTeammates(one, other);
  return askToWrite(one, other);
}

/** The direct chat of two strangers: the one has one message until the other answers. */
export async function askToWrite(one: Person, other: Person): Promise<string> {
  const { status, body } = await one.call('openDirectChat', { params: { userId: other.userId } });
  expect(status).toBe(200);
  return String(body.chatId);
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
