import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherGameStatistics, noGameStatistics } from '#modules/search/score/co-play.ts';
import { gamesPart } from '#modules/search/score/games-part.ts';
import { genresPart, genresWorth } from '#modules/search/score/genres-part.ts';
import { playShares, wholePlay } from '#modules/search/score/play-shares.ts';
import type { SearchPlayer } from '#modules/search/score/player.ts';
import { candidateOf, scorePair, shownScore } from '#modules/search/score/score.ts';
import { rankStep, skillSixteenths } from '#modules/search/score/skill.ts';
import { dayOf, type Standing, standingOf, standingSteps } from '#modules/search/score/standing.ts';
import { tasteOf } from '#modules/search/score/taste.ts';
import { highestTimePart, timePart } from '#modules/search/score/time-part.ts';
import { languagePart, platformPart, playStylePart, regionPart, voicePart } from '#modules/search/score/trait-parts.ts';
import { hourOfWeek, isAvailableAt, overlapHours, weekOf } from '#modules/search/score/week-hours.ts';
import { highestScore, unitsPerPoint, rankingWeights as weights } from '#modules/search/score/weights.ts';
import { anyPlayer, dayMs, now, playing, somebody } from './people.ts';

const today = dayOf(now);

function gamesUnits(viewer: SearchPlayer, candidate: SearchPlayer, statistics = noGameStatistics): number {
  return gamesPart(tasteOf(viewer, [], statistics, weights), candidateOf(candidate).played);
}

function languagePoints(...languages: string[]): number {
  return languagePart(['ru', 'en'], languages, weights) / unitsPerPoint;
}

function whole(part: 'region' | 'platform' | 'voice' | 'playStyle'): number {
  return weights[part] * unitsPerPoint;
}

function genresUnits(...games: string[]): number {
  return genresWorth(somebody('alice', { games: playing(...games) }), weights);
}

function standing(facts: Partial<SearchPlayer>): Standing {
  return standingOf(somebody('bob', facts), today, weights);
}

describe('shares of play', () => {
  it('weigh main, often and sometimes as 4, 2 and 1', () => {
    const shares = playShares([
      { gameSlug: 'go', level: 'sometimes' },
      { gameSlug: 'dota-2', level: 'main' },
      { gameSlug: 'chess', level: 'often' },
    ]);
    expect(shares.map(({ gameSlug, share }) => [gameSlug, share])).toEqual([
      ['dota-2', 585],
      ['chess', 292],
      ['go', 146],
    ]);
  });

  it('weigh known hours by their logarithm, on the scale of the levels', () => {
    const shares = playShares([
      { gameSlug: 'dota-2', level: 'main', hoursPlayed: 255 },
      { gameSlug: 'go', level: 'main' },
    ]);
    expect(shares.map(({ share }) => share)).toEqual([512, 512]);
  });

  it('make up one whole however large the library', () => {
    for (const size of [1, 3, 40]) {
      const sum = playShares(playing(...Array.from({ length: size }, (_, index) => `game-${index}`))).reduce(
        (total, { share }) => total + share,
        0,
      );
      expect(Math.abs(sum - wholePlay)).toBeLessThanOrEqual(size / 2);
    }
    expect(playShares(playing(...Array.from({ length: 500 }, (_, index) => `game-${index}`)))).toHaveLength(500);
  });

  it('give nothing to a game never played', () => {
    const shares = playShares([{ gameSlug: 'owned', level: 'sometimes', hoursPlayed: 0 }, ...playing('go')]);
    expect(shares.map(({ gameSlug, share, isAmongFive }) => [gameSlug, share, isAmongFive])).toEqual([
      ['go', wholePlay, true],
      ['owned', 0, false],
    ]);
  });

  it('mark the five most played', () => {
    const shares = playShares(playing('a', 'b', 'c', 'd', 'e', 'f'));
    expect(shares.filter(({ isAmongFive }) => isAmongFive)).toHaveLength(5);
  });
});

describe('skill', () => {
  it('keeps short ladders step by step and folds long ones', () => {
    expect([rankStep(0, 8), rankStep(7, 8), rankStep(62, 63)]).toEqual([1, 8, 63]);
    expect([rankStep(0, 200), rankStep(199, 200)]).toEqual([1, 63]);
    expect([rankStep(undefined, 8), rankStep(8, 8), rankStep(-1, 8)]).toEqual([0, 0, 0]);
  });

  it('is whole in the same band and falls to a quarter', () => {
    const ladder = 16;
    const byDistance = [0, 2, 3, 6, 10, 15].map((distance) => skillSixteenths(1, 1 + distance, ladder));
    expect(byDistance).toEqual([16, 16, 15, 10, 4, 4]);
    expect(skillSixteenths(0, 5, ladder)).toBe(12);
  });

  it('is the same from both sides', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.nat(63), fc.integer({ min: 2, max: 63 }), (a, b, steps) => {
        expect(skillSixteenths(a, b, steps)).toBe(skillSixteenths(b, a, steps));
      }),
    );
  });
});

