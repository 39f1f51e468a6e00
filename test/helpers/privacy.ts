/**
 * What an answer may say of a person to somebody else. A hand list on purpose: a field that the document gains must be
 * looked at by somebody before it is told to strangers.
 */
const told = new Set(
  [
    'userId username displayName avatar bio country region timeZone languages platforms acceptsCrossplay voice playStyle',
    'genres availability lookingFor games contacts rating memberSince presence isOnline lastSeenAt',
    // Somebody's part in a chat.
    'chatId role state rev joinedAt invitedBy memberCount readSeq deliveredSeq isRead option emoji isSet createdAt',
    // What is between two people.
    'requestId direction gameId note expiresAt addedAt since score reasons parts rankingVersion',
    // What the reporter of somebody named.
    'kind mediaId',
  ].flatMap((line) => line.split(' ')),
);

/** Nothing of this is anybody's business but the owner's, wherever it may stand. */
const owned = new Set(
  [
    'email pendingEmail isEmailVerified ageBand locale acceptedTerms deletionAt assistedRecoveryAt deviceName sessionId',
    'discoverable vacationUntil presenceVisibility nextSteps ip passwordHash apnsToken',
  ].flatMap((line) => line.split(' ')),
);

/** Where people read about themselves, and the staff about others; and the document, which gives examples. */
const isPrivatePath = (path: string): boolean =>
  path === '/openapi.json' ||
  /^\/v1\/(auth|admin|moderation|setup|exports)\b/.test(path) ||
  /^\/v1\/me(\/(appeals|deletion|devices|export|privacy|profile)\b.*)?$/.test(path);

/** Throws when an answer that others get says more of a person than the lists allow. */
export function checkPrivacy(path: string, answer: unknown): void {
  if (!isPrivatePath(path)) walk(path, answer);
}

function walk(path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(path, one);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const isPerson = 'userId' in value;
  for (const [key, inner] of Object.entries(value)) {
    if (owned.has(key) || (isPerson && !told.has(key))) {
      throw new Error(`${path} tells of a person what is nobody's business: ${key} in ${JSON.stringify(value)}`);
    }
    walk(path, inner);
  }
}
