import { Client, Connection } from '@temporalio/client';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { composeMail } from '../activities/mail/compose.ts';
import { asMime } from '../activities/mail/mime.ts';
import type { MailMessage } from '../activities/mail/post.ts';
import { openRegister } from '../activities/register/register.ts';
import { Engine, workflowId } from '../client/engine.ts';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { manyOwners, owners } from '../test/support/many-owners.ts';
import { startPostgres } from '../worker/embedded/postgres.ts';
import { startTemporalServer } from '../worker/embedded/temporal.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { type Figure, median, round } from './measure.ts';
import { type Arrival, compiled, type Part, startPart, type Usage } from './processes.ts';

const INSPECTIONS = 250;
const RECIPIENTS = 4;
const MILESTONES = 10;
const MAILS = INSPECTIONS * RECIPIENTS;
const NOTICES = MAILS * MILESTONES;
/** The morning on which all is due, in London's winter. */
const MORNING = '2030-02-06T09:00:00.000Z';
/** 20 working days after it: the first reminder of the default ladder. */
const DUE = '2030-03-06';
/** From the first start to the morning, in real time: all have been started and recorded by then, or the bench fails. */
const STARTS_MS = 50_000;
/** How long the morning may take before it is given up. */
const MORNING_MS = 180_000;
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

/** A busy morning: 10,000 notices that are due at one instant. Servers, sink and worker of its own, ended at the end. */
export async function aMorning(): Promise<Figure[]> {
  const log = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [temporal, postgres, sink] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log }),
    startPostgres({ log }),
    startPart<Arrival[]>('./mail-sink.ts'),
  ]);
  try {
    const smtp = `smtp://127.0.0.1:${String(sink.first)}`;
    const bundle = join(home, 'bundle.js');
    writeFileSync(bundle, (await bundleWorkflows(sourceOf('../workflows/workflows.ts'))).code);
    const register = openRegister({ url: postgres.url });
    await register.migrate();
    await register.close();
    const worker = await startPart<Usage>(compiled('mail-worker'), [
      temporal.address,
      'bench-morning',
      postgres.url,
      smtp,
      bundle,
    ]);
    let ours: Morning;
    try {
      ours = await morning(temporal.address, sink.part, worker.part);
    } finally {
      await worker.part.end();
    }
    const model = await aDigest(postgres.url);
    const alone: number[] = [];
    for (let turn = 0; turn < ROUNDS; turn++) alone.push(await nodemailerAlone(smtp, model, sink.part));
    return figures(ours, alone);
  } finally {
    await Promise.all([temporal.stop(), postgres.stop(), sink.part.end()]);
    rmSync(home, { recursive: true, force: true });
  }
}

interface Morning {
  seconds: number;
  bytesEach: number;
  /** History events of all lifecycles in that morning, and what they were in one of them. */
  events: number;
  kinds: string;
  usage: Usage;
  /** Seconds of the worker's processor time in the morning. */
  cpu: number;
}

async function morning(address: string, sink: Part<Arrival[]>, worker: Part<Usage>): Promise<Morning> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    const engine = new Engine(client, { taskQueue: 'bench-morning', address, patienceMs: 60_000 });
    const instant = Date.now() + STARTS_MS;
    const shiftMs = Date.parse(MORNING) - instant;
    const references: string[] = [];
    for (let number = 0; number < INSPECTIONS; number += SIDE_BY_SIDE) {
      const few = Array.from({ length: SIDE_BY_SIDE }, (_, index) => inspection(number + index));
      references.push(...(await Promise.all(few.map((start) => engine.start(start, { clock: { shiftMs } })))));
    }
    // Whoever started an inspection is mailed at once, after it has been recorded: then it sleeps until the morning.
    await until(async () => (await sink.ask()).length, INSPECTIONS, instant - 3000, 'the starts have not been mailed');
    await sleep(instant - 2000 - Date.now());
    const before = await lengths(client, references);
    const used = await worker.ask();
    const began = Date.now();

    if (began >= instant) throw new Error('the morning has come before all was ready for it');

    const arrivals: Arrival[] = [];
    await until(
      async () => {
        const more = await sink.ask();
        arrivals.push(...more);
        return more.length;
      },
      MAILS,
      instant + MORNING_MS,
      'the morning’s mails have not all come',
    );
    const after = await settledLengths(client, references);
    arrivals.push(...(await sink.ask()));
    if (new Set(arrivals.map(({ messageId }) => messageId)).size !== MAILS || arrivals.length !== MAILS)
      throw new Error(`${arrivals.length} mails came, where ${MAILS} were due`);
    const usage = await worker.ask();
    const first = references[0] ?? '';
    return {
      seconds: (Math.max(...arrivals.map(({ at }) => at)) - instant) / 1000,
      bytesEach: arrivals.reduce((sum, { bytes }) => sum + bytes, 0) / MAILS,
      events: sum(after) - sum(before),
      kinds: await kindsAfter(client, first, before[0] ?? 0),
      usage,
      cpu: usage.cpuSeconds - used.cpuSeconds,
    };
  } finally {
    await connection.close();
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
async function lengths(client: Client, references: string[]): Promise<number[]> {
  return Promise.all(
    references.map(
      async (reference) => (await client.workflow.getHandle(workflowId(reference)).describe()).historyLength,
    ),
  );
}

/** The same once nothing is added any more: the last mail's delivery has been told to its lifecycle. */
async function settledLengths(client: Client, references: string[]): Promise<number[]> {
  for (let before = await lengths(client, references); ;) {
    await sleep(1000);
    const now = await lengths(client, references);
    if (sum(now) === sum(before)) return now;
    before = now;
  }
}

/** What a lifecycle's events after the n-th are, by kind. */
async function kindsAfter(client: Client, reference: string, n: number): Promise<string> {
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
async function nodemailerAlone(smtp: string, model: MailMessage, sink: Part<Arrival[]>): Promise<number> {
  const { hostname, port } = new URL(smtp);
  const transport = createTransport({ host: hostname, port: Number(port), pool: true, maxConnections: SIDE_BY_SIDE });
  const begun = Date.now();
  await Promise.all(
    Array.from({ length: MAILS }, (_, index) =>
      transport.sendMail(asMime({ ...model, messageId: `<${index}@example.org>` })),
    ),
  );
  transport.close();
  const arrivals = await sink.ask();
  return (MAILS * 1000) / (Math.max(...arrivals.map(({ at }) => at)) - begun);
}

function figures(ours: Morning, alone: number[]): Figure[] {
  const rate = MAILS / ours.seconds;
  const ratio = rate / median(alone);
  const each = ours.events / NOTICES;
  return [
    {
      what: `a morning: ${NOTICES} notices due at one instant, ${MAILS} mails of ${round(ours.bytesEach / 1024)} KiB to as many people, ${INSPECTIONS} inspections of one authority`,
      value: `the last mail ${round(ours.seconds)} s after that instant; ${round(ours.cpu)} s of the worker's processor time`,
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
      value: `${round(each)}: ${ours.events} events for ${NOTICES} notices; in one lifecycle ${ours.kinds}`,
      goal: 'at most 2, the delivery’s own events counted too',
      met: each <= 2,
    },
    {
      what: 'the worker’s memory at its most',
      value: `${round(ours.usage.peakMiB)} MiB`,
      goal: 'under 512 MiB',
      met: ours.usage.peakMiB < 512,
    },
  ];
}
