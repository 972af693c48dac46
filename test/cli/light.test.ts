import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { madeCommand, packageOfModule } from '../support/made-command.ts';

const ENTRY = fileURLToPath(new URL('../../client/cli/duecourse.mjs', import.meta.url));
const HOOK = fileURLToPath(new URL('./loaded-hook.mjs', import.meta.url));

/** The packages that a command loads, each once: those in files of the command, and those that stand by themselves. */
function packagesOf(args: string[]): Promise<string[]> {
  const made = madeCommand();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', HOOK, ENTRY, ...args], (error, _out, said) => {
      if (error !== null) return reject(new Error(error.message));
      const paths = (said.match(/(?<=^loaded ).*$/gm) ?? []).flatMap((url) => [
        url,
        ...(made[basename(url)]?.from ?? []),
      ]);
      return resolve([...new Set(paths.flatMap((path) => packageOfModule(path) ?? []))].sort());
    });
  });
}

/** What other commands need: Temporal, the register, mail, pages, and what reads an inspectorate's report. */
const HEAVY = [
  ...['@temporalio/client', '@temporalio/worker', '@temporalio/envconfig', 'pg', 'nodemailer', 'hono', 'nunjucks'],
  ...['openid-client', 'piscina', 'mammoth', 'unpdf', 'ora'],
];

test.each([[['--version']], [['rules', 'list']], [['calendar', 'add', '2026-11-23', '5']]])(
  'a command that needs no server loads nothing of what only others need (%j)',
  async (args) => {
    const loaded = await packagesOf(args);
    expect(loaded).toContain('commander');
    for (const heavy of HEAVY) expect(loaded).not.toContain(heavy);
  },
);

test.each([[['--help']], [['--version']], [['help']]])(
  'a call that names no command loads no command (%j)',
  async (args) => {
    expect(await packagesOf(args)).toEqual(['commander', 'picocolors']);
  },
);
