import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ClusterStatus } from '../../bench/cluster/cluster-status.ts';
import { commandLineOf, identityOf } from '../../platform/embedded/processes.ts';
import { rows } from '../register/support.ts';
import { cli, runProgram, type Running } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';
import { startTestDatabase } from '../support/temporal-server.ts';
import { cluster, clusterFolder, removeCluster, sourced, WORKER } from './support.ts';

/** Minutes, on a machine that does much else. */
const PATIENCE_MS = 240_000;

let dir: string;
let said: string;
let variables: Record<string, string>;
let worker: Running;

beforeAll(async () => {
  dir = await clusterFolder();
  const up = await cluster(['up', '--dir', dir]);
  said = up.out + up.err;
  if (up.code !== 0) throw new Error(said);
  variables = {
    ...sourced(dir),
    DUECOURSE_VAR: join(dir, 'var'),
    DUECOURSE_TASK_QUEUE: 'cluster',
  };
  worker = runProgram(WORKER, [], variables);
  await worker.says('task queue cluster', PATIENCE_MS);
}, PATIENCE_MS);

afterAll(async () => {
  worker.process.kill('SIGTERM');
  await worker.ended;
  await removeCluster(dir);
}, PATIENCE_MS);

const status = async (): Promise<ClusterStatus & { code: number }> => {
  const { code, out } = await cluster(['status', '--json', '--dir', dir]);
  return { ...(JSON.parse(out) as ClusterStatus), code };
};

/** The same duecourse as a client of another node, by the profile that `up` has written. */
const throughNode = (node: number): Record<string, string> => ({
  DATABASE_URL: variables['DATABASE_URL'] ?? '',
  DUECOURSE_VAR: variables['DUECOURSE_VAR'] ?? '',
  DUECOURSE_TASK_QUEUE: 'cluster',
  TEMPORAL_CONFIG_FILE: join(dir, 'temporal.toml'),
  TEMPORAL_PROFILE: `node-${node}`,
});

