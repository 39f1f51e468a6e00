import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Whom to tell, and what, in their language. */
const told = { accountId: Type.String(), title: Type.String(), text: Type.String() };

/** A report was decided: for its reporter. */
export const reportResolved = defineEvent(
  'moderation.report_resolved',
  Type.Object({ ...told, reportId: Type.String(), outcome: Type.String() }),
);
/** A sanction is in force: for the person. */
export const sanctioned = defineEvent(
  'moderation.sanctioned',
  Type.Object({
    ...told,
    sanctionId: Type.String(),
    kind: Type.String(),
    reason: Type.String(),
    endsAt: Type.Optional(Type.String()),
  }),
);
/** A sanction was lifted, or has ended by time. */
export const sanctionLifted = defineEvent(
  'moderation.sanction_lifted',
  Type.Object({ ...told, sanctionId: Type.String(), kind: Type.String() }),
);
export const appealDecided = defineEvent(
  'moderation.appeal_decided',
  Type.Object({ ...told, appealId: Type.String(), sanctionId: Type.String(), decision: Type.String() }),
);
/** The staff changed the text rules: every node reads them anew. */
export const textRulesChanged = defineEvent('moderation.text_rules_changed', Type.Object({}));
/** The text rules let something pass but want it looked at. */
export const textHeld = defineEvent(
  'moderation.text_held',
  Type.Object({
    accountId: Type.String(),
    field: Type.String(),
    text: Type.String(),
    chatId: Type.Optional(Type.String()),
    seq: Type.Optional(Type.Integer()),
    partyId: Type.Optional(Type.String()),
  }),
);
