import { isIPv6 } from 'node:net';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyRequests, unavailable } from './errors.ts';
import type { Redis } from './redis.ts';

/** How many calls in which time; docs and headers are written from these. */
export type LimitRule = {
  readonly points: number;
  readonly windowSeconds: number;
  /** How many of them in a shorter time. */
  readonly burst?: { readonly points: number; readonly windowSeconds: number };
};

/**
 * The published limits. Open doors count per address (IPv6: its /64), the others per account and, `ADDRESS_FACTOR` times as
 * many, per address.
 */
export const limitRules = {
  guest: { points: 30, windowSeconds: 3_600 },
  register: { points: 5, windowSeconds: 3_600 },
  login: { points: 10, windowSeconds: 300 },
  username_check: { points: 30, windowSeconds: 60 },
  recovery: { points: 3, windowSeconds: 3_600 },
  recovery_code: { points: 20, windowSeconds: 3_600 },
  credentials: { points: 10, windowSeconds: 300 },
  refresh: { points: 150, windowSeconds: 300 },
  message: { points: 100, windowSeconds: 60, burst: { points: 20, windowSeconds: 10 } },
  message_deletion: { points: 300, windowSeconds: 60 },
  mark: { points: 600, windowSeconds: 60 },
  typing: { points: 120, windowSeconds: 60 },
  chat: { points: 60, windowSeconds: 3_600 },
  upload: { points: 20, windowSeconds: 3_600 },
  upload_content: { points: 60, windowSeconds: 3_600 },
  search: { points: 30, windowSeconds: 60 },
  catalogue: { points: 120, windowSeconds: 60 },
  presence: { points: 60, windowSeconds: 60 },
  game_suggestion: { points: 10, windowSeconds: 86_400 },
  invite: { points: 20, windowSeconds: 3_600 },
  apple_notice: { points: 300, windowSeconds: 60 },
  test_push: { points: 5, windowSeconds: 60 },
  socket: { points: 10, windowSeconds: 60 },
} as const satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof limitRules;

/**
 * Many people share one address (carriers, dormitories, internet cafés), but the limits are several times what a busy person
 * does, so few are near them in the same minute. Without a bound somebody with thirty new guests an hour would search 900
 * times a minute.
 */
export const ADDRESS_FACTOR = 10;

/** Where guessing pays: without the common count these are refused, since each node alone would allow its own share. */
const guarded: ReadonlySet<string> = new Set<LimitName>(['guest', 'register', 'login', 'recovery', 'recovery_code']);
const COME_BACK_SECONDS = 10;

/** One count of a limit. */
export type LimitWindow = { name: string; points: number; windowSeconds: number };
export type LimitState = LimitWindow & { remaining: number; resetSeconds: number };

/** Whose calls are counted; without an account those of the address. */
export type Caller = { accountId?: string | undefined; ip: string };

export type RateLimits = {
  /** Counts one call and tells what the caller has left; throws 429 with `Retry-After` when that is nothing. */
  consume(name: LimitName, caller: Caller): Promise<LimitState[]>;
};

export const noLimits: RateLimits = { consume: async () => [] };

/** Limits counted by this process alone. */
export const createMemoryLimits = (rules: Record<LimitName, LimitRule> = limitRules): RateLimits =>
  createLimits(rules, createMemoryLimiter);

/**
 * Limits counted for all nodes together. While Redis does not answer, sign-in, registration and recovery are refused with
 * 503, and for everything else each node counts for itself.
 */
export function createRedisLimits({ commands, ask }: Redis): RateLimits {
  const storeClient = {
    get isReady() {
      return commands.isReady;
    },
    async eval(script: string, options: { keys: string[]; arguments: string[] }) {
      const answer = await ask((redis) => redis.eval(script, options));
      if (answer === undefined) throw new Error('redis does not answer');
      return answer;
    },
  };
  return createLimits(
    limitRules,
    (window) =>
      new RateLimiterRedis({
        storeClient,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        keyPrefix: `soyamate:limit:${window.name}`,
        points: window.points,
        duration: window.windowSeconds,
        ...(!guarded.has(window.name) && { insuranceLimiter: createMemoryLimiter(window) }),
      }),
  );
}

