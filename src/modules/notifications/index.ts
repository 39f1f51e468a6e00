/**
 * Notifications own what tells people of things that happened without them: the feed, the devices that take pushes, the
 * queue of pushes, the letters to who has no device, and what each person wants to be told of. Offers its doors and the
 * work of the queue. Announces nothing; open sockets hear of the feed over the bus. Listens to relationships, ratings,
 * parties, search, moderation and accounts, whose news it tells; devices leave with their session, everything with the account.
 * Asks the messenger for its news.
 */
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import type { JobHandler } from '#platform/jobs.ts';
import type { Pusher } from '#platform/push.ts';
import { forgetOldNotifications } from './actions/forget-old-notifications.ts';
import { createNotificationsExporter } from './exporter.ts';
import { notificationsListeners } from './listeners.ts';
import { measurePushes } from './measure-pushes.ts';
import { createPushWorker, type PushWorker } from './push-worker.ts';
import { notificationsRoutes } from './routes.ts';
import { digestHandler, sendDigests } from './send-digests.ts';
import { pushJobHandler } from './send-pushes.ts';
import type { NotificationsTools } from './tools.ts';

export type Notifications = PushWorker & {
  routes: readonly Door[];
  listeners: readonly Listener[];
  jobHandlers: readonly JobHandler[];
  exporter: Exporter;
  /** Sends the letters that are due; now and then, on any node. */
  sendDigests(): Promise<void>;
  /** Removes what is older than the feed goes back, and what the queue has done with; now and then, on any node. */
  forgetOld(): Promise<void>;
};

export function createNotifications(
  options: Omit<NotificationsTools, 'isPushOn'> & {
    /** Absent: push is off. */
    pusher: Pusher | undefined;
  },
): Notifications {
  const { pusher, ...rest } = options;
  const tools: NotificationsTools = { ...rest, isPushOn: pusher !== undefined };
  measurePushes(tools);
  return {
    ...createPushWorker(tools, pusher),
    routes: notificationsRoutes(tools),
    listeners: notificationsListeners(tools),
    jobHandlers: [pushJobHandler(tools), digestHandler(tools)],
    exporter: createNotificationsExporter(tools),
    sendDigests: () => sendDigests(tools),
    forgetOld: () => forgetOldNotifications(tools),
  };
}
