/**
 * What people write, made safe to show: one rule for names, notes and messages.
 *
 * 1. Unicode form C, so that equal texts are equal.
 * 2. Invisible characters go: controls, joiners and marks of direction, fillers, private use, variation selectors. Only
 *    what visible text needs stays: joiners and selectors inside emoji, joiners between letters of scripts that use them.
 * 3. A letter keeps at most three marks, so nobody's text climbs over its neighbours (Zalgo); no living language needs more.
 * 4. Spaces of every kind become plain ones, runs of them become one, ends are trimmed. A line has no line breaks; a text
 *    keeps them, two in a row at most.
 *
 * Nothing of this refuses a text: what is left may be empty, which the caller decides about. Idempotent.
 */
export const cleanLine = (text: string): string =>
  clean(text.replaceAll(/\s+/gu, ' ')).replaceAll(/ {2,}/g, ' ').trim();

export const cleanText = (text: string): string =>
  clean(text.replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n').replaceAll(/[^\S\n]+/gu, ' '))
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/**
 * Whether a reader sees anything of the text. What Unicode has not assigned yet counts as seen here: a phone may know an
 * emoji that is younger than this server.
 */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** What a reader counts as characters: an emoji of a family is one. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function clean(text: string): string {
  return text.normalize('NFC').replaceAll(INVISIBLE, '').normalize('NFC').replaceAll(TOO_MANY_MARKS, '$1');
}

// Code points that Unicode keeps for emoji to come count as pictographs, yet are invisible until then.
const PICTURE = '(?!\\p{C})\\p{Extended_Pictographic}';
const EMOJI = `${PICTURE}\\p{Emoji_Modifier}?\\uFE0F?`;
const JOINING_LETTER =
  '[\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}' +
  '\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}]';

const KEPT = [
  `(?<=${EMOJI})\\u200D(?=${PICTURE})`, // 👩‍🚀
  `(?<=${PICTURE})\\uFE0F`, // ❤️
  '(?<=[0-9#*])\\uFE0F(?=\\u20E3)', // 1️⃣
  '(?<=\\u{1F3F4}[\\u{E0061}-\\u{E007A}]{0,5})[\\u{E0061}-\\u{E007F}]', // 🏴󠁧󠁢󠁥󠁮󠁧󠁿
  `(?<=${JOINING_LETTER})[\\u200C\\u200D](?=${JOINING_LETTER})`,
];
const FORBIDDEN = '[\\p{C}\\p{Default_Ignorable_Code_Point}\\u2800]';

const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Line breaks are controls, yet kept here; `cleanLine` has none by now. */
export const INVISIBLE = new RegExp(`(?!\\n)(?!${KEPT.join('|')})${FORBIDDEN}`, 'gu');
const TOO_MANY_MARKS = /(\p{M}{3})\p{M}+/gu;
