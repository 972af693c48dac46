import { Command } from 'commander';

/** `duecourse setup`: prepares a Temporal server and a PostgreSQL; safe to run again. */
export function setupCommand(): Command {
  return new Command('setup')
    .description('prepare a Temporal server and a PostgreSQL for duecourse; safe to run again')
    .option(
      '--new-secret',
      'from now on DUECOURSE_SECRET as it is set here is the one that all workers and pages share',
    )
    .action(async (options: { newSecret?: boolean }) => {
      const { ensureNamespaceAndSearchAttributes } = await import('../../../platform/embedded/namespace.ts');
      const { readSettings } = await import('../../../platform/settings.ts');
      const { openRegisterOf } = await import('../../../register/open-register.ts');
      const { connectTemporal } = await import('../../connect.ts');
      const { dataConverterOf } = await import('../../../platform/encryption/data-converter.ts');
      const { mustBelong } = await import('../../../register/belong.ts');
      const { secretMark } = await import('../../../platform/process-marks.ts');
      const { secretOf } = await import('../../../platform/secret.ts');
      const { clientOf } = await import('../../../platform/temporal-client.ts');
      const { Engine } = await import('../../engine.ts');
      const settings = readSettings();
      const { connection, namespace, address } = await connectTemporal(settings);
      try {
        const notes = await ensureNamespaceAndSearchAttributes(connection, namespace);
        process.stdout.write(`Temporal at ${address}: namespace ${namespace} and its search attributes are there.\n`);
        for (const note of notes) process.stdout.write(`${note}\n`);
        const register = openRegisterOf(settings);
        try {
          await register.migrate();
          await register.applyRetention(new Date().toISOString());
          process.stdout.write('The register is up to date.\n');
          if (options.newSecret === true) {
            await register.installation.changeSecret(secretMark(secretOf(settings)), new Date().toISOString());
            process.stdout.write(
              'The secret set here is the one that all workers and pages share from now on. Whoever is signed in signs in again; links in mails sent before, by which copies are stopped, work no more.\n',
            );
          } else await mustBelong(register, settings, 'setup');
          const { DUECOURSE_BANK_HOLIDAYS: source, DUECOURSE_TASK_QUEUE: taskQueue } = settings.environment;
          if (source === undefined) return;
          const dataConverter = dataConverterOf(settings.keys, register.payloads);
          const client = clientOf({ connection, namespace, dataConverter });
          await new Engine(client, { taskQueue, address }).keepCalendarWatch();
          process.stdout.write(`Bank holidays are looked at every morning: ${source}\n`);
        } finally {
          await register.close();
        }
      } finally {
        await connection.close();
      }
    });
}
