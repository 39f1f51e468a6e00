import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';

/** An S3 server that checks signatures, with one bucket; the URL is a value of S3_URL. */
export async function startS3(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: mkdtempSync(join(tmpdir(), 'soyamate-s3-')),
    configureBuckets: [{ name: 'soyamate', configs: [] }],
  });
  const { port } = await server.run();
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/soyamate/media?region=eu-central-1`,
    stop: () => server.close(),
  };
}
