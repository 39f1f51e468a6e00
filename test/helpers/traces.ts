import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Person, TestApp } from './app.ts';
import { createGroup, openAccepted, say } from './chats.ts';
import type { Answer, Input } from './client.ts';
import { register, tokenOf } from './devices.ts';
import { caseAbout, report, reportUser } from './moderation.ts';
import { join, openParty } from './parties.ts';
import { makePicture } from './pictures.ts';
import { hire } from './staff.ts';
import { makeTeammates } from './teammates.ts';
import { openVerified } from './verified.ts';

/** What the person of `leaveTraces` wrote about themselves, each in a text of its own that is found nowhere else. */
export const personalTexts = {
  username: 'zz_username',
  email: 'zz_email@example.com',
  pendingEmail: 'zz_pending@example.com',
  deviceName: 'zz-device-name',
  displayName: 'Zz Display Name',
  bio: 'zz bio text',
  lookingFor: 'zz looking for',
  contact: 'zz_contact_123',
  inGameName: 'zzInGameName',
  rank: 'archon',
  note: 'zz request note',
  savedSearch: 'zz saved search',
  draft: 'zz draft text',
  suggestedGame: 'zz suggested game',
  suggestionComment: 'zz suggestion comment',
  appleSubject: 'zz.apple.subject',
  assistedEmail: 'zz_assisted@example.com',
  assistedReason: 'zz reason of the staff',
  appVersion: 'zz-app-version',
  reportComment: 'zz report comment',
  sanctionWords: 'zz words of a moderator',
  appeal: 'zz appeal text',
  partyNote: 'zz party note',
  partyMode: 'zz party mode',
  applicationNote: 'zz application note',
};

/** What they wrote to others, in chats that belong to the others as well. */
export const writtenTexts = {
  message: 'zz message text',
  edited: 'zz message before the edit',
  poll: 'zz poll question',
  groupTitle: 'zz group title',
  partyTitle: 'zz party title',
};

/** What others said of the person to the staff, and the staff among themselves: not the person's to read. */
export const staffTexts = { comment: 'zz comment of another', note: 'zz note of the staff' };

/** A person who has used every part of the service that keeps something; returns them, still signed in. */
export async function leaveTraces(server: TestApp): Promise<Person> {
  const { signUp, nobody, settle, clock, visit } = server;
  const { username, email } = personalTexts;
  const friend = await signUp('friend');
  const [stranger, pest, bore] = [await signUp('stranger'), await signUp('pest'), await signUp('bore')];
  const first = await openVerified(server)(username, { email });
  await makeTeammates(friend, first);
  const chatId = await openAccepted(first, friend);
  const message = await say(first, chatId, writtenTexts.edited);
  await say(friend, chatId, 'hello to you');
  const { seq } = await say(friend, chatId, 'something rude');
  // Who has been a teammate for a day may rate.
  clock.advance(86_400);
  await nobody.call('login', { body: { login: username, password: 'a wrong password' } });
  const credentials = { login: username, password: first.password };
  const { body } = await nobody.call('login', { body: { ...credentials, deviceName: personalTexts.deviceName } });
  const person = visit({
    ...first,
    token: String(body.tokens?.accessToken),
    sessionId: String(body.tokens?.sessionId),
  });
  const act = async (operationId: string, input: Input = {}): Promise<Answer> => {
    const answer = await person.call(operationId, input);
    if (answer.status >= 300) throw new Error(`${operationId}: ${JSON.stringify(answer.body)}`);
    return answer;
  };

  await act('updateMyProfile', {
    body: {
      displayName: personalTexts.displayName,
      bio: personalTexts.bio,
      lookingFor: personalTexts.lookingFor,
      country: 'RU',
      region: 'cis',
      timeZone: 'Europe/Moscow',
      languages: ['ru', 'en'],
      platforms: ['windows'],
      voice: 'yes',
      playStyle: 'casual',
      genres: ['shooter'],
      availability: [{ day: 'fri', from: '20:00', to: '23:00' }],
      contacts: [{ kind: 'discord', value: personalTexts.contact, visibility: 'everyone' }],
    },
  });
  const game = { level: 'main', rank: personalTexts.rank, roles: ['mid'], hoursPlayed: 1_234, platform: 'windows' };
  await act('putProfileGame', {
    params: { gameId: 'dota-2' },
    body: { ...game, inGameName: personalTexts.inGameName },
  });
  const picture = Uint8Array.from(await makePicture(300, 300));
  await person.raw('/v1/me/avatar', { method: 'PUT', body: picture, headers: { 'content-type': 'image/jpeg' } });

  await act('createTeammateRequest', {
    body: { userId: stranger.userId, gameId: 'dota-2', note: personalTexts.note },
    headers: { 'idempotency-key': randomUUID() },
  });
  await act('editMessage', { params: { chatId, seq: String(message.seq) }, body: { text: writtenTexts.message } });
  await act('setReaction', { params: { chatId, seq: 2, emoji: '👍' } });
  await act('saveDraft', { params: { chatId }, body: { text: personalTexts.draft } });
  const groupId = await createGroup(person, [friend], writtenTexts.groupTitle);
  const poll = { clientId: randomUUID(), kind: 'poll', question: writtenTexts.poll, options: ['this', 'that'] };
  const { body: asked } = await act('createPoll', { params: { chatId: groupId }, body: poll });
  await act('vote', { params: { chatId: groupId, seq: String(asked.seq) }, body: { options: [0] } });
  await act('createInvite', { params: { chatId: groupId }, body: {}, headers: { 'idempotency-key': randomUUID() } });
  await act('updateMessengerSettings', { body: { showsReceipts: false } });
  await leavePartyTraces(act, friend);
  await act('rateUser', {
    params: { userId: friend.userId },
    body: { play: 4, communication: 5, reliability: 5, friendliness: 5, tags: ['calm'] },
  });
  await act('blockUser', { params: { userId: pest.userId } });
  await act('hideUser', { params: { userId: bore.userId } });
  await act('updatePrivacy', { body: { whoMayWrite: 'teammates' } });
  await act('createSavedSearch', { body: { name: personalTexts.savedSearch, filters: { game: ['dota-2'] } } });
  const { suggestedGame, suggestionComment } = personalTexts;
  await act('suggestGame', { body: { name: suggestedGame, comment: suggestionComment, platforms: ['windows'] } });
  await act('createRecoveryCodes', { body: { password: person.password } });
  await act('startTotp', { body: { password: person.password } });
  await act('changeEmail', { body: { email: personalTexts.pendingEmail, password: person.password } });
  await act('deleteMessage', { params: { chatId, seq: 2 }, query: { for: 'me' } });
  await register(person, tokenOf(username));
  await act('putDevice', {
    params: { deviceId: randomUUID() },
    body: {
      apnsToken: tokenOf('another phone'),
      environment: 'sandbox',
      locale: 'ru',
      appVersion: personalTexts.appVersion,
    },
  });
  await act('updateNotificationSettings', { body: { preview: 'name_only', kinds: { rating: { push: false } } } });
  await leaveModerationTraces(server, person, friend, { chatId, seq });
  await leaveSlowTraces(server, person, friend, groupId);
  await settle();
  return person;
}

