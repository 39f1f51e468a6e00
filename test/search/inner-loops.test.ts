import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { HotMemory } from '#modules/search/packed/hot-memory.ts';
import { createInnerLoops, createWasmLoops, type InnerLoops } from '#modules/search/packed/inner-loops.ts';
import { blockSize, refused } from '#modules/search/packed/layout.ts';
import { createRandom } from '../../bench/random.ts';
import { buildWasm } from '../../scripts/build-wasm.ts';

/** One block of chance numbers through all four loops; gives all that they leave behind. */
function runLoops(createLoops: (hot: HotMemory) => InnerLoops, seed: number) {
  const random = createRandom(seed);
  const any = (below: number) => Math.floor(random() * below);
  const hot = new HotMemory();
  hot.reserve(2 * blockSize, 8000);
  hot.words.forEach((_, place) => (hot.words[place] = (any(1024) | (any(128) << 10) | (any(32_768) << 17)) >>> 0));
  hot.weeks.forEach((_, at) => (hot.weeks[at] = any(2 ** 32)));
  hot.genres.forEach((_, at) => (hot.genres[at] = any(2 ** 32)));
  hot.postings.forEach((_, at) => (hot.postings[at] = any(2 ** 29)));
  hot.languageUnits.forEach((_, id) => (hot.languageUnits[id] = any(4) === 0 ? refused : any(200_000)));
  hot.standingUnits.forEach((_, steps) => (hot.standingUnits[steps] = steps < 64 ? any(500_000) : refused));
  hot.traitUnits.forEach((_, id) => (hot.traitUnits[id] = any(3) === 0 ? refused : any(400_000)));
  hot.skillUnits.forEach((_, step) => (hot.skillUnits[step] = any(6000)));
  hot.hourUnits.forEach((_, hours) => (hot.hourUnits[hours] = any(500_000)));
  hot.viewerWeek.forEach((_, word) => (hot.viewerWeek[word] = any(2 ** 31)));
  hot.viewerGenres.forEach((_, word) => (hot.viewerGenres[word] = any(2 ** 32)));

  const loops = createLoops(hot);
  loops.addGame(0, 3000, 300, 1234);
  loops.addUnrankedGame(3000, 8000, 120, 700, 0);
  const sums = [...hot.sums];
  const found = loops.collect(blockSize, 1, 300_000);
  const collected = [...hot.foundPlaces.subarray(0, found)].map((place, at) => [place, hot.foundUnits[at]]);
  const kept = loops.addLatePart(blockSize, found, 163_840, 5, 900_000);
  const late = [...hot.foundPlaces.subarray(0, kept)].map((place, at) => [place, hot.foundUnits[at]]);
  return { sums, collected, late, left: hot.sums.some((sum) => sum !== 0) };
}

describe('the inner loops', () => {
  it.each([1, 2, 3])('give the same in TypeScript and in WebAssembly (%i)', (seed) => {
    const typescript = runLoops(createInnerLoops, seed);
    expect(typescript.sums.filter((sum) => sum > 0).length).toBeGreaterThan(2000);
    expect(typescript.collected.length).toBeGreaterThan(200);
    expect(typescript.late.length).toBeGreaterThan(50);
    expect(typescript.late.length).toBeLessThan(typescript.collected.length);
    expect(typescript.left).toBe(false);
    expect(runLoops(createWasmLoops, seed)).toEqual(typescript);
  });

  it('are built from the source as it is', async () => {
    const committed = new URL('../../src/modules/search/packed/inner-loops.generated.ts', import.meta.url);
    expect(await readFile(committed, 'utf8')).toBe(await buildWasm());
  });
});
