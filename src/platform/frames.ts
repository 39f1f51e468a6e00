import { type Static, type TSchema, Type } from 'typebox';
import type { Actor } from './actor.ts';
import { topic } from './bus.ts';
import type { LimitName } from './rate-limits.ts';
import { model, openEnum, strictObject, Uuid } from './schemas.ts';

export const SOCKET_PATH = '/v1/realtime';
export const MAX_FRAME_BYTES = 65_536;
export const HEARTBEAT_SECONDS = 25;

/** Why a socket was closed: what the client does next depends on it. */
export const closeCodes = { tokenEnded: 4001, banned: 4003, tooSlow: 4008, replaced: 4010, restart: 1012 } as const;

/** Echoed in the answer, so that a client can tell which frame it belongs to. */
export const frameRef = { ref: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })) };

export type FrameInput = { actor: Actor; frame: { op: string; ref?: string } };

/** One op of the socket: same shape, right and action as its REST twin. What it returns is the body of the `ack`. */
export type FrameDoor = {
  readonly op: string;
  readonly schema: TSchema & { $id: string };
  readonly access: string;
  readonly limit?: LimitName;
  /** For what a client may repeat as it likes: again for the same chat within so many seconds, or over its limit, it has no effect. */
  readonly quietSeconds?: number;
  handle(input: FrameInput): Promise<object | undefined>;
};

export function frameDoor<T extends TSchema & { $id: string }>(definition: {
  op: string;
  schema: T;
  access: string;
  limit?: LimitName;
  quietSeconds?: number;
  handle(input: { actor: Actor; frame: Static<T> }): Promise<object | undefined>;
}): FrameDoor {
  // The frame has been checked against the very schema that its type comes from.
  return definition as unknown as FrameDoor;
}

export const HelloFrame = model(
  'HelloFrame',
  strictObject(
    {
      op: Type.Unsafe<'hello'>({ type: 'string', enum: ['hello'] }),
      token: Type.String({ maxLength: 4_096 }),
      ...frameRef,
    },
    { description: 'The access token, within 10 s of the handshake, unless it came in a header. Again to renew it.' },
  ),
);
export const PingFrame = model(
  'PingFrame',
  strictObject({ op: Type.Unsafe<'ping'>({ type: 'string', enum: ['ping'] }), ...frameRef }),
);

export const eventTypes = [
  'message.created',
  'message.updated',
  'message.deleted',
  'message.hidden',
  'reaction.changed',
  'chat.created',
  'chat.updated',
  'chat.removed',
  'chat.advanced',
  'member.changed',
  'read.changed',
  'delivered.changed',
  'state.changed',
  'typing',
  'presence.changed',
  'session.ended',
  'teammate_request.created',
  'teammate_request.accepted',
  'teammate_request.closed',
  'party.created',
  'party.updated',
  'party.closed',
  'party.application_created',
  'party.application_accepted',
  'party.application_closed',
  'sync.needed',
  'account.recovery_started',
  'notification',
  'notification.read',
] as const;

const tag = <const T extends string>(op: T) => Type.Unsafe<T>({ type: 'string', enum: [op] });

export const ReadyFrame = model(
  'ReadyFrame',
  Type.Object({
    op: tag('ready'),
    ref: Type.Optional(Type.String()),
    userId: Uuid,
    sessionId: Uuid,
    heartbeatSeconds: Type.Integer(),
  }),
);
export const AckFrame = model(
  'AckFrame',
  Type.Object(
    {
      op: tag('ack'),
      ref: Type.Optional(Type.String()),
      data: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'As the REST twin answers.' })),
    },
    { description: 'The frame took effect and is committed.' },
  ),
);
export const ErrorFrame = model(
  'ErrorFrame',
  Type.Object({
    op: tag('error'),
    ref: Type.Optional(Type.String()),
    code: Type.String({ description: 'As `Problem.code`.' }),
    detail: Type.String(),
    retryAfterSeconds: Type.Optional(Type.Integer()),
  }),
);
export const EventFrame = model(
  'EventFrame',
  Type.Object({
    op: tag('event'),
    type: openEnum(eventTypes),
    chatId: Type.Optional(Uuid),
    rev: Type.Optional(
      Type.Integer({ description: 'Place in the line of changes of the chat; a gap means: ask for changes.' }),
    ),
    data: Type.Object(
      {},
      { additionalProperties: true, description: 'By `type`: see docs/messenger.md and docs/parties.md.' },
    ),
  }),
);
export const PongFrame = model('PongFrame', Type.Object({ op: tag('pong'), ref: Type.Optional(Type.String()) }));
export const ByeFrame = model(
  'ByeFrame',
  Type.Object({
    op: tag('bye'),
    code: Type.String({ description: 'Why the server closes: `token_ended`, `too_slow`, `restart` …' }),
    retryAfterSeconds: Type.Optional(Type.Integer()),
  }),
);

/** What may be told to an open socket. */
export type LiveEvent = { type: (typeof eventTypes)[number]; chatId?: string; rev?: number; data: object };

/** A hint to every node: tell these people, if they have a socket there. */
export const liveEvents = topic<{ accountIds: readonly string[]; event: LiveEvent }>('live.events');

/** A hint to every node: this session has ended; close its sockets. */
export const endedSessions = topic<{ sessionIds: readonly string[]; reason: 'token_ended' | 'banned' }>(
  'live.ended-sessions',
);

/** A hint to every node: the role or state of these accounts has changed; their sockets get the rights of this moment. */
export const changedAccounts = topic<{ accountIds: readonly string[] }>('live.changed-accounts');

/** Which model belongs to which op, for the OpenAPI document. */
export const describeFrames = (doors: readonly Pick<FrameDoor, 'op' | 'schema'>[]) => ({
  clientFrames: {
    hello: HelloFrame.$id,
    ping: PingFrame.$id,
    ...Object.fromEntries(doors.map(({ op, schema }) => [op, schema.$id])),
  },
  serverFrames: {
    ready: ReadyFrame.$id,
    ack: AckFrame.$id,
    error: ErrorFrame.$id,
    event: EventFrame.$id,
    pong: PongFrame.$id,
    bye: ByeFrame.$id,
  },
});
