import { sql } from 'kysely';
import { Type } from 'typebox';
import type { Database } from './database.ts';
import { type Door, door } from './door.ts';
import { unavailable } from './errors.ts';
import { model } from './schemas.ts';

/** Where the server is in its life. `starting` and `draining` are not ready. */
export type Stage = 'starting' | 'serving' | 'draining';

const Health = model('Health', Type.Object({ status: Type.String() }));

/** For whoever balances and restarts: alive means do not kill; ready means send requests. */
export const healthRoutes = (db: Database, stage: () => Stage): Door[] => [
  door({
    operationId: 'getLiveness',
    method: 'GET',
    path: '/health/live',
    tag: 'operation',
    summary: 'Whether the process lives',
    access: 'public',
    status: 200,
    answer: Health,
    handle: () => ({ status: 'live' }),
  }),
  door({
    operationId: 'getReadiness',
    method: 'GET',
    path: '/health/ready',
    tag: 'operation',
    summary: 'Whether the server takes requests',
    description: 'Not while starting, draining or without the database.',
    access: 'public',
    status: 200,
    answer: Health,
    async handle() {
      if (stage() !== 'serving') throw unavailable({ retryAfterSeconds: 1 });
      await sql`select 1`.execute(db.read);
      return { status: 'ready' };
    },
  }),
];
