import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openRegister } from '../register/register.ts';
import { freePorts } from '../platform/embedded/ports.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { COUNCILS, fill, type Filled, INSPECTIONS } from './board-data.ts';
import { type Kind, KINDS, type Read, type Reader, readAll, signIn } from './board-readers.ts';
import { type Figure, round } from './measure.ts';
import { AS_NPM_RUN_WEB, compiled, startPart, type Usage } from './processes.ts';

const READERS = 50;
/** Of these so many read of all councils: half, or one who runs the service for all of them. */
const HALF = 25;
const OPERATORS = 1;
const ALONE_S = 10;
const LOOKING_S = 25;
const TOGETHER_S = 20;
/** How long somebody looks at a page before they go on. */
const PAUSE_MS = 1000;
const HEALTH_S = 3;
const READY_MS = 30_000;

/** The board over a full register: pages read by one and by fifty at once, from a server in a process of its own. */
export async function aBoard(): Promise<Figure[]> {
  const log = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const lines = openSync(join(home, 'web.log'), 'w');
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: false, fast: true, log }),
    startPostgres({ log }),
  ]);
  const register = openRegister({ url: postgres.url, connections: 10 });
  try {
    await register.migrate();
    const filled = await fill(register, new Date().toISOString());
    await inOrder(postgres.url);
    const [port = 0] = await freePorts(1);
    const address = `http://127.0.0.1:${port}`;
    const web = await startPart<Usage>(compiled('board-web'), [], {
      stderr: lines,
      node: AS_NPM_RUN_WEB,
      environment: {
        DATABASE_URL: postgres.url,
        TEMPORAL_ADDRESS: temporal.address,
        DUECOURSE_VAR: home,
        DUECOURSE_HOST: '127.0.0.1',
        DUECOURSE_PORT: String(port),
      },
    });
    try {
      await ready(address);
      const readers = await signIn(address, register, filled, { count: READERS, wide: HALF });
      const council = await signIn(address, register, filled, { count: READERS, wide: OPERATORS });
      await mustShow(address, readers[0], filled);
      const alone = await readAll(address, readers.slice(0, 1), ALONE_S);
      const select = await bareSelect(postgres.url, filled);
      const health = await healthz(address);
      const withOne = await readAll(address, council, LOOKING_S, PAUSE_MS);
      const looking = await readAll(address, readers, LOOKING_S, PAUSE_MS);
      const together = await readAll(address, readers, TOGETHER_S);
      return figures({ filled, alone, withOne, looking, together, select, health, usage: await web.part.ask() });
    } finally {
      await web.part.end();
    }
  } catch (error) {
    process.stderr.write(readFileSync(join(home, 'web.log'), 'utf8').slice(-2000));
    throw error;
  } finally {
    await register.close();
    await Promise.all([temporal.stop(), postgres.stop()]);
    closeSync(lines);
    rmSync(home, { recursive: true, force: true });
  }
}

/** What autovacuum does by itself a minute after so much has come. */
async function inOrder(url: string): Promise<void> {
  await withClient(url, (client) => client.query('VACUUM ANALYZE'));
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ready(address: string): Promise<void> {
  for (const until = Date.now() + READY_MS; ;) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > until) throw new Error('the board did not come up');
    await sleep(100);
  }
}

/** The page counts what was planned, or nothing here is worth measuring. */
async function mustShow(address: string, reader: Reader | undefined, { overdue }: Filled): Promise<void> {
  const answer = await fetch(`${address}/overdue`, { headers: { Cookie: reader?.cookie ?? '' } });
  const shown = />(\d+) duties[^<]*, the earliest due first</.exec(await answer.text())?.[1];
  if (shown !== String(overdue)) throw new Error(`the board counts ${shown} overdue where ${overdue} were planned`);
}

/** The rows of the same first page, by pg and nothing else; milliseconds each. */
async function bareSelect(url: string, { authorities }: Filled): Promise<number[]> {
  const now = new Date().toISOString();
  const values = [now, authorities.map(({ id }) => id)];
  return withClient(url, async (client) => {
    const took: number[] = [];
    for (let turn = 0; turn < 200; turn++) {
      const begun = performance.now();
      const { rowCount } = await client.query(
        `SELECT m.*, i.title, i.division FROM milestone m JOIN inspection i USING (authority, reference)
         WHERE i.status = 'open' AND m.authority = ANY($2) AND m.due_at <= $1 AND (m.status = 'open' OR (m.status = 'held' AND m.strength = 'statutory'))
         ORDER BY m.due_at, m.authority, m.reference, m.milestone LIMIT 50`,
        values,
      );
      if (rowCount !== 50) throw new Error(`a page of ${rowCount} rows`);
      took.push(performance.now() - begun);
    }
    return took;
  });
}

