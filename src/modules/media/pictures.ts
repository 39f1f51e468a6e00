import pLimit from 'p-limit';
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { unavailable } from '#platform/errors.ts';
import { brokenPicture, notAPicture, pictureTooLarge } from './errors.ts';

export const MAX_PICTURE_BYTES = 10_485_760;
export const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;
/** Decoding is what costs memory, so few run at once and few wait. */
const AT_ONCE = 2;
const MAX_WAITING = 20;

export type Rendition = { width: number; height: number; bytes: Buffer };
export type Picture = { renditions: Rendition[]; placeholder: Buffer };

/** How wide and high the sizes are at most, and whether they are cut to a square. */
export type Sizing = { edges: readonly number[]; isSquare: boolean };

type Pixels = { data: Buffer; info: OutputInfo };

export type Pictures = {
  /**
   * Makes a picture anew in WebP, the smallest size first, without any of its metadata. Throws `not_a_picture`,
   * `broken_picture` or `picture_too_large`, and `unavailable` when too many wait.
   */
  render(bytes: Buffer, sizing: Sizing): Promise<Picture>;
};

export function createPictures(): Pictures {
  // Only these three decoders, reached by content: no SVG, GIF, TIFF, PDF or camera format gets near libvips.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
  sharp.cache(false);
  sharp.concurrency(1);
  const limit = pLimit(AT_ONCE);
  return {
    async render(bytes, sizing) {
      if (!isPicture(bytes)) throw notAPicture();
      if (limit.pendingCount >= MAX_WAITING) throw unavailable({ retryAfterSeconds: 5 });
      return limit(() => render(bytes, sizing));
    },
  };
}

async function render(bytes: Buffer, { edges, isSquare }: Sizing): Promise<Picture> {
  const { width, height } = await readSize(bytes);
  if (width * height > MAX_PIXELS) throw pictureTooLarge();
  // Nothing is blown up: a small picture has fewer sizes than a large one.
  const own = isSquare ? Math.min(width, height) : Math.max(width, height);
  const steps = [...new Set(edges.map((edge) => Math.min(edge, own)))];
  try {
    // Once to the pixels of the largest size, then from those: the source is decoded one time only.
    const largest = await resize(open(bytes).autoOrient(), Math.max(...steps), isSquare)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const renditions: Rendition[] = [];
    for (const edge of steps) {
      const smaller = resize(ofPixels(largest), edge, isSquare).webp({ quality: 80 });
      const { data, info } = await smaller.toBuffer({ resolveWithObject: true });
      renditions.push({ width: info.width, height: info.height, bytes: data });
    }
    return { renditions, placeholder: await makePlaceholder(ofPixels(largest)) };
  } catch {
    // The decoder says in many words what all means that these bytes are no whole picture, or took too long.
    throw brokenPicture();
  }
}

async function readSize(bytes: Buffer): Promise<{ width: number; height: number }> {
  try {
    return await open(bytes).metadata();
  } catch (error) {
    if (error instanceof Error && error.message.includes('pixel limit')) throw pictureTooLarge();
    throw brokenPicture();
  }
}

const open = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 }).timeout({
    seconds: MAX_SECONDS,
  });

const resize = (picture: Sharp, edge: number, isSquare: boolean): Sharp =>
  picture.resize(edge, edge, { fit: isSquare ? 'cover' : 'inside' });

const ofPixels = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } }).timeout({ seconds: MAX_SECONDS });

async function makePlaceholder(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture
    .resize(100, 100, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data));
}

/** By the first bytes, whatever the name or the header says. */
function isPicture(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
    bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ||
    (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
  );
}
