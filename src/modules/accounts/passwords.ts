import { unavailable } from '#platform/errors.ts';
import { countWaiting, type HashTask, runHashTask } from './hashing/hash-threads.ts';

/** OWASP's parameters for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
export const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MAX_WAITING = 100;
/** Of calls that will hash: more at once would only fill the queue of the database before they are refused. */
export const MAX_ADMITTED = 24;

export type Passwords = {
  hash(password: string): Promise<string>;
  /** With no hash it does the same work and answers false, so that time does not tell whether an account exists. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
  /** Runs a call that will hash; throws `unavailable` before it costs anything while too many are under way. */
  admit<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the hash was made with other parameters than those in force. */
  isOutdated(passwordHash: string): boolean;
};

/** Throws `unavailable` at once, with a hint when to come back, while too many wait already. */
export function createPasswords(parameters = PARAMETERS): Passwords {
  let admitted = 0;
  const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;
  const run = (task: Omit<HashTask, 'parameters'>) => {
    if (countWaiting() >= MAX_WAITING) throw unavailable({ retryAfterSeconds: 5 });
    return runHashTask({ ...task, parameters });
  };
  return {
    async hash(password) {
      const answer = await run({ password });
      if (!('hash' in answer)) throw new Error('no hash came of it');
      return answer.hash;
    },
    async verify(passwordHash, password) {
      const answer = await run({ password, passwordHash: passwordHash ?? NOBODYS_HASH });
      return 'isRight' in answer && answer.isRight && passwordHash !== undefined;
    },
    async admit(work) {
      if (admitted >= MAX_ADMITTED) throw unavailable({ retryAfterSeconds: 2 });
      admitted += 1;
      try {
        return await work();
      } finally {
        admitted -= 1;
      }
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(prefix),
  };
}

/** Of a random password that nobody keeps, with the parameters above. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$T6fWA1JWwJaV67zOebKX6Q$QV8wt2eSkBpAKH2Hg8iRUUgjUIyC0Rds7kA3+yNRVNg';
