import { DefaultLogger, Runtime } from '@temporalio/worker';
import { IllegalStateError } from '@temporalio/common';
import { beforeAll } from 'vitest';

// The files of a worker share its process, and each finds in it what the first one found.
beforeAll(() => {
  // Refusals and retries are what many tests are about; only errors are worth a line.
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
});
