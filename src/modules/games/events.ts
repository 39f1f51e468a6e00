import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Games or genres changed: whoever keeps a copy reads it again. */
export const catalogueChanged = defineEvent('games.catalogue_changed', Type.Object({}));
