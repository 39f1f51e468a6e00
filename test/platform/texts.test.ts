import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText, countGraphemes, isVisible } from '#platform/texts.ts';

// The characters that the rule is about, more often than chance would bring them.
const awkward = fc.constantFrom(
  ...Array.from('aéё \n\r\t\u00a0\u2028\u0085 1❤👩🏽🏴क\u094dم\u1100\u1161'),
  ...Array.from('\u200b\u200c\u200d\u202e\u2066\ufeff\u00ad\u3164\u2800\ufe0f\u20e3\u{e0067}'),
  ...Array.from('\u0301\u0308\u0327\u0335\ue000\u0007'),
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 30 })
  .map((parts) => parts.join('').toWellFormed());

describe.each([
  ['cleanLine', cleanLine],
  ['cleanText', cleanText],
])('%s', (_name, clean) => {
  test('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(text, (input) => {
        expect(clean(clean(input))).toBe(clean(input));
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is left is in form C, trimmed, without controls, bidi overrides, blanks and towers of marks', () => {
    fc.assert(
      fc.property(text, (input) => {
        const cleaned = clean(input);
        expect(cleaned).toBe(cleaned.normalize('NFC').trim());
        expect(cleaned.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        expect(cleaned).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u3164\u2800]/);
        expect(cleaned).not.toMatch(/\p{M}{4}/u);
        expect(cleaned).not.toMatch(/ {2}|\n{3}/);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['👩‍🚀 ❤️ 1️⃣ 👨‍👩‍👧‍👦 🏃🏽‍♂️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 6],
  ['می‌خواهم', 7],
  ['Привет, Ёжик!', 13],
  ['Việt Nam', 8],
  ['שָׁלוֹם', 4],
])('%s stays as it is', (input, characters) => {
  expect(cleanLine(input)).toBe(input.normalize('NFC'));
  expect(countGraphemes(input.replaceAll(' ', input.startsWith('👩') ? '' : ' '))).toBe(characters);
});

test.each([
  ['a\u200bd\u202em\u00adin', 'admin'],
  ['\u3164\u2800\u200d', ''],
  ['Z\u0335\u0321\u0322\u0300\u0301\u0302', 'Z\u0335\u0321\u0322'],
  ['a\u200d\u200db', 'ab'],
  ['  two \t\u00a0 words\n', 'two words'],
])('%j becomes %j', (input, output) => {
  expect(cleanLine(input)).toBe(output);
});

test('a text keeps its lines, one empty one between them at most', () => {
  expect(cleanText('one\r\ntwo \n\n\n\n three\u2028four\n')).toBe('one\ntwo\n\nthree\nfour');
});

test('what cleaning leaves something of is visible, and so is an emoji that this server does not know yet', () => {
  fc.assert(
    fc.property(text, (input) => {
      if (cleanText(input) !== '') expect(isVisible(input)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  for (const input of ['', ' \n', '\u200b', '\u2800 \u3164', '\u202e\u2066\ufeff', '\ufe0f'])
    expect(isVisible(input)).toBe(false);
  for (const input of ['.', '❤️', '👩‍🚀', '\u200bя', '\u{1faff}']) expect(isVisible(input)).toBe(true);
});
