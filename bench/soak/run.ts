import type { Connection } from '@temporalio/client';
import { clientOf } from '../../platform/temporal-client.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { openRegister } from '../../register/register.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Engine } from '../../client/engine.ts';
import { EngineProblem } from '../../client/engine-problem.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { Refusal } from '../../domain/refusal.ts';
import { mailSink } from '../../test/support/mail-sink.ts';
import { seeded } from '../../test/support/seeded.ts';
import { check } from '../checker.ts';
import { readRecord, type Recorded } from '../checker/record.ts';
import { startPart } from '../processes.ts';
import type { Site } from '../site.ts';
import { differences, recordedOnce } from './compare.ts';
import { councilKnown, inspectionOf, MORNING } from './council.ts';
import { type Asked, explain } from './explain.ts';
import { commandOf, randomOperation } from './operations.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

export interface SoakOptions {
  seed: number;
  clients: number;
  seconds: number;
  /** How many inspections the clients share at a time; one that is closed makes room for another. */
  inspections: number;
  /** The worker's file, beside bench/processes.ts. */
  worker: string;
  onProgress?: (said: string) => void;
}

export interface SoakResult {
  asked: number;
  accepted: number;
  refused: number;
  unanswered: number;
  inspections: number;
  mails: number;
  /** What does not agree; none where all is well. */
  differences: string[];
}

const WORKERS = 2;
const PATIENCE_MS = 30_000;
/** For the view of an inspection on which thousands of things were asked. */
const LONG_PATIENCE_MS = 120_000;
const SETTLED_WITHIN_MS = 60_000;
/** A client waits up to this long between two operations. */
const PAUSE_MS = 400;

/**
 * Clients ask for random things, side by side, of the real engine with two workers, a real register and a real mail
 * server; afterwards every answer, the lifecycles, the register and the mails are compared with the model. Ends by
 * itself; with the same seed each client asks for the same things in the same order.
 */
export async function soak(site: Site, options: SoakOptions): Promise<SoakResult> {
  const { seed, clients, seconds } = options;
  const sink = await mailSink();
  const queue = `soak-${seed}`;
  const [first = ''] = site.addresses;
  const args = (node: number) => [
    site.addresses[node % site.addresses.length] ?? first,
    queue,
    site.databaseUrl,
    sink.url,
    site.bundle,
    site.namespace,
  ];
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, async (_, node) => (await startPart(options.worker, args(node))).part),
  );
  const connections = await Promise.all(site.addresses.map((address) => openConnection({ address })));
  const register = openRegister({ url: site.databaseUrl });
  const engineAt = (connection: Connection, patienceMs: number): Engine =>
    new Engine(
      clientOf({ connection, namespace: site.namespace, dataConverter: dataConverterOf([], register.payloads) }),
      {
        taskQueue: queue,
        address: first,
        patienceMs,
      },
    );
  const engines = connections.map((connection) => engineAt(connection, PATIENCE_MS));
  const engineOf = (n: number): Engine => engines[n % engines.length] as Engine;
  try {
    const rooms = new Rooms(engineOf(0), options);
    await rooms.open();
    const until = Date.now() + seconds * 1000;
    const asked: Asked[] = [];
    const client = async (n: number): Promise<void> => {
      const random = seeded(seed + n);
      for (let turn = 0; Date.now() < until; turn++) {
        const room = Math.floor(random() * options.inspections);
        const done = await ask(engineOf(n), rooms.reference(room), `s${seed}-c${n}-${turn}`, random);
        asked.push(done);
        if (done.operation.name === 'close' && typeof done.answer === 'object' && 'seq' in done.answer)
          await rooms.renew(room);
        await sleep(random() * PAUSE_MS);
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, n) => client(n)));
    options.onProgress?.(`${asked.length} operations asked for; comparing`);
    const [connection] = connections;
    if (connection === undefined) throw new Error('the site has no address');
    return await compare(site, engineAt(connection, LONG_PATIENCE_MS), rooms.all, asked, sink);
  } finally {
    for (const reference of await openOnes(site, queue))
      await engineOf(0)
        .cancel(reference)
        .catch(() => undefined);
    await Promise.all(workers.map((part) => part.end()));
    await Promise.all(connections.map((connection) => connection.close()));
    await register.close();
    await sink.close();
  }
}

/** The inspections that the clients share; a closed one is followed by another. */
class Rooms {
  readonly all: InspectionRef[] = [];
  private readonly now: InspectionRef[] = [];
  private readonly engine: Engine;
  private readonly options: SoakOptions;

  constructor(engine: Engine, options: SoakOptions) {
    this.engine = engine;
    this.options = options;
  }

