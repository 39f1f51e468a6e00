// AssemblyScript. The loops of src/modules/search/packed/inner-loops.ts, to the bit, over the same memory; see there for
// what they do, and layout.ts for the bits. Addresses are in bytes. Build with `npm run build:wasm`.

export function addGame(from: u32, to: u32, sums: u32, skillUnits: u32, wantedShare: u32, bothFiveBonus: u32): void {
  for (let at = from; at < to; at += 4) {
    const posting = load<u32>(at);
    const share = (posting >>> 12) & 1023;
    const less = select(share, wantedShare, share < wantedShare);
    const units = less * load<u32>(skillUnits + (((posting >>> 22) & 63) << 2));
    const sum = sums + ((posting & 4095) << 2);
    store<u32>(sum, load<u32>(sum) + units + (posting >>> 28) * bothFiveBonus);
  }
}

export function addUnrankedGame(
  from: u32,
  to: u32,
  sums: u32,
  wantedShare: u32,
  unitsPerShare: u32,
  bothFiveBonus: u32,
): void {
  for (let at = from; at < to; at += 4) {
    const posting = load<u32>(at);
    const share = (posting >>> 12) & 1023;
    const less = select(share, wantedShare, share < wantedShare);
    const sum = sums + ((posting & 4095) << 2);
    store<u32>(sum, load<u32>(sum) + less * unitsPerShare + (posting >>> 28) * bothFiveBonus);
  }
}

export function collect(
  words: u32,
  sums: u32,
  languageUnits: u32,
  standingUnits: u32,
  traitUnits: u32,
  foundPlaces: u32,
  foundUnits: u32,
  least: i32,
  cut: i32,
): u32 {
  const leasts = i32x4.splat(least);
  let found: u32 = 0;
  for (let place: u32 = 0; place < 4096; place += 4) {
    // Four sums at once: most are too low for anything else to lift them, and their words need not be read.
    const four = sums + (place << 2);
    const isEnough = i32x4.ge_s(v128.load(four), leasts);
    if (!v128.any_true(isEnough)) continue;
    for (let next = place; next < place + 4; next += 1) {
      const word = load<u32>(words + (next << 2));
      const sum = load<i32>(sums + (next << 2));
      const units =
        sum +
        load<i32>(languageUnits + ((word & 1023) << 2)) +
        load<i32>(standingUnits + (((word >>> 10) & 127) << 2)) +
        load<i32>(traitUnits + ((word >>> 17) << 2));
      store<u32>(foundPlaces + (found << 2), next);
      store<i32>(foundUnits + (found << 2), units);
      found += u32(units > cut) & u32(sum >= least);
    }
  }
  memory.fill(sums, 0, 4096 * 4);
  return found;
}

export function addLatePart(
  weeks: u32,
  genres: u32,
  hourUnits: u32,
  viewerWeek: u32,
  viewerGenres: u32,
  foundPlaces: u32,
  foundUnits: u32,
  found: u32,
  genresWorth: u32,
  genreCount: u32,
  least: i32,
): u32 {
  const early = load<u64>(viewerWeek);
  const middle = load<u64>(viewerWeek, 8);
  const late = load<u64>(viewerWeek, 16);
  const liked = load<u64>(viewerGenres);
  let kept: u32 = 0;
  for (let at: u32 = 0; at < found; at += 1) {
    const place = load<u32>(foundPlaces + (at << 2));
    const week = weeks + place * 24;
    const lastWord = load<u64>(week, 16);
    const hours = <u32>(
      (popcnt<u64>(load<u64>(week) & early) + popcnt<u64>(load<u64>(week, 8) & middle) + popcnt<u64>(lastWord & late))
    );
    const known = select<u32>(hours, 20, hours < 20);
    const hourStep = select<u32>(31, known, <u32>(lastWord >>> 63));
    const played = load<u64>(genres + (place << 3));
    const common = popcnt<u64>(played & liked);
    let units = load<i32>(foundUnits + (at << 2)) + load<i32>(hourUnits + (hourStep << 2));
    if (common > 0) units += <i32>((2 * <u64>genresWorth * common) / (<u64>genreCount + popcnt<u64>(played)));
    store<u32>(foundPlaces + (kept << 2), place);
    store<i32>(foundUnits + (kept << 2), units);
    kept += u32(units >= least);
  }
  return kept;
}
