import { ConfigError, readConfig, readDotEnv } from '#platform/config.ts';
import { serve } from './serve.ts';

/** `npm start`: migrate and serve until SIGINT or SIGTERM. */
try {
  readDotEnv();
  await serve(readConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
