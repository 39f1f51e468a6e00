import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';
import { enumOf } from '#platform/schemas.ts';

const application = {
  applicationId: Type.String(),
  partyId: Type.String(),
  applicantId: Type.String(),
  hostId: Type.String(),
};

export const applicationSent = defineEvent('parties.application_sent', Type.Object(application));

/** Answered, taken back, or over with its party. */
export const applicationEnded = defineEvent(
  'parties.application_ended',
  Type.Object({ ...application, outcome: enumOf(['accepted', 'declined', 'withdrawn', 'expired']) }),
);

const party = { partyId: Type.String(), memberIds: Type.Array(Type.String()) };

/** It starts in ten minutes. */
export const partyNearing = defineEvent('parties.party_nearing', Type.Object(party));

/** Nobody joins it any more; `memberIds` were in it. */
export const partyEnded = defineEvent(
  'parties.party_ended',
  Type.Object({ ...party, hostId: Type.String(), outcome: enumOf(['finished', 'cancelled']) }),
);
