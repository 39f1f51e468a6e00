/** A stretch of bytes; both ends belong to it. */
export type ByteRange = { start: number; end: number };

/**
 * What a `Range` header asks of a file of so many bytes: one stretch (RFC 9110, 14.2). Undefined when it asks for the
 * whole, for several stretches or in another way than we know, which all get the whole file; `unsatisfiable` when it
 * begins behind the end.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start > end ? 'unsatisfiable' : { start, end };
}