  async open(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.inspections }, (_, room) => this.renew(room)));
  }

  reference(room: number): InspectionRef {
    return this.now[room] ?? 'none/none';
  }

  /** Its clock is shifted, so that the morning's mails go out somewhere in the middle of the soak. */
  async renew(room: number): Promise<void> {
    const { seed, seconds } = this.options;
    const name = `soak-${seed}-${this.all.length}`;
    this.all.push(inspectionRef('anyborough', name));
    const morning = Date.now() + ((room + 1) / (this.options.inspections + 2)) * seconds * 1000;
    const reference = await this.engine.start(inspectionOf(name), {
      clock: { shiftMs: Date.parse(MORNING) - Math.round(morning) },
    });
    this.now[room] = reference;
  }
}

async function ask(engine: Engine, reference: InspectionRef, id: string, random: () => number): Promise<Asked> {
  const operation = randomOperation(random);
  const { name, payload } = commandOf(operation);
  const from = performance.now();
  const answered = (answer: Asked['answer']): Asked => ({
    id,
    reference,
    operation,
    from,
    until: performance.now(),
    answer,
  });
  try {
    // The payload belongs to the name: one table makes both.
    const { seq } = await engine.command(reference, name, payload, {
      id,
      role: operation.role,
    });
    return answered({ seq });
  } catch (error) {
    if (error instanceof Refusal) return answered({ refused: error.code });
    if (error instanceof EngineProblem) return answered('none');
    throw error;
  }
}

async function compare(
  site: Site,
  engine: Engine,
  references: readonly InspectionRef[],
  asked: readonly Asked[],
  sink: Awaited<ReturnType<typeof mailSink>>,
): Promise<SoakResult> {
  // One after the other: each of these histories is read whole, those of closed inspections too.
  const views = new Map<InspectionRef, LifecycleView>();
  const found: string[] = [];
  for (const each of references)
    await engine.view(each).then(
      (view) => views.set(each, view),
      (error: unknown) => found.push(`${each} does not answer: ${String(error)}`),
    );
  await settled(site, views);
  const record = await readRecord(site.databaseUrl);
  const actors = entriesByActor(record);
  const known = asked.map((each) => (each.answer === 'none' ? asRecorded(each, actors) : each));
  for (const reference of references) {
    const { model, unexplained } = explain(known.filter((each) => each.reference === reference));
    found.push(...unexplained.map(({ asked: each, why }) => `${reference}: ${JSON.stringify(each.operation)}: ${why}`));
    const view = views.get(reference);
    const recorded = record.inspections.find((each) => each.reference === reference);
    if (view === undefined || recorded === undefined)
      found.push(`${reference} has no answer, or is not in the register`);
    else found.push(...differences(model, view, recorded));
  }
  const kinds = new Map([...actors].map(([id, entries]) => [id, entries.map(({ kind }) => kind)]));
  found.push(...recordedOnce(known, kinds));
  const checked = await check(site.databaseUrl, sink.received, {
    council: councilKnown,
    until: () => undefined,
    only: new Set(references),
  });
  found.push(...checked.findings.map(({ what, why }) => `${what}: ${why}`));
  const count = (is: (answer: Asked['answer']) => boolean) => asked.filter(({ answer }) => is(answer)).length;
  return {
    asked: asked.length,
    accepted: count((answer) => typeof answer === 'object' && 'seq' in answer),
    refused: count((answer) => typeof answer === 'object' && 'refused' in answer),
    unanswered: count((answer) => answer === 'none'),
    inspections: references.length,
    mails: sink.received.length,
    differences: found,
  };
}

/** Waits until the register has all that the lifecycles have recorded. */
async function settled(site: Site, views: ReadonlyMap<string, { seq: number }>): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const record = await readRecord(site.databaseUrl);
    const behind = [...views].filter(([reference, { seq }]) => {
      const entries = record.inspections.find((each) => each.reference === reference)?.entries ?? [];
      return !entries.some((entry) => entry.seq >= seq);
    });
    if (behind.length === 0) return;
    if (Date.now() > until) throw new Error(`the register has not heard all of ${behind.length} inspections`);
    await sleep(500);
  }
}

type ByActor = Map<string, { kind: string; seq: number }[]>;

function entriesByActor({ inspections }: Recorded): ByActor {
  const actors: ByActor = new Map();
  for (const { entries } of inspections)
    for (const { actor, kind, seq } of entries)
      if (actor !== null) actors.set(actor.id, [...(actors.get(actor.id) ?? []), { kind, seq }]);
  return actors;
}

/** What was never answered may have been carried out: the record says so. */
function asRecorded(each: Asked, actors: ByActor): Asked {
  const entry = actors.get(each.id)?.at(-1);
  return entry === undefined ? each : { ...each, until: Number.POSITIVE_INFINITY, answer: { seq: entry.seq } };
}

async function openOnes(site: Site, queue: string): Promise<InspectionRef[]> {
  const prefix = queue.replace('soak-', 'anyborough/soak-');
  const record = await readRecord(site.databaseUrl);
  return record.inspections.map(({ reference }) => reference).filter((reference) => reference.startsWith(`${prefix}-`));
}
