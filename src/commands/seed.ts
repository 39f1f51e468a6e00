import { type Config, ConfigError } from '#platform/config.ts';
import { seedDemoPlayers } from '../demo/seed-demo-players.ts';
import { withApp } from './with-app.ts';

const MOST = 1_000_000;

export async function seedCommand(config: Config, text = ''): Promise<void> {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new ConfigError(`seed takes a number from 1 to ${MOST}`);
  await withApp(config, async ({ app, db, ids }) => {
    await app.loadCatalogue();
    const made = await seedDemoPlayers(app, db, ids, count, (done) => process.stdout.write(`\r${done} of ${count}`));
    process.stdout.write(made > 0 ? '\n' : 'The database holds accounts already; nothing was made.\n');
  });
}
