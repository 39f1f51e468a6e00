import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createGames } from '#modules/games/index.ts';
import { createAudit } from '#platform/audit.ts';
import { createIds } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { createCursors } from '#platform/paging.ts';
import { createRelay } from '#platform/relay.ts';
import { startApp } from '../helpers/app.ts';

const { db, clock, app } = await startApp();
const ids = createIds(clock);
const relay = createRelay(db, createLogger('silent'));
afterAll(() => relay.stop());

const chess = {
  slug: 'chess',
  name: { en: 'Chess' },
  aliases: [],
  genres: ['board-game'],
  platforms: ['web'],
  modes: [],
};
const genres = [{ slug: 'board-game', name: { en: 'Board game', ru: 'Настольная игра' } }];

/** A node whose program ships these games. */
function createNode(shipped: object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  writeFileSync(join(folder, 'games.ndjson'), shipped.map((game) => JSON.stringify(game)).join('\n'));
  writeFileSync(join(folder, 'genres.json'), JSON.stringify(genres));
  return createGames({
    db,
    relay,
    clock,
    ids,
    audit: createAudit(clock, ids),
    isAnyPlayed: app.profiles.isAnyPlayed,
    cursors: createCursors(Buffer.alloc(32)),
    catalogueFolder: pathToFileURL(`${folder}/`),
  });
}

const countLoads = async () => {
  const rows = await db.read
    .selectFrom('outbox_events')
    .where('type', '=', 'games.catalogue_changed')
    .select('event_id')
    .execute();
  return rows.length;
};

test('a new version of the files reaches every node, and the same one is loaded once', async () => {
  const before = await countLoads();
  const first = createNode([{ ...chess, popularity: 1 }]);
  await first.loadCatalogue();
  expect(first.getGame('chess')).toMatchObject({ name: { en: 'Chess' }, popularity: 1, ladder: [] });
  expect(first.getGame('dota-2')).toBeDefined(); // what an older version brought stays

  const second = createNode([{ ...chess, popularity: 2 }]);
  await second.loadCatalogue();
  await relay.settle();
  expect(first.getGame('chess')?.popularity).toBe(2);

  await second.loadCatalogue();
  expect(await countLoads()).toBe(before + 2);
});

test('what staff edited stays as they left it', async () => {
  await db.statement
    .updateTable('games')
    .set({ aliases: ['шахматы'], edited_at: new Date() })
    .where('game_id', '=', 'chess')
    .execute();
  const node = createNode([{ ...chess, popularity: 3 }]);
  await node.loadCatalogue();
  expect(node.getGame('chess')).toMatchObject({ popularity: 2, aliases: ['шахматы'] });
});

test('a broken file stops the start and changes nothing', async () => {
  const before = await countLoads();
  const node = createNode([{ ...chess, popularity: 2_000_000 }]);
  await expect(node.loadCatalogue()).rejects.toThrow();
  expect(await countLoads()).toBe(before);
});
