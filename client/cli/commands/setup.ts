import { Command } from 'commander';
import { ensureNamespaceAndSearchAttributes } from '../../../worker/embedded/namespace.ts';
import { openRegisterOf, readSettings } from '../../../worker/settings.ts';
import { connectTemporal } from '../../connect.ts';

/** `duecourse setup`: prepares a Temporal server and a PostgreSQL; safe to run again. */
export function setupCommand(): Command {
  return new Command('setup')
    .description('prepare a Temporal server and a PostgreSQL for duecourse; safe to run again')
    .action(async () => {
      const settings = readSettings();
      const { connection, namespace, address } = await connectTemporal(settings);
      try {
        await ensureNamespaceAndSearchAttributes(connection, namespace);
        process.stdout.write(`Temporal at ${address}: namespace ${namespace} and its search attributes are there.\n`);
      } finally {
        await connection.close();
      }
      const register = openRegisterOf(settings);
      try {
        await register.migrate();
        process.stdout.write('The register is up to date.\n');
      } finally {
        await register.close();
      }
    });
}
