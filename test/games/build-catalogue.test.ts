import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../../scripts/catalogue/csv.ts';
import { type Game, genreSchema, type HandmadeGame, handmadeGameSchema } from '../../scripts/catalogue/game.ts';
import { formatGames, mergeGames } from '../../scripts/catalogue/merge-games.ts';
import { cleanName, foldName, slugify } from '../../scripts/catalogue/names.ts';
import { formatSteamCsv, parseSteamCsv } from '../../scripts/catalogue/steam-csv.ts';
import { estimatePopularity, selectSteamGames } from '../../scripts/catalogue/steam-games.ts';

const folder = new URL('../../data/catalogue/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

const genres = [
  { slug: 'shooter', name: { en: 'Shooter', ru: 'Шутер' }, steamTags: ['FPS', 'Shooter'], steamGenres: [] },
  { slug: 'action', name: { en: 'Action', ru: 'Экшен' }, steamTags: [], steamGenres: ['Action'] },
];

const sourceRow = {
  appid: '70',
  name: 'Half-Life® 9',
  year: '2015',
  genres: 'Action',
  tags: 'FPS;Shooter;Classic',
  platforms: 'windows;linux',
  modes: 'mp;online_mp;sp',
  online: '1',
  owners_min: '200000',
  positive: '900',
  negative: '100',
};

const halfLife: Game = {
  slug: 'half-life-9',
  name: { en: 'Half-Life 9' },
  aliases: [],
  year: 2015,
  genres: ['shooter'],
  platforms: ['windows', 'linux'],
  modes: ['pvp'],
  popularity: 224,
  steamAppId: 70,
};

const select = (...rows: Partial<typeof sourceRow>[]) =>
  selectSteamGames(
    rows.map((row) => ({ ...sourceRow, ...row })),
    genres,
    new Set(),
  );

const merge = (handmade: readonly HandmadeGame[]) => mergeGames([halfLife], handmade, genres);

describe('CSV', () => {
  it('reads back what it wrote, quotes and commas included', () => {
    const rows = [
      { name: 'Don\'t, "Starve"', year: '2016' },
      { name: '', year: '' },
    ];
    expect(parseCsv(formatCsv(['name', 'year'], rows))).toEqual(rows);
  });

  it('names the line that has a field too few', () => {
    expect(() => parseCsv('name,year\nRust,2018\nRust\n')).toThrow('line 3');
  });
});

describe('names', () => {
  it.each([
    ['Tom Clancy’s The Division™', 'Tom Clancy’s The Division', 'tom-clancys-the-division'],
    ['Soul at Stake 灵魂筹码', 'Soul at Stake', 'soul-at-stake'],
    ['灵魂筹码 Soul at Stake', 'Soul at Stake', 'soul-at-stake'],
    ['Bientôt  l’été', 'Bientôt l’été', 'bientot-lete'],
    ['Астролорды', 'Астролорды', ''],
  ])('cleans %s', (title, name, slug) => {
    expect(cleanName(title)).toBe(name);
    expect(slugify(name)).toBe(slug);
  });

  it('folds case, accents and punctuation away', () => {
    expect(foldName('Pokémon: GO!')).toBe(foldName('POKEMON go'));
    expect(foldName('Dota')).not.toBe(foldName('Dota 2'));
  });
});

describe('selecting the games of the source', () => {
  it('presents a row as a game', () => {
    expect(select({})).toEqual([halfLife]);
  });

  it.each([
    ['a game for one player', { online: '0' }],
    ['too few owners', { owners_min: '0' }],
    ['too few reviews', { positive: '50', negative: '49' }],
    ['split screen only', { modes: 'mp;split;sp', owners_min: '50000' }],
    ['an adult tag', { tags: 'FPS;Nudity' }],
    ['a tool', { genres: 'Action;Utilities' }],
    ['a demo', { name: 'Shooter Demo' }],
    ['no genre that we know', { tags: 'Classic', genres: 'Indie' }],
  ])('leaves out %s', (_why, change) => {
    expect(select(change)).toEqual([]);
  });

  it('leaves out what the list of closed games names', () => {
    expect(selectSteamGames([sourceRow], genres, new Set([70]))).toEqual([]);
  });

  it('falls back on the genre of the shop when no tag says more', () => {
    expect(select({ tags: 'Indie;Classic' })[0]?.genres).toEqual(['action']);
  });

  it('keeps the better known of two games of one name, and tells two names of one slug apart', () => {
    const games = select(
      { appid: '1', name: 'Prey', owners_min: '20000' },
      { appid: '2', name: 'PREY', owners_min: '500000' },
      { appid: '3', name: 'Prey+', year: '2017' },
    );
    expect(games.map(({ slug, steamAppId }) => [slug, steamAppId])).toEqual([
      ['prey', 2],
      ['prey-2017', 3],
    ]);
  });

  it('grows popularity with owners and with reviews, up to a million', () => {
    expect(estimatePopularity(500_000, 1000)).toBeGreaterThan(estimatePopularity(200_000, 1000));
    expect(estimatePopularity(200_000, 2000)).toBeGreaterThan(estimatePopularity(200_000, 1000));
    expect(estimatePopularity(1e12, 1e9)).toBe(1_000_000);
  });

  it('survives the way through steam.csv', () => {
    expect(parseSteamCsv(formatSteamCsv([halfLife]))).toEqual([halfLife]);
  });
});

describe('merging', () => {
  it('lays an entry over the generated game of the same app id and takes its slug', () => {
    expect(merge([{ slug: 'half-life', steamAppId: 70, popularity: 9 }])).toEqual([
      { ...halfLife, slug: 'half-life', popularity: 9 },
    ]);
  });

  it('lays an entry over the generated game of the same slug', () => {
    expect(merge([{ slug: 'half-life-9', aliases: ['хл9'] }])).toEqual([{ ...halfLife, aliases: ['хл9'] }]);
  });

  it('adds a game that the source lacks, in the order of slugs', () => {
    const added = { ...halfLife, slug: 'a-game', name: { en: 'A game' }, steamAppId: 71 };
    expect(merge([added]).map(({ slug }) => slug)).toEqual(['a-game', 'half-life-9']);
  });

  it('refuses an entry that is not whole, an unknown genre, and a word that leads to two games', () => {
    expect(() => merge([{ slug: 'nowhere', popularity: 1 }])).toThrow('nowhere');
    expect(() => merge([{ slug: 'half-life-9', genres: ['jazz'] }])).toThrow('unknown genre jazz');
    expect(() =>
      merge([{ ...halfLife, slug: 'other', name: { en: 'Other' }, aliases: ['half life 9'], steamAppId: 71 }]),
    ).toThrow('half-life-9: shares');
  });
});

describe('the shipped files', () => {
  it('games.ndjson is what steam.csv, handmade.json and genres.json make', () => {
    const handmade = Value.Parse(Type.Array(handmadeGameSchema), JSON.parse(read('handmade.json')));
    const shippedGenres = Value.Parse(Type.Array(genreSchema), JSON.parse(read('genres.json')));
    const games = mergeGames(parseSteamCsv(read('steam.csv')), handmade, shippedGenres);
    expect(read('games.ndjson') === formatGames(games), 'run node scripts/build-catalogue.ts --merge-only').toBe(true);
  });
});
