import { pino } from 'pino';

export type Logger = pino.Logger;

const SECRETS = ['password', 'newPassword', 'token', 'refreshToken', 'accessToken', 'code'];

/** JSON lines on standard output. What could hold a secret is never logged: bodies, cookies, authorization headers. */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: {},
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: presentError },
    redact: {
      paths: [...SECRETS, ...SECRETS.map((name) => `*.${name}`), 'req.headers'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Database errors carry the values of a row in `detail` and `where`: only what names the fault is kept. */
function presentError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { errorCode: code }),
    ...(cause && { cause }),
  };
}
