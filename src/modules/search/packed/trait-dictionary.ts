import {
  ageBands,
  type PlayStyle,
  playStyles,
  type SearchPlayer,
  type Voice,
  voices,
  type Wishes,
} from '../score/player.ts';
import { mostTraits } from './layout.ts';
import { SetDictionary, WordDictionary } from './word-dictionary.ts';

const mostRegions = 63;
const mostPlatformSets = 255;
const mostWishes = 4095;

/**
 * One small number for all that is common to many players: region, platforms, crossplay, voice, play style, age and
 * wishes. Each part is kept as a small number of its own, so that a search judges the parts and adds them up, instead of
 * judging thousands of combinations.
 */
export class TraitDictionary {
  readonly regions = new WordDictionary(mostRegions);
  readonly platformSets = new SetDictionary(mostPlatformSets);
  readonly wishes: Wishes[] = [];
  /** Parts by traits id. Region, voice, style and age: 0 is "not named", others are one more than their place. */
  readonly regionOf = new Uint8Array(mostTraits);
  /** Platform set times two, plus one for crossplay. */
  readonly platformsOf = new Uint16Array(mostTraits);
  readonly voiceOf = new Uint8Array(mostTraits);
  readonly playStyleOf = new Uint8Array(mostTraits);
  readonly ageOf = new Uint8Array(mostTraits);
  readonly wishesOf = new Uint16Array(mostTraits);
  /** Ids 1 to `size` - 1 are taken; 0 is nobody. */
  size = 1;
  readonly #idOf = new Map<number, number>();
  readonly #wishesIdOf = new Map<string, number>();
  readonly #most: number;

  /** `most` at most 32,767: the last id stands for those who find no place here. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined when the dictionary is full. */
  idOf(player: SearchPlayer): number | undefined {
    const region = player.region === undefined ? 0 : nextTo(this.regions.idOf(player.region));
    const platformSet = this.platformSets.idOf(player.platforms);
    const wishes = this.#wishesId(player.wishes);
    if (region === undefined || platformSet === undefined || wishes === undefined) return undefined;
    const platforms = platformSet * 2 + (player.acceptsCrossplay ? 1 : 0);
    const voice = player.voice === undefined ? 0 : voices.indexOf(player.voice) + 1;
    const playStyle = player.playStyle === undefined ? 0 : playStyles.indexOf(player.playStyle) + 1;
    const age = player.ageBand === undefined ? 0 : ageBands.indexOf(player.ageBand) + 1;
    const all = ((((wishes * 512 + platforms) * 64 + region) * 4 + voice) * 4 + playStyle) * 4 + age;
    const known = this.#idOf.get(all);
    if (known !== undefined) return known;
    if (this.size >= this.#most) return undefined;
    const id = this.size;
    this.size += 1;
    this.#idOf.set(all, id);
    this.regionOf[id] = region;
    this.platformsOf[id] = platforms;
    this.voiceOf[id] = voice;
    this.playStyleOf[id] = playStyle;
    this.ageOf[id] = age;
    this.wishesOf[id] = wishes;
    return id;
  }

  traitsOf(id: number) {
    const platforms = this.platformsOf[id] ?? 0;
    return {
      ...named('region', this.regions.words[(this.regionOf[id] ?? 0) - 1]),
      ...named('voice', this.voiceAt(this.voiceOf[id] ?? 0)),
      ...named('playStyle', this.playStyleAt(this.playStyleOf[id] ?? 0)),
      ...named('ageBand', ageBands[(this.ageOf[id] ?? 0) - 1]),
      platforms: this.platformSets.sets[platforms >> 1] ?? [],
      acceptsCrossplay: (platforms & 1) === 1,
      wishes: this.wishes[this.wishesOf[id] ?? 0] ?? noWishesAt(id),
    };
  }

  voiceAt(code: number): Voice | undefined {
    return voices[code - 1];
  }

  playStyleAt(code: number): PlayStyle | undefined {
    return playStyles[code - 1];
  }

  #wishesId(wishes: Wishes): number | undefined {
    const { languages, platforms, ageBands: ages, voice = '', minRating = '' } = wishes;
    const text = `${languages.join(' ')}|${platforms.join(' ')}|${ages.join(' ')}|${voice}|${minRating}`;
    const known = this.#wishesIdOf.get(text);
    if (known !== undefined || this.wishes.length >= mostWishes) return known;
    this.#wishesIdOf.set(text, this.wishes.length);
    return this.wishes.push(wishes) - 1;
  }
}

function nextTo(id: number | undefined): number | undefined {
  return id === undefined ? undefined : id + 1;
}

function named<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]: Value });
}

function noWishesAt(id: number): never {
  throw new RangeError(`traits ${id} have no wishes`);
}
