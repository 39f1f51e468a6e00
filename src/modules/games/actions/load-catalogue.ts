import { catalogueChanged } from '../events.ts';
import { lockFilesHash, updateFilesHash, upsertGames, upsertGenres } from '../queries/catalogue.ts';
import { readShippedCatalogue } from '../shipped-catalogue.ts';
import type { GamesTools } from '../tools.ts';

/** Brings the shipped catalogue into the database, once for each new version of its files. */
export async function loadCatalogue({ db, announce }: GamesTools, folder: URL): Promise<void> {
  const shipped = await readShippedCatalogue(folder);
  await db.transaction(async (tx) => {
    if ((await lockFilesHash(tx)) === shipped.filesHash) return;
    await upsertGenres(tx, shipped.genres);
    await upsertGames(tx, shipped.games);
    await updateFilesHash(tx, shipped.filesHash);
    await announce(tx, catalogueChanged, {});
  });
}
