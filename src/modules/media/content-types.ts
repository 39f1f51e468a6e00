import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { fileRefused, notAVoiceNote } from './errors.ts';

/** What phones and browsers record, by how the file begins; served as the type on the right. */
const VOICE_TYPES: Record<string, string> = {
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
  opus: 'audio/ogg',
  webm: 'audio/webm',
  caf: 'audio/x-caf',
};
export const voiceTypes = [...new Set(Object.values(VOICE_TYPES))];

/** Programs, whatever they are called. */
const REFUSED_TYPES = new Set([
  'exe',
  'elf',
  'macho',
  'class',
  'deb',
  'rpm',
  'apk',
  'jar',
  'lnk',
  'reg',
  'chm',
  'crx',
  'xpi',
  'dmg',
  'wasm',
]);

/** What a device runs or a browser opens as a page, by its name. */
const REFUSED_NAMES = new Set(
  (
    'apk app bat cmd com cpl dll dmg exe gadget hta htm html jar js jse lnk mht mhtml mjs msc msi msix pif pkg ps1 reg scr sh ' +
    'shtml svg svgz url vbe vbs wsf xht xhtml xml xsl'
  )
    .split(' ')
    .map((name) => `.${name}`),
);

/** The recognised type needs no more than this; reading no further bounds what a hostile file can make us do. */
const HEAD_BYTES = 4_096;

/** The type of a voice note. Throws `not_a_voice_note`. */
export async function findVoiceType(bytes: Buffer): Promise<string> {
  const type = VOICE_TYPES[(await recognise(bytes))?.ext ?? ''];
  if (!type) throw notAVoiceNote();
  return type;
}

/** The type of any other file, to show an icon by; it is never served as that. Throws `file_refused`. */
export async function findFileType(bytes: Buffer, name: string | undefined): Promise<string> {
  const type = await recognise(bytes);
  if (type && REFUSED_TYPES.has(type.ext)) throw fileRefused();
  if ((!type || type.ext === 'xml') && isPage(bytes)) throw fileRefused();
  checkFileName(name);
  return type?.mime.split(';')[0] ?? 'application/octet-stream';
}

/** Throws `file_refused` for a name that says program or page. */
export function checkFileName(name = ''): void {
  if (REFUSED_NAMES.has(extname(name).toLowerCase())) throw fileRefused();
}

const recognise = (bytes: Buffer) => fileTypeFromBuffer(bytes.subarray(0, HEAD_BYTES)).catch(() => undefined);

/** As browsers look for it: a text that begins with HTML, SVG or XML; and a script by its first line. */
const isPage = (bytes: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?(?:#!|\s*<(?:!doctype|\?xml|html|head|body|title|style|script|iframe|svg|a|b|p|div|table)\b)/i.test(
    bytes.toString('latin1', 0, HEAD_BYTES),
  );
