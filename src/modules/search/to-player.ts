import type { SearchProfile } from '#modules/profiles/index.ts';
import { noWishes, type SearchPlayer } from './score/player.ts';

/** What profiles, relationships and presence know of a person, as the engine takes it. */
export function toPlayer(
  { lastActiveAt, createdAt, vacationUntil: _vacationUntil, showsPresence, wishes, ...profile }: SearchProfile,
  unansweredRequests: number,
  isOnline = false,
): SearchPlayer {
  return {
    ...profile,
    activeAt: lastActiveAt.getTime(),
    createdAt: createdAt.getTime(),
    isOnline: isOnline && showsPresence,
    showsPresence,
    unansweredRequests,
    wishes: { ...noWishes, ...wishes },
  };
}
