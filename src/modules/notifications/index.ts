/**
 * Notifications own what reaches people outside the app: the devices that take pushes. Offers its doors. Announces
 * nothing. Listens to accounts: devices leave with their session and account.
 */
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import { notificationsListeners } from './listeners.ts';
import { notificationsRoutes } from './routes.ts';
import type { NotificationsTools } from './tools.ts';

export type Notifications = {
  routes: readonly Door[];
  listeners: readonly Listener[];
};

export function createNotifications(tools: NotificationsTools): Notifications {
  return { routes: notificationsRoutes(tools), listeners: notificationsListeners() };
}
