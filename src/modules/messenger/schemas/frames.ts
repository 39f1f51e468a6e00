import { Type } from 'typebox';
import { frameRef } from '#platform/frames.ts';
import { model, strictObject, Uuid } from '#platform/schemas.ts';
import { messageBody, Seq } from './messages.ts';

const op = <const T extends string>(word: T) => Type.Unsafe<T>({ type: 'string', enum: [word] });

export const SendFrame = model(
  'SendFrame',
  strictObject({ op: op('send'), chatId: Uuid, ...messageBody, ...frameRef }),
);

export const ReadFrame = model('ReadFrame', strictObject({ op: op('read'), chatId: Uuid, seq: Seq, ...frameRef }));

export const DeliveredFrame = model(
  'DeliveredFrame',
  strictObject({ op: op('delivered'), chatId: Uuid, seq: Seq, ...frameRef }),
);

export const TypingFrame = model('TypingFrame', strictObject({ op: op('typing'), chatId: Uuid, ...frameRef }));
