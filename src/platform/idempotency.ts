import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { defineProblem } from './errors.ts';
import { inputFault } from './validation.ts';

export const idempotencyKeyReused = defineProblem({
  code: 'idempotency_key_reused',
  status: 422,
  title: {
    en: 'This Idempotency-Key was used for another request',
    ru: 'Этот Idempotency-Key уже использован для другого запроса',
  },
});

export const MAX_KEY_LENGTH = 200;

/**
 * Runs `work` once for a key: a repeat, even one that comes while the first is running, gets the first answer. The key is
 * written in the transaction of the effect, so after a crash either both hold or neither. `scope` names the operation
 * and the caller; without a key the work simply runs. Keys are kept for two days.
 */
export async function once<T extends object>(
  tx: Tx,
  { scope, key, request }: { scope: string; key: string | undefined; request: unknown },
  work: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return work();
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) throw inputFault('/headers/idempotency-key', 'length', BAD_KEY);
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest();
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({ scope, key, request_hash: requestHash })
    .onConflict((oc) => oc.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!inserted) return findAnswer<T>(tx, scope, key, requestHash);
  const answer = await work();
  await tx
    .updateTable('idempotency_keys')
    .set({ answer: JSON.stringify(answer) })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .execute();
  return answer;
}

/** The insert above waits for a running first request, so here the first answer is committed. */
async function findAnswer<T>(tx: Tx, scope: string, key: string, requestHash: Buffer): Promise<T> {
  const first = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'answer'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (!first.request_hash.equals(requestHash)) throw idempotencyKeyReused();
  return first.answer as T;
}

/** Forgets the answers that one account got: they repeat what it wrote. Scopes end with the account. */
export async function forgetKeysOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('idempotency_keys').where(sql`right(scope, 36)`, '=', accountId).execute();
}

const BAD_KEY = {
  en: `must have 1 to ${MAX_KEY_LENGTH} characters`,
  ru: `должен быть длиной от 1 до ${MAX_KEY_LENGTH} символов`,
};
