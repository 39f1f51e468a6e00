import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ExportFile } from '#platform/exports.ts';

/** Rows are written in pieces of about this many characters. */
const PIECE = 65_536;

/** A ZIP of the files in parts of `partBytes`, the last one shorter. Holds one part and one page of rows at a time. */
export async function* packArchive(files: AsyncIterable<ExportFile>, partBytes: number): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  zip.on('error', (error) => output.destroy(error));
  const filling = fill(zip, files).catch((error: Error) => void output.destroy(error));
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    held.push(chunk);
    heldBytes += chunk.length;
    while (heldBytes >= partBytes) {
      const all = Buffer.concat(held);
      yield all.subarray(0, partBytes);
      held = [all.subarray(partBytes)];
      heldBytes -= partBytes;
    }
  }
  await filling;
  if (heldBytes > 0) yield Buffer.concat(held);
}

/** One file after another, so that only one is being read. */
async function fill(zip: ZipFile, files: AsyncIterable<ExportFile>): Promise<void> {
  for await (const file of files) {
    const stream = 'open' in file ? await file.open() : Readable.from(writeRows(file.rows), { objectMode: false });
    // A file that is gone meanwhile is left out; pictures and sound are packed already.
    if (!stream) continue;
    zip.addReadStream(stream, file.path, { compress: !('open' in file) });
    await finished(stream);
  }
  zip.end();
}

async function* writeRows(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let piece = '[';
  let separator = '\n';
  for await (const row of rows) {
    piece += `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n]\n`;
}
