import type { ServerAddress } from './address.ts';

/** For an application that has the machine to itself, more or less; what is left out is right by default. */
export function serverSettings(address: ServerAddress, durability: 'full' | 'none'): Record<string, string> {
  const onSocket = process.platform !== 'win32';
  return {
    listen_addresses: onSocket ? '' : address.host,
    unix_socket_directories: onSocket ? address.host : '',
    port: String(address.port),
    max_connections: '100',
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    // Parallel queries need more of /dev/shm than the 64 MB of a container, and our queries are short.
    max_parallel_workers_per_gather: '0',
    idle_in_transaction_session_timeout: '60s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    ...(durability === 'none' ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
  };
}
