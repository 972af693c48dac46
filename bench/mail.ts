import type { Client } from '@temporalio/client';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { composeMail } from '../activities/mail/compose.ts';
import { asMime } from '../activities/mail/mime.ts';
import type { MailMessage } from '../activities/mail/mail-transport.ts';
import { openRegister } from '../register/register.ts';
import { Engine, workflowId } from '../client/engine.ts';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { manyOwners, owners } from '../test/support/many-owners.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { clientOf } from '../platform/temporal-client.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { type Figure, median, round } from './measure.ts';
import { type Arrival, compiled, type Part, startPart, type Usage } from './processes.ts';
import { openSite, type Site } from './site.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const RECIPIENTS = 4;
const MILESTONES = 10;
/** The morning on which all is due, in London's winter. */
const MORNING = '2030-02-06T09:00:00.000Z';
/** 20 working days after it: the first reminder of the default ladder. */
const DUE = '2030-03-06';
/** For each inspection, from the first start to the morning, in real time: all have been started and recorded by then, or the bench fails. */
const START_MS = 200;
/** How long the morning may take before it is given up. */
const MORNING_MS = 300_000;
const SIDE_BY_SIDE = 5;
const ROUNDS = 3;
const FROM = 'duecourse <duecourse@example.org>';
const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** An inspection of four owners with ten duties each; the first owner's tenth is the statutory plan. */
function inspection(number: number): LifecycleStart {
  const roles = owners(number * RECIPIENTS + 1, RECIPIENTS);
  const actions = roles.flatMap((owner, place) =>
    Array.from({ length: place === 0 ? MILESTONES - 1 : MILESTONES }, (_, index) => ({
      id: `${owner.id}-${index + 1}`,
      title: `Action ${index + 1} of ${owner.title}`,
      owner: owner.id,
      due: DUE,
    })),
  );
  const start = manyOwners(roles, {
    reference: `morning-${number}`,
    actions,
    owners: { 'plan-submission': roles[0]?.id },
  });
  const sending = { time: '09:00', from: '09:00', until: '17:30' };
  return { ...start, facts: { ...start.facts, authority: { ...start.facts.authority, sending } } };
}

/** A busy morning: 10,000 notices that are due at one instant, on one embedded server with one worker. */
export async function aMorning(): Promise<Figure[]> {
  const log = () => undefined;
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log }),
    startPostgres({ log }),
  ]);
  return busyMorning(250, {
    what: 'one embedded server',
    addresses: [temporal.address],
    namespace: 'default',
    databaseUrl: postgres.url,
    async close() {
      await Promise.all([temporal.stop(), postgres.stop()]);
    },
  });
}

/** Twice as many on a cluster, with a worker on each of its nodes. */
export async function aMorningOnTheCluster(): Promise<Figure[]> {
  return busyMorning(500, await openSite(process.env, { cluster: true }));
}

