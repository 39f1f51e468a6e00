import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyRequests } from './errors.ts';

/** How many calls in which time; docs and headers are written from these. */
export type LimitRule = { readonly points: number; readonly windowSeconds: number };

/** The published limits, each counted per account, or per address (IPv6: its /64) where nobody is signed in. */
export const limitRules = {
  register: { points: 5, windowSeconds: 3_600 },
  login: { points: 10, windowSeconds: 300 },
  username_check: { points: 30, windowSeconds: 60 },
  recovery: { points: 3, windowSeconds: 3_600 },
  recovery_code: { points: 20, windowSeconds: 3_600 },
  refresh: { points: 150, windowSeconds: 300 },
  message: { points: 100, windowSeconds: 60 },
  search: { points: 30, windowSeconds: 60 },
  socket: { points: 10, windowSeconds: 60 },
} as const satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof limitRules;

export type LimitState = { rule: LimitRule; remaining: number; resetSeconds: number };

export type RateLimits = {
  /** Counts one call; throws 429 with `Retry-After` when there is none left. */
  consume(name: LimitName, who: string): Promise<LimitState | undefined>;
};

export const noLimits: RateLimits = { consume: async () => undefined };

export function createMemoryLimits(rules: Record<LimitName, LimitRule> = limitRules): RateLimits {
  const limiters = new Map(
    Object.entries(rules).map(([name, { points, windowSeconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: windowSeconds }),
    ]),
  );
  return {
    async consume(name, who) {
      const rule = rules[name];
      try {
        const result = await limiters.get(name)?.consume(who);
        return result && { rule, remaining: result.remainingPoints, resetSeconds: toSeconds(result) };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = toSeconds(refusal);
        throw tooManyRequests({
          retryAfterSeconds,
          headers: presentLimit(name, { rule, remaining: 0, resetSeconds: retryAfterSeconds }),
        });
      }
    },
  };
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
export function presentLimit(name: LimitName, { rule, remaining, resetSeconds }: LimitState): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${rule.points};w=${rule.windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  };
}

/** The key of an address: a person holds a whole IPv6 /64, so it counts as one. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = ip.includes('::') ? [...left, ...Array(8 - left.length - right.length).fill('0'), ...right] : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

const toSeconds = (result: RateLimiterRes): number => Math.max(1, Math.ceil(result.msBeforeNext / 1_000));