/** The least that the same server answers, to as many at once; milliseconds each. */
async function healthz(address: string): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + HEALTH_S * 1000;
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      while (performance.now() < until) {
        const begun = performance.now();
        await (await fetch(`${address}/healthz`)).text();
        took.push(performance.now() - begun);
      }
    }),
  );
  return took;
}

/** The value below which so many hundredths lie. */
function percentile(numbers: readonly number[], hundredth: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * hundredth) / 100))] ?? Number.NaN;
}

const spread = (took: readonly number[]): string =>
  `p50 ${round(percentile(took, 50))}, p95 ${round(percentile(took, 95))}, p99 ${round(percentile(took, 99))} ms`;

const times = (reads: readonly Read[], ...kinds: Kind[]): number[] =>
  reads.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(({ took }) => took);

interface Measured {
  filled: Filled;
  alone: Read[];
  withOne: Read[];
  looking: Read[];
  together: Read[];
  select: number[];
  health: number[];
  usage: Usage;
}

const HOW =
  'who go from the first page through filters, words, the search, other orders, further pages, their duties, figures and tables, looking at each for a second';

function figures({ filled, alone, withOne, looking, together, select, health, usage }: Measured): Figure[] {
  const all = [...alone, ...withOne, ...looking, ...together];
  const errors = all.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const one = times(alone, 'overdue', 'filtered', 'words', 'further');
  const ofCouncils = withOne.filter(({ wide }) => !wide);
  return [
    {
      what: `the overdue page over ${INSPECTIONS} inspections of ${COUNCILS} councils, ${filled.pending} milestones still to be done, ${filled.overdue} of them overdue: one reader of all councils, with and without filters`,
      value: `${spread(one)} (${one.length} pages); ${round(percentile(one, 50) / percentile(select, 50))} times its rows alone; p95 of each kind: ${ofEach(alone)} ms`,
      against: `p50 ${round(percentile(select, 50))}, p95 ${round(percentile(select, 95))} ms to select its 50 rows by pg`,
      goal: 'p95 under 300 ms',
      met: percentile(one, 95) < 300,
    },
    {
      ...ofMany(
        `${READERS - OPERATORS} readers of a council each, beside ${OPERATORS} of all, ${HOW}`,
        ofCouncils,
        LOOKING_S,
        health,
      ),
      ...under300(ofCouncils),
    },
    ofMany(
      `the one of all councils, beside them`,
      withOne.filter(({ wide }) => wide),
      LOOKING_S,
      health,
    ),
    {
      ...ofMany(`${READERS} readers at once, half of all councils and half of one, ${HOW}`, looking, LOOKING_S, health),
      ...under300(looking),
    },
    ofMany(
      `the same with ${READERS} readers at once who never pause, each asking for the next page when it has the last: what it can bear`,
      together,
      TOGETHER_S,
      health,
    ),
    {
      what: `errors in ${all.length} answers`,
      value: errors.length === 0 ? '0' : `${errors.length}: ${[...new Set(errors)].slice(0, 3).join('; ')}`,
      goal: 'none',
      met: errors.length === 0,
    },
    {
      what: 'the server’s memory at its most',
      value: `${round(usage.peakMiB)} MiB; ${round(usage.cpuSeconds)} s of processor time, ${round((usage.cpuSeconds * 1000) / all.length)} ms an answer`,
      goal: 'under 300 MiB',
      met: usage.peakMiB < 300,
    },
    {
      what: 'the load of the machine at the end, readers, server and PostgreSQL among it',
      value: `${loadavg().map(round).join(', ')} over 1, 5 and 15 minutes`,
    },
  ];
}

function under300(reads: readonly Read[]): Pick<Figure, 'goal' | 'met'> {
  const [page, found, figured] = (['overdue', 'search', 'figures'] as const).map((kind) =>
    percentile(times(reads, kind), 95),
  );
  return {
    goal: 'p95 of the overdue page and of the search under 300 ms, of the figures under 500 ms',
    met: (page ?? 0) < 300 && (found ?? 0) < 300 && (figured ?? 0) < 500,
  };
}

const ofEach = (reads: readonly Read[]): string =>
  KINDS.flatMap((kind) => {
    const took = times(reads, kind);
    return took.length === 0 ? [] : [`${kind} ${round(percentile(took, 95))}`];
  }).join(', ');

function ofMany(what: string, reads: readonly Read[], seconds: number, health: readonly number[]): Figure {
  const took = times(reads, 'overdue');
  return {
    what,
    value: `${spread(took)} (${took.length} overdue pages); ${round(reads.length / seconds)} answers a second; p95 of each kind: ${ofEach(reads)} ms`,
    against: `${spread(health)}, ${round(health.length / HEALTH_S)} answers a second for /healthz, asked for by as many without a pause`,
  };
}
