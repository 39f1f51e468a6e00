/**
 * Notifications own what tells people of things that happened without them: the feed, the devices that take pushes, and
 * what each person wants to be told of. Offers its doors. Announces nothing; open sockets hear of the feed over the bus.
 * Listens to relationships, ratings and search, whose news it tells, and to accounts: devices leave with their session,
 * everything with the account.
 */
import type { Accounts } from '#modules/accounts/index.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import { forgetOldNotifications } from './actions/forget-old-notifications.ts';
import { notificationsListeners } from './listeners.ts';
import { notificationsRoutes } from './routes.ts';
import type { NotificationsTools } from './tools.ts';

export type Notifications = {
  routes: readonly Door[];
  listeners: readonly Listener[];
  /** Removes what is older than the feed goes back; now and then, on any node. */
  forgetOld(): Promise<void>;
};

export function createNotifications(
  options: Omit<NotificationsTools, 'findRecipient'> & { accounts: Pick<Accounts, 'findAccounts'> },
): Notifications {
  const { accounts, ...rest } = options;
  const tools: NotificationsTools = {
    ...rest,
    async findRecipient(db, accountId) {
      const [account] = await accounts.findAccounts(db, [accountId]);
      return account?.isActive ? account : undefined;
    },
  };
  return {
    routes: notificationsRoutes(tools),
    listeners: notificationsListeners(tools, accounts),
    forgetOld: () => forgetOldNotifications(tools),
  };
}
