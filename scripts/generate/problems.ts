import { commonProblems, problems } from '#platform/errors.ts';
import { type ApiDocument, listOperations, pageHead, pageTable } from './api-document.ts';

/** The catalogue of problems: code, status, words, where it comes from, and what a client does about it. */
export function writeProblems(document: object): string {
  const operations = listOperations(document as ApiDocument);
  const common = new Set(commonProblems.map(({ code }) => code));
  const all = problems().toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
  const statuses = [...new Set(all.map(({ status }) => status))];
  const whereOf = (code: string) => {
    if (common.has(code)) return 'any operation';
    const names = operations.filter((operation) => operation['x-problems'].includes(code));
    return names.map(({ operationId }) => `\`${operationId}\``).join(', ') || 'frames of the WebSocket';
  };
  return `${pageHead('Problems', 'the problems that the modules define')}
An answer that is not a success is \`application/problem+json\` (RFC 9457). Decide by \`code\`: it is stable and never
translated. \`title\` and \`detail\` are for people, in Russian or English as \`Accept-Language\` asks. \`instance\` names the
request in the server's log. The \`error\` frame of the WebSocket carries the same codes. New codes may appear: treat an
unknown one by its status.

## What a client does

${pageTable(
  ['Status', 'What to do'],
  statuses.map((status) => [String(status), ADVICE[status] ?? missing(status)]),
)}
## All codes

${pageTable(
  ['Code', 'Status', 'Title', 'По-русски', 'Where'],
  all.map(({ code, status, title }) => [`\`${code}\``, String(status), title.en, title.ru, whereOf(code)]),
)}`;
}

const ADVICE: Record<number, string> = {
  400: 'The request is wrong and will stay so: show `errors` beside the fields they name, do not repeat. After `invalid_cursor` start from the first page.',
  401: 'Refresh the access token once and repeat; when that is refused too, show the sign-in screen.',
  403: 'The person may not do this: do not repeat, and do not offer it.',
  404: 'It does not exist or is not for this person: drop it from the screen.',
  405: 'A fault of the client: see `Allow`.',
  408: 'The line was too slow: repeat with the same `Idempotency-Key` or `clientId` when it is better.',
  409: 'The state has changed meanwhile: read it again, then let the person decide.',
  410: 'It existed and is gone for good: drop it from the screen.',
  412: 'Someone else changed it first: read it again and repeat with the new `ETag`.',
  413: 'Send less; the limits are in `GET /v1/meta`.',
  415: 'A fault of the client: send `Content-Type: application/json`.',
  416: 'The file is shorter than the stretch that was asked for: ask for the whole.',
  422: 'The shape is right, the meaning is not: show the `title`; do not repeat unchanged.',
  426: 'A fault of the client: open this address as a WebSocket.',
  428: 'A fault of the client: send the condition that the operation asks for.',
  429: 'Wait as long as `Retry-After` says, then repeat.',
  431: 'A fault of the client: the headers are too large.',
  500: 'Repeat once with the same `Idempotency-Key` or `clientId`; then report `instance`.',
  503: 'Wait as long as `Retry-After` says, then repeat with the same `Idempotency-Key` or `clientId`; wait longer each time.',
};

function missing(status: number): never {
  throw new Error(`say in scripts/generate/problems.ts what a client does about ${status}`);
}
