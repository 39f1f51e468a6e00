import { Client } from 'pg';
import type { ServerAddress } from './address.ts';

/**
 * Makes the database `soyamate` and its owner unless they exist, and returns the connection string. The owner is no
 * superuser: an injected statement must not reach the files or the programs of the machine.
 */
export async function createDatabaseIfMissing(address: ServerAddress, password: string): Promise<string> {
  const client = new Client({ connectionString: connectionString(address, 'postgres', password, 'postgres') });
  await client.connect();
  try {
    const { rowCount: roles } = await client.query(`SELECT FROM pg_roles WHERE rolname = 'soyamate'`);
    if (!roles) await client.query(`CREATE ROLE soyamate LOGIN CREATEDB PASSWORD ${client.escapeLiteral(password)}`);
    const { rowCount: databases } = await client.query(`SELECT FROM pg_database WHERE datname = 'soyamate'`);
    if (!databases) await client.query('CREATE DATABASE soyamate OWNER soyamate');
  } finally {
    await client.end();
  }
  return applicationUrl(address, password);
}

/** The database `soyamate` as its owner. */
export function applicationUrl(address: ServerAddress, password: string): string {
  return connectionString(address, 'soyamate', password, 'soyamate');
}

function connectionString({ host, port }: ServerAddress, user: string, password: string, database: string): string {
  return `postgresql://${user}:${password}@${encodeURIComponent(host)}:${port}/${database}`;
}