describe('the games part', () => {
  it('pays more for a larger common share of play', () => {
    const viewer = somebody('alice', { games: playing('go', 'chess') });
    const same = gamesUnits(viewer, somebody('bob', { games: playing('go', 'chess') }));
    const half = gamesUnits(viewer, somebody('bob', { games: playing('go', 'poker') }));
    const none = gamesUnits(viewer, somebody('bob', { games: playing('poker') }));
    expect(same).toBeGreaterThan(half);
    expect(half).toBeGreaterThan(none);
    expect(none).toBe(0);
  });

  it('does not pay for a large library', () => {
    const viewer = somebody('alice', { games: playing('go') });
    const many = playing(...Array.from({ length: 200 }, (_, index) => `game-${index}`));
    const collector = gamesUnits(viewer, somebody('carol', { games: [...many, ...playing('go')] }));
    const friend = gamesUnits(viewer, somebody('bob', { games: playing('go') }));
    expect(collector).toBeLessThan(friend / 5);
  });

  it('prefers a rare common game to a common one', () => {
    const statistics = {
      playerCount: 1000,
      playersOf: new Map([
        ['dota-2', 400],
        ['go', 10],
      ]),
      nearGames: new Map(),
    };
    const viewer = somebody('alice', { games: playing('go', 'dota-2') });
    const rare = gamesUnits(viewer, somebody('bob', { games: playing('go', 'x') }), statistics);
    const common = gamesUnits(viewer, somebody('bob', { games: playing('dota-2', 'x') }), statistics);
    expect(rare).toBeGreaterThan(common);
  });

  it('sees a nearby game as a smaller match', () => {
    const fans = Array.from({ length: 60 }, (_, index) => somebody(`fan-${index}`, { games: playing('go', 'chess') }));
    const others = Array.from({ length: 60 }, (_, index) => somebody(`other-${index}`, { games: playing('poker') }));
    const statistics = gatherGameStatistics([...fans, ...others]);
    const viewer = somebody('alice', { games: playing('go') });
    const near = gamesUnits(viewer, somebody('bob', { games: playing('chess') }), statistics);
    const same = gamesUnits(viewer, somebody('bob', { games: playing('go') }), statistics);
    expect(near).toBeGreaterThan(0);
    expect(near).toBeLessThan(same);
  });

  it('never exceeds its points', () => {
    fc.assert(
      fc.property(anyPlayer, anyPlayer, (viewer, candidate) => {
        const units = gamesUnits(viewer, candidate);
        expect(Number.isInteger(units)).toBe(true);
        expect(units).toBeGreaterThanOrEqual(0);
        expect(units).toBeLessThanOrEqual(weights.games * unitsPerPoint);
      }),
    );
  });
});

describe('nearest games', () => {
  it('are those with the same players, beyond chance, nearest first', () => {
    const people = [
      ...Array.from({ length: 40 }, (_, index) => somebody(`a-${index}`, { games: playing('go', 'chess') })),
      ...Array.from({ length: 10 }, (_, index) => somebody(`b-${index}`, { games: playing('go', 'poker') })),
      ...Array.from({ length: 40 }, (_, index) => somebody(`c-${index}`, { games: playing('dota-2', 'poker') })),
    ];
    const { nearGames, playersOf, playerCount } = gatherGameStatistics(people);
    expect(playerCount).toBe(90);
    expect(playersOf.get('go')).toBe(50);
    expect(nearGames.get('go')?.map(({ gameSlug }) => gameSlug)).toEqual(['chess']);
    expect(nearGames.get('dota-2')?.map(({ gameSlug }) => gameSlug)).toEqual(['poker']);
  });

  it('are ten at most', () => {
    const clique = playing(...Array.from({ length: 14 }, (_, index) => `game-${index}`));
    const players = Array.from({ length: 40 }, (_, index) => somebody(`a-${index}`, { games: clique }));
    const others = Array.from({ length: 200 }, (_, index) => somebody(`b-${index}`, { games: playing('go') }));
    expect(gatherGameStatistics([...players, ...others]).nearGames.get('game-3')).toHaveLength(10);
  });

  it('are not told by one person', () => {
    const one = somebody('alice', { games: playing('go', 'chess') });
    const others = Array.from({ length: 50 }, (_, index) => somebody(`b-${index}`, { games: playing('poker') }));
    const nearness = gatherGameStatistics([one, ...others]).nearGames.get('go')?.[0]?.similarity ?? 0;
    expect(nearness).toBeLessThan(0.05);
  });
});

