import { totalmem } from 'node:os';
import type { PostgresTuning } from '../../platform/embedded/postgres.ts';

const MIB = 2 ** 20;

/** Each of a node's four services opens its own connections to each of the two databases, up to these. */
export const CONNECTIONS = { main: 16, visibility: 4 } as const;
const SERVICES = 4;

/** For the register (workers and pages), the SQL tool, and a person who looks in. */
const OTHERS = 60;

/** How many connections the nodes may open at most, with room for everything else. */
function connectionsWanted(nodes: number): number {
  return nodes * SERVICES * (CONNECTIONS.main + CONNECTIONS.visibility) + OTHERS;
}

/**
 * PostgreSQL for the load of a cluster: very many short transactions, each waiting for its own commit. docs/deploy.md says the same for
 * people. What makes an acknowledged row safe (fsync, full_page_writes, synchronous_commit) stays as it is, and is said expressly.
 */
export function postgresTuning(nodes: number, memory: number = totalmem()): PostgresTuning {
  const share = (part: number, atMost: number) => `${Math.floor(Math.min(memory / part, atMost * MIB) / MIB)}MB`;
  return {
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: String(connectionsWanted(nodes)),
    // The nodes and the workers are on this machine too, so a quarter of its memory at most.
    shared_buffers: share(8, 1024),
    effective_cache_size: share(2, 8192),
    work_mem: '8MB',
    maintenance_work_mem: share(32, 256),
    // A checkpoint rewrites whole pages after it: rarely, and spread out.
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    min_wal_size: '512MB',
    max_wal_size: '4GB',
    wal_buffers: '16MB',
    wal_compression: 'on',
    // Queues are tables whose rows are deleted at once: their dead rows must go before a scan has to step over them.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_vacuum_cost_limit: '1000',
    // An SSD, and queries too short for a compiler.
    random_page_cost: '1.1',
    jit: 'off',
    log_lock_waits: 'on',
  };
}
