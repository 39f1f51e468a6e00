import type { Updateable } from 'kysely';
import type { Games } from '#modules/games/index.ts';
import type { Tables } from '#platform/tables.generated.ts';
import { cleanLine, cleanText, countGraphemes } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { canonicalSlots } from './availability.ts';
import { type Contact, type ProfilePatch, textLengths } from './schemas.ts';
import { readCountry, readLanguages, readTimeZone } from './world.ts';

/** Turns a change of the profile into columns; throws a fault for each field whose content a schema cannot check. */
export function readProfilePatch(patch: ProfilePatch, games: Pick<Games, 'isGenre'>): Updateable<Tables['profiles']> {
  const { displayName, bio, lookingFor, country, timeZone, languages, genres, availability, contacts } = patch;
  return {
    ...(displayName !== undefined && {
      display_name: readLine(displayName, '/body/displayName', textLengths.displayName),
    }),
    ...(bio !== undefined && { bio: readText(bio, '/body/bio', textLengths.bio) }),
    ...(lookingFor !== undefined && {
      looking_for: readText(lookingFor, '/body/lookingFor', textLengths.lookingFor),
    }),
    ...(country !== undefined && { country: readCountry(country) }),
    ...(patch.region !== undefined && { region: patch.region }),
    ...(timeZone !== undefined && { time_zone: readTimeZone(timeZone) }),
    ...(languages !== undefined && { languages: readLanguages(languages) }),
    ...(patch.platforms !== undefined && { platforms: [...new Set(patch.platforms)] }),
    ...(patch.acceptsCrossplay !== undefined && { accepts_crossplay: patch.acceptsCrossplay }),
    ...(patch.voice !== undefined && { voice: patch.voice }),
    ...(patch.playStyle !== undefined && { play_style: patch.playStyle }),
    ...(genres !== undefined && { genres: readGenres(genres, games) }),
    ...(availability !== undefined && { availability: JSON.stringify(canonicalSlots(availability)) }),
    ...(patch.discoverable !== undefined && { is_discoverable: patch.discoverable }),
    ...(patch.vacationUntil !== undefined && { vacation_until: new Date(patch.vacationUntil) }),
    ...(patch.presenceVisibility !== undefined && { presence_visibility: patch.presenceVisibility }),
    ...(patch.wishes !== undefined && { wishes: JSON.stringify(patch.wishes) }),
    ...(contacts !== undefined && { contacts: JSON.stringify(contacts.map(readContact)) }),
    ...readClear(patch),
  };
}

const COLUMNS = {
  displayName: 'display_name',
  bio: 'bio',
  country: 'country',
  region: 'region',
  timeZone: 'time_zone',
  voice: 'voice',
  playStyle: 'play_style',
  lookingFor: 'looking_for',
  vacationUntil: 'vacation_until',
} as const;

function readClear(patch: ProfilePatch): Updateable<Tables['profiles']> {
  const fields = patch.clear ?? [];
  const contradiction = fields.find((field) => patch[field] !== undefined);
  if (contradiction) throw inputFault(`/body/${contradiction}`, 'format', SET_AND_CLEARED);
  return Object.fromEntries(fields.map((field) => [COLUMNS[field], null]));
}

/** An optional text: emptied by an empty one. */
function readText(text: string, path: string, mostCharacters: number): string | null {
  const cleaned = cleanText(text);
  checkLength(cleaned, path, mostCharacters);
  return cleaned || null;
}

/** A line that must say something. */
export function readLine(text: string, path: string, mostCharacters: number): string {
  const cleaned = cleanLine(text);
  if (cleaned === '') throw inputFault(path, 'length', EMPTY);
  checkLength(cleaned, path, mostCharacters);
  return cleaned;
}

/** By what people count as characters, and by bytes, so that one character cannot be endless. */
function checkLength(text: string, path: string, mostCharacters: number): void {
  if (countGraphemes(text) <= mostCharacters && Buffer.byteLength(text) <= mostCharacters * 8) return;
  throw inputFault(path, 'length', {
    en: `must have at most ${mostCharacters} characters`,
    ru: `должно быть не длиннее ${mostCharacters} символов`,
  });
}

function readGenres(genres: readonly string[], games: Pick<Games, 'isGenre'>): string[] {
  const unknown = genres.findIndex((genre) => !games.isGenre(genre));
  if (unknown >= 0) throw inputFault(`/body/genres/${unknown}`, 'enum', NO_GENRE);
  return [...new Set(genres)];
}

function readContact({ kind, value, visibility }: Contact, i: number): Contact {
  return { kind, value: readLine(value, `/body/contacts/${i}/value`, textLengths.contact), visibility };
}

const EMPTY = { en: 'must have something visible', ru: 'должно содержать хоть один видимый символ' };
const SET_AND_CLEARED = { en: 'is both set and cleared', ru: 'и задано, и очищается' };
const NO_GENRE = { en: 'is not a genre of the catalogue', ru: 'нет такого жанра в каталоге' };
