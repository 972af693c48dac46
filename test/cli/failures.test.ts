import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { failureOf, failureSentence, officerSentence } from '../../platform/failure.ts';
import { FAILURE_WORDS, type FailureKind } from '../../platform/failure-words.ts';
import { problemOf } from '../../client/web/problems.ts';
import { unknownVariables } from '../../domain/schemas/environment.ts';
import { PartFailed } from '../../platform/embedded/part-failed.ts';
import { installRuntime } from '../../platform/temporal-runtime.ts';
import { connectWorker } from '../../platform/worker-connection.ts';
import { errorWords } from '../../platform/error-words.ts';
import { asUnreachable } from '../../register/register-unreachable.ts';
import { openRegister } from '../../register/register.ts';
import { ownRegister, sql } from '../register/support.ts';
import { cli, runToEnd } from '../support/cli.ts';
import { lazyConnection, openConnection } from '../../platform/temporal-connection.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'duecourse-failures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'a-file');
writeFileSync(file, '');

/** The error that something really ends with. */
async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

/** A port at which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const listen = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => server.close(() => resolve()));
  });

/** A statement as a user of the register's database; `as` sets up who. */
async function statement(sql: string, before: string[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    for (const each of before) await client.query(each);
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function asStranger(options: string, work: (url: string, name: string) => Promise<unknown>): Promise<void> {
  const name = `stranger_${randomBytes(4).toString('hex')}`;
  await statement(`CREATE ROLE ${name} LOGIN PASSWORD 'x' ${options}`);
  try {
    const url = new URL(inject('databaseUrl'));
    url.username = name;
    url.password = 'x';
    await work(url.href, name);
  } finally {
    await statement(`DROP ROLE ${name}`);
  }
}

const CAUSES: [FailureKind, string, () => unknown][] = [
  ['file-missing', 'a folder that is not there', () => readFileSync(join(folder, 'none', 'file.yaml'))],
  ['file-is-a-folder', 'a folder read as a file', () => readFileSync(folder)],
  ['file-is-no-folder', 'a file taken for a folder', () => readFileSync(join(file, 'inside'))],
  ['file-exists', 'a folder made twice', () => mkdirSync(folder)],
  [
    'file-exists',
    'a folder removed that is not empty',
    () => {
      rmdirSync(folder);
    },
  ],
  ['disk-full', 'a device without room', () => writeFileSync('/dev/full', 'x')],
  [
    'file-forbidden',
    'a file that is no program',
    () => {
      throw spawnSync('/etc/passwd').error ?? new Error('it ran');
    },
  ],
  [
    'port-taken',
    'a port that is taken',
    () =>
      new Promise((resolve, reject) => {
        const first = createServer().listen(0, '127.0.0.1', () => {
          listen('127.0.0.1', (first.address() as AddressInfo).port)
            .then(resolve, reject)
            .finally(() => first.close());
        });
      }),
  ],
  ['address-not-here', 'an address of another machine', () => listen('203.0.113.7', 8080)],
  ['host-unknown', 'a name that nobody has', () => lookup('nobody.invalid')],
  [
    'host-refuses',
    'a port at which nothing listens',
    async () => {
      const port = await closedPort();
      await new Promise((resolve, reject) => connect(port, '127.0.0.1').on('connect', resolve).on('error', reject));
    },
  ],
  [
    'host-refuses',
    'a web address at which nothing listens',
    async () => fetch(`http://127.0.0.1:${await closedPort()}/`),
  ],
  [
    'temporal-unreachable',
    'a worker’s connection to nobody',
    async () => NativeConnection.connect({ address: `127.0.0.1:${await closedPort()}` }),
  ],
  [
    'namespace-missing',
    'a namespace that the engine does not know',
    async () => {
      const connection = await openConnection({ address: inject('temporalAddress') });
      try {
        await connection.workflowService.describeNamespace({ namespace: 'nobody-made-this' });
      } finally {
        await connection.close();
      }
    },
  ],
  [
    'namespace-missing',
    'a lifecycle asked for in a namespace that the engine does not know',
    async () => {
      const connection = await openConnection({ address: inject('temporalAddress') });
      try {
        await new Client({ connection, namespace: 'nobody-made-this' }).workflow.getHandle('x').describe();
      } finally {
        await connection.close();
      }
    },
  ],
  [
    'namespace-missing',
    'a worker of a namespace that the engine does not know',
    async () => {
      const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
      try {
        const worker = await Worker.create({
          connection,
          namespace: 'nobody-made-this',
          taskQueue: 'x',
          activities: { nothing: () => Promise.resolve() },
        });
        await worker.run();
      } finally {
        await connection.close();
      }
    },
  ],
  [
    'temporal-failed',
    'a lifecycle that there is not, asked raw',
    async () => {
      const connection = await openConnection({ address: inject('temporalAddress') });
      try {
        await connection.workflowService.describeWorkflowExecution({
          namespace: inject('temporalNamespace'),
          execution: { workflowId: 'nobody-started-this' },
        });
      } finally {
        await connection.close();
      }
    },
  ],
  [
    'temporal-unreachable',
    'an engine that has gone away',
    async () => {
      const connection = lazyConnection({ address: `127.0.0.1:${await closedPort()}` });
      try {
        await connection.workflowService.getSystemInfo({});
      } finally {
        await connection.close();
      }
    },
  ],
  [
    'metrics-not-served',
    'metrics of a worker at a port that is taken',
    async () => {
      // A process has one runtime: that of the tests is put away first.
      await Runtime.instance().shutdown();
      return new Promise((_resolve, reject) => {
        const first = createServer().listen(0, '127.0.0.1', () => {
          const { port } = first.address() as AddressInfo;
          try {
            installRuntime('silent', `127.0.0.1:${port}`);
          } catch (error) {
            // oxlint-disable-next-line typescript/prefer-promise-reject-errors
            reject(error);
          } finally {
            first.close();
          }
        });
      });
    },
  ],
  [
    'register-read-only',
    'a register that takes no changes',
    () => statement('CREATE TABLE t (n int)', ['SET default_transaction_read_only = on']),
  ],
  ['register-without-tables', 'a table that is not there', () => statement('SELECT 1 FROM none_of_ours')],
  ['register-without-tables', 'a column that is not there', () => statement('SELECT none_of_ours FROM pg_class')],
  [
    'register-slow',
    'a statement that takes too long',
    () => statement('SELECT pg_sleep(5)', ['SET statement_timeout = 50']),
  ],
  ['register-forbidden', 'a user who may not', () => asStranger('', (url) => openRegister({ url }).migrate())],
  [
    'register-crowded',
    'a user with no connections left',
    () => asStranger('CONNECTION LIMIT 0', (url) => openRegister({ url }).ping()),
  ],
  // A full disk as PostgreSQL says it; to fill one takes a machine of one's own (bench/faults does).
  [
    'register-full',
    'a disk that is full',
    () => statement(`DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space' USING ERRCODE = '53100'; END $$`),
  ],
  [
    'register-busy',
    'a lock that others hold',
    () => statement(`DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$`),
  ],
  ['register-failed', 'anything else that PostgreSQL refuses', () => statement('SELECT 1 / 0')],
  [
    'disk-full',
    'a server of ours on a full disk',
    () => {
      throw new PartFailed(
        'PostgreSQL ended while starting',
        '/x/log',
        'FATAL: could not write: No space left on device',
      );
    },
  ],
  [
    'part-failed',
    'a server of ours that ends',
    () => {
      throw new PartFailed('PostgreSQL ended while starting', '/x/log', 'FATAL: who knows');
    },
  ],
];

/** What no officer should have to read. */
const RAW = /\bE[A-Z]{4,}\b|tonic|Error\(|errno|syscall|SELECT|relation|violates|RpcError|NOT_FOUND|undefined|\bpg_/;

describe('what fails around duecourse', () => {
  test.each(CAUSES)('%s: %s', async (kind, _what, work) => {
    const error = await errorOf(work);
    const failure = failureOf(error);
    expect(failure?.kind).toBe(kind);
    if (failure === undefined) return;
    expect(failureSentence(failure)).not.toMatch(RAW);
    // The pages say it in the same words, without what only whoever runs duecourse can mend.
    expect(problemOf(error)).toMatchObject({ status: 503, code: kind, forOperator: true });
    expect(officerSentence(failure)).not.toMatch(RAW);
    expect(officerSentence(failure)).toContain('tell whoever runs duecourse');
  });

  test('each kind ends its sentences, and says where to look', () => {
    for (const [kind, { sentence, advice, look }] of Object.entries(FAILURE_WORDS)) {
      expect([kind, sentence(undefined), sentence('/some/place'), advice, look]).toEqual([
        kind,
        expect.stringMatching(/^[A-Z].*\.$/),
        expect.stringMatching(/\.$/),
        expect.stringMatching(/^[A-Z].*\.$/),
        expect.stringMatching(/.{6,}/),
      ]);
    }
  });

  test('an error of our own making is no failure of the world', () => {
    expect(failureOf(new TypeError('x is not a function'))).toBeUndefined();
    expect(failureOf('a text')).toBeUndefined();
  });

  test('a worker says which address it could not reach, and what to set', async () => {
    const port = await closedPort();
    expect(await errorOf(() => connectWorker({ address: `127.0.0.1:${port}` }))).toMatchObject({
      name: 'TemporalUnreachable',
      message: expect.stringContaining(`Temporal can't be reached at 127.0.0.1:${port}. Start duecourse`) as string,
    });
    expect(await errorOf(() => connectWorker({ address: 'nobody.invalid:7233' }))).toMatchObject({
      message: expect.stringContaining(
        'no machine is known here by the name nobody.invalid. Correct TEMPORAL_ADDRESS',
      ) as string,
    });
  });
});

/** How each process names what it can't reach, or is not let into: `said`, and what to set. */
describe('a database that can’t be used is said by its place and in words', () => {
  const host = () => new URL(inject('databaseUrl')).host;
  const other = (change: (url: URL) => void): string => {
    const url = new URL(inject('databaseUrl'));
    change(url);
    return url.href;
  };
  test.each<[string, () => string, RegExp]>([
    [
      'a wrong password',
      () => other((url) => (url.password = 'x')),
      /refused the user or the password\. Check DATABASE_URL/,
    ],
    [
      'no such database',
      () => other((url) => (url.pathname = '/none')),
      /\/none: that database does not exist\. Create it/,
    ],
    [
      'no such machine',
      () => 'postgres://a:b@nobody.invalid/c',
      /at nobody\.invalid:5432\/c: no machine is known here by that name\. Correct DATABASE_URL/,
    ],
    ['nobody there', () => 'postgres://a:b@127.0.0.1:1/c', /can't be reached at 127\.0\.0\.1:1\/c\. Start duecourse/],
    [
      'something else there',
      () => `postgres://a:b@${inject('temporalAddress')}/c`,
      /can't be reached at 127\.0\.0\.1:\d+\/c\. Start duecourse/,
    ],
    [
      'TLS asked of one that has none',
      () => other((url) => (url.search = '?sslmode=require')),
      /does not encrypt connections, and DATABASE_URL asks for that\. Switch TLS on there/,
    ],
  ])('%s', async (_what, url, said) => {
    const error = await errorOf(() => openRegister({ url: url() }).ping());
    expect(error).toMatchObject({ name: 'RegisterUnreachable', message: expect.stringMatching(said) as string });
    expect((error as Error).message).not.toMatch(RAW);
    expect(host()).toMatch(/^127/);
  });

  test('a user whom the server lets in from nowhere, and one that must come encrypted', () => {
    const hba = (text: string) => asUnreachable(Object.assign(new Error(text), { code: '28000' }), 'postgres://a@h/d');
    // As PostgreSQL words them; its rules are a file that is read at its start.
    expect(hba('no pg_hba.conf entry for host "10.0.0.1", user "a", database "d", no encryption')).toMatchObject({
      message: expect.stringContaining('takes encrypted connections only. Add ?sslmode=verify-full') as string,
    });
    expect(hba('no pg_hba.conf entry for host "10.0.0.1", user "a", database "d", SSL encryption')).toMatchObject({
      message: expect.stringContaining('Let its pg_hba.conf name this machine') as string,
    });
  });
});

test('every class of errors is either a sentence for people or known to be none', () => {
  const own = ['domain', 'platform', 'register', 'activities', 'workflows', 'worker', 'client'];
  const files = own.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  const classes = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/class (\w+) extends \w*(?:Error|Problem)\b/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  expect(classes.length).toBeGreaterThan(20);
  // Thrown and caught in one file, or a fault of ours; or told by failureOf.
  const NONE = [
    ...['Undo', 'Barred', 'ChangedMeanwhile', 'Diverged', 'EngineAway', 'LineIsFull', 'NameTaken', 'NotLetIn'],
    ...['NotWanted', 'PartFailed', 'TakenOver', 'TookTooLong', 'TooLong', 'TooManyWait'],
  ];
  const isSentence = (name: string): boolean =>
    errorWords(Object.assign(new Error('A sentence.'), { name })).sentence === 'A sentence.' ||
    ['Refusal', 'CalendarError', 'EnvironmentProblems', 'NoInspectionRef'].includes(name);
  expect(classes.filter((name) => !isSentence(name)).toSorted()).toEqual(NONE.toSorted());
});

describe('the command line', () => {
  test('says what an officer can act on, and an error’s own words with --debug alone', async () => {
    const { url } = await ownRegister();
    await sql(url, 'DROP TABLE inspection CASCADE');
    const variables = { DATABASE_URL: url, DUECOURSE_VAR: join(folder, 'var') };
    const plain = await cli(['list'], variables);
    expect([plain.code, plain.err]).toEqual([
      1,
      expect.stringContaining(
        'The register lacks tables that this version needs. Make them with: duecourse setup',
      ) as string,
    ]);
    expect(plain.err).not.toMatch(/not a mistake of yours|relation|42P01/);
    expect((await cli(['--debug', 'list'], variables)).err).toContain('relation "inspection" does not exist');
    const json = JSON.parse((await cli(['list', '--json'], variables)).err) as unknown;
    expect(json).toMatchObject({ error: { code: 'register-without-tables' } });
  });

  test.concurrent('a Temporal server by a wrong name', async () => {
    const { code, err } = await cli(['show', 'middlesbrough/2016'], {
      DUECOURSE_VAR: join(folder, 'var'),
      TEMPORAL_ADDRESS: 'nobody.invalid:7233',
    });
    expect([code, err]).toEqual([1, expect.stringContaining('no machine is known here by the name nobody.invalid')]);
  });

  test.concurrent('a namespace that is not there, by each process', async () => {
    const variables = {
      DUECOURSE_VAR: join(folder, 'var'),
      DATABASE_URL: inject('databaseUrl'),
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: 'nobody-made-this',
    };
    for (const { code, err } of [
      await cli(['show', 'a/b'], variables),
      await cli(['web'], variables),
      await cli(['dev'], variables),
      await runToEnd(WORKER, [], variables),
    ])
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(
          /Temporal at .* has no namespace "nobody-made-this"\. Make it with: duecourse setup, or correct TEMPORAL_NAMESPACE\./,
        ),
      ]);
  });

  test.concurrent('a report that can’t be written is named with its place', async () => {
    const { code, err } = await cli(['preview', 'examples/middlesbrough-2016.yaml', '--mail', join(file, 'mails')]);
    expect(code).toBe(1);
    expect(err).toContain('lies in a file, where a folder is needed');
    expect(existsSync(join(file, 'mails'))).toBe(false);
  });
});

describe('variables that are written wrong', () => {
  test.each([
    ['DUECOURSE_SMPT_URL', 'DUECOURSE_SMTP_URL'],
    ['DUECOURSE_BOARDURL', 'DUECOURSE_BOARD_URL'],
    ['DUECOURSE_BANKHOLIDAYS', 'DUECOURSE_BANK_HOLIDAYS'],
    ['DUECOURSE_MAILFROM', 'DUECOURSE_MAIL_FROM'],
  ])('%s is named with %s, and nothing starts', async (name, meant) => {
    const calls = [
      ['list'],
      ['web'],
      ['dev'],
      ['setup'],
      ['rules', 'list'],
      ['calendar', 'count', '2026-01-01', '2026-02-01'],
    ];
    const ended = await Promise.all([
      runToEnd(WORKER, [], { [name]: 'x' }),
      ...calls.map((args) => cli(args, { [name]: 'x' })),
    ]);
    for (const { code, out, err } of ended)
      expect([code, out, err.split(`${name} is not a setting of duecourse; did you mean ${meant}?`).length]).toEqual([
        1,
        '',
        2,
      ]);
  });

  test('one that is like none of ours is named once, and left alone, by every process', async () => {
    const variables = { DUECOURSE_COLOUR: 'blue', DUECOURSE_VAR: join(folder, 'var') };
    const named = /DUECOURSE_COLOUR is not a setting of duecourse, and is left alone/g;
    const count = await cli(['calendar', 'count', '2026-01-01', '2026-02-01'], variables);
    expect([count.code, count.out, count.err.match(named)?.length]).toEqual([0, '21\n', 1]);
    const list = await cli(['list'], variables);
    expect([list.code, list.err.match(named)?.length]).toEqual([1, 1]);
    const worker = await runToEnd(WORKER, [], { ...variables, TEMPORAL_ADDRESS: 'nobody.invalid:7233' });
    expect([worker.code, worker.err.match(named)?.length]).toEqual([1, 1]);
  });

  test('what a machine makes of its own is left alone', () => {
    const own = { DUECOURSE_SERVICE_HOST: '10.0.0.1', DUECOURSE_PORT_8080_TCP: 'tcp://10.0.0.1:8080' };
    expect(unknownVariables(own)).toEqual([]);
    expect(unknownVariables({ DUECOURSE_SMTP_URL: 'smtp://x', DUECOURSE_TEST_SEED: '1', PATH: '/bin' })).toEqual([]);
  });
});
