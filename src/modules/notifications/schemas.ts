import { type Static, Type } from 'typebox';
import { securityCodes } from '#modules/accounts/index.ts';
import { Card } from '#modules/profiles/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { type Kind, kinds } from './kinds.ts';

export const pushEnvironments = ['production', 'sandbox'] as const;

export const DeviceParams = strictObject({ deviceId: Uuid });

export const DeviceBody = model(
  'DeviceBody',
  strictObject({
    apnsToken: Type.String({
      minLength: 64,
      maxLength: 200,
      pattern: '^([0-9a-fA-F]{2})+$',
      description: 'What iOS gave the app, in hexadecimal.',
    }),
    environment: enumOf(pushEnvironments, { description: '`sandbox` for a build from Xcode.' }),
    locale: enumOf(['en', 'ru'], { description: 'The language of the texts of pushes.' }),
    appVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\w.+() -]+$' })),
  }),
);

export const Device = model(
  'Device',
  Type.Object({
    deviceId: Uuid,
    environment: openEnum(pushEnvironments),
    locale: openEnum(['en', 'ru']),
    appVersion: Type.Optional(Type.String()),
    isCurrent: Type.Boolean({ description: 'It belongs to the session that asks.' }),
    registeredAt: Timestamp,
  }),
);
export const DeviceList = model('DeviceList', Type.Object({ items: Type.Array(ref(Device)) }));

const NotificationWays = model(
  'NotificationWays',
  Type.Object({
    push: Type.Boolean(),
    mail: Type.Boolean({ description: 'In the letter to those without a device for pushes, one a day at most.' }),
  }),
);
const NotificationWaysBody = model(
  'NotificationWaysBody',
  strictObject({ push: Type.Optional(Type.Boolean()), mail: Type.Optional(Type.Boolean()) }),
);

const byKind = <T>(value: T) => Object.fromEntries(kinds.map((kind) => [kind, value])) as Record<Kind, T>;

const NotificationKinds = model('NotificationKinds', Type.Object(byKind(ref(NotificationWays))));
const NotificationKindsBody = model(
  'NotificationKindsBody',
  strictObject(byKind(Type.Optional(ref(NotificationWaysBody)))),
);

export const previews = ['full', 'name_only', 'none'] as const;

const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'Such as `23:00`.' });
const quietHours = { from: time, to: time };
const hours = 'By the clocks of the profile’s time zone; may reach over midnight. Pushes wait for their end.';
const QuietHours = model('QuietHours', Type.Object(quietHours, { description: hours }));
const QuietHoursBody = model('QuietHoursBody', strictObject(quietHours, { description: hours }));

const passing = { description: 'Mentions come through in chats that are muted.' };
const requestText = { description: 'What a stranger writes is shown before the request is accepted.' };
const cap = { description: 'Pushes of saved searches in 24 hours, 0 to 3. The feed shows all.' };
const digests = { description: 'A letter, once a day at most, to who is away and has no device for pushes.' };
const preview = 'How much of a message a push shows: all, only who wrote, or nothing.';

export const NotificationSettings = model(
  'NotificationSettings',
  Type.Object({
    kinds: ref(NotificationKinds),
    mentionsPassMute: Type.Boolean(passing),
    preview: openEnum(previews, { description: preview }),
    showsRequestText: Type.Boolean(requestText),
    quietHours: Type.Optional(ref(QuietHours)),
    matchPushesPerDay: Type.Integer(cap),
    digests: Type.Boolean(digests),
  }),
);

export const NotificationSettingsBody = model(
  'NotificationSettingsBody',
  strictObject({
    kinds: Type.Optional(ref(NotificationKindsBody)),
    mentionsPassMute: Type.Optional(Type.Boolean(passing)),
    preview: Type.Optional(enumOf(previews, { description: preview })),
    showsRequestText: Type.Optional(Type.Boolean(requestText)),
    quietHours: Type.Optional(ref(QuietHoursBody)),
    matchPushesPerDay: Type.Optional(Type.Integer({ minimum: 0, maximum: 3, ...cap })),
    digests: Type.Optional(Type.Boolean(digests)),
    clear: Type.Optional(Type.Array(enumOf(['quietHours'] as const), { maxItems: 1 })),
  }),
);

/** What the app opens a notification by. */
const notificationData = {
  requestId: Type.Optional(Uuid),
  chatId: Type.Optional(Uuid),
  ratingId: Type.Optional(Uuid),
  savedSearchId: Type.Optional(Uuid),
  partyId: Type.Optional(Uuid),
  applicationId: Type.Optional(Uuid),
  reportId: Type.Optional(Uuid),
  sanctionId: Type.Optional(Uuid),
  appealId: Type.Optional(Uuid),
  code: Type.Optional(openEnum(securityCodes, { description: 'What happened to the security of the account.' })),
};
const said = Type.Object({ title: Type.String(), text: Type.String() });
const NotificationDataShape = Type.Object({
  ...notificationData,
  // Words of its own that it came with, in the language of the account.
  said: Type.Optional(said),
});
export type NotificationData = Static<typeof NotificationDataShape>;

export const Notification = model(
  'Notification',
  Type.Object({
    notificationId: Uuid,
    kind: openEnum(kinds),
    title: Type.Optional(Type.String({ description: 'To stand above `text`; decisions of moderators have one.' })),
    text: Type.String({ description: 'In the language of the account; for kinds that the app does not know, too.' }),
    user: Type.Optional(ref(Card)),
    ...notificationData,
    isRead: Type.Boolean(),
    createdAt: Timestamp,
  }),
);
export const NotificationPage = model(
  'NotificationPage',
  Type.Object({
    ...pageOf(ref(Notification)).properties,
    unread: Type.Integer({ description: 'In the whole feed.' }),
  }),
);
export const NotificationsQuery = strictObject(pageQuery);

export const NotificationsReadBody = model(
  'NotificationsReadBody',
  strictObject(
    {
      upTo: Type.Optional(Uuid),
      ids: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 100, uniqueItems: true })),
    },
    { description: 'One of the two: this one and all older ones, or these.' },
  ),
);
export const NotificationsRead = model('NotificationsRead', Type.Object({ unread: Type.Integer() }));

export const UnsubscribeQuery = strictObject({ token: Type.String({ minLength: 1, maxLength: 500 }) });
