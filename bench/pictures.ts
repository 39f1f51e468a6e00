/**
 * What pictures cost: `node bench/pictures.ts`. Time and peak memory of a 12-megapixel photograph and of the largest picture
 * that is taken, then 1,000 hostile uploads, one after another.
 */
import sharp from 'sharp';
import { createPictures } from '../src/modules/media/pictures.ts';
import { ProblemError } from '../src/platform/errors.ts';

const AVATAR = { edges: [64, 160, 320, 640], isSquare: true };

const photo = await sharp({
  create: {
    width: 4_000,
    height: 3_000,
    channels: 3,
    noise: { type: 'gaussian', mean: 128, sigma: 40 },
    background: '#888',
  },
})
  .jpeg({ quality: 90 })
  .toBuffer();
const largest = await sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#888' } })
  .png()
  .toBuffer();

const pictures = createPictures();
await pictures.render(photo, { edges: [64], isSquare: true });

await measure('photograph of 12 megapixels', () => pictures.render(photo, AVATAR));
await measure('PNG of 49 megapixels', () => pictures.render(largest, AVATAR));

const answers = new Map<string, number>();
await measure('1,000 hostile uploads', async () => {
  for (let i = 0; i < 1_000; i += 1) {
    const hostile = Buffer.concat([photo.subarray(0, 50 + i * 7), Buffer.alloc(200, i & 255)]);
    const code = await pictures.render(hostile, AVATAR).then(() => 'taken', nameOf);
    answers.set(code, (answers.get(code) ?? 0) + 1);
  }
});
console.log('answers', Object.fromEntries(answers));

async function measure(what: string, work: () => Promise<unknown>): Promise<void> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  clearInterval(timer);
  console.log(
    `${what}: ${ms.toFixed(0)} ms, ${((peak - before) / 1_048_576).toFixed(0)} MiB above ${(before / 1_048_576).toFixed(0)} MiB`,
  );
}

function nameOf(error: unknown): string {
  return error instanceof ProblemError ? error.definition.code : String(error);
}
