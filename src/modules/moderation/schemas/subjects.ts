import { type Static, Type } from 'typebox';
import { enumOf, model, openEnum, strictObject, Uuid } from '#platform/schemas.ts';

export const reportKinds = ['user', 'message', 'chat', 'rating', 'picture', 'party', 'game_suggestion'] as const;

export const subjectKinds = [...reportKinds, 'text'] as const;

const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const longText = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description });

export const ReportSubject = model(
  'ReportSubject',
  strictObject(
    {
      kind: enumOf(reportKinds),
      userId: Type.Optional({ ...Uuid, description: 'Of `user`; of `picture` when it is an avatar.' }),
      chatId: Type.Optional({ ...Uuid, description: 'Of `chat` and `message`; of `picture` when it is in a message.' }),
      seq: Type.Optional({ ...Seq, description: 'Beside `chatId`, of `message` and of a `picture` in one.' }),
      ratingId: Type.Optional({ ...Uuid, description: 'Of `rating`: one that the caller was given.' }),
      mediaId: Type.Optional({ ...Uuid, description: 'Of `picture`.' }),
      suggestionId: Type.Optional({
        ...Uuid,
        description: 'Of `game_suggestion`; for those who care for the catalogue.',
      }),
      partyId: Type.Optional({ ...Uuid, description: 'Of `party`.' }),
    },
    { description: 'What is reported; the ids that its kind needs, and no others.' },
  ),
);
export type ReportSubject = Static<typeof ReportSubject>;

export const Subject = model(
  'ReportedSubject',
  Type.Object({
    kind: openEnum(subjectKinds),
    userId: Type.Optional(Uuid),
    chatId: Type.Optional(Uuid),
    seq: Type.Optional(Type.Integer()),
    ratingId: Type.Optional(Uuid),
    mediaId: Type.Optional(Uuid),
    suggestionId: Type.Optional(Uuid),
    partyId: Type.Optional(Uuid),
    field: Type.Optional(Type.String({ description: 'Of a text that was held for review: where it stands.' })),
  }),
);
