import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Relay } from '#platform/relay.ts';
import { repeatedText, type TextRules } from '#platform/text-rules.ts';
import { textHeld, textRulesChanged } from './events.ts';
import { findAllTextRules, noteFirstWords } from './queries/text-rules.ts';
import type { TextRuleRow } from './tables.ts';
import { latin, russian } from './text/alphabets.ts';
import { createLexicon, type Entry } from './text/lexicon.ts';
import { type FindByRules, judgeText, type RuleAction } from './text/text-policy.ts';

const DAY_MS = 86_400_000;
/** To so many people a new account may say the same. */
const MOST_TOLD_THE_SAME = 5;

/** The rules for what people write. Created before all other modules, which ask it; the doors to its data stand in moderation. */
export function createTextRules({ db, relay, clock }: { db: Database; relay: Relay; clock: Clock }): TextRules & {
  /** Reads the rules of the staff and follows their changes: within a second or two on every node. */
  load(): Promise<void>;
} {
  let findByRules: FindByRules = () => [];
  const isNew = (createdAt: Date) => clock.now().getTime() - createdAt.getTime() < DAY_MS;
  const reload = async () => {
    findByRules = compileRules(await findAllTextRules(db.read));
  };
  return {
    judge: (field, text, writer) =>
      judgeText(field, text, { findByRules, isWriterNew: writer !== undefined && isNew(writer.createdAt) }),
    hold: (tx, held) => relay.announce(tx, textHeld, held),
    async checkFlood(tx, { accountId, createdAt }, recipientId, text) {
      if (text === '' || !isNew(createdAt)) return;
      const now = clock.now();
      const hash = createHash('sha256').update(text.toLowerCase()).digest();
      const words = { account_id: accountId, text_hash: hash, recipient_id: recipientId, said_at: now };
      const count = await noteFirstWords(tx, words, new Date(now.getTime() - DAY_MS));
      if (count > MOST_TOLD_THE_SAME) throw repeatedText({ retryAfterSeconds: DAY_MS / 1_000 });
    },
    async load() {
      const from = await relay.position();
      await reload();
      relay.follow({ name: 'moderation.text-rules', on: [textRulesChanged], from, handle: reload });
    },
  };
}

function compileRules(rows: readonly TextRuleRow[]): FindByRules {
  if (rows.length === 0) return () => [];
  const entriesOf = (language: TextRuleRow['language']): Entry<RuleAction>[] =>
    rows
      .filter((row) => row.language === language)
      .map((row) => ({ text: row.text, where: row.kind, meaning: row.action, exceptions: row.exceptions }));
  const findRussian = createLexicon(russian, entriesOf('ru'));
  const findEnglish = createLexicon(latin, entriesOf('en'));
  return (text) => [...findRussian(text), ...findEnglish(text)];
}
