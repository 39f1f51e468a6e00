import { accountErased, sessionsEnded } from '#modules/accounts/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { deleteDevicesOfAccount, deleteDevicesOfSessions } from './queries/devices.ts';
import { deleteSettings } from './queries/settings.ts';

const NAME = 'notifications';

export const notificationsListeners = (): Listener[] => [
  listener(NAME, sessionsEnded, async ({ payload }, tx) => {
    await deleteDevicesOfSessions(tx, payload.sessionIds);
  }),
  listener(NAME, accountErased, async ({ payload }, tx) => {
    await deleteDevicesOfAccount(tx, payload.accountId);
    await deleteSettings(tx, payload.accountId);
  }),
];
