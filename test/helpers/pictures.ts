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
