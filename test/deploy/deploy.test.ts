import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../platform/package-root.ts';
import { environment, readEnvironment } from '../../domain/schemas/environment.ts';
import { findClusterPrograms } from '../../platform/embedded/parts.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { ownDatabase, rows } from '../register/support.ts';
import { startTestDatabase } from '../support/temporal-server.ts';
import { runProgram, runToEnd } from '../support/cli.ts';

const text = (path: string): string => readFileSync(join(packageRoot(), path), 'utf8');

const compose = z
  .object({
    services: z.record(
      z.string(),
      z.looseObject({
        image: z.string(),
        command: z.array(z.string()).optional(),
        environment: z.record(z.string(), z.string()),
        depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).optional(),
        volumes: z.array(z.string()).optional(),
      }),
    ),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(text('deploy/compose.yaml'), { merge: true }));

/** What the operator would have put into `deploy/.env`. */
const given: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  DUECOURSE_SMTP_URL: 'smtp://user:password@mail.example.org:587',
  DUECOURSE_MAIL_FROM: 'duecourse <duecourse@example.org>',
  DUECOURSE_BOARD_URL: 'https://board.example.org',
  DUECOURSE_SECRET: 'a secret of the tests, long enough to be one',
  DUECOURSE_OIDC_ISSUER: 'https://identity.example.org',
  DUECOURSE_OIDC_CLIENT_ID: 'duecourse',
  DUECOURSE_OIDC_CLIENT_SECRET: 'secret',
};

/** As compose fills in a value: `${NAME}`, `${NAME:-otherwise}`, `${NAME:?what to say where it is missing}`. */
function filled(value: string): string {
  return value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, rest?: string) => {
    const found = given[name] ?? (kind === '-' ? rest : undefined);
    if (found === undefined) throw new Error(`${name} is asked for and has no default`);
    return found;
  });
}

const OURS = ['setup', 'worker', 'pages'];

test.each(OURS)('compose.yaml: duecourse reads every variable that %s is given', (name) => {
  const { environment: variables = {} } = compose.services[name] ?? {};
  expect(Object.keys(variables).length).toBeGreaterThan(5);
  const values = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, filled(value)]));
  const known = [...Object.keys(environment.shape), 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];
  expect(Object.keys(values).filter((key) => !known.includes(key))).toEqual([]);
  expect(readEnvironment(values).DATABASE_URL).toBe('postgres://duecourse:secret@postgres:5432/duecourse');
});

