import { mediaIdsOf } from '#modules/messenger/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import { subjectNotFound } from './errors.ts';
import type { ReportSubject } from './schemas/subjects.ts';
import type { Subject } from './tables.ts';
import type { ModerationTools } from './tools.ts';

export type FoundSubject = {
  subject: Subject;
  /** Who answers for it. */
  accusedId: string;
  /** What it was at this moment. */
  evidence: object;
  /** The evidence quotes a chat, which outsiders do not read. */
  hasPrivateText: boolean;
  /** Pictures that it shows. */
  mediaIds?: readonly string[];
};

/** What the caller reports, as it is now. What they may not see is the same 404 as what does not exist. */
export async function findSubject(
  tools: ModerationTools,
  db: Queryable,
  actor: Actor,
  subject: ReportSubject,
): Promise<FoundSubject> {
  checkIds(subject);
  const found = await FINDERS[subject.kind](tools, db, actor, subject);
  if (!found) throw subjectNotFound();
  if (found.accusedId === actor.accountId) throw inputFault('/body/subject', 'format', YOURSELF);
  return found;
}

/** The same for the same thing, whoever reports it. */
export const subjectKeyOf = ({
  kind,
  userId,
  chatId,
  seq,
  ratingId,
  mediaId,
  suggestionId,
  partyId,
  field,
}: Subject): string =>
  [kind, userId, chatId, seq, ratingId, mediaId, suggestionId, partyId, field]
    .filter((part) => part !== undefined)
    .join(':');

type Finder = (
  tools: ModerationTools,
  db: Queryable,
  actor: Actor,
  subject: ReportSubject,
) => Promise<FoundSubject | undefined>;

const FINDERS: Record<ReportSubject['kind'], Finder> = {
  user: findUser,
  message: findMessage,
  chat: findChat,
  rating: findRating,
  picture: findPicture,
  game_suggestion: findSuggestion,
  party: findParty,
};

async function findUser({ profiles }: ModerationTools, db: Queryable, actor: Actor, { userId = '' }: ReportSubject) {
  const card = await profiles.findReportedCard(db, actor, userId);
  if (!card) return undefined;
  const mediaId = card.avatar?.mediaId;
  return {
    subject: { kind: 'user', userId } as const,
    accusedId: userId,
    evidence: { card: withoutLinks(card) },
    hasPrivateText: false,
    ...(mediaId !== undefined && { mediaIds: [mediaId] }),
  };
}

async function findMessage(
  { messenger }: ModerationTools,
  db: Queryable,
  { accountId }: Actor,
  { chatId = '', seq = 0 }: ReportSubject,
) {
  const evidence = await messenger.findEvidence(db, accountId, chatId, seq);
  if (!evidence?.message) return undefined;
  const { authorId } = evidence.message;
  const mediaIds = mediaIdsOf(evidence.message);
  const subject = { kind: 'message', chatId, seq } as const;
  return { subject, accusedId: authorId, evidence, hasPrivateText: true, mediaIds };
}

async function findChat(
  { messenger }: ModerationTools,
  db: Queryable,
  { accountId }: Actor,
  { chatId = '' }: ReportSubject,
) {
  const evidence = await messenger.findEvidence(db, accountId, chatId);
  const accusedId = evidence?.chat.answerableId;
  if (!evidence || accusedId === undefined) return undefined;
  return {
    subject: { kind: 'chat', chatId } as const,
    accusedId,
    evidence: { chat: evidence.chat },
    hasPrivateText: false,
    ...(evidence.chat.photoId !== undefined && { mediaIds: [evidence.chat.photoId] }),
  };
}

async function findRating(
  { ratings }: ModerationTools,
  db: Queryable,
  { accountId }: Actor,
  { ratingId = '' }: ReportSubject,
) {
  const rating = await ratings.findReceived(db, accountId, ratingId);
  if (!rating) return undefined;
  return {
    subject: { kind: 'rating', ratingId } as const,
    accusedId: rating.fromUserId,
    evidence: { rating },
    hasPrivateText: false,
  };
}

/** An avatar, or a picture in a message, be it forwarded. */
async function findPicture(
  { profiles, messenger, media }: ModerationTools,
  db: Queryable,
  actor: Actor,
  { mediaId = '', userId, chatId, seq }: ReportSubject,
) {
  const ownerId = await media.findOwner(db, mediaId);
  if (ownerId === undefined) return undefined;
  const found = { accusedId: ownerId, mediaIds: [mediaId] };
  if (userId !== undefined) {
    const card = await profiles.findReportedCard(db, actor, userId);
    if (card?.avatar?.mediaId !== mediaId) return undefined;
    const subject = { kind: 'picture', userId, mediaId } as const;
    return { ...found, subject, evidence: { mediaId }, hasPrivateText: false };
  }
  const evidence = chatId === undefined ? undefined : await messenger.findEvidence(db, actor.accountId, chatId, seq);
  if (!evidence?.message || !mediaIdsOf(evidence.message).includes(mediaId)) return undefined;
  const subject = { kind: 'picture', chatId: evidence.chat.chatId, seq: evidence.message.seq, mediaId } as const;
  // Who showed it answers for it, whoever uploaded it first.
  return { ...found, accusedId: evidence.message.authorId, subject, evidence, hasPrivateText: true };
}

/** Only the staff see what others suggest. Who named the game first answers for it. */
async function findSuggestion(
  { games }: ModerationTools,
  db: Queryable,
  { permissions }: Actor,
  { suggestionId = '' }: ReportSubject,
) {
  if (!permissions.has('catalogue.manage')) return undefined;
  const found = await games.findSuggestion(db, suggestionId);
  if (!found) return undefined;
  return {
    subject: { kind: 'game_suggestion', suggestionId } as const,
    accusedId: found.firstSuggesterId,
    evidence: { suggestion: found.suggestion },
    hasPrivateText: false,
  };
}

async function findParty({ parties }: ModerationTools, db: Queryable, actor: Actor, { partyId = '' }: ReportSubject) {
  const party = await parties.findEvidence(db, actor, partyId);
  if (!party) return undefined;
  const subject = { kind: 'party', partyId } as const;
  return { subject, accusedId: party.hostId, evidence: { party }, hasPrivateText: false };
}

/** Links to pictures end; the id is what lasts. */
function withoutLinks<T extends { avatar?: { mediaId: string } }>({ avatar, ...card }: T): object {
  return { ...card, ...(avatar && { avatarId: avatar.mediaId }) };
}

const IDS: Record<ReportSubject['kind'], readonly (readonly (keyof ReportSubject)[])[]> = {
  user: [['userId']],
  message: [['chatId', 'seq']],
  chat: [['chatId']],
  rating: [['ratingId']],
  picture: [
    ['mediaId', 'userId'],
    ['mediaId', 'chatId', 'seq'],
  ],
  game_suggestion: [['suggestionId']],
  party: [['partyId']],
};

function checkIds({ kind, ...ids }: ReportSubject): void {
  const given = Object.keys(ids).toSorted().join();
  if (!IDS[kind].some((wanted) => wanted.toSorted().join() === given)) {
    throw inputFault('/body/subject', 'format', WRONG_IDS);
  }
}

const YOURSELF = { en: 'is your own', ru: 'принадлежит вам самим' };
const WRONG_IDS = {
  en: 'must have the ids that its kind needs, and no others',
  ru: 'должен содержать те id, которых требует его вид, и никаких других',
};
