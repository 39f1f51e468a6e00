/** What two spellings of one username or address share. Only case and Unicode form are folded: mail goes to the address as given. */
export const foldName = (text: string): string => text.normalize('NFC').toLowerCase();

/** Names that would pass for the service or its staff. */
const RESERVED = new Set(
  (
    'admin administrator moderator mod root system support help soyamate official staff security info contact api www mail ' +
    'postmaster abuse noreply null undefined me everyone all here anonymous guest deleted bot'
  ).split(' '),
);

/** What guests are called until they choose a name. */
export const GUEST_PREFIX = 'guest-';

export const isReservedName = (usernameKey: string): boolean =>
  usernameKey.startsWith(GUEST_PREFIX) ||
  RESERVED.has(usernameKey) ||
  RESERVED.has(usernameKey.replaceAll(/[._-]/g, ''));
