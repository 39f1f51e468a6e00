import type { Database, Tx } from '#platform/database.ts';
import type { Ids } from '#platform/ids.ts';
import type { App } from '../app.ts';
import { makeDemoParties } from './demo-parties.ts';
import { type DemoPlayer, makeDemoPlayers } from './demo-players.ts';
import { readDemoTexts } from './demo-texts.ts';

const BATCH = 1_000;
const WITH_PARTIES = 4_000;

/**
 * Fills a database that holds no accounts with demo players, some of whom lead parties, and tells how far it is. All or nothing: a start that is
 * killed half way leaves the database empty, so that the next one fills it. Returns how many were made.
 */
export async function seedDemoPlayers(
  { accounts, profiles, parties, games }: Pick<App, 'accounts' | 'profiles' | 'parties' | 'games'>,
  db: Database,
  ids: Ids,
  count: number,
  tell: (made: number) => void,
): Promise<number> {
  if ((await accounts.countAccounts()) > 0) return 0;
  const now = new Date();
  const players = makeDemoPlayers(readDemoTexts(), games.listGames(), ids, now);
  await db.transaction(async (tx) => {
    for (let made = 0; made < count; ) {
      const batch = takeBatch(players, Math.min(BATCH, count - made));
      await accounts.importAccounts(
        tx,
        batch.map(({ account }) => account),
      );
      await profiles.importProfiles(
        tx,
        batch.map(({ profile }) => profile),
      );
      // The first thousands lead all the parties that there are.
      if (made < WITH_PARTIES) await openParties(parties, tx, makeDemoParties(batch, games, now));
      made += batch.length;
      tell(made);
    }
  });
  return count;
}

async function openParties(
  parties: App['parties'],
  tx: Tx,
  demoParties: ReturnType<typeof makeDemoParties>,
): Promise<void> {
  for (const { hostId, body } of demoParties) await parties.openParty(tx, hostId, body);
}

const takeBatch = (players: Iterator<DemoPlayer, never>, size: number): DemoPlayer[] =>
  Array.from({ length: size }, () => players.next().value);
