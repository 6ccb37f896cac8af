import { totalmem } from 'node:os';

const MB = 1024 * 1024;

/** Memory we may use, in bytes: what the container allows, or the machine has. */
function memory(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 && allowed < totalmem() ? allowed : totalmem();
}

/**
 * PostgreSQL for one hub on the same machine: reachable from this machine by password only, durable (fsync and
 * synchronous_commit stay on), an eighth of the memory for its cache between 64 MB and 1 GB.
 */
function durable(): Record<string, string> {
  const cache = Math.round(Math.min(Math.max(memory() / 8, 64 * MB), 1024 * MB) / MB);
  return {
    shared_buffers: `${cache}MB`,
    effective_cache_size: `${cache * 4}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    max_connections: '80',
    // One server, no replicas: less to write for every commit, and rarer checkpoints.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    // Plans made while a table was empty are remade soon after it has grown.
    autovacuum_naptime: '5s',
    // Short queries by the thousand: compiling them costs more than it saves; disks are solid state.
    jit: 'off',
    random_page_cost: '1.1',
    // A killed hub's running queries and their locks end with it, not when they would have finished.
    client_connection_check_interval: '2s',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    // Statements carry what customers wrote: they stay out of the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}

/** For tests only: nothing here has to survive a power cut. */
const fast: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  jit: 'off',
  log_checkpoints: 'off',
  log_min_messages: 'fatal',
};

/** The command line of the server after its name. `testing` trades durability for speed. */
export function serverArguments(cluster: string, port: number, testing = false): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(testing ? fast : durable()),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, '-p', String(port), ...flags];
}
