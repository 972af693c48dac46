import { stringify } from 'yaml';

const LOOPBACK = '127.0.0.1';

/**
 * A year of a busy authority is some hundreds of skips, and the server's own 200 would stop a rehearsal in the middle, silently.
 * A run that continues as new within a second of its start is held back for the rest of that second; with a skipped clock server
 * 1.32.1 counts that from a wrong moment, and jumps months too far. So it isn't held back.
 */
const TIME_SKIPPING = {
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': 1_000_000,
  'history.workflowIdReuseMinimalInterval': '0s',
} as const;

/** How one embedded Temporal server shall be. */
export interface TemporalSettings {
  /** Whether executions may carry a clock of their own; never on a server that keeps real deadlines for people. */
  timeSkipping: boolean;
  /** Whether a timer fires within 1 ms of its moment, not within 1 s: a skip takes 15 ms then. */
  fast: boolean;
  /** Whether every commit reaches the disk before it is acknowledged. */
  durable: boolean;
  /** More of the server's dynamic configuration, by its key. */
  dynamicConfig?: Record<string, DynamicValue>;
}

export type DynamicValue = boolean | number | string;

/** The ports of the four services in one process: gRPC and membership of each. */
export interface TemporalPorts {
  frontend: number;
  all: readonly number[];
}

/** How many ports one server needs. */
export const PORTS_NEEDED = 8;

/** The server's dynamic configuration: the same values whether it is the plain server or the CLI's. */
export function dynamicValues(settings: TemporalSettings): Record<string, DynamicValue> {
  return {
    'frontend.enableServerVersionCheck': false,
    'frontend.namespaceRPS.visibility': 1000,
    // A namespace just registered is known at once, not after two seconds.
    'system.namespaceCacheRefreshInterval': '200ms',
    'system.forceSearchAttributesCacheRefreshOnRead': true,
    // One process serves every queue, so more partitions would only add hops.
    'matching.numTaskqueueReadPartitions': 1,
    'matching.numTaskqueueWritePartitions': 1,
    // A server with many shards rations each to 20 reads a second; ours has few, and would keep people (and skips) waiting.
    'history.timerProcessorMaxPollRPS': 10_000,
    'history.transferProcessorMaxPollRPS': 10_000,
    'history.visibilityProcessorMaxPollRPS': 10_000,
    ...timeSkippingValues(settings.timeSkipping),
    ...(settings.fast ? { 'history.timerProcessorMaxTimeShift': '1ms' } : {}),
    ...settings.dynamicConfig,
  };
}

/** Whether executions may carry a clock of their own, as the server is told. */
export function timeSkippingValues(on: boolean): Record<string, DynamicValue> {
  return { 'frontend.WorkflowTimeSkippingEnabled': on, ...(on ? TIME_SKIPPING : {}) };
}

/** `dynamic.yaml` of the plain server. */
export function dynamicConfigFile(values: Record<string, DynamicValue>): string {
  return stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [{ value }]])));
}

/**
 * `config.yaml` of the plain server. Paths in it are relative: the server runs in its data folder, and a folder name with `?` or
 * `%` in it would be misread in SQLite's file address.
 */
export function serverConfigFile(settings: TemporalSettings, ports: TemporalPorts): string {
  const datastores = { main: sqlite(settings, 'temporal.db'), visibility: sqlite(settings, 'visibility.db') };
  return stringify(
    serverConfig({ ports, numHistoryShards: 4, datastores, clusterAddress: `${LOOPBACK}:${ports.frontend}` }),
  );
}

/** What differs between one server with SQLite and a node of a cluster. */
export interface ServerParts {
  ports: TemporalPorts;
  /** Fixed for ever at the first start of a database. */
  numHistoryShards: number;
  datastores: { main: object; visibility: object };
  /** `host:port` of a frontend by which the cluster knows itself. */
  clusterAddress: string;
  tls?: object;
}

/** The configuration of a server in one process that runs all four services, on loopback. */
export function serverConfig({ ports, numHistoryShards, datastores, clusterAddress, tls }: ServerParts): object {
  const [frontend, frontendMembers, history, historyMembers, matching, matchingMembers, worker, workerMembers] =
    ports.all;
  return {
    log: { stdout: true, level: 'warn' },
    persistence: { defaultStore: 'main', visibilityStore: 'visibility', numHistoryShards, datastores },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: LOOPBACK }, ...(tls ? { tls } : {}) },
    services: {
      frontend: service(frontend, frontendMembers),
      history: service(history, historyMembers),
      matching: service(matching, matchingMembers),
      worker: service(worker, workerMembers),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: clusterAddress },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: 'dynamic.yaml', pollInterval: '60s' },
  };
}

function service(grpcPort: number | undefined, membershipPort: number | undefined) {
  return { rpc: { grpcPort, membershipPort, bindOnLocalHost: true } };
}

/** `setup` makes the tables at the first start and is content to find them at the next. */
function sqlite(settings: TemporalSettings, databaseName: string) {
  return {
    sql: {
      pluginName: 'sqlite',
      databaseName,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: {
        mode: 'rwc',
        cache: 'private',
        setup: 'true',
        busy_timeout: '10000',
        journal_mode: 'wal',
        synchronous: settings.durable ? '2' : '0',
      },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  };
}

/** The arguments of `temporal` (the CLI) for the same server. */
export function cliArguments(
  settings: TemporalSettings,
  port: number,
  namespace: string,
  databaseFile: string,
): string[] {
  return [
    'server',
    'start-dev',
    '--headless',
    ...['--ip', LOOPBACK, '--port', String(port), '--namespace', namespace, '--db-filename', databaseFile],
    ...[
      '--log-level',
      'warn',
      '--sqlite-pragma',
      'journal_mode=wal',
      '--sqlite-pragma',
      `synchronous=${settings.durable ? 2 : 0}`,
    ],
    ...Object.entries(dynamicValues(settings)).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ];
}
