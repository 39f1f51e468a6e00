import { isIP } from 'node:net';
import type { Actor } from './actor.ts';
import type { Door } from './door.ts';
import { ProblemError } from './errors.ts';
import type { Logger } from './logger.ts';
import { addressKey } from './rate-limits.ts';

/** Who came to a door, and whom it turned out to be about. */
export type Visit = {
  logger: Logger;
  door: Door;
  actor?: Actor | undefined;
  hasEndedToken?: boolean;
  accountId?: string;
};

type Request = { id: string; ip: string };

/** Of the requests under way. */
export const visits = new WeakMap<Request, Visit>();

/** At any door these are attempts to do what one may not do. */
const ATTEMPTS = new Set(['forbidden', 'origin_not_allowed', 'too_many_requests']);

/** One line for what was done at a door that is watched (ASVS 16.3.1). */
export function logDone(request: Request, visit: Visit, answer: unknown): void {
  const { watch } = visit.door;
  if (watch?.tells !== 'all') return;
  const { user } = (answer ?? {}) as { user?: { userId?: string } };
  const accountId = visit.accountId ?? user?.userId ?? visit.actor?.accountId;
  write(request, visit, { security: watch.event, outcome: 'done', accountId });
}

/** One line for what was refused there, and for attempts anywhere (ASVS 16.3.1 to 16.3.3). */
export function logRefused(request: Request, visit: Visit | undefined, error: unknown): void {
  if (!visit || !(error instanceof ProblemError)) return;
  const { definition, extra } = error;
  const { watch } = visit.door;
  if (!watch && !ATTEMPTS.has(definition.code)) return;
  const accountId = visit.actor?.accountId ?? extra.accountId;
  const security = watch?.event ?? 'access';
  write(request, visit, { security, outcome: 'refused', problem: definition.code, accountId });
}

/** Nothing that the client wrote stands in a line: no body, no path, no agent. */
function write(
  { id, ip }: Request,
  { logger, door }: Visit,
  fields: { security: string; outcome: string; problem?: string; accountId: string | undefined },
): void {
  logger.info({ ...fields, operation: door.operationId, address: addressPrefix(ip), requestId: id }, 'security');
}

/** The network of an address, not the house: /24 of IPv4, /48 of IPv6. */
export function addressPrefix(ip: string): string | undefined {
  if (isIP(ip) === 0) return undefined;
  const key = addressKey(ip);
  if (!key.includes(':')) return `${key.split('.').slice(0, 3).join('.')}.0/24`;
  return `${key.split(':').slice(0, 3).join(':')}::/48`;
}
