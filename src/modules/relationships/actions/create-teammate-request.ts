import type { Static } from 'typebox';
import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { passText } from '#platform/text-rules.ts';
import { cleanText, countGraphemes } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { accessPerson } from '../access.ts';
import { alreadyRequested, alreadyTeammates, requestQuotaReached, requestsClosed } from '../errors.ts';
import { teammateRequestSent } from '../events.ts';
import { tellLive } from '../live.ts';
import { makeTeammates } from '../make-teammates.ts';
import { presentRequest } from '../present.ts';
import {
  countSent,
  findTeammatesAmong,
  findWaitingRequest,
  findWhoMayWrite,
  hasRequestSince,
  insertRequest,
  lockPair,
  lockSender,
} from '../queries.ts';
import { dailyQuota, EXPIRY_MS, MAX_WAITING, mayBegin, QUOTA_MS, REPEAT_MS } from '../request-rules.ts';
import { NOTE_LENGTH, type TeammateRequest, type TeammateRequestBody } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

type Body = Static<typeof TeammateRequestBody>;

/** Asks somebody to be a teammate. Who was asked by this very person already says yes by asking back. */
export async function createTeammateRequest(
  tools: RelationshipsTools,
  actor: Actor,
  body: Body,
  key: string | undefined,
): Promise<Static<typeof TeammateRequest>> {
  const { accountId } = actor;
  const note = readNote(body.note);
  const game = body.gameId === undefined ? undefined : tools.games.getGame(body.gameId);
  if (body.gameId !== undefined && !game) throw inputFault('/body/gameId', 'enum', NO_GAME);
  const now = tools.clock.now();

  return tools.db.transaction((tx) =>
    once(tx, { scope: `createTeammateRequest:${accountId}`, key, request: body }, async () => {
      await lockSender(tx, accountId);
      await lockPair(tx, accountId, body.userId);
      const { caller, person } = await accessPerson(tools, tx, actor, body.userId);
      const isTeammate = (await findTeammatesAmong(tx, accountId, [body.userId])).length > 0;
      if (isTeammate) throw alreadyTeammates();
      const theirs = await findWaitingRequest(tx, body.userId, accountId, now);
      if (theirs) return presentRequest(await makeTeammates(tools, tx, theirs), accountId, now);

      await checkMayAsk(tx, caller, person, now);
      const said = note === null ? undefined : passText(tools.textRules, 'request_note', note, '/body/note', caller);
      if (said) await tools.textRules.checkFlood(tx, caller, person.accountId, said.text);
      const request = await insertRequest(tx, {
        request_id: tools.ids.next(),
        sender_id: accountId,
        recipient_id: body.userId,
        game_id: game?.gameId ?? null,
        note: said?.text ?? null,
        created_at: now,
        expires_at: new Date(now.getTime() + EXPIRY_MS),
      });
      if (said?.isHeld) await tools.textRules.hold(tx, { accountId, field: 'request_note', text: said.text });
      const sent = { requestId: request.request_id, senderId: accountId, recipientId: body.userId };
      await tools.announce(tx, teammateRequestSent, sent);
      tellLive(tools, tx, body.userId, 'teammate_request.created', request);
      return presentRequest(request, accountId, now);
    }),
  );
}

async function checkMayAsk(tx: Tx, caller: AccountFacts, person: AccountFacts, now: Date): Promise<void> {
  if (!mayBegin(await findWhoMayWrite(tx, person.accountId), false, caller, person)) throw requestsClosed();
  const repeatFrom = new Date(now.getTime() - REPEAT_MS);
  if (await hasRequestSince(tx, caller.accountId, person.accountId, repeatFrom)) throw alreadyRequested();
  const { recent, waiting } = await countSent(tx, caller.accountId, new Date(now.getTime() - QUOTA_MS), now);
  if (recent >= dailyQuota(caller, now) || waiting >= MAX_WAITING) {
    throw requestQuotaReached({ retryAfterSeconds: QUOTA_MS / 1_000 });
  }
}

function readNote(note = ''): string | null {
  const cleaned = cleanText(note);
  if (countGraphemes(cleaned) > NOTE_LENGTH) throw inputFault('/body/note', 'length', TOO_LONG);
  return cleaned || null;
}

const NO_GAME = { en: 'is not a game of the catalogue', ru: 'нет такой игры в каталоге' };
const TOO_LONG = {
  en: `must have at most ${NOTE_LENGTH} characters`,
  ru: `должно быть не длиннее ${NOTE_LENGTH} символов`,
};
