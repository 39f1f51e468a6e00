import type { Game } from '#modules/games/index.ts';
import { inputFault } from '#platform/validation.ts';
import { DEFAULT_PARTY_SIZE, MAX_PARTY_SIZE, type PartyBody } from './schemas.ts';
import type { Slot } from './tables.ts';

const MINUTE_MS = 60_000;
const LATEST_START_MS = 14 * 86_400_000;

/** The places of a team as they are stored; roles and ranks must be those of the game, and the size what it allows. */
export function readSlots(game: Game, slots: PartyBody['slots']): Slot[] {
  const most = Math.min(game.maxPartySize ?? DEFAULT_PARTY_SIZE, MAX_PARTY_SIZE);
  if (slots.length > most) throw inputFault('/body/slots', 'range', tooMany(most));
  for (const [index, slot] of slots.entries()) checkSlot(game, slot, `/body/slots/${index}`);
  return slots.map((slot) => ({ ...slot }));
}

function checkSlot(game: Game, { role, minRank, maxRank }: Slot, at: string): void {
  if (role !== undefined && !game.roles.some(({ slug }) => slug === role)) {
    throw inputFault(`${at}/role`, 'enum', NO_ROLE);
  }
  for (const [name, rank] of Object.entries({ minRank, maxRank })) {
    if (rank !== undefined && rankIndex(game, rank) === undefined) throw inputFault(`${at}/${name}`, 'enum', NO_RANK);
  }
  if (minRank === undefined || maxRank === undefined) return;
  if ((rankIndex(game, minRank) ?? 0) > (rankIndex(game, maxRank) ?? 0)) {
    throw inputFault(`${at}/minRank`, 'range', EMPTY_SPAN);
  }
}

/** The place of a rank on the ladder, 0 the lowest; absent when it has none there. */
export function rankIndex({ ladder }: Pick<Game, 'ladder'>, rank: string): number | undefined {
  const index = ladder.findIndex(({ slug }) => slug === rank);
  return index < 0 ? undefined : index;
}

export function checkPlatform(game: Game, platform: string | undefined): void {
  if (platform !== undefined && !game.platforms.includes(platform)) {
    throw inputFault('/body/platform', 'enum', NO_PLATFORM);
  }
}

export function readStart(startsAt: string | undefined, now: Date): Date | null {
  if (startsAt === undefined) return null;
  const start = new Date(startsAt);
  const ahead = start.getTime() - now.getTime();
  if (ahead < MINUTE_MS || ahead > LATEST_START_MS) throw inputFault('/body/startsAt', 'range', WRONG_START);
  return start;
}

const tooMany = (most: number) => ({
  en: `must have at most ${most} places: no more play together in this game`,
  ru: `должно быть не больше ${most} мест: больше вместе в этой игре не играют`,
});
const NO_ROLE = { en: 'is not a role of the game', ru: 'нет такой роли в этой игре' };
const NO_RANK = { en: "is not on the game's ladder", ru: 'нет среди рангов этой игры' };
const EMPTY_SPAN = { en: 'stands above maxRank', ru: 'выше maxRank' };
const NO_PLATFORM = { en: 'is not a platform of the game', ru: 'эта игра не выходит на этой платформе' };
const WRONG_START = { en: 'must be from a minute to 14 days ahead', ru: 'должно быть от минуты до 14 дней вперёд' };
