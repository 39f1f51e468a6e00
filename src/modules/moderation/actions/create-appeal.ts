import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { alreadyAppealed, sanctionNotFound, sanctionOver } from '../errors.ts';
import { isInForce, presentAppeal } from '../present.ts';
import { insertAppeal } from '../queries/appeals.ts';
import { findSanction } from '../queries/sanctions.ts';
import type { Appeal, AppealBody } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

/** Appeals against a sanction that is in force: once for each. */
export async function createAppeal(
  { db, clock, ids }: ModerationTools,
  { accountId }: Actor,
  body: Static<typeof AppealBody>,
  key: string | undefined,
): Promise<Static<typeof Appeal>> {
  const { sanctionId, text } = body;
  const now = clock.now();
  return db.transaction((tx) =>
    once(tx, { scope: `createAppeal:${accountId}`, key, request: body }, async () => {
      const sanction = await findSanction(tx, sanctionId);
      if (sanction?.account_id !== accountId) throw sanctionNotFound();
      if (!isInForce(sanction, now)) throw sanctionOver();
      const row = { appeal_id: ids.next(), sanction_id: sanctionId, account_id: accountId, text, created_at: now };
      const appeal = await insertAppeal(tx, row);
      if (!appeal) throw alreadyAppealed();
      return presentAppeal(appeal);
    }),
  );
}
