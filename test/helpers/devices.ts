import { createHash, randomUUID } from 'node:crypto';
import type { Person } from './app.ts';
import type { Body } from './client.ts';

/** A token as iOS would give it, the same for the same words. */
export const tokenOf = (words: string): string => createHash('sha256').update(words).digest('hex');

/** The person's app asks for pushes to a phone. */
export async function register(
  person: Pick<Person, 'call'>,
  token: string,
  more: { deviceId?: string; locale?: 'en' | 'ru'; environment?: 'production' | 'sandbox' } = {},
): Promise<Body> {
  const { deviceId = randomUUID(), locale = 'en', environment = 'production' } = more;
  const body = { apnsToken: token, environment, locale };
  const answer = await person.call('putDevice', { params: { deviceId }, body });
  if (answer.status !== 200) throw new Error(`no device was registered: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
