import type { Static } from 'typebox';
import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Games } from '#modules/games/index.ts';
import type { Picture } from '#modules/media/index.ts';
import type { Relation } from '#modules/relationships/index.ts';
import { LEAST_RATINGS_SHOWN, mayRead } from './card-policy.ts';
import { findNextSteps } from './next-steps.ts';
import type { Card, MyProfile, PlayedGame } from './schemas.ts';
import type { ProfileGameRow, ProfileRow } from './tables.ts';

type Catalogue = Pick<Games, 'getGame'>;
/** By id, with links. */
type Pictures = ReadonlyMap<string, Static<typeof Picture>>;

export function presentMyProfile(
  account: AccountFacts,
  profile: ProfileRow,
  games: readonly ProfileGameRow[],
  catalogue: Catalogue,
  pictures: Pictures,
): Static<typeof MyProfile> {
  return {
    ...presentPublicFields(account, profile, pictures),
    contacts: profile.contacts,
    games: games.map((game) => presentPlayedGame(game, catalogue)),
    discoverable: profile.is_discoverable,
    ...(profile.vacation_until !== null && { vacationUntil: profile.vacation_until }),
    presenceVisibility: profile.presence_visibility,
    wishes: profile.wishes,
    nextSteps: findNextSteps(profile, games, (gameId) => (catalogue.getGame(gameId)?.ladder.length ?? 0) > 0),
  };
}

/** The card of `owner` for `viewer`, who may read it at all. */
export function presentCard(
  owner: AccountFacts,
  viewer: AccountFacts,
  relation: Relation,
  profile: ProfileRow,
  games: readonly ProfileGameRow[],
  catalogue: Catalogue,
  pictures: Pictures,
  online: ReadonlySet<string>,
): Static<typeof Card> {
  const mayReadNames = mayRead('everyone', relation, viewer, owner);
  const { rating_mean: mean, rating_count: count } = profile;
  return {
    ...presentPublicFields(owner, profile, pictures),
    contacts: profile.contacts.filter(({ visibility }) => mayRead(visibility, relation, viewer, owner)),
    games: games.map((game) => presentPlayedGame(mayReadNames ? game : { ...game, in_game_name: null }, catalogue)),
    ...(mean !== null && count >= LEAST_RATINGS_SHOWN && { rating: { mean: Math.round(mean * 100) / 100, count } }),
    memberSince: owner.createdAt,
    ...(mayRead(profile.presence_visibility, relation, viewer, owner) && { presence: presentPresence(owner, online) }),
  };
}

const presentPresence = ({ accountId, lastActiveAt }: AccountFacts, online: ReadonlySet<string>) =>
  online.has(accountId) ? { isOnline: true } : { isOnline: false, lastSeenAt: lastActiveAt };

function presentPublicFields(account: AccountFacts, profile: ProfileRow, pictures: Pictures) {
  const avatar = profile.avatar_id === null ? undefined : pictures.get(profile.avatar_id);
  return {
    userId: account.accountId,
    username: account.username,
    displayName: profile.display_name ?? account.username,
    ...(avatar && { avatar }),
    ...(profile.bio !== null && { bio: profile.bio }),
    ...(profile.country !== null && { country: profile.country }),
    ...(profile.region !== null && { region: profile.region }),
    ...(profile.time_zone !== null && { timeZone: profile.time_zone }),
    languages: profile.languages,
    platforms: profile.platforms,
    acceptsCrossplay: profile.accepts_crossplay,
    ...(profile.voice !== null && { voice: profile.voice }),
    ...(profile.play_style !== null && { playStyle: profile.play_style }),
    genres: profile.genres,
    availability: profile.availability,
    ...(profile.looking_for !== null && { lookingFor: profile.looking_for }),
  };
}

export function presentPlayedGame(row: ProfileGameRow, catalogue: Catalogue): Static<typeof PlayedGame> {
  const game = catalogue.getGame(row.game_id);
  const rank = game?.ladder.find(({ slug }) => slug === row.rank);
  return {
    gameId: row.game_id,
    name: game?.name ?? { en: row.game_id },
    level: row.level,
    ...(rank && { rank }),
    roles: game?.roles.filter(({ slug }) => row.roles.includes(slug)) ?? [],
    ...(row.hours_played !== null && { hoursPlayed: row.hours_played }),
    ...(row.in_game_name !== null && { inGameName: row.in_game_name }),
    platform: row.platform,
  };
}
