import { parseArgs } from 'node:util';
import { readConfig, readDotEnv } from '#platform/config.ts';
import { endWithNpm } from '#platform/end-with-npm.ts';
import { reportFailure } from '#platform/report-failure.ts';
import { createAdminCommand } from './commands/create-admin.ts';
import { migrateCommand } from './commands/migrate.ts';
import { openapiCommand } from './commands/openapi.ts';
import { newKeysCommand, rotateKeysCommand } from './commands/rotate-keys.ts';
import { seedCommand } from './commands/seed.ts';
import { serve } from './serve.ts';

const USAGE = `Usage: npx soyamate <command>

  serve                      migrate and serve; the same as npm start
  migrate                    bring the schema up to date
  seed COUNT                 fill an empty database with demo players
  create-admin [options]     make an administrator; asks for what is not given
    --username NAME --email ADDRESS   the password is read from the terminal or standard input
  rotate-keys                add a signing key that takes over in half an hour; prints it if SIGNING_KEYS is set
    --new                    print a first value for SIGNING_KEYS
  openapi                    print the OpenAPI document

Configuration comes from the environment and from .env: see docs/configuration.md.
`;

/** `npx soyamate …`: each command reads the same configuration as the server. */
try {
  readDotEnv();
  await run(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}

async function run(words: string[]): Promise<void> {
  const options = {
    username: { type: 'string' },
    email: { type: 'string' },
    new: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) return void process.stdout.write(USAGE);
  // Production does not start without keys, so the first ones are made before the configuration is whole.
  if (command === 'rotate-keys' && values.new) return newKeysCommand();
  const config = readConfig(process.env);
  switch (command) {
    case 'serve':
      endWithNpm(process.env.npm_lifecycle_event);
      return serve(config);
    case 'migrate':
      return migrateCommand(config);
    case 'seed':
      return seedCommand(config, rest[0]);
    case 'create-admin':
      return createAdminCommand(config, values);
    case 'rotate-keys':
      return rotateKeysCommand(config);
    case 'openapi':
      return openapiCommand(config);
    default:
      process.stderr.write(`There is no command ${command}.\n\n${USAGE}`);
      process.exitCode = 1;
  }
}
