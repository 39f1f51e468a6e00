import {
  collapseDuplicatesTransformer,
  DataSet,
  englishDataset,
  englishRecommendedWhitelistMatcherTransformers,
  pattern,
  RegExpMatcher,
  resolveConfusablesTransformer,
  resolveLeetSpeakTransformer,
  toAsciiLowerCaseTransformer,
} from 'obscenity';
import { latin } from './alphabets.ts';
import type { Hit } from './lexicon.ts';
import { readWords } from './words.ts';

/** Innocent words that the list takes for others. */
const INNOCENT =
  'cockpit cockroach cockatoo cockatiel cockney cocktail hancock babcock woodcock mishit niggard pussycat pussyfoot ' +
  'chinkapin chinquapin twatt dickens dickinson dickson scunthorpe shitake shiitake penistone retardant hentaigana';
const INNOCENT_NAMES = [
  'moby dick',
  'dick van dyke',
  'philip k dick',
  'dick tracy',
  'dick grayson',
  'pussy willow',
  'pussy riot',
];

const words = new DataSet<{ originalWord: string }>()
  .addAll(englishDataset)
  // In rugby it is a position, and no insult anywhere.
  .removePhrasesIf(({ metadata }) => metadata?.originalWord === 'hooker')
  .addPhrase((phrase) =>
    [...INNOCENT.split(' '), ...INNOCENT_NAMES].reduce(
      (all, term) => all.addWhitelistedTerm(term),
      phrase
        .setMetadata({ originalWord: 'more' })
        .addPattern(pattern`dumbass`)
        .addPattern(pattern`phuck`)
        .addPattern(pattern`|whore`)
        .addPattern(pattern`|jerk off|`)
        .addPattern(pattern`jackass`)
        .addPattern(pattern`masturbat`)
        .addPattern(pattern`|pussies`),
    ),
  );

/** Of these letters two in a row are kept: words of the list have them. The library forgets `f` and `z`. */
const DOUBLED = 'b e o l s g f z'.split(' ');

const matcher = new RegExpMatcher({
  ...words.build(),
  whitelistMatcherTransformers: englishRecommendedWhitelistMatcherTransformers,
  blacklistMatcherTransformers: [
    resolveConfusablesTransformer(),
    resolveLeetSpeakTransformer(),
    toAsciiLowerCaseTransformer(),
    collapseDuplicatesTransformer({
      defaultThreshold: 1,
      customThresholds: new Map(DOUBLED.map((letter) => [letter, 2])),
    }),
  ],
});

/**
 * English profanity by the list of `obscenity`, which knows leet, look-alikes and innocent words. Beside the text as it
 * is, it is asked about words spelled letter by letter, and about words with a star for a vowel. Cyrillic words are left
 * out: their look-alikes would be read as English.
 */
export function findEnglish(text: string): Hit<'profane'>[] {
  const readable = hideCyrillic(text);
  const hits: Hit<'profane'>[] = [];
  for (const { startIndex, endIndex } of matcher.getAllMatches(readable, true)) {
    // One word may be hit many times; its borders are looked for once.
    if (startIndex < (hits.at(-1)?.end ?? 0)) continue;
    hits.push({ ...toWholeWord(readable, startIndex, endIndex + 1), meaning: 'profane' });
  }
  for (const { written, start, end, isSpelled } of readWords(readable, latin)) {
    const isStarred = written.includes('*') && !isSpelled;
    const guesses = isSpelled ? [written] : isStarred ? VOWELS.map((vowel) => written.replaceAll('*', vowel)) : [];
    if (guesses.some((guess) => matcher.hasMatch(guess))) hits.push({ start, end, meaning: 'profane' });
  }
  return hits;
}

const VOWELS = ['a', 'e', 'i', 'o', 'u'];

/** Blanks every chunk with more Cyrillic letters than Latin ones; places stay. */
function hideCyrillic(text: string): string {
  let readable = '';
  for (const chunk of text.split(/(\s+)/)) {
    let balance = 0;
    for (const character of chunk) {
      if (/^[a-z]$/i.test(character)) balance += 1;
      else if (/^\p{Script=Cyrillic}$/u.test(character)) balance -= 1;
    }
    readable += balance < 0 ? ' '.repeat(chunk.length) : chunk;
  }
  return readable;
}

function toWholeWord(text: string, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start > 0 && /^\S$/.test(text[start - 1] ?? ' ')) start -= 1;
  while (end < text.length && /^\S$/.test(text[end] ?? ' ')) end += 1;
  return { start, end };
}
