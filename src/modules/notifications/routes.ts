import { type Door, door } from '#platform/door.ts';
import { deleteDevice } from './actions/delete-device.ts';
import { getNotificationSettings } from './actions/get-notification-settings.ts';
import { listDevices } from './actions/list-devices.ts';
import { listNotifications } from './actions/list-notifications.ts';
import { markNotificationsRead } from './actions/mark-notifications-read.ts';
import { putDevice } from './actions/put-device.ts';
import { testPush } from './actions/test-push.ts';
import { updateNotificationSettings } from './actions/update-notification-settings.ts';
import { deviceNotFound, pushOff } from './errors.ts';
import {
  Device,
  DeviceBody,
  DeviceList,
  DeviceParams,
  NotificationPage,
  NotificationSettings,
  NotificationSettingsBody,
  NotificationsQuery,
  NotificationsRead,
  NotificationsReadBody,
} from './schemas.ts';
import type { NotificationsTools } from './tools.ts';

const tag = 'notifications';

export const notificationsRoutes = (tools: NotificationsTools): Door[] => [
  door({
    operationId: 'putDevice',
    method: 'PUT',
    path: '/v1/me/devices/{deviceId}',
    tag,
    summary: 'Get pushes on this device',
    description:
      'Call it at each start of the app and when iOS gives a new token. The device belongs to the session that calls and leaves with it; a token that another account had is taken from it.',
    access: 'notifications.manage',
    params: DeviceParams,
    body: DeviceBody,
    status: 200,
    answer: Device,
    example: { body: { apnsToken: '5f'.repeat(32), environment: 'sandbox', locale: 'ru', appVersion: '1.0.3' } },
    handle: ({ actor, params, body }) => putDevice(tools, actor, params.deviceId, body),
  }),
  door({
    operationId: 'listDevices',
    method: 'GET',
    path: '/v1/me/devices',
    tag,
    summary: 'Devices that get pushes',
    access: 'notifications.manage',
    status: 200,
    answer: DeviceList,
    handle: ({ actor }) => listDevices(tools, actor),
  }),
  door({
    operationId: 'deleteDevice',
    method: 'DELETE',
    path: '/v1/me/devices/{deviceId}',
    tag,
    summary: 'Get no more pushes on a device',
    access: 'notifications.manage',
    params: DeviceParams,
    status: 204,
    handle: ({ actor, params }) => deleteDevice(tools, actor, params.deviceId),
  }),
  door({
    operationId: 'testPush',
    method: 'POST',
    path: '/v1/me/devices/{deviceId}/test-push',
    tag,
    summary: 'Send a push to try whether they arrive',
    description: 'It leaves within a second or two, whatever the settings say and though the app is open.',
    access: 'notifications.manage',
    limit: 'test_push',
    params: DeviceParams,
    status: 202,
    problems: [deviceNotFound, pushOff],
    handle: ({ actor, params }) => testPush(tools, actor, params.deviceId),
  }),
  door({
    operationId: 'getNotificationSettings',
    method: 'GET',
    path: '/v1/me/notification-settings',
    tag,
    summary: 'What the caller is told of, and how',
    access: 'notifications.manage',
    status: 200,
    answer: NotificationSettings,
    handle: ({ actor }) => getNotificationSettings(tools, actor),
  }),
  door({
    operationId: 'updateNotificationSettings',
    method: 'PATCH',
    path: '/v1/me/notification-settings',
    tag,
    summary: 'Choose what to be told of, and how',
    description: 'What is left out stays as it is. A single chat is quietened at `PATCH /v1/chats/{chatId}/settings`.',
    access: 'notifications.manage',
    body: NotificationSettingsBody,
    status: 200,
    answer: NotificationSettings,
    example: { body: { kinds: { rating: { push: false } }, quietHours: { from: '23:00', to: '08:30' } } },
    handle: ({ actor, body }) => updateNotificationSettings(tools, actor, body),
  }),
  door({
    operationId: 'listNotifications',
    method: 'GET',
    path: '/v1/me/notifications',
    tag,
    summary: 'The feed, newest first',
    description: 'Requests, ratings, matches and decisions of the last 90 days; messages stand in their chats.',
    access: 'notifications.manage',
    query: NotificationsQuery,
    status: 200,
    answer: NotificationPage,
    handle: ({ actor, query }) => listNotifications(tools, actor, query),
  }),
  door({
    operationId: 'markNotificationsRead',
    method: 'PUT',
    path: '/v1/me/notifications/read',
    tag,
    summary: 'Mark entries of the feed as read',
    access: 'notifications.manage',
    body: NotificationsReadBody,
    status: 200,
    answer: NotificationsRead,
    example: { body: { upTo: '01990000-0000-7000-8000-000000000000' } },
    handle: ({ actor, body }) => markNotificationsRead(tools, actor, body),
  }),
];
