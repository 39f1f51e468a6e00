import { generateSigningKeys, rotateSigningKeys, rotateSigningKeysIn } from '#modules/accounts/index.ts';
import type { Config } from '#platform/config.ts';

/** By then every node must have been restarted with the new set. */
const OVERLAP_MINUTES = 30;

/**
 * Adds a new signing key that takes over after half an hour; tokens signed before stay valid. With SIGNING_KEYS set it
 * prints the new value for it, else it changes the file in the data folder.
 */
export async function rotateKeysCommand(config: Config): Promise<void> {
  const now = new Date();
  const signsFrom = new Date(now.getTime() + OVERLAP_MINUTES * 60_000);
  if (config.signingKeys) {
    process.stdout.write(`${await rotateSigningKeys(config.signingKeys, now, signsFrom)}\n`);
  } else {
    await rotateSigningKeysIn(config.dataDir, now, signsFrom);
    process.stdout.write(`The new key signs from ${signsFrom.toISOString()} on. Restart the server before then.\n`);
  }
}

/** Prints a first value for SIGNING_KEYS. */
export async function newKeysCommand(): Promise<void> {
  process.stdout.write(`${await generateSigningKeys()}\n`);
}
