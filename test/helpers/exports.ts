import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import type { Person, TestApp } from './app.ts';

/** The archive of what is held about somebody, which is ready: the texts of its files by path. */
export async function downloadExport({ url }: TestApp, person: Pick<Person, 'call'>): Promise<Record<string, string>> {
  const { body } = await person.call('getExport');
  expect(body).toMatchObject({ state: 'ready' });
  const response = await fetch(`${url}${String(body.url)}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/zip');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes.length).toBe(Number(body.sizeBytes));
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]));
}
