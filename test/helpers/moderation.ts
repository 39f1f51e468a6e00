import { expect } from 'vitest';
import type { Person } from './app.ts';
import { listOf } from './chats.ts';
import type { Body, Client } from './client.ts';

/** One person reports another, or what they wrote; returns the report. */
export async function report(reporter: Client, subject: object, more: object = {}): Promise<Body> {
  const { status, body } = await reporter.call('createReport', { body: { subject, reason: 'harassment', ...more } });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.report ?? {};
}

export const reportUser = (reporter: Client, { userId }: Person, more: object = {}): Promise<Body> =>
  report(reporter, { kind: 'user', userId }, more);

/** The open case about somebody, as the queue shows it. */
export async function findCaseAbout(moderator: Pick<Client, 'call'>, { userId }: { userId: string }): Promise<Body> {
  const { status, body } = await moderator.call('listCases', { query: { accusedId: userId } });
  expect({ status, body }).toMatchObject({ status: 200 });
  return listOf(body.items)[0] ?? {};
}

/** The id of that case, for the path. */
export const caseAbout = async (moderator: Pick<Client, 'call'>, person: { userId: string }) => ({
  caseId: String((await findCaseAbout(moderator, person)).caseId),
});

/** A moment from now on, as the API takes it. */
export const inHours = (clock: { now(): Date }, hours: number): string =>
  new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
