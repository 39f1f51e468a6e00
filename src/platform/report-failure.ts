import { inspect } from 'node:util';
import pg from 'pg';
import { ConfigError } from './config.ts';
import { ProblemError } from './errors.ts';

/** Says on standard error why the program ends: in words, or with the stack where the fault is in the program itself. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error && isForPeople(error) ? describe(error) : inspect(error)}\n`);
}

/** Our own errors carry a message for a person; so do those of the system and of PostgreSQL. */
function isForPeople(error: Error): boolean {
  return (
    error instanceof ConfigError ||
    error instanceof ProblemError ||
    error instanceof AggregateError ||
    error instanceof pg.DatabaseError ||
    error.constructor === Error
  );
}

function describe(error: Error): string {
  if (error instanceof ProblemError) return [error.message, ...faultsOf(error)].join('\n');
  // One per address that a name stands for; without a message of its own.
  if (error instanceof AggregateError && !error.message) return error.errors.map(describe).join('\n');
  if (!('code' in error)) return error.message;
  if (error.code === 'EADDRINUSE') return `${error.message}: another program listens there; set PORT to another number`;
  if (error.code === 'ECONNREFUSED')
    return `${error.message}: nothing listens there; is the address right, and does it run?`;
  return error.message;
}

const faultsOf = ({ extra }: ProblemError): string[] =>
  (extra.errors?.('en') ?? []).map(({ path, detail }) => `  - ${path.replace('/body/', '')} ${detail}`);
