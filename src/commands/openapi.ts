import type { Config } from '#platform/config.ts';
import { withApp } from './with-app.ts';

export async function openapiCommand(config: Config): Promise<void> {
  await withApp(config, async ({ app }) => {
    process.stdout.write(`${JSON.stringify(app.document, null, 2)}\n`);
  });
}
