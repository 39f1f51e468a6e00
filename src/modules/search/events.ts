import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Somebody fits a saved search well: `matchId` is who. Never in the owner's night, and not twice for a pair in 30 days. */
export const matchFound = defineEvent(
  'search.match_found',
  Type.Object({ accountId: Type.String(), savedSearchId: Type.String(), matchId: Type.String() }),
);
