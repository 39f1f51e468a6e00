import { Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';

export const MAX_POLL_OPTIONS = 10;

export const PollOption = model('PollOption', Type.Object({ text: Type.String(), count: Type.Integer() }));

export const Poll = model(
  'Poll',
  Type.Object({
    kind: openEnum(['poll', 'ready_check'] as const),
    question: Type.String(),
    options: Type.Array(ref(PollOption), {
      description: 'Of a ready check: `in`, `maybe`, `out`, which apps put into words.',
    }),
    isAnonymous: Type.Boolean(),
    isMultiple: Type.Boolean(),
    startsAt: Type.Optional(Timestamp),
    closesAt: Type.Optional(Timestamp),
    closedAt: Type.Optional(Timestamp),
  }),
);

export const CreatePollBody = model(
  'CreatePollBody',
  strictObject({
    clientId: Uuid,
    kind: Type.Optional(enumOf(['poll', 'ready_check'] as const, { description: '`poll` when left out.' })),
    question: Type.String({ minLength: 1, maxLength: 300 }),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 2,
        maxItems: MAX_POLL_OPTIONS,
        uniqueItems: true,
        description: 'Of a poll. A ready check has its own: in, maybe, out.',
      }),
    ),
    isAnonymous: Type.Optional(Type.Boolean()),
    isMultiple: Type.Optional(Type.Boolean()),
    startsAt: Type.Optional(Type.String({ ...TimestampInput, description: 'Of a ready check: when the game begins.' })),
    closesAt: Type.Optional(TimestampInput),
  }),
);

export const VoteBody = model(
  'VoteBody',
  strictObject({
    options: Type.Array(Type.Integer({ minimum: 0, maximum: MAX_POLL_OPTIONS - 1 }), {
      maxItems: MAX_POLL_OPTIONS,
      uniqueItems: true,
      description: 'Numbers of the chosen options from 0; none takes the vote back.',
    }),
  }),
);

export const Vote = model('Vote', Type.Object({ userId: Uuid, option: Type.Integer() }));

export const VoterPage = model('VoterPage', pageOf(ref(Vote)));
