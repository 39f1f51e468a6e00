import type { Games } from '#modules/games/index.ts';
import type { PartyBody } from '#modules/parties/index.ts';
import type { DemoPlayer } from './demo-players.ts';
import { createRandom } from './random.ts';

const HOUR_MS = 3_600_000;
/** One player in so many leads a party. */
const EVERY = 20;
const LARGEST = 5;

/** Parties of some of the players, within a week from now: one for every twentieth whose favourite game has teams. */
export function makeDemoParties(
  players: readonly DemoPlayer[],
  games: Pick<Games, 'getGame'>,
  now: Date,
  seed = 1,
): { hostId: string; body: PartyBody }[] {
  const random = createRandom(seed);
  const hosts = players.filter((_player, index) => index % EVERY === 0);
  return hosts.flatMap(({ account, profile }) => {
    const game = games.getGame(profile.games?.[0]?.gameId ?? '');
    const size = Math.min(game?.maxPartySize ?? 0, LARGEST);
    if (!game || size < 2) return [];
    const roles = game.roles.map(({ slug }) => slug);
    const slots = Array.from({ length: size }, (_slot, index) => {
      const role = index > 0 && random.isLucky(0.5) ? roles[index] : undefined;
      return { ...(role !== undefined && { role }) };
    });
    const startsAt = new Date(now.getTime() + random.between(2, 7 * 24) * HOUR_MS);
    const body = { gameId: game.gameId, title: random.pick(TITLES[account.locale]), startsAt: startsAt.toISOString() };
    return [{ hostId: account.accountId, body: { ...body, slots } }];
  });
}

const TITLES: Record<'en' | 'ru', readonly string[]> = {
  en: ['An easy evening', 'Ranked, calm people wanted', 'Learning together', 'Weekend team', 'Two games after work'],
  ru: ['Спокойный вечер', 'Рейтинг, без криков', 'Учимся вместе', 'Команда на выходные', 'Пара каток после работы'],
};
