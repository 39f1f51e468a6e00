import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { hasAdmin, lockSetup } from '../queries/staff.ts';
import type { FirstAdminBody } from '../schemas/staff.ts';
import type { AccountsTools } from '../tools.ts';
import { createAdmin } from './create-admin.ts';

/** Makes the first administrator by the token from the console. A wrong token and one that came too late get the same 404. */
export async function createFirstAdmin(
  tools: AccountsTools,
  { token, ...admin }: Static<typeof FirstAdminBody>,
): Promise<void> {
  const { setup } = tools;
  if (!setup.isRight(token)) throw notFound();
  await createAdmin(tools, admin, async (tx: Tx) => {
    await lockSetup(tx);
    // The command line, another node or another request may have been first.
    if (!(await hasAdmin(tx))) return;
    setup.close();
    throw notFound();
  });
  setup.close();
}
