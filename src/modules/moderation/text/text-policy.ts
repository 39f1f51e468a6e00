import type { TextField, Verdict } from '#platform/text-rules.ts';
import { hasLink } from './find-link.ts';
import { findProfanity } from './find-profanity.ts';
import type { Hit } from './lexicon.ts';

export const ruleActions = ['block', 'mask', 'hold'] as const;
export type RuleAction = (typeof ruleActions)[number];

type Policy = {
  /** What a word of the lists does. */
  lists: 'block' | 'mask' | 'allow';
  /** What a staff's rule with this action does here. */
  block: 'block' | 'allow';
  mask: 'block' | 'mask' | 'allow';
  hold: 'block' | 'hold';
  /** Links of accounts younger than a day are refused. */
  refusesLinksOfNew: boolean;
};

const NAME: Policy = { lists: 'block', block: 'block', mask: 'block', hold: 'block', refusesLinksOfNew: false };
const CARD: Policy = { lists: 'block', block: 'block', mask: 'mask', hold: 'hold', refusesLinksOfNew: true };
const TO_STRANGERS: Policy = { lists: 'mask', block: 'block', mask: 'mask', hold: 'hold', refusesLinksOfNew: true };

/**
 * Names, titles and what stands on a card are seen by everybody, so bad words are refused; what is written to strangers is
 * masked; what people who know each other write is their own affair, unless the staff hold it. Logins and titles cannot be
 * held: they are refused.
 */
const POLICIES: Record<TextField, Policy> = {
  username: NAME,
  display_name: { ...NAME, hold: 'hold' },
  in_game_name: NAME,
  title: NAME,
  contact: NAME,
  bio: CARD,
  party_note: CARD,
  request_note: TO_STRANGERS,
  stranger_message: TO_STRANGERS,
  message: { lists: 'allow', block: 'allow', mask: 'allow', hold: 'hold', refusesLinksOfNew: false },
};

export type FindByRules = (text: string) => Hit<RuleAction>[];

/** What may be stored of a text, by the lists that ship with the program and the rules of the staff. Pure. */
export function judgeText(
  field: TextField,
  text: string,
  { findByRules, isWriterNew }: { findByRules: FindByRules; isWriterNew: boolean },
): Verdict {
  const policy = POLICIES[field];
  if (isWriterNew && policy.refusesLinksOfNew && hasLink(text)) return { kind: 'block', why: 'link' };
  const listed = policy.lists === 'allow' ? [] : findProfanity(text).map((hit) => ({ ...hit, effect: policy.lists }));
  const ruled = findByRules(text).map((hit) => ({ ...hit, effect: policy[hit.meaning] }));
  const hits = [...listed, ...ruled];
  if (hits.some(({ effect }) => effect === 'block')) return { kind: 'block', why: 'words' };
  const masked = hits.filter(({ effect }) => effect === 'mask');
  return { kind: 'pass', text: mask(text, masked), isHeld: hits.some(({ effect }) => effect === 'hold') };
}

/** A star for every letter and digit of what was found. */
function mask(text: string, hits: readonly { start: number; end: number }[]): string {
  let masked = text;
  for (const { start, end } of hits) {
    const stars = masked.slice(start, end).replaceAll(/[\p{L}\p{N}]/gu, (letter) => '*'.repeat(letter.length));
    masked = masked.slice(0, start) + stars + masked.slice(end);
  }
  return masked;
}
