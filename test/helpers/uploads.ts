import { expect } from 'vitest';
import type { Person } from './app.ts';
import type { Answer, Body } from './client.ts';
import { makePicture } from './pictures.ts';

type Kind = 'picture' | 'voice' | 'file';
type Fields = { name?: string; durationSeconds?: number };

/** Uploads bytes as an app does, and returns what the server made of them. */
export async function upload(person: Person, kind: Kind, bytes: Uint8Array, fields: Fields = {}): Promise<Body> {
  const { status, body } = await tryUpload(person, kind, bytes, fields);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

export async function tryUpload(person: Person, kind: Kind, bytes: Uint8Array, fields: Fields = {}): Promise<Answer> {
  const ticket = await startUpload(person, kind, Math.max(1, bytes.length), fields);
  return putBytes(person, String(ticket.uploadUrl), bytes);
}

export async function startUpload(person: Person, kind: Kind, sizeBytes: number, fields: Fields = {}): Promise<Body> {
  const body = { kind, sizeBytes, ...(kind === 'voice' && { durationSeconds: 3 }), ...fields };
  const { status, body: ticket } = await person.call('startUpload', { body });
  expect({ status, ticket }).toMatchObject({ status: 201 });
  return ticket;
}

export const putBytes = (
  person: Pick<Person, 'raw'>,
  url: string,
  bytes: Uint8Array,
  type = 'application/octet-stream',
) => person.raw(url, { method: 'PUT', body: Uint8Array.from(bytes), headers: { 'content-type': type } });

export const uploadPicture = async (person: Person): Promise<Body> =>
  upload(person, 'picture', await makePicture(1_000, 600));

const latin = (text: string) => Buffer.from(text, 'latin1');

/** The beginnings of what recorders make, which is what is looked at, and some sound. */
export const voiceNotes: Record<string, Buffer> = {
  'audio/mp4': Buffer.concat([latin('\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0'), Buffer.alloc(3_000, 1)]),
  'audio/ogg': Buffer.concat([
    latin('OggS\0\x02'),
    Buffer.alloc(20),
    latin('\x01\x13OpusHead'),
    Buffer.alloc(3_000, 2),
  ]),
  'audio/webm': Buffer.concat([
    Buffer.from(
      '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
      'hex',
    ),
    Buffer.alloc(3_000, 3),
  ]),
  'audio/x-caf': Buffer.concat([latin('caff\0\x01\0\0desc'), Buffer.alloc(3_000, 4)]),
  'audio/aac': Buffer.concat([Buffer.from([0xff, 0xf1, 0x50, 0x80]), Buffer.alloc(3_000, 5)]),
};

/** A link of an answer, as whoever holds it opens it. */
export async function openLink(server: string, link: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server}${link}`, { headers });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
