import { Type } from 'typebox';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { layOutMail } from '#platform/mail-layout.ts';
import { type DigestFacts, writeDigest } from './digest-mail.ts';
import { findDevices } from './queries/devices.ts';
import { markDigestSent, takeDigests } from './queries/digests.ts';
import { findUnread } from './queries/feed.ts';
import { findSettings } from './queries/settings.ts';
import { readSettings, type Settings } from './settings.ts';
import type { NotificationsTools } from './tools.ts';
import { unsubscribeUrl } from './unsubscribe-link.ts';

const BATCH = 100;

const digestJob = defineJob('notifications.digest', Type.Object({ accountId: Type.String(), since: Type.String() }));

/** Hands the letters that are due to the jobs, in one transaction; a chore, on any node. */
export async function sendDigests({ db, clock, enqueue }: NotificationsTools): Promise<void> {
  const take = () =>
    db.transaction(async (tx) => {
      const due = await takeDigests(tx, clock.now(), BATCH);
      for (const { account_id: accountId, since } of due)
        await enqueue(tx, digestJob, { accountId, since: since.toISOString() });
      return due.length;
    });
  while ((await take()) === BATCH);
}

/** Writes the letter by what is true now. There is none for who came back, got a phone, or has nothing left to read. */
export const digestHandler = (tools: NotificationsTools): JobHandler =>
  jobHandler(digestJob, async ({ accountId, since }, jobId) => {
    const { db, clock, accounts, mailer } = tools;
    const settings = readSettings((await findSettings(db.read, [accountId]))[0]);
    if (!settings.areDigestsOn) return;
    const [account] = await accounts.findAccounts(db.read, [accountId]);
    if (!account?.isActive || account.lastActiveAt > new Date(since)) return;
    if (tools.isPushOn && (await findDevices(db.read, accountId)).length > 0) return;
    const address = await accounts.findMailAddress(db.read, accountId);
    if (address === undefined) return;
    const facts = await findFacts(tools, accountId, settings);
    if (facts.unread === 0 && facts.news.length === 0) return;
    const url = unsubscribeUrl(tools, accountId);
    const content = writeDigest(facts, account, settings.preview, { appUrl: tools.publicUrl, unsubscribeUrl: url });
    await mailer.send({
      id: jobId,
      to: address,
      subject: content.subject,
      ...layOutMail(content, account.locale),
      unsubscribeUrl: url,
    });
    await markDigestSent(db.statement, accountId, clock.now());
  });

const MAX_NEWS = 50;

async function findFacts(tools: NotificationsTools, accountId: string, settings: Settings): Promise<DigestFacts> {
  const { db, messenger, profiles } = tools;
  const people = [{ accountId, doMentionsPassMute: settings.doMentionsPassMute }];
  const [unread, rows] = await Promise.all([
    settings.kinds.message.mail ? messenger.countUnread(db.read, people) : undefined,
    findUnread(db.read, accountId, MAX_NEWS),
  ]);
  const actorIds = rows.flatMap(({ actor_id }) => actor_id ?? []);
  const cards = await profiles.findCards(db.read, { accountId }, [...new Set(actorIds)]);
  const names = new Map(cards.map(({ userId, displayName }) => [userId, displayName]));
  return {
    unread: unread?.get(accountId) ?? 0,
    news: rows.flatMap(({ kind, actor_id }) => {
      const name = actor_id === null ? '' : names.get(actor_id);
      const isWanted = Object.entries(settings.kinds).some(([known, ways]) => known === kind && ways.mail);
      return isWanted && name !== undefined ? [{ kind, name }] : [];
    }),
  };
}
