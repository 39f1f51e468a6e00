import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseCsv } from './catalogue/csv.ts';
import { genreSchema, handmadeGameSchema } from './catalogue/game.ts';
import { formatGames, mergeGames } from './catalogue/merge-games.ts';
import { formatSteamCsv, parseSteamCsv } from './catalogue/steam-csv.ts';
import { selectSteamGames } from './catalogue/steam-games.ts';

// Usage: node scripts/build-catalogue.ts [source.csv.gz | --merge-only]; see data/catalogue/README.md.

const folder = new URL('../data/catalogue/', import.meta.url);
const argument = process.argv[2] ?? process.env['CATALOGUE_SOURCE'] ?? '../shared/data/catalogue.csv.gz';
const droppedSchema = Type.Object({ steamAppId: Type.Integer(), name: Type.String(), reason: Type.String() });

if (argument === '--merge-only') writeGames();
else if (existsSync(argument)) {
  writeSteamCsv(argument);
  writeGames();
} else {
  console.error(
    `No source file at ${argument}. Name the "Steam Store Games" CSV (gzip) as the argument or in CATALOGUE_SOURCE,\n` +
      'or run with --merge-only to merge data/catalogue/steam.csv and handmade.json again.',
  );
  process.exitCode = 1;
}

function writeSteamCsv(sourcePath: string): void {
  const rows = parseCsv(gunzipSync(readFileSync(sourcePath)).toString('utf8'));
  const dropped = new Set(readEntries('dropped.json', droppedSchema).map((entry) => entry.steamAppId));
  const games = selectSteamGames(rows, readEntries('genres.json', genreSchema), dropped);
  writeFileSync(new URL('steam.csv', folder), formatSteamCsv(games));
  console.log(`steam.csv: ${games.length} of ${rows.length} source rows`);
}

function writeGames(): void {
  const generated = parseSteamCsv(readFileSync(new URL('steam.csv', folder), 'utf8'));
  const handmade = readEntries('handmade.json', handmadeGameSchema);
  const games = mergeGames(generated, handmade, readEntries('genres.json', genreSchema));
  writeFileSync(new URL('games.ndjson', folder), formatGames(games));
  console.log(`games.ndjson: ${games.length} games, ${handmade.length} of them with hand-made fields`);
}

function readEntries<T extends TSchema>(file: string, schema: T): Static<T>[] {
  return Value.Parse(Type.Array(schema), JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
}
