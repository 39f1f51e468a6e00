/**
 * What uploads cost a server: `node bench/uploads.ts`. Photographs of 12 megapixels, large files at once, then 1,000 hostile
 * uploads, by HTTP to a server in a process of its own, whose memory is looked at every few milliseconds.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { makePicture, makePngBomb } from '../test/helpers/pictures.ts';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const HOSTILE = 1_000;
const PAGE_BYTES = 4_096;
const LOOK_EVERY_MS = 3;

type Kind = 'picture' | 'voice' | 'file';
type Row = Record<string, string | number>;

const photo = await sharp({
  create: {
    width: 4_000,
    height: 3_000,
    channels: 3,
    noise: { type: 'gaussian', mean: 128, sigma: 8 },
    background: '#888',
  },
})
  .jpeg({ quality: 85 })
  .toBuffer();
const large = Buffer.alloc(10_000_000, 1);

const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-uploads-'));
const server = await startServer(dataDir);
const rows: Row[] = [];
const answers = new Map<string, number>();
try {
  const people = await Promise.all(Array.from({ length: 16 }, (_, i) => signUp(`uploader${i}`)));
  const hostilePeople = await Promise.all(Array.from({ length: 16 }, (_, i) => signUp(`hostile${i}`)));
  const [first = ''] = people;
  await upload(first, 'picture', photo);
  rows.push(await measure('photograph of 12 megapixels, alone', 10, 1, () => upload(first, 'picture', photo)));
  rows.push(await measure('the same, 8 at once', 40, 8, (i) => upload(people[i % 16] ?? first, 'picture', photo)));
  rows.push(await measure('file of 10 MB, alone', 5, 1, () => upload(first, 'file', large)));
  rows.push(await measure('the same, 32 at once', 64, 32, (i) => upload(people[i % 16] ?? first, 'file', large)));
  const hostile = await makeHostile();
  rows.push(
    await measure(`${HOSTILE} hostile uploads, 16 at once`, HOSTILE, 16, async (i) => {
      const [kind, bytes] = hostile[i % hostile.length] ?? ['file', large];
      const code = await upload(hostilePeople[i % 16] ?? first, kind, bytes);
      answers.set(code, (answers.get(code) ?? 0) + 1);
    }),
  );
  rows.push(await measure('photograph of 12 megapixels after that', 5, 1, () => upload(first, 'picture', photo)));
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true });
}
printTable(rows);
console.log('\nanswers', Object.fromEntries(answers));
const result = { machine: describeMachine(), photoBytes: photo.length, rows, answers: Object.fromEntries(answers) };
await writeFile(new URL('results/uploads.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

async function measure(
  what: string,
  times: number,
  atOnce: number,
  work: (i: number) => Promise<unknown>,
): Promise<Row> {
  const before = readMemory();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, readMemory())), LOOK_EVERY_MS);
  const took: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < times; i = next++) {
      const from = performance.now();
      await work(i);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(timer);
  took.sort((a, b) => a - b);
  return {
    what,
    'median ms': Math.round(took[Math.floor(took.length / 2)] ?? 0),
    'a second': Number((times / seconds).toFixed(1)),
    'MiB before': Math.round(before / 1_048_576),
    'MiB at most': Math.round(peak / 1_048_576),
  };
}

/** Resident memory of the server; Linux only, elsewhere 0. */
function readMemory(): number {
  try {
    return Number(readFileSync(`/proc/${server.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

async function makeHostile(): Promise<[Kind, Buffer][]> {
  const jpeg = await makePicture(2_000, 1_500);
  return [
    ['picture', makePngBomb(14_000, 14_000)],
    ['picture', makePngBomb(100_000, 20_000)],
    ['picture', jpeg.subarray(0, jpeg.length / 2)],
    ['picture', Buffer.concat([photo.subarray(0, 200_000), Buffer.alloc(200_000, 7)])],
    ['picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['picture', Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBPVP8 '), Buffer.alloc(1_000_000, 255)])],
    ['voice', Buffer.alloc(1_000_000, 1)],
    ['file', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(1_000_000, 1)])],
    ['file', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['picture', Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>PK\x03\x04')])],
  ];
}

/** Returns the code of the refusal, or `taken`. */
async function upload(token: string, kind: Kind, bytes: Buffer): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const ticket = await fetch(`${server.url}/v1/media`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ kind, sizeBytes: bytes.length, ...(kind === 'voice' && { durationSeconds: 1 }) }),
  });
  const started = (await ticket.json()) as { uploadUrl?: string; code?: string };
  if (started.uploadUrl === undefined) return started.code ?? String(ticket.status);
  const response = await fetch(`${server.url}${started.uploadUrl}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(bytes),
  });
  const { code } = (await response.json()) as { code?: string };
  return code ?? 'taken';
}

async function signUp(username: string): Promise<string> {
  const response = await fetch(`${server.url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      username,
      email: `${username}@example.com`,
      password: 'correct horse battery',
      ageBand: '18_plus',
      locale: 'en',
      acceptedTerms: '2026-11-01',
    }),
  });
  const { tokens } = (await response.json()) as { tokens: { accessToken: string } };
  return tokens.accessToken;
}