/** The person leads a party that is over and one that a friend is in, and has applied to another. */
async function leavePartyTraces(act: (operationId: string, input: Input) => Promise<Answer>, friend: Person) {
  const { partyTitle: title, partyNote: note, partyMode: mode } = { ...personalTexts, ...writtenTexts };
  const body = { gameId: 'dota-2', title, note, mode, slots: [{}, {}, {}] };
  const { partyId } = (await act('createParty', { body })).body;
  await join(await friend.signInAgain(), { ...friend, call: act }, partyId);
  const over = (await act('createParty', { body, headers: { 'idempotency-key': randomUUID() } })).body;
  await act('cancelParty', { params: { partyId: String(over.partyId) } });
  const other = await openParty(await friend.signInAgain());
  const params = { partyId: String(other.partyId) };
  await act('createPartyApplication', { params, body: { note: personalTexts.applicationNote } });
}

/** The person reports, is reported and warned, and appeals. */
async function leaveModerationTraces(server: TestApp, person: Person, friend: Person, said: object): Promise<void> {
  await report(person, { kind: 'message', ...said }, { comment: personalTexts.reportComment });
  await reportUser(await friend.signInAgain(), person, { comment: staffTexts.comment });
  const moderator = await hire(server, 'moderator', 'moderator');
  const body = { action: 'warn', words: personalTexts.sanctionWords, note: staffTexts.note };
  const params = await caseAbout(moderator, person);
  const resolved = await moderator.call('resolveCase', { params, body });
  if (resolved.status !== 200) throw new Error(`the case was not resolved: ${JSON.stringify(resolved.body)}`);
  const { items } = (await person.call('listMySanctions')).body;
  const [sanction] = items as unknown as { sanctionId: string }[];
  const appeal = { sanctionId: sanction?.sanctionId, text: personalTexts.appeal };
  const { status } = await person.call('createAppeal', { body: appeal });
  if (status !== 201) throw new Error('there was no appeal');
}

/** What takes days, staff, Apple or chance to come about. */
async function leaveSlowTraces({ db, clock }: TestApp, person: Person, friend: Person, chatId: string): Promise<void> {
  const { statement } = db;
  const now = clock.now();
  const mine = { account_id: person.userId };
  await statement
    .insertInto('apple_identities')
    .values({ ...mine, subject: personalTexts.appleSubject, client_id: 'app.example', linked_at: now })
    .execute();
  await statement
    .insertInto('assisted_recoveries')
    .values({
      ...mine,
      email: personalTexts.assistedEmail,
      reason: personalTexts.assistedReason,
      started_by: friend.userId,
      started_at: now,
      due_at: now,
    })
    .execute();
  await statement
    .insertInto('rater_agreements')
    .values({ ...mine, agreement: 0.5 })
    .execute();
  await statement
    .insertInto('search_matches')
    .values({ ...mine, match_id: friend.userId, found_at: now })
    .execute();
  await statement
    .insertInto('join_requests')
    .values({ ...mine, chat_id: chatId, created_at: now })
    .execute();
  await statement
    .insertInto('first_words')
    .values({ ...mine, text_hash: Buffer.from('hash'), recipient_id: friend.userId, said_at: now })
    .execute();
  // Once they were on the staff.
  const { case_id } = await statement.selectFrom('moderation_cases').select('case_id').executeTakeFirstOrThrow();
  await statement
    .insertInto('case_notes')
    .values({ case_id, note_id: randomUUID(), author_id: person.userId, text: staffTexts.note, created_at: now })
    .execute();
  await statement
    .insertInto('text_rules')
    .values({
      rule_id: randomUUID(),
      kind: 'word',
      language: 'en',
      text: 'forbiddenword',
      action: 'block',
      exceptions: [],
      created_by: person.userId,
      created_at: now,
    })
    .execute();
}

/** The tables whose rows belong to accounts. */
export async function findPersonalTables(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid in ('accounts'::regclass, 'profiles'::regclass) order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** Every row of every table as text, by table: a dump that can be searched. */
export async function dumpDatabase(db: Queryable): Promise<Map<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const dump = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(name)} as one`.execute(db);
    dump.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return dump;
}
