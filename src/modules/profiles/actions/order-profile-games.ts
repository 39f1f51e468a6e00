import type { Static } from 'typebox';
import type { Games } from '#modules/games/index.ts';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { profileChanged } from '../events.ts';
import { findGameIds, lockProfile, updatePlaces, updateProfile } from '../queries.ts';
import type { MyProfile } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { checkVersion } from '../versions.ts';
import { getMyProfile } from './get-my-profile.ts';

/** Puts the games of the profile in this order: all of them, each once. With `ifMatch`, only of the version read. */
export async function orderProfileGames(
  tools: ProfilesTools,
  actor: Actor,
  gameIds: readonly string[],
  ifMatch: string | undefined,
): Promise<{ etag: string; profile: Static<typeof MyProfile> }> {
  const { accountId } = actor;
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    checkVersion(await lockProfile(tx, accountId, now), ifMatch);
    const present = await findGameIds(tx, accountId);
    const ordered = readOrder(gameIds, present, tools.games);
    if (ordered.every((gameId, i) => gameId === present[i])) return;
    await updatePlaces(tx, accountId, ordered);
    await updateProfile(tx, accountId, {}, now);
    await tools.announce(tx, profileChanged, { accountId });
  });
  return getMyProfile(tools, actor);
}

/** The ids as they stand on the profile: a merged game goes by its old id, too. */
function readOrder(gameIds: readonly string[], present: readonly string[], games: Pick<Games, 'getGame'>): string[] {
  const ordered: string[] = [];
  for (const [i, asked] of gameIds.entries()) {
    const gameId = [asked, games.getGame(asked)?.gameId].find((id) => id !== undefined && present.includes(id));
    if (gameId === undefined) throw inputFault(`/body/gameIds/${i}`, 'enum', NOT_THERE);
    if (ordered.includes(gameId)) throw inputFault(`/body/gameIds/${i}`, 'format', REPEATED);
    ordered.push(gameId);
  }
  if (ordered.length < present.length) throw inputFault('/body/gameIds', 'length', INCOMPLETE);
  return ordered;
}

const NOT_THERE = { en: 'is not on the profile', ru: 'нет в профиле' };
const REPEATED = { en: 'stands there twice', ru: 'повторяется' };
const INCOMPLETE = { en: 'must name every game of the profile', ru: 'должно называть все игры профиля' };
