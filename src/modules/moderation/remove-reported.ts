import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { subjectKeyOf } from './find-subject.ts';
import type { ReportRow, Subject } from './tables.ts';
import type { ModerationTools } from './tools.ts';

/** Takes away what was reported; what is gone already is fine. In one order everywhere, so that two cannot hold each other up. */
export async function removeReported(
  tools: ModerationTools,
  tx: Tx,
  actor: Actor,
  reports: readonly Pick<ReportRow, 'subject'>[],
): Promise<void> {
  const subjects = new Map(reports.map(({ subject }) => [subjectKeyOf(subject), subject]));
  for (const [, subject] of [...subjects].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await removeOne(tools, tx, actor, subject);
  }
}

async function removeOne(
  { games, messenger, parties, profiles, ratings }: ModerationTools,
  tx: Tx,
  { accountId: moderatorId }: Actor,
  { kind, userId, chatId, seq, ratingId, suggestionId, partyId }: Subject,
): Promise<void> {
  if (kind === 'user' && userId !== undefined) return profiles.resetCard(tx, userId, ['texts', 'avatar', 'name']);
  if (kind === 'text' && userId !== undefined) return profiles.resetCard(tx, userId, ['texts', 'name']);
  if (kind === 'picture' && userId !== undefined) return profiles.resetCard(tx, userId, ['avatar']);
  if (kind === 'rating' && ratingId !== undefined) return void (await ratings.removeRating(tx, ratingId));
  if (suggestionId !== undefined) return games.refuseSuggestion(tx, suggestionId);
  if (kind === 'party' && partyId !== undefined) return parties.takeDownParty(tx, partyId);
  if (kind === 'chat' && chatId !== undefined) return messenger.resetChatInfo(tx, chatId);
  if (chatId !== undefined && seq !== undefined) return messenger.takeDownMessage(tx, chatId, seq, moderatorId);
}
