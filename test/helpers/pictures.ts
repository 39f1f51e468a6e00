import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture of one colour; `exif` puts a place into its metadata, as cameras do. */
export const makePicture = (
  width: number,
  height: number,
  { format = 'jpeg', exif = false }: { format?: 'jpeg' | 'png' | 'webp'; exif?: boolean } = {},
): Promise<Buffer> => {
  const picture = sharp({ create: { width, height, channels: 3, background: '#336699' } });
  const marked = exif ? picture.withExif({ IFD0: { Copyright: 'secret place' } }) : picture;
  return marked.toFormat(format).toBuffer();
};

/** A PNG whose header names the size and whose data is zeroes, deflated. */
export function makePngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit of grey
  const rows = Math.min(height, 14_000);
  const data = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))));
  const chunk = (type: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
