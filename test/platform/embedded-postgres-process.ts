import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';

/**
 * A server reduced to its PostgreSQL, as a process that tests may kill. Tells its standard output, a JSON object a line:
 * `{ log }` for what is logged, `{ url }` when started, `{ error }` when not, `{ stopped }` after SIGTERM. SIGUSR2 ends it in haste.
 */
const [dataDir = ''] = process.argv.slice(2);
const tell = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (level, message, fields) => tell({ log: { level, message, ...fields } }),
  });
  process.once('SIGTERM', () => {
    void postgres.stop().then(() => {
      tell({ stopped: true });
      process.exit(0);
    });
  });
  process.once('SIGUSR2', () => process.exit(3));
  setInterval(() => {}, 60_000);
  tell({ url: postgres.url });
} catch (error) {
  tell({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
