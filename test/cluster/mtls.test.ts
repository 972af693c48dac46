import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Certificates, clientVariables, ensureCertificates } from '../../bench/cluster/certificates.ts';
import { type Cluster, startCluster } from '../../bench/cluster/cluster.ts';
import { clusterStatus } from '../../bench/cluster/cluster-status.ts';
import { identityOf } from '../../platform/embedded/processes.ts';
import { readServerNote } from '../../platform/embedded/server-note.ts';
import { accessDeniedBy } from '../../platform/temporal-trouble.ts';
import { rows } from '../register/support.ts';
import { folderForThisTest } from '../embedded/temporary-folder.ts';
import { cli, runProgram, runToEnd } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';
import { cluster as clusterCommand, clusterFolder, removeCluster, sourced, WORKER } from './support.ts';

const PATIENCE_MS = 240_000;

let dir: string;
let cluster: Cluster;
let others: Certificates;

beforeAll(async () => {
  dir = await clusterFolder();
  cluster = await startCluster({ dir, nodes: 2, mtls: true, log: () => undefined });
  others = await ensureCertificates(join(dir, 'others'));
}, PATIENCE_MS);

afterAll(() => removeCluster(dir), PATIENCE_MS);

/** By Temporal's own environment configuration alone. */
const variables = (): Record<string, string> => ({
  ...sourced(dir),
  DUECOURSE_VAR: join(dir, 'var'),
  DUECOURSE_TASK_QUEUE: 'mtls',
});

test(
  'with a client certificate setup, a worker and the commands work, by variables or by a profile',
  { timeout: PATIENCE_MS },
  async () => {
    expect(variables()).toMatchObject({ TEMPORAL_TLS_CLIENT_KEY_PATH: join(dir, 'tls', 'client.key') });
    const byVariables = await cli(['setup'], variables());
    expect([byVariables.code, byVariables.out]).toEqual([
      0,
      expect.stringContaining(`Temporal at ${cluster.addresses[0]}`),
    ]);
    const profile = {
      DATABASE_URL: cluster.databaseUrl,
      DUECOURSE_VAR: join(dir, 'var'),
      DUECOURSE_TASK_QUEUE: 'mtls',
      TEMPORAL_CONFIG_FILE: cluster.files.toml,
      TEMPORAL_PROFILE: 'node-2',
    };
    const byProfile = await cli(['setup'], profile);
    expect([byProfile.code, byProfile.out]).toEqual([
      0,
      expect.stringContaining(`Temporal at ${cluster.addresses[1]}`),
    ]);

    const worker = runProgram(WORKER, [], profile);
    try {
      await worker.says('task queue mtls', PATIENCE_MS);
      const started = await cli(['start', exampleFile('worcestershire-2016'), '--yes', '--json'], variables());
      expect([started.code, started.err]).toEqual([0, expect.any(String)]);
      expect(JSON.parse((await cli(['list', '--json'], profile)).out)).toMatchObject([{ status: 'open' }]);
    } finally {
      worker.process.kill('SIGTERM');
      await worker.ended;
    }
    const status = await clusterCommand(['status', '--json', '--dir', dir]);
    expect(JSON.parse(status.out)).toMatchObject({ mtls: true, nodes: [{ serving: true }, { serving: true }] });
  },
);

test('keys are for their owner only, and those of the authorities are not kept', () => {
  const keys = readdirSync(join(dir, 'tls')).filter((name) => name.endsWith('.key'));
  expect(keys).toEqual(['client.key', 'node.key']);
  for (const key of keys) expect(statSync(join(dir, 'tls', key)).mode & 0o777).toBe(0o600);
});

const without = (...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(variables()).filter(([name]) => !names.includes(name)));

test.each<[string, () => Record<string, string>, string]>([
  [
    'no certificate',
    () => without('TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'),
    'it wants a client certificate. Set TEMPORAL_TLS_CLIENT_CERT_PATH',
  ],
  [
    'one of another authority',
    () => ({
      ...variables(),
      TEMPORAL_TLS_CLIENT_CERT_PATH: others.clientCert,
      TEMPORAL_TLS_CLIENT_KEY_PATH: others.clientKey,
    }),
    'it does not accept our client certificate',
  ],
  ['no TLS at all', () => without(...Object.keys(clientVariables(others))), 'it speaks TLS, and we did not'],
  [
    'another authority for the server',
    () => ({ ...variables(), TEMPORAL_TLS_SERVER_CA_CERT_PATH: others.nodesCa }),
    'its certificate is not one that we trust',
  ],
  [
    'another name for the server',
    () => ({ ...variables(), TEMPORAL_TLS_SERVER_NAME: 'another.duecourse.test' }),
    'its certificate is for another name',
  ],
])('%s: refused, and told why, to commands and to workers', { timeout: PATIENCE_MS }, async (_what, settings, why) => {
  const [command, worker] = await Promise.all([cli(['setup'], settings()), runToEnd(WORKER, [], settings())]);
  const sentence = `Temporal at ${cluster.addresses[0]} does not let us in: ${why}`;
  expect([command.code, command.err]).toEqual([1, expect.stringContaining(sentence)]);
  expect([worker.code, worker.err]).toEqual([1, expect.stringContaining(sentence)]);
});

