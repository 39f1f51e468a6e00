import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Weighted = { weight: number };

/** Chance that repeats: the same seed gives the same players. */
export type Random = {
  /** 0..1 */
  share(): number;
  /** An integer, both ends included. */
  between(low: number, high: number): number;
  /** Around `mean`, bell-shaped. */
  normal(mean: number, deviation: number): number;
  isLucky(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  pickWeighted<T extends Weighted>(list: readonly T[]): T;
};

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const share = () => uniformFloat64(generator);
  const between = (low: number, high: number) => low + Math.floor(share() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const item = list[between(0, list.length - 1)];
    if (item === undefined) throw new Error('cannot pick from an empty list');
    return item;
  };
  return {
    share,
    between,
    pick,
    isLucky: (probability) => share() < probability,
    // The sum of twelve uniform numbers is nearly normal, with deviation 1.
    normal: (mean, deviation) => mean + deviation * (Array.from({ length: 12 }, share).reduce((a, b) => a + b) - 6),
    pickWeighted(list) {
      let rest = share() * list.reduce((sum, { weight }) => sum + weight, 0);
      return list.find(({ weight }) => (rest -= weight) < 0) ?? pick(list);
    },
  };
}
