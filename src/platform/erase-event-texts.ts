import { sql } from 'kysely';
import type { Tx } from './database.ts';

/**
 * Empties what the log of events quotes of a person or says to them: the `text` of events that name the account. That
 * something happened stays, as it does for everything else that refers to an account without a name.
 */
export async function eraseEventTexts(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update outbox_events set payload = payload || '{"text": ""}'
    where payload ->> 'accountId' = ${accountId} and payload ? 'text'`.execute(tx);
  await sql`
    update outbox_dead_letters set payload = payload || '{"text": ""}'
    where payload ->> 'accountId' = ${accountId} and payload ? 'text'`.execute(tx);
}
