import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { cleanLine } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { checkFileName } from '../content-types.ts';
import { MAX_UPLOAD_BYTES, MAX_VOICE_BYTES } from '../limits.ts';
import type { StartUploadBody, UploadTicket } from '../schemas.ts';
import { issueTicket } from '../tickets.ts';
import type { MediaTools } from '../tools.ts';

type Body = Static<typeof StartUploadBody>;

/** Begins an upload: the bytes follow by `putContent`, to the address that the ticket names. */
export async function startUpload(
  tools: MediaTools,
  { accountId }: Actor,
  body: Body,
  key: string | undefined,
): Promise<Static<typeof UploadTicket>> {
  const { kind, sizeBytes, durationSeconds } = body;
  checkFields(body);
  const name = body.name === undefined ? undefined : cleanName(body.name);
  const wanted = { ownerId: accountId, kind, sizeBytes, name, durationSeconds };
  return tools.db.transaction((tx) =>
    once(tx, { scope: `startUpload:${accountId}`, key, request: body }, async () => {
      const { mediaId, expiresAt } = await issueTicket(tools, tx, wanted);
      return { mediaId, uploadUrl: `/v1/media/${mediaId}/content`, expiresAt, maxBytes: sizeBytes };
    }),
  );
}

function checkFields({ kind, sizeBytes, name, durationSeconds }: Body): void {
  const maxBytes = kind === 'voice' ? MAX_VOICE_BYTES : MAX_UPLOAD_BYTES;
  if (sizeBytes > maxBytes) throw inputFault('/body/sizeBytes', 'range', TOO_LARGE);
  if (kind !== 'file' && name !== undefined) throw inputFault('/body/name', 'unknown_field', OF_FILES);
  if (kind === 'voice' && durationSeconds === undefined) {
    throw inputFault('/body/durationSeconds', 'required', NEEDED);
  }
  if (kind !== 'voice' && durationSeconds !== undefined) {
    throw inputFault('/body/durationSeconds', 'unknown_field', OF_VOICE);
  }
}

/** No folders, nothing invisible, nothing that turns the line around; so the end that is seen is the end that counts. */
function cleanName(given: string): string {
  let name = cleanLine(given.split(/[/\\]/).at(-1) ?? '');
  while (name.endsWith('.') || name.endsWith(' ')) name = name.slice(0, -1);
  if (name === '') throw inputFault('/body/name', 'length', NO_NAME);
  checkFileName(name);
  return name;
}

const TOO_LARGE = { en: 'a voice note has at most 5 MiB', ru: 'в голосовом сообщении не больше 5 МиБ' };
const OF_FILES = { en: 'only files have a name', ru: 'имя есть только у файла' };
const NEEDED = { en: 'a voice note needs it', ru: 'нужна голосовому сообщению' };
const OF_VOICE = { en: 'only voice notes have a duration', ru: 'длительность есть только у голосового сообщения' };
const NO_NAME = { en: 'holds no visible character', ru: 'не содержит видимых знаков' };
