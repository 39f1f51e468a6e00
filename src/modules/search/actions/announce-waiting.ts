import { deleteMatchesBefore, findOwnersWithWaiting } from '../queries.ts';
import type { SearchTools } from '../tools.ts';
import { announceMatches, knownSince } from './announce-matches.ts';

const PAGE = 200;

/** Tells in the morning what was found in the night, and forgets pairs after their 30 days. Called now and then. */
export async function announceWaiting(tools: SearchTools): Promise<void> {
  await deleteMatchesBefore(tools.db.statement, knownSince(tools.clock.now()));
  let after = '00000000-0000-0000-0000-000000000000';
  for (let owners = [after]; owners.length > 0; ) {
    owners = await findOwnersWithWaiting(tools.db.read, after, PAGE);
    for (const accountId of owners) await tools.db.transaction((tx) => announceMatches(tools, tx, accountId));
    after = owners.at(-1) ?? after;
  }
}
