import { expect, test } from 'vitest';
import { noGameStatistics } from '#modules/search/score/co-play.ts';
import { findLikeGames, withLikeness } from '#modules/search/score/likeness.ts';

const game = (gameSlug: string, genres: string[], popularity = 1) => ({ gameSlug, genres, modes: ['pvp'], popularity });
const catalogue = [
  game('dota-2', ['moba'], 9),
  game('league-of-legends', ['moba'], 8),
  game('smite', ['moba', 'action'], 3),
  game('chess', ['board-game'], 5),
  game('go', ['board-game'], 2),
  game('doom', ['action'], 7),
];
const like = await findLikeGames(catalogue, async () => {});

test('the most alike come first, the popular one before the other, and what all have in common says nothing', () => {
  expect(like.get('dota-2')).toEqual([
    { gameSlug: 'league-of-legends', similarity: 0.15 },
    { gameSlug: 'smite', similarity: expect.closeTo(0.15 / (1 + Math.log(3) / Math.log(2)), 10) },
  ]);
});

test('before anybody plays, games of a kind are near; strangers are not', () => {
  const { nearGames } = withLikeness(noGameStatistics, like);
  expect(nearGames.get('chess')).toEqual([{ gameSlug: 'go', similarity: 0.15 }]);
  expect(nearGames.get('doom')?.map(({ gameSlug }) => gameSlug)).toEqual(['smite']);
});

test('co-play adds to it and, with players, takes its place', () => {
  const statistics = (players: number) =>
    withLikeness(
      {
        playerCount: players,
        playersOf: new Map([['chess', players]]),
        nearGames: new Map([['chess', [{ gameSlug: 'doom', similarity: 0.1 }]]]),
      },
      like,
    ).nearGames.get('chess');
  expect(statistics(0)).toEqual([
    { gameSlug: 'go', similarity: 0.15 },
    { gameSlug: 'doom', similarity: 0.1 },
  ]);
  expect(statistics(20)).toEqual([
    { gameSlug: 'doom', similarity: 0.1 },
    { gameSlug: 'go', similarity: 0.075 },
  ]);
  expect(statistics(2_000)).toEqual([{ gameSlug: 'doom', similarity: 0.1 }]);
});
