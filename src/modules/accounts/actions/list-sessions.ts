import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentSession } from '../present.ts';
import { findSessions } from '../queries/sessions.ts';
import type { SessionList } from '../schemas/sign-in.ts';
import type { AccountsTools } from '../tools.ts';

/** The devices that the caller is signed in on, last used first. Never more than fit on one page. */
export async function listSessions({ db, clock }: AccountsTools, actor: Actor): Promise<Static<typeof SessionList>> {
  const rows = await findSessions(db.read, actor.accountId, clock.now());
  return { items: rows.map((row) => presentSession(row, actor.sessionId)) };
}
