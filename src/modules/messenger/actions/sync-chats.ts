import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { HiddenPlace, readHiddenSince, Xid } from '../hidden-since.ts';
import { withLastMessages } from '../last-messages.ts';
import { presentChatState } from '../present.ts';
import { findHorizon, findSyncRows, type SyncRow } from '../queries/changes.ts';
import { findMemberChats } from '../queries/chats.ts';
import type { SyncBody, SyncResult } from '../schemas/catch-up.ts';
import type { MessengerTools } from '../tools.ts';
import { isTooOld, readChanges } from './list-changes.ts';

/** `hidden` while a list of hidden messages goes on. */
const Place = Type.Object({ xid: Xid, hidden: Type.Optional(HiddenPlace) });

/** The first page of each changed chat; beyond so many chats the client asks for the changes itself. */
const FIRST_PAGE = 50;
const MAX_CHATS_WITH_CHANGES = 50;
const MAX_APPEARED = 100;

/** Catch-up for all chats in one call: which changed (with the first page of changes), appeared or vanished. */
export async function syncChats(
  tools: MessengerTools,
  actor: Actor,
  { chats: known, cursor }: Static<typeof SyncBody>,
): Promise<Static<typeof SyncResult>> {
  const { db, cursors } = tools;
  const { accountId } = actor;
  const purpose = `syncChats:${accountId}`;
  // Before anything else is read, so that the next sync misses nothing of what happens meanwhile.
  const horizon = await findHorizon(db.read);
  const place = cursor === undefined ? START : placeBelow(horizon, cursors.open(purpose, Place, cursor));
  const { xid } = place;
  const rows = await findSyncRows(db.read, accountId, xid);
  const present = new Set(rows.map(({ chat_id }) => chat_id));
  const named = rows.flatMap((row) => {
    const since = known[row.chat_id];
    return since === undefined ? [] : [{ ...row, since }];
  });
  const reload = named.filter((row) => isTooOld(row, row.since));
  const changed = named.filter((row) => row.last_rev > row.since && !isTooOld(row, row.since));
  const appeared = rows.filter(({ chat_id }) => known[chat_id] === undefined);
  const hidden = await readHiddenSince(db.read, accountId, xid, place.hidden);
  const stateIds = named.filter((row) => row.is_own_changed || row.last_rev > row.since).map(({ chat_id }) => chat_id);

  return {
    changed: [
      ...(await readChanges(db.read, accountId, changed.slice(0, MAX_CHATS_WITH_CHANGES).map(stretchOf), FIRST_PAGE)),
      ...changed
        .slice(MAX_CHATS_WITH_CHANGES)
        .map(({ chat_id, since }) => ({ chatId: chat_id, rev: since, items: [], hasMore: true })),
    ],
    appeared: await withLastMessages(
      tools,
      db.read,
      accountId,
      await findMemberChats(
        db.read,
        accountId,
        appeared.slice(0, MAX_APPEARED).map(({ chat_id }) => chat_id),
      ),
    ),
    hasMoreChats: appeared.length > MAX_APPEARED,
    vanished: Object.keys(known).filter((chatId) => !present.has(chatId)),
    reload: reload.map(({ chat_id }) => chat_id),
    states: (await findMemberChats(db.read, accountId, stateIds)).map(presentChatState),
    hidden: hidden.lists,
    hasMoreHidden: hidden.end !== undefined,
    // While the list goes on, the place stays where it began: transactions that ran then may have added to it since.
    cursor: cursors.seal(purpose, {
      xid: place.hidden ? xid : horizon,
      ...(hidden.end && { hidden: hidden.end }),
    }),
  };
}

const START: Static<typeof Place> = { xid: '0' };

/** A place ahead of the database is from before it was restored into a cluster that counts anew: all states come. */
const placeBelow = (horizon: string, place: Static<typeof Place>): Static<typeof Place> =>
  BigInt(place.xid) > BigInt(horizon) ? START : place;

const stretchOf = (row: SyncRow & { since: number }) => ({ chatId: row.chat_id, since: row.since, upTo: row.last_rev });
