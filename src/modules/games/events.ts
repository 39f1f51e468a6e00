import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';

/** Games or genres changed: whoever keeps a copy reads it again. */
export const catalogueChanged = defineEvent('games.catalogue_changed', Type.Object({}));

/** Two entries were one game: whoever keeps the id of the first puts that of the second in its place. */
export const gameMerged = defineEvent(
  'games.game_merged',
  Type.Object({ gameId: Type.String(), intoGameId: Type.String() }),
);

/** A genre is no more: whoever keeps its id forgets it. */
export const genreDeleted = defineEvent('games.genre_deleted', Type.Object({ genreId: Type.String() }));
