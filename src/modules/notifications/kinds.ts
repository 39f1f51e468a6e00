/** What people are told of. The list grows: a client meets kinds that it does not know. */
export const kinds = [
  'message',
  'mention',
  'message_request',
  'teammate_request',
  'request_accepted',
  'rating',
  'search_match',
  'party_application',
  'party_accepted',
  'party_starts',
  'party_cancelled',
  'moderation',
  'security',
] as const;
export type Kind = (typeof kinds)[number];

/** Those that stand in the feed; messages stand in their chats. */
export type FeedKind = Exclude<Kind, 'message' | 'mention'>;
