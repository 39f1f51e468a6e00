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

/** The host left and somebody else leads on, whom these waiting applications concern now. */
export const hostChanged = defineEvent(
  'parties.host_changed',
  Type.Object({
    partyId: Type.String(),
    fromId: Type.String(),
    toId: Type.String(),
    applications: Type.Array(Type.Object({ applicationId: Type.String(), applicantId: Type.String() })),
  }),
);

const party = { partyId: Type.String(), memberIds: Type.Array(Type.String()) };

/** It starts in ten minutes. */
export const partyNearing = defineEvent('parties.party_nearing', Type.Object(party));

/** Nobody joins it any more; `memberIds` were in it. */
export const partyEnded = defineEvent(
  'parties.party_ended',
  Type.Object({ ...party, hostId: Type.String(), outcome: enumOf(['finished', 'cancelled']) }),
);
