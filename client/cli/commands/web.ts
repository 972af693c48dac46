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
      const settings = readSettings();
      const address = webAddress(settings);
      await mustBeFree(address);
      keepPrivate(settings, { register: false });
      const stopTracing = await startTracing(settings.environment, logger(settings.environment.DUECOURSE_LOG).warn);
      await withServices(async ({ engine, register }) => {
        await register.migrate();
        await mustBelong(register, settings, 'pages');
        await register.applyRetention(new Date().toISOString());
        const post = transportFromSettings(settings);
        try {
          const web = await serveWeb(webPartsOf(settings, { register, engine, post }), address);
          process.stdout.write(`Pages: ${web.address}\n`);
          await new Promise<void>((resolve) => {
            for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
          });
          await web.close();
        } finally {
          await post.close();
        }
      }, 'asked later');
      await stopTracing();
    });
}
