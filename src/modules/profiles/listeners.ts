import { accountErased } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { eraseProfile } from './actions/erase-profile.ts';
import type { ProfilesTools } from './tools.ts';

export const profilesListeners = (tools: ProfilesTools): Listener[] => [
  listener('profiles', accountErased, ({ payload }, tx) => eraseProfile(tools, tx, payload.accountId)),
];
