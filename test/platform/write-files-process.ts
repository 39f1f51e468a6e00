/** Writes large files one after another until it is killed: into the store at a folder or at a URL. */
import { createFolderStore } from '#platform/files.ts';
import { createS3Store } from '#platform/s3-store.ts';

const [where = ''] = process.argv.slice(2);
const store = where.startsWith('http') ? createS3Store(where) : createFolderStore(where);

for (let i = 0; ; i += 1) {
  await store.write(`k/${i}/content`, Buffer.alloc(8_000_000, i));
  process.stdout.write(`${i}\n`);
}
