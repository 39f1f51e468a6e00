import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { partyQuotaReached } from '../errors.ts';
import { openTeam } from '../open-team.ts';
import { presentParty } from '../present.ts';
import { countHosted, lockPerson } from '../queries/parties.ts';
import type { Party, PartyBody } from '../schemas.ts';
import type { PartiesTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const MOST_LIVE = 3;
const MOST_A_DAY = 20;

/** Opens a party with the caller as its host, in its first place, and its chat. */
export async function createParty(
  tools: PartiesTools,
  actor: Actor,
  body: PartyBody,
  key: string | undefined,
): Promise<Party> {
  const { accountId } = actor;
  const now = tools.clock.now();
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createParty:${accountId}`, key, request: body }, async () => {
      await checkQuota(tx, accountId, now);
      return presentParty(tools, tx, actor, await openTeam(tools, tx, accountId, body));
    }),
  );
}

async function checkQuota(tx: Tx, accountId: string, now: Date): Promise<void> {
  await lockPerson(tx, accountId);
  const { live, recent } = await countHosted(tx, accountId, new Date(now.getTime() - DAY_MS));
  if (live >= MOST_LIVE || recent >= MOST_A_DAY) throw partyQuotaReached({ retryAfterSeconds: DAY_MS / 1_000 });
}
