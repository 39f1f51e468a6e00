import { ageBands, noWishes, playStyles, type SearchPlayer, voices, type Wishes } from '../score/player.ts';
import { mostTraits } from './layout.ts';
import { SetDictionary, WordDictionary } from './word-dictionary.ts';

export type Traits = Pick<
  SearchPlayer,
  'region' | 'platforms' | 'acceptsCrossplay' | 'voice' | 'playStyle' | 'ageBand' | 'wishes'
>;

export interface TraitDump {
  readonly regions: readonly string[];
  readonly platformSets: readonly (readonly string[])[];
  readonly wishes: readonly Wishes[];
  /** By traits id. */
  readonly parts: { readonly machines: Uint16Array; readonly self: Uint16Array; readonly wishes: Uint16Array };
}

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
  readonly wishes: Wishes[] = [noWishes];
  /** Parts by traits id; the platform set comes times two, plus one for crossplay. */
  readonly machinesOf = new Uint16Array(mostTraits);
  /** Region, voice, style and age, see `packSelf`. */
  readonly selfOf = new Uint16Array(mostTraits);
  readonly wishesOf = new Uint16Array(mostTraits);
  /** Ids 1 to `size` - 1 are taken; 0 is nobody. */
  size = 1;
  #idOf = new Map<number, number>();
  readonly #unpacked = new Map<number, Traits>();
  readonly #wishesIdOf = new Map<string, number>();
  readonly #most: number;

  /** `most` at most 32,767: the last id stands for those who find no place here. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined when the dictionary is full. */
  idOf(player: SearchPlayer): number | undefined {
    const { region, voice, playStyle, ageBand } = player;
    const regionId = region === undefined ? -1 : this.regions.idOf(region);
    const platformSet = this.platformSets.idOf(player.platforms);
    const wishes = this.#wishesId(player.wishes);
    if (regionId === undefined || platformSet === undefined || wishes === undefined) return undefined;
    const machines = platformSet * 2 + (player.acceptsCrossplay ? 1 : 0);
    const self = packSelf(
      regionId + 1,
      voice === undefined ? 0 : voices.indexOf(voice) + 1,
      playStyle === undefined ? 0 : playStyles.indexOf(playStyle) + 1,
      ageBand === undefined ? 0 : ageBands.indexOf(ageBand) + 1,
    );
    return this.#idOfParts(machines, self, wishes);
  }

  /**
   * Gives the ids that `isUsed` anew, without gaps and so that alike traits stand together, those that refuse a viewer
   * above all: age, crossplay, platforms. Answers with the new id of each old one.
   */
  renumber(isUsed: Uint8Array): Uint16Array {
    const old = [...this.#idOf].filter(([, id]) => isUsed[id] === 1).map(([, id]) => id);
    const machinesOf = this.machinesOf.slice();
    const selfOf = this.selfOf.slice();
    const wishesOf = this.wishesOf.slice();
    const orderOf = (id: number) => {
      const { age, region, rest } = unpackSelf(selfOf[id]!);
      const machines = machinesOf[id]!;
      return (
        (((age * 2 + (machines & 1)) * 256 + (machines >> 1)) * 64 + region) * 2 ** 16 + rest * 2 ** 12 + wishesOf[id]!
      );
    };
    const newIds = new Uint16Array(mostTraits);
    newIds[mostTraits - 1] = mostTraits - 1;
    this.#idOf = new Map();
    this.#unpacked.clear();
    this.size = 1;
    for (const id of old.toSorted((a, b) => orderOf(a) - orderOf(b))) {
      newIds[id] = this.#idOfParts(machinesOf[id]!, selfOf[id]!, wishesOf[id]!) ?? 0;
    }
    return newIds;
  }

  dump(): TraitDump {
    const { size } = this;
    return {
      regions: this.regions.words,
      platformSets: this.platformSets.sets,
      wishes: this.wishes,
      parts: {
        machines: this.machinesOf.slice(0, size),
        self: this.selfOf.slice(0, size),
        wishes: this.wishesOf.slice(0, size),
      },
    };
  }

  /** Only into an empty dictionary: what is learned in the old order gets the old numbers. */
  restore({ regions, platformSets, wishes, parts }: TraitDump): void {
    for (const region of regions) this.regions.idOf(region);
    for (const set of platformSets) this.platformSets.idOf(set);
    for (const wish of wishes.slice(1)) this.#wishesId(wish);
    for (let id = 1; id < parts.machines.length; id += 1) {
      this.#idOfParts(parts.machines[id]!, parts.self[id]!, parts.wishes[id]!);
    }
  }

  traitsOf(id: number): Traits {
    const known = this.#unpacked.get(id);
    if (known !== undefined) return known;
    const traits = this.#unpack(id);
    this.#unpacked.set(id, traits);
    return traits;
  }

  #unpack(id: number): Traits {
    const { region, voice, playStyle, ageBand } = this.#selfAt(this.selfOf[id]!);
    const machines = this.machinesOf[id]!;
    return {
      ...(region === undefined ? {} : { region }),
      ...(voice === undefined ? {} : { voice }),
      ...(playStyle === undefined ? {} : { playStyle }),
      ...(ageBand === undefined ? {} : { ageBand }),
      platforms: this.platformSets.sets[machines >> 1] ?? [],
      acceptsCrossplay: (machines & 1) === 1,
      wishes: this.wishes[this.wishesOf[id]!] ?? noWishes,
    };
  }

  #selfAt(self: number) {
    return {
      region: this.regions.words[(self >> 6) - 1],
      voice: voices[((self >> 4) & 3) - 1],
      playStyle: playStyles[((self >> 2) & 3) - 1],
      ageBand: ageBands[(self & 3) - 1],
    };
  }

  #idOfParts(machines: number, self: number, wishes: number): number | undefined {
    const all = (machines * 4096 + self) * 4096 + wishes;
    const known = this.#idOf.get(all);
    if (known !== undefined || this.size >= this.#most) return known;
    const id = this.size;
    this.size += 1;
    this.#idOf.set(all, id);
    this.machinesOf[id] = machines;
    this.selfOf[id] = self;
    this.wishesOf[id] = wishes;
    return id;
  }

  #wishesId(wishes: Wishes): number | undefined {
    if (wishes === noWishes || isWishless(wishes)) return 0;
    const { languages, platforms, ageBands: ages, voice = '', minRating = '' } = wishes;
    const text = `${languages.join(' ')}|${platforms.join(' ')}|${ages.join(' ')}|${voice}|${minRating}`;
    const known = this.#wishesIdOf.get(text);
    if (known !== undefined || this.wishes.length >= mostWishes) return known;
    this.#wishesIdOf.set(text, this.wishes.length);
    return this.wishes.push(wishes) - 1;
  }
}

/** 0 is "not named", everything else one more than its place. */
function packSelf(region: number, voice: number, playStyle: number, age: number): number {
  return (region << 6) | (voice << 4) | (playStyle << 2) | age;
}

function unpackSelf(self: number): { region: number; rest: number; age: number } {
  return { region: self >> 6, rest: (self >> 2) & 15, age: self & 3 };
}

function isWishless({ languages, platforms, ageBands: ages, voice, minRating }: Wishes): boolean {
  const lists = languages.length + platforms.length + ages.length;
  return lists === 0 && voice === undefined && minRating === undefined;
}
