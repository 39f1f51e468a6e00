import { readFileSync } from 'node:fs';
import type { ImportedProfile } from '#modules/profiles/index.ts';
import type { Random, Weighted } from './random.ts';

export type Audience = Weighted & {
  locale: string;
  /** A file in texts/. */
  text: string;
  namePools: (Weighted & { pool: string })[];
  languages: (Weighted & { tags: string[] })[];
  places: (Weighted & {
    country: string;
    region: NonNullable<ImportedProfile['region']>;
    timeZones: (Weighted & { name: string })[];
  })[];
};

type Pattern = Weighted & { pattern: string };
type Parts = Record<string, string[] | Record<string, string[]>>;
type NamePool = { parts: Parts; displayNames: Pattern[]; usernames?: Pattern[] };
type Bio = { opening: string[]; style: string[]; schedule: string[]; wish: string[] };

/** The words of data/demo, whose README describes them. */
export type DemoTexts = {
  audiences: readonly Audience[];
  pools: Readonly<Record<string, NamePool>>;
  bioOf(language: string): Bio;
};

const FOLDER = new URL('../../data/demo/', import.meta.url);

export function readDemoTexts(): DemoTexts {
  const bios = new Map<string, Bio>();
  return {
    audiences: readJson('audiences.json') as Audience[],
    pools: readJson('names.json') as Record<string, NamePool>,
    bioOf(language) {
      const known = bios.get(language);
      if (known) return known;
      const { bio } = readJson(`texts/${language}.json`) as { bio: Bio };
      bios.set(language, bio);
      return bio;
    },
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));

export function makeDisplayName({ pools }: DemoTexts, random: Random, poolName: string): string {
  const pool = pools[poolName];
  if (!pool) throw new Error(`there is no pool of names ${poolName}`);
  return fill(pool.parts, random.pickWeighted(pool.displayNames).pattern, random);
}

/** ASCII in lower case; not unique by itself. */
export function makeUsername({ pools }: DemoTexts, random: Random, poolName: string): string {
  const pool = pools[poolName]?.usernames ? pools[poolName] : pools.international;
  if (!pool?.usernames) throw new Error('there are no patterns for usernames');
  return fill(pool.parts, random.pickWeighted(pool.usernames).pattern, random).toLowerCase();
}

/** Real people write little: every fourth nothing, most of the others one sentence. */
export function makeBio(texts: DemoTexts, random: Random, language: string, gameName: string): string | undefined {
  if (random.isLucky(0.25)) return undefined;
  const bio = texts.bioOf(language);
  const sentences = [random.pick(bio.opening).replaceAll('{game}', gameName)];
  if (random.isLucky(0.35)) sentences.push(random.pick(bio.style));
  if (random.isLucky(0.35)) sentences.push(random.pick(bio.wish));
  return sentences.join(language === 'ja' || language === 'zh-Hans' ? '' : ' ');
}

function fill(parts: Parts, pattern: string, random: Random): string {
  return pattern.replaceAll(/\{([\w.]+)\}/g, (_whole, path: string) => {
    const [group = '', part] = path.split('.');
    const found = parts[group];
    const words = Array.isArray(found) ? found : found?.[part ?? ''];
    if (!words) throw new Error(`the names have no part ${path}`);
    return random.pick(words);
  });
}
