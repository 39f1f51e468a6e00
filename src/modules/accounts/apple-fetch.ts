const TIMEOUT_MS = 10_000;
/** Keys and tokens are a few kilobytes. */
const MAX_BYTES = 65_536;

/**
 * Asks Apple, and nobody else: a redirect is no answer. Gives the body of a 2xx answer; rejects when there is none, when
 * its last byte takes longer than `timeoutMs`, or when it is larger than 64 KiB.
 */
export async function fetchApple(url: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<string> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`Apple answers ${response.status} to ${new URL(url).pathname}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`Apple's answer to ${new URL(url).pathname} is too large`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
