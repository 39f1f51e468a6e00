import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Something that a card or the search shows of this person has changed. */
export const profileChanged = defineEvent('profiles.profile_changed', Type.Object({ accountId: Type.String() }));