test('compose.yaml: a password is nowhere in it, and what it speaks of is there', () => {
  expect(() => filled('$' + '{NOT_THERE:?}')).toThrow('NOT_THERE');
  for (const [name, { environment: variables, depends_on: needs = {}, volumes = [] }] of Object.entries(
    compose.services,
  )) {
    for (const [key, value] of Object.entries(variables))
      if (/PASSWORD|PWD|SECRET/.test(key))
        expect([name, key, value]).toEqual([name, key, expect.stringMatching(/^\$\{\w+/)]);
    for (const other of Object.keys(needs)) expect(Object.keys(compose.services)).toContain(other);
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
});

test('compose.yaml: the script of the databases makes them, and can be repeated', { timeout: 120_000 }, async () => {
  // On a server of its own: the names of Temporal's databases are fixed.
  const own = await startTestDatabase();
  onTestFinished(own.stop);
  const url = new URL(own.url);
  const { sqlTool } = await findClusterPrograms(() => undefined);
  const bin = mkdtempSync(join(tmpdir(), 'duecourse-bin-'));
  symlinkSync(sqlTool, join(bin, 'temporal-sql-tool'));
  const names = ['temporal', 'temporal_visibility'];
  onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
  const { command = [], environment: variables = {} } = compose.services['temporal-schema'] ?? {};
  const [shell = '', ...args] = command.map((word) => word.replaceAll('$$', '$'));
  const server = { SQL_HOST: url.hostname, SQL_PORT: url.port, SQL_PASSWORD: url.password };
  const env = { ...variables, ...server, PATH: `${bin}:${process.env['PATH']}` };
  for (let turn = 0; turn < 2; turn++) await promisify(execFile)(shell, args, { env });
  for (const name of names) {
    const at = new URL(url);
    at.pathname = `/${name}`;
    expect(await rows(at.href, 'SELECT db_name FROM schema_version')).toEqual([{ db_name: name }]);
  }
});

test(
  'Containerfile: what it copies is all that a worker, the pages and a command need',
  { timeout: 120_000 },
  async () => {
    const lines = text('deploy/Containerfile').split('\n');
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.findIndex((line) => line === 'USER node')).toBeLessThan(
      last.findIndex((line) => line.startsWith('CMD ')),
    );
    const image = mkdtempSync(join(tmpdir(), 'duecourse-image-'));
    onTestFinished(() => rmSync(image, { recursive: true, force: true }));
    const copied = last.flatMap((line) => /^COPY (?:--from=\w+ )?(\S+) (\S+)$/.exec(line)?.slice(1, 3) ?? []);
    expect(copied.length).toBeGreaterThan(10);
    for (let nth = 0; nth < copied.length; nth += 2) {
      const from = (copied[nth] ?? '').replace('/duecourse/', '');
      const to = join(image, copied[nth + 1] === './' ? from : (copied[nth + 1] ?? ''));
      expect(existsSync(join(packageRoot(), from)), from).toBe(true);
      mkdirSync(dirname(to), { recursive: true });
      if (from === 'node_modules') symlinkSync(join(packageRoot(), from), to);
      else cpSync(join(packageRoot(), from), to, { recursive: true });
    }
    const [metrics = 0, web = 0] = await freePorts(2);
    const variables = {
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      // Its own: other tests start the same example.
      TEMPORAL_NAMESPACE: 'image',
      DATABASE_URL: await ownDatabase(),
      DUECOURSE_VAR: join(image, 'var'),
      DUECOURSE_TASK_QUEUE: 'image',
      DUECOURSE_WORKER_METRICS: `127.0.0.1:${metrics}`,
      DUECOURSE_PORT: String(web),
    };
    const command = join(image, 'client', 'cli', 'duecourse.mjs');
    const healthy = (what: string) => runToEnd(join(image, 'deploy', 'healthy.mjs'), [what], variables);
    expect((await runToEnd(command, ['setup'], variables)).code).toBe(0);
    const early = await healthy('worker');
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('does not answer')]);

    const worker = runProgram(join(image, 'dist', 'worker', 'main.js'), [], variables);
    const pages = runProgram(command, ['web'], variables);
    try {
      await Promise.all([worker.says('task queue image'), pages.says('Pages: ')]);
      expect([await healthy('worker'), await healthy('pages')]).toMatchObject([{ code: 0 }, { code: 0 }]);
      const started = await runToEnd(
        command,
        ['start', join(image, 'examples', 'worcestershire-2016.yaml'), '--yes'],
        variables,
      );
      expect([started.code, started.err]).toEqual([0, expect.any(String)]);
      // The first mails need the templates; the pages need theirs.
      await expect.poll(() => existsSync(join(image, 'var', 'outbox', 'index.html')), { timeout: 30_000 }).toBe(true);
      expect((await fetch(`http://127.0.0.1:${web}/sign-in`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${web}/accessibility`)).status).toBe(200);
    } finally {
      for (const { process: child } of [worker, pages]) child.kill('SIGTERM');
      expect(await Promise.all([worker.ended, pages.ended])).toEqual([0, 0]);
    }
    expect(await healthy('pages')).toMatchObject({ code: 1 });
    const nonsense = await healthy('nothing');
    expect([nonsense.code, nonsense.err]).toEqual([1, expect.stringContaining('worker or pages')]);
  },
);

test('docs/deploy.md: every variable it names is one that is read', () => {
  const page = text('docs/deploy.md');
  const named = new Set(page.match(/\b(DUECOURSE|OTEL)_[A-Z_]+\b/g));
  expect(named.size).toBeGreaterThan(5);
  expect([...named].filter((name) => !(name in environment.shape) && name !== 'DUECOURSE_CACHE')).toEqual([]);
});
