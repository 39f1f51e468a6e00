import { setupLink } from '../links.ts';
import { hasAdmin } from '../queries/staff.ts';
import type { AccountsTools } from '../tools.ts';

/** A link by which the first administrator can be made, good until the server ends; nothing when there is one. */
export async function openSetup({ db, setup }: AccountsTools, baseUrl: string): Promise<string | undefined> {
  if (await hasAdmin(db.read)) return undefined;
  return setupLink(baseUrl, setup.open());
}
