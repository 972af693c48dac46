import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../worker/cluster/cluster.ts';

/** Servers that a bench runs on. */
export interface Servers {
  what: string;
  /** Of each node's frontend. */
  addresses: readonly string[];
  namespace: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

/** The cluster of `npm run cluster`, with two nodes, in a temporary folder that goes when it is stopped. */
export async function startServers(): Promise<Servers> {
  const dir = mkdtempSync(join(tmpdir(), 'duecourse-cluster-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    const cluster = await startCluster({ dir, nodes: 2, log: () => undefined });
    return {
      what: 'a cluster of two nodes',
      addresses: cluster.addresses,
      namespace: cluster.namespace,
      databaseUrl: cluster.databaseUrl,
      async stop() {
        await cluster.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
