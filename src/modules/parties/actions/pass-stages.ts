import { partyNearing } from '../events.ts';
import { lockDue, takeReminders } from '../queries/parties.ts';
import { idsOf, passStage } from '../stages.ts';
import { addMembers, findTeams } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

const BATCH = 100;

/** Does what time alone does to parties: reminds, starts, cancels, ends. Every few seconds, on any node. */
export async function passStages(tools: PartiesTools): Promise<void> {
  await remind(tools);
  let passed: number;
  do {
    passed = await tools.db.transaction(async (tx) => {
      const due = await addMembers(tx, await lockDue(tx, tools.clock.now(), BATCH));
      for (const team of due) await passStage(tools, tx, team);
      return due.length;
    });
  } while (passed === BATCH);
}

async function remind({ db, clock, announce }: PartiesTools): Promise<void> {
  await db.transaction(async (tx) => {
    const taken = await takeReminders(tx, clock.now());
    const teams = await findTeams(
      tx,
      taken.map(({ party_id }) => party_id),
    );
    for (const { party, members } of teams) {
      await announce(tx, partyNearing, { partyId: party.party_id, memberIds: idsOf(members) });
    }
  });
}
