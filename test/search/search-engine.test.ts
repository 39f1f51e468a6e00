import { describe, expect, it } from 'vitest';
import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { packedLimits } from '#modules/search/packed/packed-players.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { rankingWeights } from '#modules/search/score/weights.ts';
import { dayMs, idOf, nameOf, now, playing, searchBy, somebody } from './people.ts';

describe('the search engine', () => {
  it('finds whoever plays the same, most suitable first, and says why', () => {
    const index = createPackedIndex();
    index.upsert(somebody(idOf('bob'), { games: playing('dota-2', 'left-4-dead-2') }));
    index.upsert(somebody(idOf('carol'), { games: playing('dota-2', 'chess', 'go', 'poker') }));
    index.upsert(somebody(idOf('dave'), { games: playing('farming-simulator') }));

    const { items, rankingVersion } = index.search(
      searchBy(somebody(idOf('alice'), { games: playing('dota-2', 'left-4-dead-2') })),
    );

    expect(items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob', 'carol', 'dave']);
    expect(items[0]?.reasons[0]).toMatchObject({ kind: 'shared_games', share: 1, games: ['dota-2', 'left-4-dead-2'] });
    expect(items[1]?.reasons[0]).toMatchObject({ kind: 'shared_games', games: ['dota-2'] });
    expect(items[2]?.reasons.map(({ kind }) => kind)).not.toContain('shared_games');
    expect(rankingVersion).not.toBe('');
  });

  it('breaks ties by account id', () => {
    const index = createPackedIndex();
    for (const name of ['dave', 'bob', 'carol']) index.upsert(somebody(idOf(name), { games: playing('go') }));
    const { items } = index.search(searchBy(somebody(idOf('alice'), { games: playing('go') })));
    expect(items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob', 'carol', 'dave']);
  });

  it('never shows the viewer, the excluded and those not to be found', () => {
    const index = createPackedIndex();
    for (const name of ['alice', 'bob', 'carol']) index.upsert(somebody(idOf(name)));
    index.upsert(somebody(idOf('dave'), { isFindable: false }));
    const { items } = index.search(searchBy(somebody(idOf('alice')), { excluded: [idOf('carol')] }));
    expect(items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob']);
  });

  it('forgets a removed player and follows a changed one at once', () => {
    const index = createPackedIndex();
    index.upsert(somebody(idOf('bob'), { games: playing('go') }));
    index.upsert(somebody(idOf('carol'), { games: playing('go') }));
    index.upsert(somebody(idOf('bob'), { games: playing('chess') }));
    index.remove(idOf('carol'));
    const query = searchBy(somebody(idOf('alice')), { filters: { ...noFilters, games: ['go'] } });
    expect(index.search(query).items).toEqual([]);
    expect(index.size).toBe(1);
  });

  it('knows who is online, packed or kept whole, until told otherwise', () => {
    const index = createPackedIndex(rankingWeights, { ...packedLimits, languageSets: 1 });
    index.upsert(somebody(idOf('bob'), { languages: ['en'] }));
    index.upsert(somebody(idOf('carol'), { languages: ['ru'] }));
    const query = searchBy(somebody(idOf('alice')), { filters: { ...noFilters, isOnline: true } });
    const found = () => index.search(query).items.map(({ accountId }) => nameOf(accountId));
    expect(found()).toEqual([]);
    for (const name of ['bob', 'carol', 'nobody']) index.setOnline(idOf(name), true);
    expect(found()).toEqual(['bob', 'carol']);
    index.setOnline(idOf('bob'), false);
    expect(found()).toEqual(['carol']);
    index.setOnline(idOf('carol'), false);
    expect(found()).toEqual([]);
  });

  it('never shows as online whoever hides it, packed or kept whole', () => {
    const index = createPackedIndex(rankingWeights, { ...packedLimits, languageSets: 1 });
    index.upsert(somebody(idOf('bob'), { languages: ['en'], showsPresence: false }));
    index.upsert(somebody(idOf('carol'), { languages: ['ru'], showsPresence: false }));
    const query = searchBy(somebody(idOf('alice')), { filters: { ...noFilters, isOnline: true } });
    for (const name of ['bob', 'carol']) index.setOnline(idOf(name), true);
    expect(index.search(query).items).toEqual([]);
    index.upsert(somebody(idOf('bob'), { languages: ['en'] }));
    index.setOnline(idOf('bob'), true);
    expect(index.search(query).items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob']);
  });

  it('put back from a dump has nobody online until it is told, packed or kept whole, and knows who hides it', () => {
    const limits = { ...packedLimits, languageSets: 1 };
    const index = createPackedIndex(rankingWeights, limits);
    index.upsert(somebody(idOf('bob'), { languages: ['en'], isOnline: true }));
    index.upsert(somebody(idOf('carol'), { languages: ['ru'], isOnline: true }));
    index.upsert(somebody(idOf('dave'), { languages: ['ru'], showsPresence: false }));
    const restored = createPackedIndex(rankingWeights, limits);
    restored.restore(index.dump());
    const query = searchBy(somebody(idOf('alice')), { filters: { ...noFilters, isOnline: true } });
    const found = () => restored.search(query).items.map(({ accountId }) => nameOf(accountId));
    expect(found()).toEqual([]);
    for (const name of ['bob', 'carol', 'dave']) restored.setOnline(idOf(name), true);
    expect(found()).toEqual(['bob', 'carol']);
  });

  it('explains one pair, and refuses where the two may not meet', () => {
    const index = createPackedIndex();
    index.upsert(somebody(idOf('bob'), { games: playing('go') }));
    index.upsert(somebody(idOf('minor'), { games: playing('go'), ageBand: '13_15' }));
    const viewer = somebody(idOf('alice'), { games: playing('go') });
    const query = searchBy(viewer);

    const fit = index.explain(query, idOf('bob'));

    const sum = Object.values(fit?.parts ?? {}).reduce((total, part) => total + part, 0);
    expect(fit?.score).toBeCloseTo(sum, 10);
    expect(fit?.score).toBe(index.search(query).items[0]?.score);
    expect(index.explain(query, idOf('minor'))).toBeUndefined();
    expect(index.explain(query, idOf('nobody'))).toBeUndefined();
    expect(index.explain({ ...query, excluded: [idOf('bob')] }, idOf('bob'))).toBeUndefined();
  });

  it('widens in a fixed order when few are found, and says so', () => {
    const index = createPackedIndex();
    const games = playing('go');
    index.upsert(somebody(idOf('bob'), { games, region: 'cis' }));
    index.upsert(somebody(idOf('carol'), { games, region: 'cis', activeAt: now - 90 * dayMs }));
    index.upsert(somebody(idOf('dave'), { games, region: 'asia' }));
    const viewer = somebody(idOf('alice'), { games, region: 'cis' });
    const filters = { ...noFilters, regions: ['cis'] };

    const two = index.search(searchBy(viewer, { filters, limit: 2 }));
    expect(two.items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob', 'carol']);
    expect(two.widened).toEqual(['activity']);

    const all = index.search(searchBy(viewer, { filters }));
    expect(all.items.map(({ accountId }) => nameOf(accountId))).toEqual(['bob', 'dave', 'carol']);
    expect(all.widened).toEqual(['activity', 'region', 'games']);

    const one = index.search(searchBy(viewer, { filters, limit: 1 }));
    expect(one.widened).toEqual([]);
  });

  it('answers odd questions with nothing', () => {
    const index = createPackedIndex();
    const viewer = somebody(idOf('alice'), { games: playing('no-such-game') });
    expect(index.search(searchBy(viewer)).items).toEqual([]);
    index.upsert(somebody(idOf('bob')));
    expect(index.search(searchBy(viewer, { limit: 0 })).items).toEqual([]);
    const filters = { ...noFilters, games: ['no-such-game'], genres: ['none'], regions: ['nowhere'] };
    expect(index.search(searchBy(viewer, { filters, excluded: ['not an id'] })).items).toEqual([]);
    index.remove('not an id');
    expect(() => index.upsert(somebody('not an id'))).toThrow(TypeError);
    expect(index.size).toBe(1);
  });

  it('holds a player with 500 games', () => {
    const index = createPackedIndex();
    const games = playing(...Array.from({ length: 500 }, (_, place) => `game-${place}`));
    index.upsert(somebody(idOf('bob'), { games }));
    const viewer = somebody(idOf('alice'), { games });
    expect(index.search(searchBy(viewer)).items[0]?.reasons[0]).toMatchObject({
      kind: 'shared_games',
      share: 1000 / 1023,
    });
  });
});
