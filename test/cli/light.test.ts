import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../client/cli/duecourse.mjs', import.meta.url));
const HOOK = fileURLToPath(new URL('./loaded-hook.mjs', import.meta.url));

/** The packages that a command loads, each once. */
function packagesOf(args: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', HOOK, ENTRY, ...args], (error, _out, said) => {
      if (error !== null) return reject(new Error(error.message));
      const names = said.match(/(?<=^loaded .*\/node_modules\/)(@[^/]+\/)?[^/\n]+/gm) ?? [];
      return resolve([...new Set(names)].sort());
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
