import { createLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrations.ts';

/** A process of its own that migrates the database named by its argument, so that a test can kill it. */
await migrate(process.argv[2] ?? '', createLogger('silent'));