async function busyMorning(inspections: number, servers: Servers): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const sink = await startPart<Arrival[]>('./mail-sink.ts');
  const workers: Part<Usage>[] = [];
  try {
    const smtp = `smtp://127.0.0.1:${String(sink.first)}`;
    const bundle = join(home, 'bundle.js');
    writeFileSync(bundle, (await bundleWorkflows(sourceOf('../workflows/workflows.ts'))).code);
    const register = openRegister({ url: servers.databaseUrl });
    await register.migrate();
    await register.close();
    const file = compiled('mail-worker');
    for (const address of servers.addresses)
      workers.push(
        (await startPart<Usage>(file, [address, 'bench-morning', servers.databaseUrl, smtp, bundle, servers.namespace]))
          .part,
      );
    let ours: Morning;
    try {
      ours = await morning(servers, inspections, sink.part, workers);
    } finally {
      for (const worker of workers) await worker.end();
    }
    const model = await aDigest(servers.databaseUrl);
    const alone: number[] = [];
    for (let turn = 0; turn < ROUNDS; turn++) alone.push(await nodemailerAlone(smtp, ours.mails, model, sink.part));
    return figures(ours, alone, servers, workers.length);
  } finally {
    await Promise.all([servers.close(), sink.part.end()]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** What a morning needs of its servers. */
type Servers = Pick<Site, 'what' | 'addresses' | 'namespace' | 'databaseUrl' | 'close'>;

interface Morning {
  inspections: number;
  mails: number;
  seconds: number;
  bytesEach: number;
  /** History events of all lifecycles in that morning, and what they were in one of them. */
  events: number;
  kinds: string;
  /** Of each worker. */
  usage: Usage[];
  /** Seconds of the workers' processor time in the morning. */
  cpu: number;
}

async function morning(
  { addresses, namespace, databaseUrl }: Servers,
  inspections: number,
  sink: Part<Arrival[]>,
  workers: Part<Usage>[],
): Promise<Morning> {
  const mails = inspections * RECIPIENTS;
  const usageNow = () => Promise.all(workers.map((worker) => worker.ask()));
  const cpuOf = (all: Usage[]) => sum(all.map(({ cpuSeconds }) => cpuSeconds));
  const address = addresses.at(-1) ?? '';
  const connection = await openConnection({ address });
  const register = openRegister({ url: databaseUrl });
  try {
    const client = clientOf({ connection, namespace, dataConverter: dataConverterOf([], register.payloads) });
    const engine = new Engine(client, { taskQueue: 'bench-morning', address, patienceMs: 60_000 });
    const instant = Date.now() + inspections * START_MS;
    const shiftMs = Date.parse(MORNING) - instant;
    const references: InspectionRef[] = [];
    for (let number = 0; number < inspections; number += SIDE_BY_SIDE) {
      const few = Array.from({ length: SIDE_BY_SIDE }, (_, index) => inspection(number + index));
      references.push(...(await Promise.all(few.map((start) => engine.start(start, { clock: { shiftMs } })))));
    }
    // Whoever started an inspection is mailed at once, after it has been recorded: then it sleeps until the morning.
    await until(async () => (await sink.ask()).length, inspections, instant - 3000, 'the starts have not been mailed');
    await sleep(instant - 2000 - Date.now());
    const before = await lengths(client, references);
    const used = await usageNow();
    const began = Date.now();

    if (began >= instant) throw new Error('the morning has come before all was ready for it');

    const arrivals: Arrival[] = [];
    await until(
      async () => {
        const more = await sink.ask();
        arrivals.push(...more);
        return more.length;
      },
      mails,
      instant + MORNING_MS,
      'the morning’s mails have not all come',
    );
    const after = await settledLengths(client, references);
    arrivals.push(...(await sink.ask()));
    if (new Set(arrivals.map(({ messageId }) => messageId)).size !== mails || arrivals.length !== mails)
      throw new Error(`${arrivals.length} mails came, where ${mails} were due`);
    const usage = await usageNow();
    const first = references[0] ?? 'none/none';
    return {
      inspections,
      mails,
      seconds: (Math.max(...arrivals.map(({ at }) => at)) - instant) / 1000,
      bytesEach: arrivals.reduce((sum, { bytes }) => sum + bytes, 0) / mails,
      events: sum(after) - sum(before),
      kinds: await kindsAfter(client, first, before[0] ?? 0),
      usage,
      cpu: cpuOf(usage) - cpuOf(used),
    };
  } finally {
    await Promise.all([connection.close(), register.close()]);
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Counts up to a number, looking a few times a second. @throws Error where it is not reached in time */
async function until(more: () => Promise<number>, count: number, deadline: number, otherwise: string): Promise<void> {
  for (let seen = await more(); seen < count; seen += await more()) {
    if (Date.now() > deadline) throw new Error(`${otherwise}: ${seen} of ${count}`);
    await sleep(100);
  }
}

/** How many events each lifecycle's history has. */
async function lengths(client: Client, references: InspectionRef[]): Promise<number[]> {
  return Promise.all(
    references.map(
      async (reference) => (await client.workflow.getHandle(workflowId(reference)).describe()).historyLength,
    ),
  );
}

/** The same once nothing is added any more: the last mail's delivery has been told to its lifecycle. */
async function settledLengths(client: Client, references: InspectionRef[]): Promise<number[]> {
  for (let before = await lengths(client, references); ;) {
    await sleep(1000);
    const now = await lengths(client, references);
    if (sum(now) === sum(before)) return now;
    before = now;
  }
}

/** What a lifecycle's events after the n-th are, by kind. */
async function kindsAfter(client: Client, reference: InspectionRef, n: number): Promise<string> {
  const { events } = await client.workflow.getHandle(workflowId(reference)).fetchHistory();
  const counts = new Map<string, number>();
  for (const event of (events ?? []).slice(n)) {
    const kind = Object.keys(event)
      .find((key) => key.endsWith('EventAttributes'))
      ?.replace('EventAttributes', '')
      .replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).join(', ');
}

/** One of the mails that were sent, as it is made. */
async function aDigest(url: string): Promise<MailMessage> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ content: Digest }>(
      'SELECT content FROM mail WHERE jsonb_array_length(content->$1) = $2 LIMIT 1',
      ['notices', MILESTONES],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('no mail was recorded');
    return composeMail(row.content, { from: FROM });
  } finally {
    await client.end();
  }
}

/** The same mail as often, by nodemailer's own pool and nothing else; mails a second. */
async function nodemailerAlone(
  smtp: string,
  mails: number,
  model: MailMessage,
  sink: Part<Arrival[]>,
): Promise<number> {
  const { hostname, port } = new URL(smtp);
  const transport = createTransport({ host: hostname, port: Number(port), pool: true, maxConnections: SIDE_BY_SIDE });
  const begun = Date.now();
  await Promise.all(
    Array.from({ length: mails }, (_, index) =>
      transport.sendMail(asMime({ ...model, messageId: `<${index}@example.org>` })),
    ),
  );
  transport.close();
  const arrivals = await sink.ask();
  return (mails * 1000) / (Math.max(...arrivals.map(({ at }) => at)) - begun);
}

function figures(ours: Morning, alone: number[], { what }: Servers, workers: number): Figure[] {
  const notices = ours.mails * MILESTONES;
  const rate = ours.mails / ours.seconds;
  const ratio = rate / median(alone);
  const each = ours.events / notices;
  return [
    {
      what: `a morning: ${notices} notices due at one instant, ${ours.mails} mails of ${round(ours.bytesEach / 1024)} KiB to as many people, ${ours.inspections} inspections of one authority, ${what}, ${workers === 1 ? 'one worker' : `${workers} workers`}`,
      value: `the last mail ${round(ours.seconds)} s after that instant; ${round(ours.cpu)} s of ${workers === 1 ? 'the worker’s' : 'the workers’'} processor time`,
    },
    {
      what: 'its mails a second',
      value: `${round(rate)}; ${round(ratio)} of nodemailer's own`,
      against: `${round(median(alone))} by nodemailer alone, the same mail, server and connections (${alone.map(round).join(', ')})`,
      goal: 'at least a quarter',
      met: ratio >= 0.25,
    },
    {
      what: 'history events for each notice of that morning',
      value: `${round(each)}: ${ours.events} events for ${notices} notices; in one lifecycle ${ours.kinds}`,
      goal: 'at most 2, the delivery’s own events counted too',
      met: each <= 2,
    },
    {
      what: 'memory of each worker at its most',
      value: ours.usage.map(({ peakMiB }) => `${round(peakMiB)} MiB`).join(', '),
      goal: 'under 512 MiB',
      met: ours.usage.every(({ peakMiB }) => peakMiB < 512),
    },
  ];
}