test('two nodes serve, and make one ring on one PostgreSQL that keeps what it has acknowledged', async () => {
  const { code, nodes, postgres } = await status();
  expect(code).toBe(0);
  expect(nodes).toEqual([
    { address: variables['TEMPORAL_ADDRESS'], serving: true },
    { address: nodes[1]?.address, serving: true },
  ]);
  expect(nodes[1]?.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(nodes[1]?.address).not.toBe(nodes[0]?.address);
  expect(postgres).toMatchObject({ running: true });
  const url = variables['DATABASE_URL'] ?? '';
  const members = await rows(
    url.replace(/duecourse$/, 'temporal'),
    'SELECT role, count(*)::int AS nodes FROM cluster_membership GROUP BY role ORDER BY role',
  );
  expect(members).toEqual([1, 2, 3, 4].map((role) => ({ role, nodes: 2 })));
  const kept = await rows(
    url,
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name`,
  );
  expect(kept).toEqual(['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({ name, setting: 'on' })));
});

test('the nodes can never ask for more connections than PostgreSQL gives', async () => {
  const [{ most } = { most: 0 }] = (await rows(
    variables['DATABASE_URL'] ?? '',
    `SELECT setting::int AS most FROM pg_settings WHERE name = 'max_connections'`,
  )) as { most: number }[];
  const asked = [1, 2].map((node) => {
    const config = readFileSync(join(dir, `node-${node}`, 'config.yaml'), 'utf8');
    const pools = [...config.matchAll(/maxConns: (\d+)/g)].map(([, size]) => Number(size));
    expect(pools).toHaveLength(2);
    return 4 * pools.reduce((sum, size) => sum + size, 0);
  });
  expect(most).toBeGreaterThan(asked.reduce((sum, size) => sum + size, 50));
});

test('no password is said, nor shows among the processes; the files that hold it are their owner’s', async () => {
  const password = new URL(variables['DATABASE_URL'] ?? '').password;
  expect(password.length).toBeGreaterThan(20);
  expect(said).toContain('2 nodes serve');
  const { processes, postgres } = await status();
  const commands = [...processes.map(({ pid }) => pid), postgres?.pid ?? 0].map((pid) => commandLineOf(pid));
  const logs = [1, 2].map((node) => readFileSync(join(dir, `node-${node}`, 'temporal.log'), 'utf8'));
  for (const text of [said, ...commands, ...logs]) {
    expect(text).toBeTruthy();
    expect(text).not.toContain(password);
  }
  for (const name of ['env', 'cluster.json', 'node-1/config.yaml', 'node-2/config.yaml'])
    expect([name, statSync(join(dir, name)).mode & 0o777]).toEqual([name, 0o600]);
});

test(
  'a lifecycle started through the second node is worked on through the first, and stands in the register',
  { timeout: PATIENCE_MS },
  async () => {
    const started = await cli(['start', exampleFile('worcestershire-2016'), '--yes', '--json'], throughNode(2));
    expect([started.code, started.err]).toEqual([0, expect.any(String)]);
    expect(JSON.parse((await cli(['list', '--json'], variables)).out)).toMatchObject([
      { authority: 'worcestershire', reference: '2016', status: 'open' },
    ]);
    const verified = await cli(['register', 'verify'], variables);
    expect(verified.out).toContain('whole   worcestershire');
  },
);

test(
  'a node that is killed is seen, the other serves on, and up brings it back where it was',
  { timeout: PATIENCE_MS },
  async () => {
    const before = await status();
    const victim = before.processes[1]?.pid ?? 0;
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => identityOf(victim)).toBeUndefined();
    const during = await status();
    expect(during.code).toBe(1);
    expect(during.nodes).toEqual([before.nodes[0], { ...before.nodes[1], serving: false }]);
    expect((await cluster(['status', '--dir', dir])).out).toMatch(/node 2 +\S+ +down/);

    // Half the shards were the dead node's: the other takes them over before long.
    const asking = () => cli(['show', 'worcestershire/2016'], throughNode(1));
    await expect.poll(async () => (await asking()).code, { timeout: 120_000, interval: 500 }).toBe(0);

    // As in a shell that has read the cluster's file: its DATABASE_URL is the cluster's own.
    expect((await cluster(['up', '--dir', dir], sourced(dir))).code).toBe(0);
    const after = await status();
    expect(after.code).toBe(0);
    expect(after.nodes).toEqual(before.nodes);
    expect(after.processes[0]).toEqual(before.processes[0]);
    expect(after.processes[1]?.pid).not.toBe(victim);
    expect(after.postgres).toEqual(before.postgres);
  },
);

test(
  'up again takes over what runs, down ends it all by its own numbers, and data outlive it',
  { timeout: PATIENCE_MS },
  async () => {
    const before = await status();
    expect((await cluster(['up', '--dir', dir])).code).toBe(0);
    expect(await status()).toEqual(before);

    const asked = await cluster(['down', '--remove-data', '--dir', dir]);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('Say --yes')]);
    expect(await status()).toEqual(before);

    expect((await cluster(['down', '--dir', dir])).code).toBe(0);
    const pids = [...before.processes.map(({ pid }) => pid), before.postgres?.pid ?? 0];
    expect(pids.map(identityOf)).toEqual([undefined, undefined, undefined]);
    const down = await status();
    expect([down.code, down.nodes.map(({ serving }) => serving)]).toEqual([1, [false, false]]);

    expect((await cluster(['up', '--nodes', '1', '--dir', dir])).code).toBe(0);
    expect(await status()).toMatchObject({ code: 0, nodes: [before.nodes[0]] });
    expect(JSON.parse((await cli(['list', '--json'], variables)).out)).toMatchObject([{ reference: '2016' }]);

    expect((await cluster(['down', '--remove-data', '--yes', '--dir', dir])).code).toBe(0);
    expect(await status()).toMatchObject({ code: 1, nodes: [] });
  },
);

test('on a PostgreSQL of the operator’s, which is left to him', { timeout: PATIENCE_MS }, async () => {
  const own = await startTestDatabase();
  onTestFinished(own.stop);
  const there = await clusterFolder();
  onTestFinished(() => removeCluster(there));
  const up = await cluster(['up', '--nodes', '1', '--dir', there], { DATABASE_URL: own.url });
  expect([up.code, up.err]).toEqual([0, expect.stringContaining('PostgreSQL: yours')]);
  expect(up.err).not.toContain(new URL(own.url).password);
  expect(sourced(there)['DATABASE_URL']).toBe(own.url);
  const { out } = await cluster(['status', '--json', '--dir', there]);
  expect(JSON.parse(out)).toMatchObject({ nodes: [{ serving: true }], postgres: null });
  expect((await cluster(['down', '--remove-data', '--yes', '--dir', there])).code).toBe(0);
  const kept = await rows(own.url, `SELECT datname FROM pg_database WHERE datname LIKE 'temporal%' ORDER BY 1`);
  expect(kept).toEqual([{ datname: 'temporal' }, { datname: 'temporal_visibility' }]);
});

test.each([
  [['up', '--nodes', '0'], 'not a number of nodes'],
  [['up', '--nodes', 'two'], 'not a number of nodes'],
  [['across'], "unknown command 'across'"],
])('%j is refused as bad usage', async (args, why) => {
  const { code, err } = await cluster(args);
  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
});
