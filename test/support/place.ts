import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { openRegister } from '../../register/register.ts';
import { ensureNamespaceAndSearchAttributes } from '../../platform/embedded/namespace.ts';
import { type Keep, ownDatabase } from '../register/support.ts';
import { runProgram } from './cli.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));

/**
 * A duecourse of a test's own on the suite's server, as an operator runs it: a namespace, a register, a worker's process.
 * Returns the variables by which commands find it.
 */
export async function ownPlace(folder: string, keep: Keep): Promise<Record<string, string>> {
  const name = `place-${randomBytes(4).toString('hex')}`;
  const connection = await openConnection({ address: inject('temporalAddress') });
  await ensureNamespaceAndSearchAttributes(connection, name);
  await connection.close();
  const url = await ownDatabase(keep);
  const register = openRegister({ url });
  await register.migrate();
  await register.close();
  const variables = {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: name,
    DATABASE_URL: url,
    DUECOURSE_VAR: join(folder, name),
    DUECOURSE_TASK_QUEUE: name,
  };
  const worker = runProgram(WORKER, [], variables);
  await worker.says(`task queue ${name}`);
  keep(async () => {
    worker.process.kill('SIGTERM');
    await worker.ended;
  });
  return variables;
}
