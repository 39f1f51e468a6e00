import { expect, test } from 'vitest';
import { createNameIndex } from '../../src/modules/games/name-index.ts';
import type { Game } from '../../src/modules/games/schemas.ts';

const gameOf = (en: string, aliases: string[] = []): Game => ({
  gameId: en.toLowerCase().replaceAll(' ', '-'),
  name: { en },
  aliases,
  genres: [],
  platforms: [],
  modes: [],
  popularity: 0,
  ladder: [],
  roles: [],
});
const index = createNameIndex([
  gameOf('Escape from Tarkov Arena Online'),
  gameOf('World of Tanks', ['мир танков']),
  gameOf('A B C D E F G H I J K L M N O P Q'),
]);
const find = (query: string) => index.search(query).map(({ game }) => game.gameId);

test('four words of a name may be misspelt, not five', () => {
  expect(find('escapw frpm tarkiv arenz online')).toEqual(['escape-from-tarkov-arena-online']);
  expect(find('escapw frpm tarkiv arenz onlinr')).toEqual([]);
});

test('words that no name has come before those that might be another one', () => {
  expect(find('tarkov arena online from escqpe')).toEqual(['escape-from-tarkov-arena-online']);
});

test('more words than any name has find it by the whole of them alone', () => {
  expect(find('a b c d e f g h i j k l m n o p q')).toEqual(['a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q']);
  expect(find('b a c d e f g h i j k l m n o p q')).toEqual([]);
  expect(find('b a c d e f g h i j k l m n o p')).toEqual(['a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q']);
});

test('the words of a query are of one name, in any order, the same word once or twice', () => {
  expect(find('tanks world')).toEqual(['world-of-tanks']);
  expect(find('tanks tanks wor')).toEqual(['world-of-tanks']);
  expect(find('world танков')).toEqual([]);
});

test('what was asked before is answered from memory', () => {
  expect(index.search('tanks')).toBe(index.search('tanks'));
});
