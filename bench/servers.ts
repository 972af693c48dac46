import { startPostgres } from '../worker/embedded/postgres.ts';
import { startTemporalServer } from '../worker/embedded/temporal.ts';

/** Servers that a bench runs on. */
export interface Servers {
  what: string;
  /** Of each node's frontend. */
  addresses: readonly string[];
  databaseUrl: string;
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const log = () => undefined;
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: false, fast: false, log }),
    startPostgres({ log }),
  ]);
  return {
    what: 'one embedded server',
    addresses: [temporal.address, temporal.address],
    databaseUrl: postgres.url,
    stop: async () => {
      await Promise.all([temporal.stop(), postgres.stop()]);
    },
  };
}
