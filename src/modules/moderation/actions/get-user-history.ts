import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessAccused } from '../access.ts';
import { presentAccused, presentNote, presentSanction } from '../present.ts';
import { presentCases } from '../present-cases.ts';
import { findCasesOf, findNotesAbout } from '../queries/cases.ts';
import { tallyReports } from '../queries/reports.ts';
import { findSanctionsOf } from '../queries/sanctions.ts';
import type { UserHistory } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

const MOST = 100;

/** What moderators know of a person. Evidence is read case by case, where it is logged. */
export async function getUserHistory(
  tools: ModerationTools,
  actor: Actor,
  userId: string,
): Promise<Static<typeof UserHistory>> {
  const db = tools.db.read;
  const person = await accessAccused(tools, db, actor, userId);
  const [sanctions, cases, notes, reportsMade] = await Promise.all([
    findSanctionsOf(db, userId, MOST),
    findCasesOf(db, userId, MOST),
    findNotesAbout(db, userId, MOST),
    tallyReports(db, userId),
  ]);
  const now = tools.clock.now();
  return {
    user: presentAccused(person),
    isActive: person.isActive,
    sanctions: sanctions.map((row) => presentSanction(row, now)),
    cases: await presentCases(tools, db, actor, cases),
    notes: notes.map(presentNote),
    reportsMade,
  };
}
