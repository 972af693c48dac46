import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import type { PostgresServer } from '../../platform/embedded/postgres.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import type { TemporalServer } from '../../platform/embedded/temporal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the suite's own Temporal server, where executions may carry a clock of their own. */
    temporalAddress: string;
    /** The namespace on it, with our search attributes. */
    temporalNamespace: string;
    /** `postgresql://…` of the suite's own database server: a superuser, so that each test file may make a database of its own. */
    databaseUrl: string;
  }
}

export const TEST_NAMESPACE = 'duecourse-test';

/** A Temporal server for tests: real, in a temporary folder, with time skipping. Whoever starts it stops it. */
export function startTestServer(): Promise<TemporalServer> {
  return startTemporalServer({ namespace: TEST_NAMESPACE, timeSkipping: true, fast: true, log: quiet });
}

/** A PostgreSQL for tests: real, in a temporary folder. Whoever starts it stops it. */
export function startTestDatabase(): Promise<PostgresServer> {
  return startPostgres({ log: quiet });
}

/** Runs once for the whole suite: both servers, side by side; the function returned ends them. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const [temporal, postgres] = await Promise.allSettled([startTestServer(), startTestDatabase()]);
  const stop = async () => {
    const started = [temporal, postgres].filter((one) => one.status === 'fulfilled');
    await Promise.all(started.map((one) => one.value.stop()));
  };
  if (temporal.status === 'rejected' || postgres.status === 'rejected') {
    await stop();
    throw temporal.status === 'rejected' ? temporal.reason : (postgres as PromiseRejectedResult).reason;
  }
  project.provide('temporalAddress', temporal.value.address);
  project.provide('temporalNamespace', temporal.value.namespace);
  project.provide('databaseUrl', postgres.value.url);
  return stop;
}

/** Servers that start well have nothing to tell; those that don't, throw. */
function quiet(): void {}
