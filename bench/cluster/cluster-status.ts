import { accessTo, isServing } from './access.ts';
import { areThere, certificatesIn } from './certificates.ts';
import { nodesIn, postgresNote, readClusterNote, runs, tlsFolder } from './cluster-folder.ts';

const ANSWERS_WITHIN_MS = 3_000;

export interface ClusterStatus {
  /** Each node's frontend, and whether it says that it serves. */
  nodes: { address: string; serving: boolean }[];
  /** What else is known of it, in the same order as `nodes`; `pid` is 0 where a node does not run. */
  processes: { node: number; pid: number; startedAt: string }[];
  /** The cluster's own PostgreSQL; null where it is the operator's. */
  postgres: { address: string; pid: number; running: boolean } | null;
  mtls: boolean;
}

/** Asks every node of the cluster in this folder, all at once. */
export async function clusterStatus(dir: string): Promise<ClusterStatus> {
  const note = readClusterNote(dir);
  const found = nodesIn(dir).filter(({ node }) => note !== undefined && node <= note.nodes);
  const certificates = note?.mtls === true ? certificatesIn(tlsFolder(dir)) : undefined;
  const known = certificates === undefined || areThere(certificates);
  const nodes = found.map(async ({ note: node }) => {
    const address = node?.address ?? '';
    const asked = known && runs(node) && isServing(accessTo(address, certificates), ANSWERS_WITHIN_MS);
    return { address, serving: await asked };
  });
  const postgres = postgresNote(dir);
  const own = postgres !== undefined && note?.givenDatabase === null;
  return {
    nodes: await Promise.all(nodes),
    processes: found.map(({ node, note: left }) => ({
      node,
      pid: left !== undefined && runs(left) ? left.pid : 0,
      startedAt: left?.startedAt ?? '',
    })),
    postgres: own
      ? { address: postgres.address, pid: runs(postgres) ? postgres.pid : 0, running: runs(postgres) }
      : null,
    mtls: note?.mtls ?? false,
  };
}

/** Whether there is a cluster, and every node of it serves. */
export function allServe({ nodes }: ClusterStatus): boolean {
  return nodes.length > 0 && nodes.every(({ serving }) => serving);
}
