import type { Insertable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';
import { cleanLine } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import type { Catalogue } from './catalogue.ts';
import type { GamePatch, LocalNameBody, NamedStepBody } from './schemas.ts';

type Columns = Partial<Omit<Insertable<Tables['games']>, 'game_id'>>;

/**
 * Turns what staff wrote of a game into columns; throws a fault for whatever a schema cannot check. `at`: where the game
 * stands in the request.
 */
export function readGame(patch: GamePatch, catalogue: Pick<Catalogue, 'hasGenre'>, at = '/body') {
  const { name, aliases, genres, ladder, roles, clear = [] } = patch;
  const change: Columns = {
    ...(name && { name: JSON.stringify(readName(name, `${at}/name`)) }),
    // Staff were shown all of them as one list.
    ...(aliases && { aliases: readAliases(aliases, at), merged_aliases: null }),
    ...(patch.year !== undefined && { release_year: patch.year }),
    ...(genres && { genres: readGenres(genres, catalogue, at) }),
    ...(patch.platforms && { platforms: [...new Set(patch.platforms)] }),
    ...(patch.modes && { modes: [...new Set(patch.modes)] }),
    ...(patch.maxPartySize !== undefined && { max_party_size: patch.maxPartySize }),
    ...(patch.popularity !== undefined && { popularity: patch.popularity }),
    ...(ladder && { ladder: JSON.stringify(readSteps(ladder, `${at}/ladder`)) }),
    ...(roles && { roles: JSON.stringify(readSteps(roles, `${at}/roles`)) }),
    ...(patch.steamAppId !== undefined && { steam_app_id: patch.steamAppId }),
  };
  const contradiction = clear.find((field) => patch[field] !== undefined);
  if (contradiction) throw inputFault(`${at}/${contradiction}`, 'format', SET_AND_CLEARED);
  for (const field of clear) change[COLUMNS[field]] = null;
  return change;
}

const COLUMNS = { year: 'release_year', maxPartySize: 'max_party_size', steamAppId: 'steam_app_id' } as const;

export function readName({ en, ru }: LocalNameBody, path: string): LocalNameBody {
  return { en: readLine(en, `${path}/en`), ...(ru !== undefined && { ru: readLine(ru, `${path}/ru`) }) };
}

function readAliases(aliases: readonly string[], at: string): string[] {
  return [...new Set(aliases.map((alias, i) => readLine(alias, `${at}/aliases/${i}`)))];
}

function readGenres(genres: readonly string[], catalogue: Pick<Catalogue, 'hasGenre'>, at: string): string[] {
  const unknown = genres.findIndex((genre) => !catalogue.hasGenre(genre));
  if (unknown >= 0) throw inputFault(`${at}/genres/${unknown}`, 'enum', NO_GENRE);
  return [...new Set(genres)];
}

/** A slug is a place on one ladder, or one role: twice the same would be two. */
function readSteps(steps: readonly NamedStepBody[], path: string): NamedStepBody[] {
  const repeated = steps.findIndex(({ slug }, i) => steps.findIndex((other) => other.slug === slug) !== i);
  if (repeated >= 0) throw inputFault(`${path}/${repeated}/slug`, 'format', REPEATED);
  return steps.map(({ slug, name }, i) => ({ slug, name: readName(name, `${path}/${i}/name`) }));
}

function readLine(text: string, path: string): string {
  const line = cleanLine(text);
  if (line === '') throw inputFault(path, 'length', EMPTY);
  return line;
}

const EMPTY = { en: 'must have something visible', ru: 'должно содержать хоть один видимый символ' };
const REPEATED = { en: 'stands there twice', ru: 'повторяется' };
const SET_AND_CLEARED = { en: 'is both set and cleared', ru: 'и задано, и очищается' };
const NO_GENRE = { en: 'is not a genre of the catalogue', ru: 'нет такого жанра в каталоге' };
