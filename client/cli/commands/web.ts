import { Command } from 'commander';

/** `duecourse web`: the pages alone, beside a worker that runs elsewhere. */
export function webCommand(): Command {
  return new Command('web')
    .description('serve the pages, until Ctrl-C (npm start serves them as well)')
    .action(async () => {
      const { readSettings } = await import('../../../platform/settings.ts');
      const { transportFromSettings } = await import('../../../activities/mail/transport-from-settings.ts');
      const { keepPrivate } = await import('../../../platform/private-files.ts');
      const { mustBelong } = await import('../../../register/belong.ts');
      const { logger } = await import('../../../platform/logger.ts');
      const { startTracing } = await import('../../../platform/telemetry.ts');
      const { mustBeFree, serveWeb } = await import('../../web/serve.ts');
      const { webAddress, webPartsOf } = await import('../../web/settings.ts');
      const { withServices } = await import('../services.ts');
      const { saySetUp } = await import('../say-set-up.ts');
      const settings = readSettings();
      const address = webAddress(settings);
      await mustBeFree(address);
      keepPrivate(settings, { register: false });
      const stopTracing = await startTracing(settings.environment, logger(settings.environment.DUECOURSE_LOG).warn);
      const { doctorEngineOf } = await import('../../../worker/doctor/parts.ts');
      const { sayDifferences } = await import('../../../worker/doctor/at-start.ts');
      const { watchOver } = await import('../../../worker/doctor/watch.ts');
      const { announce, ownNote } = await import('../../../worker/presence.ts');
      const { secretOf } = await import('../../../platform/secret.ts');
      await withServices(async ({ engine, register, temporal }) => {
        await register.migrate();
        await mustBelong(register, settings, 'pages');
        await register.applyRetention(new Date().toISOString());
        const post = transportFromSettings(settings);
        const log = logger(settings.environment.DUECOURSE_LOG);
        const where = { namespace: temporal.namespace, secret: secretOf(settings) };
        const note = await ownNote(settings, 'pages', where);
        const leave = await announce(register, note, log.warn);
        await sayDifferences(register, note, log);
        const endWatch = watchOver({
          ...{ settings, variables: process.env, register, post, log },
          engine: doctorEngineOf(settings, temporal, register),
          from: settings.environment.DUECOURSE_MAIL_FROM,
        });
        try {
          const parts = webPartsOf(settings, { register, engine, post });
          const web = await serveWeb(parts, address);
          process.stdout.write(`Pages: ${web.address}\n`);
          await saySetUp(parts, (line) => void process.stdout.write(`${line}\n`));
          await new Promise<void>((resolve) => {
            for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
          });
          await web.close();
        } finally {
          await endWatch();
          await leave();
          await post.close();
        }
      }, 'asked later');
      await stopTracing();
    });
}
