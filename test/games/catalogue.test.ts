import { readFileSync, statSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { type Game, gameSchema, genreSchema, handmadeGameSchema } from '../../scripts/catalogue/game.ts';
import { foldName } from '../../scripts/catalogue/names.ts';

const folder = new URL('../../data/catalogue/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

const lines = read('games.ndjson').trimEnd().split('\n');
const games: Game[] = lines.map((line) => Value.Parse(gameSchema, JSON.parse(line)));
const genres = Value.Parse(Type.Array(genreSchema), JSON.parse(read('genres.json')));
const handmade = Value.Parse(Type.Array(handmadeGameSchema), JSON.parse(read('handmade.json')));
const bySlug = new Map(games.map((game) => [game.slug, game]));

const findByWord = (word: string) =>
  games
    .filter(({ name, aliases }) => [name.en, name.ru ?? '', ...aliases].some((own) => foldName(own) === foldName(word)))
    .map(({ slug }) => slug);

const ends = (slug: string) => [bySlug.get(slug)?.ladder?.at(0)?.slug, bySlug.get(slug)?.ladder?.at(-1)?.slug];

const repeated = (words: readonly string[]) => words.filter((word, index) => words.indexOf(word) !== index);

describe('the shipped catalogue', () => {
  it('has what a player would search in, and little enough to ship', () => {
    expect(games.length).toBeGreaterThan(1500);
    expect(games.length).toBeLessThan(3000);
    expect(handmade.filter(({ name }) => name !== undefined).length).toBeGreaterThan(90);
    const files = ['games.ndjson', 'steam.csv', 'handmade.json', 'genres.json', 'dropped.json'];
    expect(files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0)).toBeLessThan(1_500_000);
  });

  it('is sorted by slug, each slug once', () => {
    const slugs = games.map(({ slug }) => slug);
    expect(repeated(slugs)).toEqual([]);
    expect(slugs).toEqual(slugs.toSorted());
  });

  it('has each name once after folding', () => {
    expect(repeated(games.map(({ name }) => foldName(name.en)))).toEqual([]);
  });

  it('uses known genres only, and every genre has games', () => {
    const used = new Set(games.flatMap((game) => game.genres));
    expect(new Set(genres.map(({ slug }) => slug))).toEqual(used);
  });

  it('names genres in two languages, each name and Steam word once', () => {
    expect(repeated(genres.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(genres.map(({ name }) => name.en))).toEqual([]);
    expect(repeated(genres.map(({ name }) => name.ru))).toEqual([]);
    expect(repeated(genres.flatMap(({ steamTags }) => steamTags))).toEqual([]);
  });

  it('has ladders and roles whose slugs and names are unique within the game', () => {
    const ranked = games.filter(({ ladder, roles }) => ladder ?? roles);
    expect(ranked.length).toBeGreaterThan(60);
    for (const { slug, ladder = [], roles = [] } of ranked) {
      for (const list of [ladder, roles]) {
        expect(repeated(list.map((item) => item.slug)), slug).toEqual([]);
        expect(repeated(list.map((item) => item.name.en)), slug).toEqual([]);
        expect(repeated(list.map((item) => item.name.ru)), slug).toEqual([]);
      }
    }
  });

  it('runs every ladder from the lowest rank up', () => {
    // Words whose order is the same wherever they meet; a ladder that breaks it was typed upside down.
    const order = ['iron', 'bronze', 'silver', 'gold', 'platinum', 'emerald', 'diamond', 'master', 'grandmaster'];
    for (const { slug, ladder = [] } of games) {
      const known = ladder.map((rank) => order.indexOf(rank.slug)).filter((place) => place >= 0);
      expect(known, slug).toEqual(known.toSorted((a, b) => a - b));
    }
    expect(ends('dota-2')).toEqual(['herald', 'immortal']);
    expect(ends('valorant')).toEqual(['iron', 'radiant']);
    expect(ends('counter-strike-2')).toEqual(['grey', 'gold']);
    expect(ends('deadlock')).toEqual(['initiate', 'eternus']);
  });

  it.each([
    ['кс', 'counter-strike-2'],
    ['кс2', 'counter-strike-2'],
    ['cs2', 'counter-strike-2'],
    ['csgo', 'counter-strike-2'],
    ['дота', 'dota-2'],
    ['лол', 'league-of-legends'],
    ['lol', 'league-of-legends'],
    ['пабг', 'pubg-battlegrounds'],
    ['фортик', 'fortnite'],
    ['майнкрафт', 'minecraft'],
    ['wow', 'world-of-warcraft'],
    ['вов', 'world-of-warcraft'],
    ['гта', 'gta-online'],
    ['раст', 'rust'],
    ['танки', 'world-of-tanks'],
    ['Мир танков', 'world-of-tanks'],
    ['апекс', 'apex-legends'],
    ['овер', 'overwatch-2'],
    ['варфейс', 'warface'],
    ['тарков', 'escape-from-tarkov'],
    ['Калибр', 'caliber'],
  ])('leads from «%s» to %s alone', (word, slug) => {
    expect(findByWord(word)).toEqual([slug]);
  });

  it('puts the most played games first', () => {
    const top = games.toSorted((a, b) => b.popularity - a.popularity).slice(0, 10);
    const slugs = top.map(({ slug }) => slug);
    expect(slugs).toEqual(expect.arrayContaining(['league-of-legends', 'counter-strike-2', 'dota-2', 'minecraft']));
  });
});
