import type { Static } from 'typebox';
import type { AccountFacts } from '#modules/accounts/index.ts';
import { dailyQuota } from '#modules/relationships/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { passText } from '#platform/text-rules.ts';
import { cleanText, countGraphemes } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { accessPartyForChange } from '../access.ts';
import {
  alreadyApplied,
  alreadyInParty,
  applicationQuotaReached,
  applicationsClosed,
  partyClosed,
  partyFull,
} from '../errors.ts';
import { applicationSent } from '../events.ts';
import { tellOfApplication } from '../live.ts';
import { presentOwnApplication } from '../present.ts';
import { countSent, findApplicationsOf, insertApplication, wasDeclined } from '../queries/applications.ts';
import { findMember } from '../queries/members.ts';
import { lockPerson } from '../queries/parties.ts';
import { findWriter } from '../read-texts.ts';
import { APPLICATION_NOTE_LENGTH, type ApplicationBody, type PartyApplication } from '../schemas.ts';
import { isJoinable } from '../stages.ts';
import type { Team } from '../tables.ts';
import type { PartiesTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const MOST_WAITING = 30;

/**
 * Asks to join. Whom the host has refused once asks in vain: it is taken as any other and never shown to the host, so that
 * the answer tells nothing of the refusal.
 */
export async function createPartyApplication(
  tools: PartiesTools,
  actor: Actor,
  partyId: string,
  body: ApplicationBody,
  key: string | undefined,
): Promise<Static<typeof PartyApplication>> {
  const { accountId } = actor;
  const now = tools.clock.now();
  const note = readNote(body.note);
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createPartyApplication:${partyId}:${accountId}`, key, request: body }, async () => {
      await lockPerson(tx, accountId);
      const team = await accessPartyForChange(tools, tx, actor, partyId);
      const { party } = team;
      const writer = await findWriter(tools, tx, accountId);
      await checkMayApply(tools, tx, team, writer, body.slot);
      const said = note === '' ? undefined : passText(tools.textRules, 'request_note', note, '/body/note', writer);
      if (said) await tools.textRules.checkFlood(tx, writer, party.host_id, said.text);
      const isRefused = await wasDeclined(tx, partyId, accountId);
      const application = await insertApplication(tx, {
        application_id: tools.ids.next(),
        party_id: partyId,
        applicant_id: accountId,
        slot: body.slot ?? null,
        note: said?.text ?? null,
        state: isRefused ? 'declined' : 'pending',
        created_at: now,
      });
      if (said?.isHeld) await tools.textRules.hold(tx, { accountId, field: 'request_note', text: said.text });
      if (!isRefused) {
        const { application_id: applicationId } = application;
        const sent = { applicationId, partyId, applicantId: accountId, hostId: party.host_id };
        await tools.announce(tx, applicationSent, sent);
        tellOfApplication(tools, tx, 'host', 'party.application_created', { party, application });
      }
      return presentOwnApplication(application, party);
    }),
  );
}

async function checkMayApply(
  { clock }: PartiesTools,
  tx: Tx,
  { party, members }: Team,
  writer: AccountFacts,
  slot: number | undefined,
): Promise<void> {
  const now = clock.now();
  const { accountId } = writer;
  if (members.some(({ account_id }) => account_id === accountId)) throw alreadyInParty();
  if (!isJoinable(party, now)) throw partyClosed();
  if (party.state === 'full') throw partyFull();
  if (slot !== undefined && slot >= party.size) throw inputFault('/body/slot', 'range', NO_SLOT);
  if ((await findMember(tx, party.party_id, accountId))?.left_as === 'removed') throw applicationsClosed();
  const earlier = await findApplicationsOf(tx, accountId, [party.party_id]);
  if (earlier.some(({ state }) => state === 'pending' || state === 'declined')) throw alreadyApplied();
  const { recent, waiting } = await countSent(tx, accountId, new Date(now.getTime() - DAY_MS));
  if (recent >= dailyQuota(writer, now) || waiting >= MOST_WAITING) {
    throw applicationQuotaReached({ retryAfterSeconds: DAY_MS / 1_000 });
  }
}

function readNote(note = ''): string {
  const cleaned = cleanText(note);
  if (countGraphemes(cleaned) > APPLICATION_NOTE_LENGTH) throw inputFault('/body/note', 'length', TOO_LONG);
  return cleaned;
}

const NO_SLOT = { en: 'is no place of this party', ru: 'нет такого места в этой пати' };
const TOO_LONG = {
  en: `must have at most ${APPLICATION_NOTE_LENGTH} characters`,
  ru: `должно быть не длиннее ${APPLICATION_NOTE_LENGTH} символов`,
};
