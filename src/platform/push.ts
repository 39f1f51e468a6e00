import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from './clock.ts';

/** One push to one device. */
export type Push = {
  /** The same when it is sent again, so that the log of Apple tells a second try from a second push. */
  id: string;
  token: string;
  environment: 'production' | 'sandbox';
  /** `alert` for whatever the person can see, the badge included; `background` for the app alone. */
  type: 'alert' | 'background';
  /** 10: at once; 5: when it suits the battery. */
  priority: 10 | 5;
  /** Later it is of no use to deliver it. */
  expiresAt: Date;
  /** At most 64 bytes: a later push with the same one takes the place of the earlier. */
  collapseId?: string;
  /** At most 4,096 bytes of JSON. */
  payload: object;
};

/** `gone`: the token leads nowhere, as of `since` if Apple says so. `refused`: as it is it will never be taken. */
export type PushOutcome =
  | { outcome: 'sent' }
  | { outcome: 'gone'; reason: string; since?: Date }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'failed'; reason: string; retryAfterSeconds?: number };

export type Pusher = {
  /** Never rejects. */
  push(push: Push): Promise<PushOutcome>;
  /** Ends what is under way as failed. */
  close(): void;
};

export type ApnsOptions = {
  /** PKCS #8 in PEM, and its id. */
  key: string;
  keyId: string;
  teamId: string;
  /** The bundle id of the app. */
  topic: string;
  /** Another stands in for Apple. */
  url?: string;
  /** The longest that an answer may take. */
  timeoutMs?: number;
};

const ORIGINS = { production: 'https://api.push.apple.com', sandbox: 'https://api.sandbox.push.apple.com' } as const;
/** Apple takes a token for an hour, and refuses those who make them anew all the time. */
const TOKEN_MS = 50 * 60_000;
const TIMEOUT_MS = 10_000;
const PING_MS = 60_000;
const MAX_ANSWER_BYTES = 4_096;

/**
 * Apple's push service over HTTP/2: one connection for each environment, kept open and made anew when it ends. It tries
 * nothing again by itself, but for a provider token that has ended: whoever calls has a queue that outlives the process.
 */
export function createApnsPusher(options: ApnsOptions, clock: Clock): Pusher {
  const { topic, timeoutMs = TIMEOUT_MS } = options;
  const provider = createProviderToken(options, clock);
  const sessions = new Map<string, ClientHttp2Session>();
  let isClosed = false;

  const sessionTo = (origin: string): ClientHttp2Session => {
    const open = sessions.get(origin);
    if (open && !open.closed && !open.destroyed) return open;
    const session = connect(origin);
    const forget = () => {
      if (sessions.get(origin) === session) sessions.delete(origin);
    };
    const timer = setInterval(() => session.ping((error) => error && session.destroy()), PING_MS).unref();
    // After GOAWAY streams under way may still be answered, but no new one.
    session.on('goaway', forget);
    // The streams fail by themselves and tell their callers.
    session.on('error', forget);
    session.on('close', () => {
      clearInterval(timer);
      forget();
    });
    sessions.set(origin, session);
    return session;
  };

  const send = async (push: Push): Promise<Answer & { providerToken: string }> => {
    const token = await provider.get();
    const session = sessionTo(options.url ?? ORIGINS[push.environment]);
    const headers = {
      ':method': 'POST',
      ':path': `/3/device/${push.token}`,
      authorization: `bearer ${token}`,
      'apns-id': push.id,
      'apns-topic': topic,
      'apns-push-type': push.type,
      'apns-priority': String(push.priority),
      'apns-expiration': String(Math.floor(push.expiresAt.getTime() / 1_000)),
      ...(push.collapseId !== undefined && { 'apns-collapse-id': push.collapseId }),
    };
    return { ...(await exchange(session, headers, JSON.stringify(push.payload), timeoutMs)), providerToken: token };
  };

  return {
    async push(push) {
      try {
        if (isClosed) return { outcome: 'failed', reason: 'closed' };
        const answer = await send(push);
        if (answer.reason !== 'ExpiredProviderToken') return judge(answer);
        provider.renew(answer.providerToken);
        return judge(await send(push));
      } catch (error) {
        return { outcome: 'failed', reason: error instanceof SilenceError ? 'timeout' : 'connection' };
      }
    },
    close() {
      isClosed = true;
      for (const session of sessions.values()) session.destroy();
    },
  };
}

