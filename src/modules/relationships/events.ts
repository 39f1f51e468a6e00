import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

const request = { requestId: Type.String(), senderId: Type.String(), recipientId: Type.String() };

export const teammateRequestSent = defineEvent('relationships.teammate_request_sent', Type.Object(request));

/** Answered, withdrawn, or ended by a block; requests that expire end in silence. */
export const teammateRequestClosed = defineEvent(
  'relationships.teammate_request_closed',
  Type.Object({
    ...request,
    outcome: Type.Unsafe<'accepted' | 'declined' | 'withdrawn'>({ enum: ['accepted', 'declined', 'withdrawn'] }),
  }),
);

const pair = Type.Object({ accountId: Type.String(), otherId: Type.String() });

export const teammatesMade = defineEvent('relationships.teammates_made', pair);
export const teammatesParted = defineEvent('relationships.teammates_parted', pair);
/** `accountId` blocked `otherId`. */
export const personBlocked = defineEvent('relationships.person_blocked', pair);
export const personUnblocked = defineEvent('relationships.person_unblocked', pair);
