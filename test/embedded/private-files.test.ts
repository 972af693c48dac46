import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { postgresUser } from '../../platform/embedded/postgres-user.ts';
import { secretOf } from '../../platform/secret.ts';
import { readSettings } from '../../platform/settings.ts';
import { runCli, runToEnd } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';
import { lookAtFiles } from '../../worker/doctor/files.ts';

const CLI = fileURLToPath(new URL('../../client/cli/duecourse.mjs', import.meta.url));
const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-private-'));
  // As root, PostgreSQL's own user has to come this far.
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As an earlier version, or a copy of a backup, may have left it. */
function openVar(): string {
  const varDir = join(ownFolder(), 'var');
  mkdirSync(join(varDir, 'outbox'), { recursive: true });
  writeFileSync(join(varDir, 'outbox', 'a.eml'), 'a sign-in link');
  writeFileSync(join(varDir, 'secret'), 'a'.repeat(43));
  writeFileSync(join(varDir, '..', 'elsewhere'), '');
  chmodSync(join(varDir, '..', 'elsewhere'), 0o644);
  symlinkSync('../elsewhere', join(varDir, 'link'));
  for (const [name, mode] of [
    ['', 0o777],
    ['outbox', 0o755],
    ['outbox/a.eml', 0o666],
    ['secret', 0o644],
  ] as const)
    chmodSync(join(varDir, name), mode);
  return varDir;
}

/** What others may do with anything below a folder: `path: mode`; links are what they lead to, and PostgreSQL's user passes. */
function openToOthers(folder: string): string[] {
  const passes = postgresUser()?.gid;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .concat('')
    .flatMap((name) => {
      const about = lstatSync(join(folder, name));
      const { mode, gid } = about;
      const passage = about.isDirectory() && gid === passes ? 0o010 : 0;
      return about.isSymbolicLink() || (mode & 0o077 & ~passage) === 0
        ? []
        : [`${name}: ${(mode & 0o777).toString(8)}`];
    });
}

test('what commands write under var is its owner’s at once, and doctor has nothing to say of it', async () => {
  const varDir = join(ownFolder(), 'var');
  const variables = { DUECOURSE_VAR: varDir };
  const ran = async (...args: string[]): Promise<void> => {
    const { code, err } = await runToEnd(CLI, args, variables);
    expect([args[0], code, code === 0 ? '' : err]).toEqual([args[0], 0, '']);
  };
  await ran('preview', exampleFile('middlesbrough-2016'), '--short', '--mail', join(varDir, 'seen', 'mails'));
  await ran('import', dirname(exampleFile('middlesbrough-2016')), '--dry-run', '--report', join(varDir, 'report.csv'));
  expect(readdirSync(join(varDir, 'seen', 'mails')).length).toBeGreaterThan(20);
  expect(openToOthers(varDir)).toEqual([]);
  expect(lookAtFiles(readSettings(variables))).toEqual([]);
});

test('a guard that refuses: what is open is found', () => {
  expect(openToOthers(openVar()).sort()).toEqual([': 777', 'outbox/a.eml: 666', 'outbox: 755', 'secret: 644']);
});

describe('var/ is its owner’s alone, whatever the umask and however it was before:', () => {
  test('by npm start, with all that it makes', async () => {
    const varDir = openVar();
    const [port = 0] = await freePorts(1);
    const before = process.umask(0);
    const running = runCli(['dev'], { DUECOURSE_VAR: varDir, DUECOURSE_PORT: String(port) });
    process.umask(before);
    try {
      await running.says('Ready.');
      const made = readdirSync(varDir, { recursive: true, encoding: 'utf8' });
      expect(made).toEqual(expect.arrayContaining(['temporal/server.json', 'postgres/data', 'signing-key.pem']));
      expect(made.filter((name) => name.startsWith('outbox/') && name.endsWith('.eml')).length).toBeGreaterThan(1);
      expect(openToOthers(varDir)).toEqual([]);
      expect(lstatSync(join(varDir, '..', 'elsewhere')).mode & 0o777).toBe(0o644);
    } finally {
      running.process.kill('SIGTERM');
      await running.ended;
    }
    expect(openToOthers(varDir)).toEqual([]);
  });

  test('by a worker, and by the pages, before they do anything else', async () => {
    const worker = openVar();
    const ended = await runToEnd(WORKER, [], { DUECOURSE_VAR: worker });
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining('No Temporal server')]);
    expect(openToOthers(worker)).toEqual([]);

    const web = openVar();
    const [port = 0] = await freePorts(1);
    const variables = { DUECOURSE_VAR: web, DUECOURSE_PORT: String(port) };
    expect((await runToEnd(CLI, ['web'], variables)).err).toContain('No engine is running');
    expect(openToOthers(web)).toEqual([]);
  });

  test('by commands that make a file of it', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const varDir = join(ownFolder(), 'var');
    secretOf(readSettings({ DUECOURSE_VAR: varDir }));
    const post = outboxTransport(join(varDir, 'outbox'));
    await post.send({
      from: 'duecourse <duecourse@example.org>',
      channel: 'smtp',
      to: 'clerk@example.org',
      subject: 'A link',
      text: 'A link',
      html: '<p>A link</p>',
      date: new Date('2026-11-26T09:00:00Z'),
      messageId: '<a@example.org>',
      references: [],
      headers: {},
      attachments: [],
    });
    await post.close();
    expect(readdirSync(join(varDir, 'outbox'))).toHaveLength(1);
    expect(openToOthers(varDir)).toEqual([]);
  });
});

test('a var/ that belongs to somebody else is said by its name, and whose to make it', async ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('only root can give a folder away');
  const varDir = openVar();
  chmodSync(varDir, 0o700);
  const { uid, gid } = postgresUser() ?? { uid: 0, gid: 0 };
  const { status, stderr } = spawnSync(process.execPath, [WORKER], {
    env: { PATH: process.env['PATH'], DUECOURSE_VAR: varDir },
    encoding: 'utf8',
    uid,
    gid,
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${varDir} belongs to somebody else`)]);
  expect(stderr).not.toMatch(/not a mistake of yours/);
});
