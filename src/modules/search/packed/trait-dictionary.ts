import { ageBands, noWishes, playStyles, type SearchPlayer, voices, type Wishes } from '../score/player.ts';
import { mostTraits } from './layout.ts';
import { SetDictionary, WordDictionary } from './word-dictionary.ts';

export type Traits = Pick<
  SearchPlayer,
  'region' | 'platforms' | 'acceptsCrossplay' | 'voice' | 'playStyle' | 'ageBand' | 'wishes'
>;

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

  traitsOf(id: number): Traits {
    const region = this.regions.words[this.regionOf[id]! - 1];
    const voice = voices[this.voiceOf[id]! - 1];
    const playStyle = playStyles[this.playStyleOf[id]! - 1];
    const ageBand = ageBands[this.ageOf[id]! - 1];
    const platforms = this.platformsOf[id]!;
    return {
      ...(region === undefined ? {} : { region }),
      ...(voice === undefined ? {} : { voice }),
      ...(playStyle === undefined ? {} : { playStyle }),
      ...(ageBand === undefined ? {} : { ageBand }),
      platforms: this.platformSets.sets[platforms >> 1] ?? [],
      acceptsCrossplay: (platforms & 1) === 1,
      wishes: this.wishes[this.wishesOf[id]!] ?? noWishes,
    };
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