const createMemoryLimiter = ({ name, points, windowSeconds }: LimitWindow) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: windowSeconds });

function createLimits(
  rules: Record<LimitName, LimitRule>,
  createLimiter: (window: LimitWindow) => RateLimiterAbstract,
): RateLimits {
  const open = (window: LimitWindow) => {
    const limiter = createLimiter(window);
    return (who: string) => count(limiter, window, who);
  };
  const counters = new Map(
    Object.entries<LimitRule>(rules).map(([name, rule]) => [
      name,
      { own: windowsOf(name, rule).map(open), ofAddress: open(windowOfAddress(name, rule)) },
    ]),
  );
  return {
    async consume(name, { accountId, ip }) {
      const counter = counters.get(name);
      const states: LimitState[] = [];
      for (const countOne of counter?.own ?? []) states.push(await countOne(accountId ?? addressKey(ip)));
      // Last, so that one person who is refused takes nothing from the neighbours; and not told, for it is about them.
      if (accountId !== undefined) await counter?.ofAddress(addressKey(ip));
      return states;
    },
  };
}

async function count(limiter: RateLimiterAbstract, window: LimitWindow, who: string): Promise<LimitState> {
  try {
    const result = await limiter.consume(who);
    return { ...window, remaining: result.remainingPoints, resetSeconds: toSeconds(result) };
  } catch (refusal) {
    // The store does not answer, and nothing stands in for it.
    if (!(refusal instanceof RateLimiterRes)) throw unavailable({ retryAfterSeconds: COME_BACK_SECONDS });
    const retryAfterSeconds = toSeconds(refusal);
    const state = { ...window, remaining: 0, resetSeconds: retryAfterSeconds };
    throw tooManyRequests({ retryAfterSeconds, headers: presentLimits([state]) });
  }
}

/** The counts of one account, or of one address at an open door, the shortest first. */
export function windowsOf(name: string, { points, windowSeconds, burst }: LimitRule): LimitWindow[] {
  return [...(burst ? [{ name: `${name}_burst`, ...burst }] : []), { name, points, windowSeconds }];
}

const windowOfAddress = (name: string, { points, windowSeconds }: LimitRule): LimitWindow => ({
  name: `${name}_address`,
  points: points * ADDRESS_FACTOR,
  windowSeconds,
});

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
export function presentLimits(states: readonly LimitState[]): Record<string, string> {
  if (states.length === 0) return {};
  return {
    'ratelimit-policy': states.map((one) => `"${one.name}";q=${one.points};w=${one.windowSeconds}`).join(', '),
    ratelimit: states.map((one) => `"${one.name}";r=${one.remaining};t=${one.resetSeconds}`).join(', '),
  };
}

/** The key of an address: a person holds a whole IPv6 /64, so it counts as one; IPv4 within IPv6 counts as IPv4. */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = expandIPv6(ip);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of a valid address. */
function expandIPv6(ip: string): number[] {
  const [address = ''] = ip.split('%', 1);
  const hex = address.includes('.') ? withoutDots(address) : address;
  const [head = [], tail = []] = hex.split('::').map((part) => (part ? part.split(':') : []));
  const gap = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...gap, ...tail].map((group) => Number.parseInt(group, 16));
}

/** `::ffff:192.0.2.1` with its last four bytes as two groups. */
function withoutDots(address: string): string {
  const start = address.lastIndexOf(':') + 1;
  const [a = 0, b = 0, c = 0, d = 0] = address.slice(start).split('.').map(Number);
  return `${address.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

const toSeconds = (result: RateLimiterRes): number => Math.max(1, Math.ceil(result.msBeforeNext / 1_000));