test('a client’s certificate lets nobody pass for a node', async () => {
  const history = `127.0.0.1:${readServerNote(join(dir, 'node-1'))?.ports[2]}`;
  const { tls } = cluster.accessTo(1);
  expect(String(await accessDeniedBy({ address: history, tls }, new Error('lost')))).toContain(
    'it does not accept our client certificate',
  );
  const clientCertPair = {
    crt: readFileSync(join(dir, 'tls', 'node.pem')),
    key: readFileSync(join(dir, 'tls', 'node.key')),
  };
  const asNode = { ...(typeof tls === 'object' ? tls : {}), clientCertPair };
  expect(await accessDeniedBy({ address: history, tls: asNode }, new Error('lost'))).toBeUndefined();
});

test(
  'it can be broken on purpose: a node, and PostgreSQL as in a crash; both come back where they were',
  { timeout: PATIENCE_MS },
  async () => {
    const serving = async () =>
      (await clusterStatus(dir)).nodes.map(({ address, serving: is }) => `${address} ${is ? 'serves' : 'does not'}`);
    const [first, second] = cluster.addresses;
    const before = cluster.pidOf(2);
    await cluster.killNode(2);
    expect([cluster.pidOf(2), identityOf(before)]).toEqual([0, undefined]);
    expect(await serving()).toEqual([`${first} serves`, `${second} does not`]);
    await cluster.startNode(2);
    expect(await serving()).toEqual([`${first} serves`, `${second} serves`]);

    await rows(cluster.databaseUrl, 'CREATE TABLE kept AS SELECT 1 AS n');
    await cluster.stopPostgres('SIGQUIT');
    await expect(rows(cluster.databaseUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await cluster.startPostgres();
    expect(await rows(cluster.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    // The nodes find their way back to it by themselves.
    await expect.poll(async () => (await cli(['setup'], variables())).code, { timeout: 120_000 }).toBe(0);
  },
);

test('a certificate, a profile or a file that is not there is told in a sentence', async () => {
  const missing = await cli(['setup'], { ...variables(), TEMPORAL_TLS_CLIENT_CERT_PATH: join(dir, 'nowhere.pem') });
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('nowhere.pem')]);
  const profile = { TEMPORAL_CONFIG_FILE: cluster.files.toml, TEMPORAL_PROFILE: 'node-7' };
  const unknown = await cli(['setup'], profile);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('node-7')]);
  for (const { err } of [missing, unknown]) {
    expect(err).toContain("Temporal's configuration can't be used");
    expect(err).not.toContain('not a mistake of yours');
  }
});

test(
  'an API key goes over TLS, from commands and from workers; where it is refused, that is told without it',
  { timeout: PATIENCE_MS },
  async () => {
    const { nodeCert, nodeKey, nodesCa } = await ensureCertificates(join(folderForThisTest(), 'tls'));
    const keys: unknown[] = [];
    const server = createSecureServer({ cert: readFileSync(nodeCert), key: readFileSync(nodeKey) });
    server.on('stream', (stream, headers) => {
      keys.push(headers.authorization);
      const refusal = { 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' };
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...refusal }, { endStream: true });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const settings = {
      TEMPORAL_ADDRESS: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      TEMPORAL_API_KEY: 'a-key-of-the-tests',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: nodesCa,
      DATABASE_URL: cluster.databaseUrl,
    };
    const command = await cli(['setup'], settings);
    expect([command.code, command.err]).toEqual([1, expect.stringContaining('it does not accept our API key')]);
    const byCommand = keys.splice(0);
    const worker = await runToEnd(WORKER, [], settings);
    expect([worker.code, worker.err]).toEqual([1, expect.stringContaining('it does not accept our API key')]);
    for (const seen of [byCommand, keys]) {
      expect(seen.length).toBeGreaterThan(0);
      expect(new Set(seen)).toEqual(new Set(['Bearer a-key-of-the-tests']));
    }
    expect(command.err + worker.err + worker.out).not.toContain('a-key-of-the-tests');
  },
);