describe('time', () => {
  const evenings = weekOf([18, 19, 20, 42, 43, 44]);

  it('counts the hours that both have', () => {
    expect(overlapHours(evenings, weekOf([20, 21, 42]))).toBe(2);
    expect(timePart(evenings, evenings, weights)).toBe(Math.floor((weights.time * unitsPerPoint * 6) / 20));
  });

  it('is capped, and worth a little when one side named no hours', () => {
    const always = weekOf(Array.from({ length: 168 }, (_, hour) => hour));
    expect(timePart(always, always, weights)).toBe(weights.time * unitsPerPoint);
    expect(timePart(evenings, undefined, weights)).toBe((weights.time * unitsPerPoint) / 4);
    expect(timePart(evenings, weekOf([0]), weights)).toBe(0);
    expect(highestTimePart(evenings, weights)).toBe(timePart(evenings, always, weights));
  });

  it('finds the hour of the week in UTC', () => {
    expect(hourOfWeek(now)).toBe(18);
    expect(hourOfWeek(now - 19 * 3_600_000)).toBe(167);
    expect(hourOfWeek(-1)).toBe(71);
    expect(isAvailableAt(evenings, hourOfWeek(now))).toBe(true);
    expect(() => weekOf([168])).toThrow(RangeError);
  });
});

describe('traits', () => {
  it('pay for common languages, the second less', () => {
    expect([languagePoints('de'), languagePoints('ru', 'de'), languagePoints('en', 'ru')]).toEqual([
      0,
      (weights.language * 3) / 4,
      weights.language,
    ]);
  });

  it('pay for region, platform, voice and style in common', () => {
    expect([regionPart('cis', 'cis', weights), regionPart('cis', 'asia', weights)]).toEqual([whole('region'), 0]);
    expect(regionPart(undefined, undefined, weights)).toBe(0);
    expect([platformPart(['pc'], ['xbox', 'pc'], weights), platformPart(['pc'], [], weights)]).toEqual([
      whole('platform'),
      0,
    ]);
    expect([playStylePart('casual', 'casual', weights), playStylePart('casual', 'competitive', weights)]).toEqual([
      whole('playStyle'),
      0,
    ]);
  });

  it('pay half for a voice that is not known or comes sometimes', () => {
    const others = ['yes', 'sometimes', 'no', undefined] as const;
    expect(others.map((other) => voicePart('yes', other, weights) / whole('voice'))).toEqual([1, 0.5, 0, 0.5]);
    expect(voicePart('sometimes', 'sometimes', weights)).toBe(whole('voice'));
  });
});

describe('genres', () => {
  it('weigh more for a viewer with few games', () => {
    expect([genresUnits(), genresUnits('a'), genresUnits('a', 'b'), genresUnits('a', 'b', 'c')]).toEqual(
      [3, 2, 1, 1].map((times) => times * weights.genres * unitsPerPoint),
    );
  });

  it('gain nothing by ticking all', () => {
    expect(genresPart(1000, 2, 2, 2)).toBe(1000);
    expect(genresPart(1000, 2, 2, 18)).toBe(200);
    expect(genresPart(1000, 0, 0, 0)).toBe(0);
  });
});

describe('standing', () => {
  it('grows with the rating and fades with absence', () => {
    expect(standing({ ratingMean: 5 }).rating).toBe(weights.ratingSteps);
    expect(standing({ ratingMean: 1 }).rating).toBe(0);
    expect(standing({}).recency).toBe(weights.recencySteps);
    expect(standing({ activeAt: now - 10 * dayMs }).recency).toBe(Math.round(weights.recencySteps / Math.E));
    expect(standing({ activeAt: now + 10 * dayMs }).recency).toBe(weights.recencySteps);
    const hidden = [0, 5, 400].map((days) => standing({ activeAt: now - days * dayMs, showsPresence: false }).recency);
    expect(hidden).toEqual([7, 7, 7]);
  });

  it('lifts newcomers for a fortnight', () => {
    expect(standing({ createdAt: now }).newcomer).toBe(weights.newcomerSteps);
    expect(standing({ createdAt: now - 7 * dayMs }).newcomer).toBe(weights.newcomerSteps / 2);
    expect(standing({ createdAt: now - 14 * dayMs }).newcomer).toBe(0);
  });

  it('sinks people with many unanswered requests until they answer, and never below nothing', () => {
    expect(standing({ unansweredRequests: 5 }).flooded).toBe(0);
    expect(standing({ unansweredRequests: 9 }).flooded).toBe(-4);
    const worst = standing({ unansweredRequests: 500, ratingMean: 1, activeAt: now - 90 * dayMs });
    expect(standingSteps(worst)).toBe(0);
  });

  it('fits six bits', () => {
    fc.assert(
      fc.property(anyPlayer, (player) => {
        const steps = standingSteps(standingOf(player, today, weights));
        expect(steps).toBeGreaterThanOrEqual(0);
        expect(steps).toBeLessThanOrEqual(63);
      }),
    );
  });
});

describe('the score', () => {
  it('adds its parts up to a whole number between nothing and the highest', () => {
    expect(highestScore(weights)).toBe(1000 * unitsPerPoint);
    fc.assert(
      fc.property(anyPlayer, anyPlayer, (viewer, player) => {
        const taste = tasteOf(viewer, [], noGameStatistics, weights);
        const { units, parts } = scorePair(viewer, taste, candidateOf(player), today, weights);
        expect(Number.isInteger(units)).toBe(true);
        expect(units).toBe(Object.values(parts).reduce((sum, part) => sum + part, 0));
        expect(shownScore(units, weights)).toBeGreaterThanOrEqual(0);
        expect(shownScore(units, weights)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
