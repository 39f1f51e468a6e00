/**
 * How well and how fast the lists of bad words judge: `node bench/text-rules.ts`. The samples are those of
 * `test/moderation/text-samples.json`, labelled by hand before they were measured. `isUnseen` marks the ones that were written
 * last; the lists were not tuned on them before the first measurement, which stands in README.md.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { findProfanity } from '../src/modules/moderation/text/find-profanity.ts';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';

type Sample = { language: 'ru' | 'en'; text: string; isProfane: boolean; isUnseen: boolean };

const file = new URL('../test/moderation/text-samples.json', import.meta.url);
const samples = JSON.parse(await readFile(file, 'utf8')) as Sample[];
const isFound = ({ text }: Sample) => findProfanity(text).length > 0;

const rows = [false, true].flatMap((isUnseen) =>
  (['ru', 'en'] as const).map((language) => {
    const some = samples.filter((sample) => sample.language === language && sample.isUnseen === isUnseen);
    const profane = some.filter((sample) => sample.isProfane);
    const right = profane.filter(isFound).length;
    const found = some.filter(isFound).length;
    return {
      samples: isUnseen ? 'written last' : 'tuned on',
      language,
      profane: profane.length,
      clean: some.length - profane.length,
      precision: (right / found).toFixed(3),
      recall: (right / profane.length).toFixed(3),
    };
  }),
);
printTable(rows);

/** The longest text that a message may have, of the kinds that make most work. */
const speeds = ['Собираемся в девять, ищем саппорта. ', 'х у й ', 'п.и.з.', '****', 'a', 'ё\u0301'].map((unit) => {
  const text = unit.repeat(Math.ceil(4_000 / unit.length)).slice(0, 4_000);
  const rounds = 20;
  findProfanity(text);
  const startedAt = performance.now();
  for (let i = 0; i < rounds; i += 1) findProfanity(text);
  return {
    text: JSON.stringify(unit),
    'ms for 4,000 characters': ((performance.now() - startedAt) / rounds).toFixed(2),
  };
});
printTable(speeds);

const result = { machine: describeMachine(), rows, speeds };
await writeFile(new URL('results/text-rules.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
