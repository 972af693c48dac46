import { stringify } from 'yaml';
import {
  type DynamicValue,
  dynamicConfigFile,
  serverConfig,
  type TemporalPorts,
  timeSkippingValues,
} from '../../platform/embedded/temporal-settings.ts';
import { type Certificates, serverTls } from './certificates.ts';
import { readDatabaseAddress } from './database-address.ts';
import { CONNECTIONS } from './postgres-tuning.ts';

/**
 * Fixed for ever when the databases are made. A shard is what one node owns and writes in turn: enough that two nodes on one machine
 * share the work evenly and that lifecycles seldom wait for each other, few enough that their queues, each looked into for itself, cost
 * an idle machine little.
 */
const HISTORY_SHARDS = 64;

/** How all nodes of a cluster shall be. */
export interface ClusterSettings {
  /** The register's database; Temporal's are on the same server. */
  databaseUrl: string;
  /** Whether executions may carry a clock of their own: for tests and benches only. */
  timeSkipping: boolean;
  /** More of the server's dynamic configuration, by its key. */
  dynamicConfig: Record<string, DynamicValue>;
  /** For mTLS; undefined without TLS. */
  certificates: Certificates | undefined;
}

/** The two files a node reads: its own configuration, and the one it looks into again while it runs. */
export interface NodeFiles {
  config: string;
  dynamic: string;
}

/** @param clusterAddress `host:port` of the first node's frontend */
export function nodeFiles(settings: ClusterSettings, ports: TemporalPorts, clusterAddress: string): NodeFiles {
  const { certificates } = settings;
  const config = serverConfig({
    ports,
    numHistoryShards: HISTORY_SHARDS,
    datastores: {
      main: postgres(settings.databaseUrl, 'temporal', CONNECTIONS.main),
      visibility: postgres(settings.databaseUrl, 'temporal_visibility', CONNECTIONS.visibility),
    },
    clusterAddress,
    ...(certificates === undefined ? {} : { tls: serverTls(certificates) }),
  });
  return { config: stringify(config), dynamic: dynamicConfigFile(dynamicValues(settings)) };
}

/** Beside the server's own defaults, which are made for several nodes and many shards. */
function dynamicValues({ timeSkipping, dynamicConfig }: ClusterSettings): Record<string, DynamicValue> {
  return {
    'frontend.enableServerVersionCheck': false,
    'frontend.namespaceRPS.visibility': 1000,
    ...timeSkippingValues(timeSkipping),
    ...dynamicConfig,
  };
}

function postgres(url: string, databaseName: string, connections: number): object {
  const { host, port, user, password, attributes } = readDatabaseAddress(url);
  return {
    sql: {
      pluginName: 'postgres12_pgx',
      databaseName,
      connectAddr: `${host}:${port}`,
      connectProtocol: 'tcp',
      connectAttributes: attributes,
      user,
      password,
      maxConns: connections,
      maxIdleConns: connections,
      maxConnLifetime: '1h',
    },
  };
}
