import { Type } from 'typebox';
import { frameRef } from '#platform/frames.ts';
import { model, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

const MAX_WATCHED = 200;

export const PresenceFrame = model(
  'PresenceFrame',
  strictObject(
    {
      op: Type.Unsafe<'presence'>({ type: 'string', enum: ['presence'] }),
      userIds: Type.Array(Uuid, { maxItems: MAX_WATCHED, uniqueItems: true }),
      ...frameRef,
    },
    {
      description:
        'Whose presence this socket shows; replaces those named before. The `ack` carries `PresenceList`, later changes come as `presence.changed`.',
    },
  ),
);

export const UserPresence = model(
  'UserPresence',
  Type.Object(
    {
      userId: Uuid,
      isOnline: Type.Boolean(),
      lastSeenAt: Type.Optional(Timestamp),
    },
    { description: 'Of somebody whose presence is not for the caller: offline, without `lastSeenAt`.' },
  ),
);

// Named by the document alone: the `ack` of `watch` carries it.
model('PresenceList', Type.Object({ items: Type.Array(ref(UserPresence)) }));
