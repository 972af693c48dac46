import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { freePorts } from '../../platform/embedded/ports.ts';
import { newKey } from '../../platform/encryption/keys.ts';
import { readSettings } from '../../platform/settings.ts';
import { type BelongingPart, mustBelong } from '../../register/belong.ts';
import { cli, runCli, runToEnd } from '../support/cli.ts';
import { ownRegister, rows } from './support.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
const OURS = 'a'.repeat(40);
const OTHERS = 'b'.repeat(40);

async function opened() {
  const { register, url } = await ownRegister();
  const varDir = mkdtempSync(join(tmpdir(), 'duecourse-installation-'));
  onTestFinished(() => rmSync(varDir, { recursive: true, force: true }));
  const belongs = (part: BelongingPart, variables: Record<string, string>) =>
    mustBelong(register, readSettings({ DUECOURSE_VAR: varDir, ...variables }), part);
  const [port = 0] = await freePorts(1);
  const place = {
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    DUECOURSE_VAR: varDir,
    DUECOURSE_PORT: String(port),
  };
  return { register, url, varDir, belongs, place };
}

const PARTS: BelongingPart[] = ['setup', 'everything on one machine', 'worker', 'pages', 'command', 'reading command'];

describe('the secret', () => {
  test.each(PARTS)('of another installation is refused: %s', async (part) => {
    const { url, belongs } = await opened();
    await belongs('setup', { DUECOURSE_SECRET: OURS });
    await belongs(part, { DUECOURSE_SECRET: OURS });
    await expect(belongs(part, { DUECOURSE_SECRET: OTHERS })).rejects.toMatchObject({
      name: 'OtherInstallation',
      message: expect.stringMatching(
        /^DUECOURSE_SECRET is not the secret that the register at .* has been used with since .*: give every worker and web process the same DUECOURSE_SECRET\..*run: duecourse setup --new-secret$/,
      ) as string,
    });
    expect(JSON.stringify(await rows(url, 'SELECT * FROM installation'))).not.toContain(OURS);
  });

  test('that a process has made for itself is named by its file', async () => {
    const { belongs, varDir } = await opened();
    await belongs('worker', { DUECOURSE_SECRET: OURS });
    await expect(belongs('pages', {})).rejects.toThrow(
      `${varDir}/secret, because DUECOURSE_SECRET is not set, is not the secret`,
    );
    // What signs nothing needs none.
    for (const part of ['worker', 'command', 'reading command', 'setup'] as const) await belongs(part, {});
  });

  test('of whichever process comes first is the one; of two at once too', async () => {
    const { belongs } = await opened();
    const both = await Promise.allSettled(
      [OURS, OTHERS].map((secret) => belongs('pages', { DUECOURSE_SECRET: secret })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is refused by each process itself, and changed by setup --new-secret', async () => {
    const { belongs, place } = await opened();
    await belongs('setup', { DUECOURSE_SECRET: OURS });
    const variables = { ...place, DUECOURSE_SECRET: OTHERS };
    const CALLS = [['web'], ['dev'], ['setup'], ['list'], ['show', 'a/b']];
    const ended = await Promise.all([runToEnd(WORKER, [], variables), ...CALLS.map((args) => cli(args, variables))]);
    for (const [index, { code, err }] of ended.entries())
      expect([CALLS[index - 1], code, err]).toEqual([
        CALLS[index - 1],
        1,
        expect.stringContaining('DUECOURSE_SECRET is not the secret that the register at'),
      ]);
    const changed = await cli(['setup', '--new-secret'], variables);
    expect([changed.code, changed.out]).toEqual([
      0,
      expect.stringContaining('The secret set here is the one that all workers and pages share from now on.'),
    ]);
    expect((await cli(['list'], variables)).code).toBe(0);
    await expect(belongs('worker', { DUECOURSE_SECRET: OURS })).rejects.toThrow(/is not the secret/);
    const web = runCli(['web'], variables);
    await web.says('Pages: ');
    web.process.kill('SIGTERM');
    await web.ended;
  });
});

describe('encryption keys', () => {
  const keys = (...list: string[]) => ({ DUECOURSE_ENCRYPTION_KEYS: list.join(',') });
  const named = (id: string) => `${id}:${newKey('2026-11-26').split(':')[1] ?? ''}`;
  const [k1, k2, k3] = [named('k1'), named('k2'), named('k3')];

  test('are changed one process after the other, as docs/encryption.md says, and nobody is refused on the way', async () => {
    const { belongs, register } = await opened();
    for (const now of [keys(k1), keys(k1, k2), keys(k2, k1)])
      for (const part of ['worker', 'worker', 'pages', 'command'] as const) await belongs(part, now);
    expect(await register.installation.forgetKey('k1')).toBe(true);
    for (const part of ['worker', 'pages', 'command'] as const) await belongs(part, keys(k2));
  });

  test('switched on: nobody has any, then the worker has, then the others', async () => {
    const { belongs } = await opened();
    for (const part of ['worker', 'pages', 'command'] as const) await belongs(part, {});
    await belongs('worker', keys(k1));
    for (const part of ['pages', 'command'] as const) await belongs(part, keys(k1));
    await expect(belongs('command', {})).rejects.toThrow(/lacks a key/);
  });

  test.each(['worker', 'pages', 'command'] as const)('that a process lacks are named: %s', async (part) => {
    const { belongs } = await opened();
    await belongs('worker', keys(k1));
    await belongs('worker', keys(k2, k1));
    await expect(belongs(part, keys(k2))).rejects.toThrow(
      /^DUECOURSE_ENCRYPTION_KEYS lacks a key by which histories in the engine are encrypted: "k1" \(in use since .*\)\. This process has "k2", and could not read them\. .*: duecourse keys forget k1$/,
    );
    await expect(belongs(part, {})).rejects.toThrow(
      /lacks keys by which histories in the engine are encrypted: "k1" .*, "k2" .*This process has none/,
    );
    await expect(belongs(part, keys(k2, named('k1')))).rejects.toThrow(
      /^The encryption key "k1" of this process is not the one that workers have under that id/,
    );
  });

  test('that no worker has had encrypt nothing', async () => {
    const { belongs } = await opened();
    await belongs('worker', keys(k1));
    for (const part of ['pages', 'command'] as const) {
      await expect(belongs(part, keys(k3, k1))).rejects.toThrow(
        /^This process would encrypt with the key "k3", which no worker has had/,
      );
      await belongs(part, keys(k1, k3));
    }
  });

  test('are refused by a command before anything is asked of the engine, and forgotten by name', async () => {
    const { belongs, place } = await opened();
    await belongs('worker', keys(k1));
    await belongs('worker', keys(k2, k1));
    const variables = { ...place, ...keys(k2) };
    const lacking = await cli(['complete', 'a/b', 'x', '--as', 'clerk'], variables);
    expect([lacking.code, lacking.err]).toEqual([1, expect.stringContaining('lacks a key by which histories')]);
    const refused = await cli(['keys', 'forget', 'k2'], variables);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('is the key that encrypts here')]);
    expect((await cli(['keys', 'forget', 'k1'], variables)).out).toContain('"k1" is forgotten');
    await belongs('command', keys(k2));
  });
});
