import { Command } from 'commander';
import { localDate } from '../../../domain/calendar/london.ts';
import { UsageError } from '../usage-error.ts';
import { withRegister } from '../services.ts';
import { print, type PrintOptions } from '../terminal.ts';

/** `duecourse keys new|list|forget`: what payloads are encrypted with before Temporal keeps them. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('the keys that payloads are encrypted with (docs/encryption.md)');
  keys
    .command('new')
    .description('print a fresh key, id:key, for DUECOURSE_ENCRYPTION_KEYS; keep it where passwords are kept')
    .action(async () => {
      const { newKey } = await import('../../../platform/encryption/keys.ts');
      process.stdout.write(`${newKey(localDate(new Date().toISOString()))}\n`);
    });
  keys
    .command('list')
    .description('the ids of the keys that are set here, and which of them encrypts; never the keys')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions) => {
      const { readSettings } = await import('../../../platform/settings.ts');
      const listed = readSettings().keys.map(({ id }, index) => ({ id, encrypts: index === 0 }));
      print(listed, options, (rows) =>
        rows.length === 0
          ? 'No keys are set: payloads are not encrypted. Make one with: duecourse keys new'
          : rows.map(({ id, encrypts }) => `${id}  ${encrypts ? 'encrypts, and decrypts' : 'decrypts'}`).join('\n'),
      );
    });
  keys
    .command('forget <id>')
    .description(
      'nothing in the engine is encrypted with this key any more: processes without it are no longer refused',
    )
    .action(async (id: string) => {
      const { readSettings } = await import('../../../platform/settings.ts');
      if (readSettings().keys[0]?.id === id)
        throw new UsageError(`"${id}" is the key that encrypts here: put another before it first (docs/encryption.md)`);
      if (!(await withRegister((register) => register.installation.forgetKey(id))))
        throw new UsageError(`no key "${id}" is known to the register; see: duecourse keys list`);
      process.stdout.write(`"${id}" is forgotten: no process has to have it any more.\n`);
    });
  return keys;
}
