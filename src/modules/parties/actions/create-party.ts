import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { inputFault } from '#platform/validation.ts';
import { partyQuotaReached } from '../errors.ts';
import { tellOfParty } from '../live.ts';
import { presentParty } from '../present.ts';
import { countHosted, insertParty, lockPerson, upsertMember } from '../queries.ts';
import { checkPlatform, readSlots, readStart } from '../read-party.ts';
import { findWriter, holdTexts, readTexts } from '../read-texts.ts';
import type { Party, PartyBody } from '../schemas.ts';
import { clockOf } from '../stages.ts';
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
  const game = tools.games.getGame(body.gameId);
  if (!game) throw inputFault('/body/gameId', 'enum', NO_GAME);
  const slots = readSlots(game, body.slots);
  checkPlatform(game, body.platform);
  const startsAt = readStart(body.startsAt, now);
  const writer = await findWriter(tools, tools.db.read, accountId);
  const { title, note, mode, held } = readTexts(tools, body, writer);

  return tools.db.transaction((tx) =>
    once(tx, { scope: `createParty:${accountId}`, key, request: body }, async () => {
      await checkQuota(tx, accountId, now);
      const party = await insertParty(tx, {
        party_id: tools.ids.next(),
        host_id: accountId,
        chat_id: await tools.messenger.openGroup(tx, accountId, title ?? ''),
        game_id: game.gameId,
        title: title ?? '',
        note,
        mode,
        languages: body.languages ?? [],
        platform: body.platform ?? null,
        region: body.region ?? null,
        voice: body.voice ?? null,
        slots,
        size: slots.length,
        member_count: 1,
        is_adult: writer.ageBand === '18_plus',
        state: 'open',
        ...clockOf(startsAt, now, now),
        created_at: now,
      });
      const { party_id } = party;
      const host = await upsertMember(tx, { party_id, account_id: accountId, slot: 0, joined_at: now });
      await holdTexts(tools, tx, held, { accountId, partyId: party_id });
      tellOfParty(tools, tx, [accountId], 'party.created', party);
      return presentParty(tools, tx, actor, { party, members: [host] });
    }),
  );
}

async function checkQuota(tx: Tx, accountId: string, now: Date): Promise<void> {
  await lockPerson(tx, accountId);
  const { live, recent } = await countHosted(tx, accountId, new Date(now.getTime() - DAY_MS));
  if (live >= MOST_LIVE || recent >= MOST_A_DAY) throw partyQuotaReached({ retryAfterSeconds: DAY_MS / 1_000 });
}

const NO_GAME = { en: 'is not a game of the catalogue', ru: 'нет такой игры в каталоге' };
