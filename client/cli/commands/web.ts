import { Command } from 'commander';

/** `duecourse web`: the pages alone, beside a worker that runs elsewhere. */
export function webCommand(): Command {
  return new Command('web')
    .description('serve the pages that mail links to, until Ctrl-C (npm start serves them as well)')
    .action(async () => {
      const { openRegisterOf, readSettings } = await import('../../../worker/settings.ts');
      const { serveWeb } = await import('../../web/serve.ts');
      const { webAddress, webPartsOf } = await import('../../web/settings.ts');
      const settings = readSettings();
      const register = openRegisterOf(settings);
      try {
        const web = await serveWeb(webPartsOf(settings, register), webAddress(settings));
        process.stdout.write(`Pages: ${web.address}\n`);
        await new Promise<void>((resolve) => {
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
        });
        await web.close();
      } finally {
        await register.close();
      }
    });
}
