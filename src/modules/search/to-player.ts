import type { SearchProfile } from '#modules/profiles/index.ts';
import { noWishes, type SearchPlayer } from './score/player.ts';

/** What profiles and relationships know of a person, as the engine takes it. */
export function toPlayer(
  { lastActiveAt, createdAt, vacationUntil: _vacationUntil, ...profile }: SearchProfile,
  unansweredRequests: number,
): SearchPlayer {
  return {
    ...profile,
    activeAt: lastActiveAt.getTime(),
    createdAt: createdAt.getTime(),
    isOnline: false,
    unansweredRequests,
    wishes: noWishes,
  };
}
