import { accountErased } from '#modules/accounts/index.ts';
import { gameMerged, genreDeleted } from '#modules/games/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseProfile } from './actions/erase-profile.ts';
import { forgetGenre } from './actions/forget-genre.ts';
import { moveGame } from './actions/move-game.ts';
import { gameMovePaused, genreForgettingPaused } from './events.ts';
import type { ProfilesTools } from './tools.ts';

const NAME = 'profiles';

export const profilesListeners = (tools: ProfilesTools): Listener[] => [
  listener(NAME, accountErased, ({ payload }, tx) => eraseProfile(tools, tx, payload.accountId)),
  listener(NAME, gameMerged, ({ payload }, tx) => moveGame(tools, tx, payload)),
  listener(NAME, gameMovePaused, ({ payload }, tx) => moveGame(tools, tx, payload)),
  listener(NAME, genreDeleted, ({ payload }, tx) => forgetGenre(tools, tx, payload.genreId)),
  listener(NAME, genreForgettingPaused, ({ payload }, tx) => forgetGenre(tools, tx, payload.genreId)),
];
