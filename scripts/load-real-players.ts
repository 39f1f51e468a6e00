/**
 * Loads real play histories (players.csv.gz and games.csv.gz, whose licence allows tests and research only) into the
 * configured database: `node scripts/load-real-players.ts FOLDER [COUNT]`. For tests and for looking at the search.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Game } from '#modules/games/index.ts';
import { readConfig, readDotEnv } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { App } from '../src/app.ts';
import { withApp } from '../src/commands/with-app.ts';
import { parseCsv } from './catalogue/csv.ts';

export type RealPlayer = { games: { gameId: string; hoursPlayed: number }[] };

/** The first `count` players who played at least one game of the catalogue; games are joined by their Steam app id. */
export function readRealPlayers(folder: string, catalogue: readonly Game[], count: number): RealPlayer[] {
  const byAppId = new Map(
    catalogue.flatMap(({ steamAppId, gameId }) => (steamAppId ? [[String(steamAppId), gameId]] : [])),
  );
  const gameIds = new Map(readRows(folder, 'games.csv.gz').map(({ game, appid = '' }) => [game, byAppId.get(appid)]));
  const players = new Map<string, RealPlayer>();
  for (const { player = '', game, hours } of readRows(folder, 'players.csv.gz')) {
    const gameId = gameIds.get(game);
    if (!gameId || !(Number(hours) > 0)) continue;
    const found = players.get(player) ?? { games: [] };
    if (!players.has(player) && players.size === count) continue;
    if (!found.games.some((other) => other.gameId === gameId))
      found.games.push({ gameId, hoursPlayed: Math.ceil(Number(hours)) });
    players.set(player, found);
  }
  return [...players.values()];
}

export const hasRealPlayers = (folder: string): boolean => existsSync(join(folder, 'players.csv.gz'));

/** Stores the players by the bulk path. Hours decide the levels: the most played game is the main one. */
export async function importRealPlayers(
  { accounts, profiles }: Pick<App, 'accounts' | 'profiles'>,
  db: Database,
  ids: Ids,
  players: readonly RealPlayer[],
) {
  const now = new Date();
  const people = players.map(({ games }, i) => ({
    accountId: ids.next(),
    username: `real${i + 1}`,
    games: games.toSorted((a, b) => b.hoursPlayed - a.hoursPlayed).slice(0, MOST_GAMES),
  }));
  await db.transaction(async (tx) => {
    await accounts.importAccounts(
      tx,
      people.map(({ accountId, username }) => ({
        accountId,
        username,
        ageBand: '18_plus',
        locale: 'en',
        createdAt: now,
        lastActiveAt: now,
      })),
    );
    await profiles.importProfiles(
      tx,
      people.map(({ accountId, games }) => ({
        accountId,
        createdAt: now,
        platforms: ['windows'],
        games: games.map((game, place) => ({ ...game, level: levelOf(place), platform: 'windows' })),
      })),
    );
  });
}

const MOST_GAMES = 100;

const levelOf = (place: number) => (place === 0 ? 'main' : place < 4 ? 'often' : 'sometimes');

const readRows = (folder: string, name: string) => parseCsv(gunzipSync(readFileSync(join(folder, name))).toString());

if (import.meta.main) {
  const [folder, count = '2000'] = process.argv.slice(2);
  if (!folder) throw new Error('usage: node scripts/load-real-players.ts FOLDER [COUNT]');
  readDotEnv();
  await withApp(readConfig(process.env), async ({ app, db, ids }) => {
    await app.loadCatalogue();
    const players = readRealPlayers(folder, app.games.listGames(), Number(count));
    await importRealPlayers(app, db, ids, players);
    console.log(`${players.length} players are loaded; start the server to search among them`);
  });
}
