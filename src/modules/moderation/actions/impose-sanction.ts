import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { accessAccused } from '../access.ts';
import { presentSanction } from '../present.ts';
import { findInForce } from '../queries/sanctions.ts';
import { impose, readEnd } from '../sanctioning.ts';
import type { Sanction, SanctionBody } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

/** Imposes a sanction without a case. */
export async function imposeSanction(
  tools: ModerationTools,
  actor: Actor,
  body: SanctionBody,
  key: string | undefined,
): Promise<Static<typeof Sanction>> {
  const { userId, kind, reason, words, until } = body;
  const now = tools.clock.now();
  const endsAt = readEnd(kind, until, now);
  return tools.db.transaction((tx) =>
    once(tx, { scope: `imposeSanction:${actor.accountId}`, key, request: body }, async () => {
      const person = await accessAccused(tools, tx, actor, userId);
      await tools.accounts.lockStanding(tx, userId);
      const before = (await findInForce(tx, userId, now)).map((sanction) => sanction.kind);
      const row = await impose(tools, tx, person, { kind, reason, words, endsAt, imposedBy: actor.accountId });
      await tools.audit(tx, {
        actor,
        act: 'sanction.imposed',
        subjectId: userId,
        reason,
        details: { sanctionId: row.sanction_id, kind, until: endsAt?.toISOString(), before, after: [...before, kind] },
      });
      return presentSanction(row, now);
    }),
  );
}