/** The token by which Apple knows us: the same for fifty minutes. */
function createProviderToken({ key, keyId, teamId }: ApnsOptions, clock: Clock) {
  let current: { made: Promise<string>; madeAt: number; text?: string } | undefined;
  const make = async (now: number) => {
    const jwt = new SignJWT().setProtectedHeader({ alg: 'ES256', kid: keyId }).setIssuer(teamId);
    return jwt.setIssuedAt(Math.floor(now / 1_000)).sign(await importPKCS8(key, 'ES256'));
  };
  return {
    async get(): Promise<string> {
      const now = clock.now().getTime();
      if (!current || Math.abs(now - current.madeAt) >= TOKEN_MS) current = { made: make(now), madeAt: now };
      const mine = current;
      mine.text = await mine.made;
      return mine.text;
    },
    /** Drops the token that was refused, unless another push has done so already. */
    renew(refused: string): void {
      if (current?.text === refused) current = undefined;
    },
  };
}

type Answer = { status: number; reason: string; timestamp?: number; retryAfter?: string };

class SilenceError extends Error {}

/** Sends one request and reads its answer; rejects when the line breaks or nothing comes in time. */
function exchange(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    const timer = setTimeout(() => {
      stream.close(constants.NGHTTP2_CANCEL);
      // A peer that is silent on one stream is mostly silent on all: the next push gets a new connection.
      session.destroy();
      reject(new SilenceError('no answer came'));
    }, timeoutMs);
    const answer: Answer = { status: 0, reason: '' };
    let text = '';
    stream.setEncoding('utf8');
    stream.on('response', (received) => {
      answer.status = received[':status'] ?? 0;
      const retryAfter = received['retry-after'];
      if (typeof retryAfter === 'string') answer.retryAfter = retryAfter;
    });
    stream.on('data', (chunk: string) => {
      if (text.length < MAX_ANSWER_BYTES) text += chunk;
    });
    stream.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    stream.on('close', () => {
      clearTimeout(timer);
      // A stream can be closed without an answer and without an error: when the peer goes away.
      if (answer.status === 0) reject(new Error('the stream was closed'));
      else resolve({ ...answer, ...readBody(text) });
    });
    stream.end(body);
  });
}

function readBody(text: string): { reason: string; timestamp?: number } {
  try {
    const { reason, timestamp } = JSON.parse(text) as { reason?: unknown; timestamp?: unknown };
    return {
      reason: typeof reason === 'string' ? reason : '',
      ...(typeof timestamp === 'number' && { timestamp }),
    };
  } catch {
    return { reason: '' };
  }
}

const GONE = new Set(['BadDeviceToken', 'DeviceTokenNotForTopic', 'Unregistered', 'ExpiredToken']);

function judge({ status, reason: said, timestamp, retryAfter }: Answer): PushOutcome {
  const reason = knownReason(said, status);
  if (status === 200) return { outcome: 'sent' };
  if (status === 410 || (status === 400 && GONE.has(said)))
    return { outcome: 'gone', reason, ...(timestamp !== undefined && { since: new Date(timestamp) }) };
  // 403 is about our key, not about this push: it waits until somebody has put that right.
  if (status >= 400 && status < 500 && status !== 403 && status !== 429) return { outcome: 'refused', reason };
  const seconds = Number(retryAfter);
  return { outcome: 'failed', reason, ...(seconds > 0 && { retryAfterSeconds: seconds }) };
}

/** What Apple documents is named in metrics; what else a peer may say is not. */
const REASON = /^[A-Z][A-Za-z]{2,39}$/;
const knownReason = (reason: string, status: number): string =>
  REASON.test(reason) ? reason : `status_${status >= 100 && status < 600 ? status : 'unknown'}`;
