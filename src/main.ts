import { readConfig, readDotEnv } from '#platform/config.ts';
import { endWithNpm } from '#platform/end-with-npm.ts';
import { reportFailure } from '#platform/report-failure.ts';
import { serve } from './serve.ts';

/** `npm start`: migrate and serve until SIGINT or SIGTERM. */
try {
  readDotEnv();
  endWithNpm(process.env.npm_lifecycle_event);
  await serve(readConfig(process.env));
} catch (error) {
  reportFailure(error);
  process.exit(1);
}
