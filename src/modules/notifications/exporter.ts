import { type Exporter, exportRows } from '#platform/exports.ts';
import type { NotificationsTools } from './tools.ts';

/** A person's feed, settings, devices and the times of letters. */
export const createNotificationsExporter = ({ db: { read } }: Pick<NotificationsTools, 'db'>): Exporter =>
  async function* exportNotifications(accountId) {
    const where = { account_id: accountId };
    yield {
      path: 'notifications/feed.json',
      rows: exportRows(read, 'notifications', { where, key: ['notification_id'], without: ['source'] }),
    };
    yield {
      path: 'notifications/settings.json',
      rows: exportRows(read, 'notification_settings', { where, key: ['account_id'] }),
    };
    yield {
      path: 'notifications/devices.json',
      rows: exportRows(read, 'devices', { where, key: ['device_id'], without: ['apns_token'] }),
    };
    yield {
      path: 'notifications/letters.json',
      rows: exportRows(read, 'digests', { where, key: ['account_id'] }),
    };
  };
