import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Something that a card or the search shows of this person has changed. */
export const profileChanged = defineEvent('profiles.profile_changed', Type.Object({ accountId: Type.String() }));

/** A batch of profiles has a merged game in the place of the old one; the others are next. */
export const gameMovePaused = defineEvent(
  'profiles.game_move_paused',
  Type.Object({ gameId: Type.String(), intoGameId: Type.String() }),
);

/** A batch of profiles has forgotten a genre that is no more; the others are next. */
export const genreForgettingPaused = defineEvent(
  'profiles.genre_forgetting_paused',
  Type.Object({ genreId: Type.String() }),
);
