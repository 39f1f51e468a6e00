import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { ProblemError } from '#platform/errors.ts';
import { createCursors } from '#platform/paging.ts';

const secret = new Uint8Array(32).fill(7);
const cursors = createCursors(secret);
const Place = Type.Object({ at: Type.String(), id: Type.Integer() });
const place = { at: '2026-11-24', id: 7 };
const sealed = cursors.seal('listChats:alice', place);

test('a cursor opens for the purpose and shape that it was sealed for', () => {
  expect(cursors.open('listChats:alice', Place, sealed)).toEqual(place);
  expect(createCursors(secret).open('listChats:alice', Place, sealed)).toEqual(place);
});

test('it opens for no other list, person, shape or server', () => {
  refuse(() => cursors.open('listChats:bob', Place, sealed));
  refuse(() => cursors.open('listGames', Place, sealed));
  refuse(() => cursors.open('listChats:alice', Type.Object({ id: Type.String() }), sealed));
  refuse(() => createCursors(new Uint8Array(32)).open('listChats:alice', Place, sealed));
});

test('not one bit of it can be changed', () => {
  const bytes = Buffer.from(sealed, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const forged = Buffer.from(bytes);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    refuse(() => cursors.open('listChats:alice', Place, forged.toString('base64url')));
  }
});

test.each(['', 'a', '!!!', 'null', '0'.repeat(1_000), sealed.slice(0, -1), `${sealed}AAAA`, sealed.slice(22)])(
  'a text that is no cursor is refused: %s',
  (text) => {
    refuse(() => cursors.open('listChats:alice', Place, text));
  },
);

function refuse(open: () => unknown): void {
  let error: unknown;
  try {
    open();
  } catch (reason) {
    error = reason;
  }
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).definition.code).toBe('invalid_cursor');
}
