import type { Client } from '@temporalio/client';
import { clientOf } from '../../platform/temporal-client.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRegister } from '../../register/register.ts';
import { Engine } from '../../client/engine.ts';
import { EngineProblem } from '../../client/engine-problem.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type MailSink, mailSink, type Manners } from '../../test/support/mail-sink.ts';
import { check, type Checked } from '../checker.ts';
import type { SinkMail } from '../checker/mail-text.ts';
import type { Site } from '../site.ts';
import { actionsOf, councilOf, duesOf, inspectionOf, MORNING } from './council.ts';
import { type Crew, startCrew } from './crew.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** A load in real time: lifecycles start one after the other, each has its morning some seconds later, people do things. */
export interface Load {
  site: Site;
  crew: Crew;
  sink: MailSink;
  engine: Engine;
  client: Client;
  queue: string;
  seconds: number;
  /** Returns at a part of the load's time, from 0 to 1. */
  at(part: number): Promise<void>;
}

export interface LoadOptions {
  seconds: number;
  worker: string;
  /** How many workers; two where it is left out. */
  size?: number;
  environments?: readonly Record<string, string>[];
  /** Settings of the mail server's address, as its query has them; and how it behaves from the first. */
  mail?: { query: string; manners: Partial<Manners> };
}

const INSPECTIONS = 24;
/** A lifecycle's first morning comes so long after it was started. */
const MORNING_AFTER_MS = 6000;
const PATIENCE_MS = 60_000;
const SETTLED_WITHIN_MS = 240_000;
/** By the story's clock: the day's mails have all gone, the next day's have not begun. */
const AFTERWARDS = '2030-02-07T08:00:00.000Z';

/**
 * Runs the load while something strikes, then waits until all is sent that was owed, and has it checked. What is still
 * wrong after four minutes is told.
 *
 * @param mayDouble how many mails may come twice: those in doubt when a process was killed
 */
export async function underLoad(
  site: Site,
  options: LoadOptions,
  strike: (load: Load) => Promise<{ mayDouble?: number; apart?: string[] } | void>,
): Promise<Checked> {
  const { seconds } = options;
  const sink = await mailSink();
  Object.assign(sink.manners, options.mail?.manners);
  const queue = `faults-${randomBytes(4).toString('hex')}`;
  const crew = await startCrew(site, { ...options, queue, mail: `${sink.url}${options.mail?.query ?? ''}` });
  const connections = await Promise.all(site.addresses.map((address) => openConnection({ address })));
  const register = openRegister({ url: site.databaseUrl });
  const clients = connections.map((connection) =>
    clientOf({ connection, namespace: site.namespace, dataConverter: dataConverterOf([], register.payloads) }),
  );
  const engines = clients.map(
    (client) => new Engine(client, { taskQueue: queue, address: '', patienceMs: PATIENCE_MS }),
  );
  const [engine] = engines;
  const [client] = clients;
  if (engine === undefined || client === undefined) throw new Error('the site has no address');
  const begun = Date.now();
  const at = (part: number) => sleep(Math.max(0, begun + part * seconds * 1000 - Date.now()));
  const dues: [string, string][] = [];
  const references: InspectionRef[] = [];
  try {
    const load: Load = { site, crew, sink, engine, client, queue, seconds, at };
    const striking = strike(load);
    striking.catch(() => undefined);
    const lifecycles = Array.from({ length: INSPECTIONS }, async (_, n) => {
      await at(n / INSPECTIONS);
      const start = inspectionOf(n, `${queue}-${n}`);
      const via = engines[n % engines.length] ?? engine;
      const shiftMs = Date.parse(MORNING) - (Date.now() + MORNING_AFTER_MS);
      const reference = inspectionRef('anyborough', `${queue}-${n}`);
      await surely(() => via.start(start, { clock: { shiftMs } }));
      references.push(reference);
      dues.push(...duesOf(reference, start));
      await work(via, reference, actionsOf(start));
    });
    // What fails is told once nothing of it is under way any more.
    await Promise.allSettled(lifecycles);
    const [struck] = await Promise.all([striking, ...lifecycles]);
    const apart = new Set(struck?.apart);
    await recorded(site, engine, references);
    return await settled(site.databaseUrl, () => Promise.resolve(sink.received), {
      council: councilOf(INSPECTIONS),
      until: () => AFTERWARDS,
      dues: new Map(dues),
      only: new Set(references.filter((each) => !apart.has(each))),
      mayDouble: struck?.mayDouble ?? 0,
    });
  } finally {
    for (const reference of references) await engine.cancel(reference).catch(() => undefined);
    await crew.end();
    await Promise.all(connections.map((connection) => connection.close()));
    await register.close();
    await sink.close();
  }
}

/** People finish one duty before the morning, one after it, and have one moved. */
async function work(engine: Engine, reference: InspectionRef, actions: readonly string[]): Promise<void> {
  const by = { id: 'load', role: 'director' };
  const [early = '', late = '', moved = ''] = actions;
  await surely(() => engine.command(reference, 'complete', { milestone: early }, by));
  await surely(() => engine.command(reference, 'extend', { milestone: moved, to: '2030-03-20', reason: 'later' }, by));
  await sleep(MORNING_AFTER_MS);
  await surely(() => engine.command(reference, 'complete', { milestone: late }, by));
}

/** Asks again until there is an answer; that it was done already is one. */
async function surely(what: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; ; turn++) {
    try {
      await what();
      return;
    } catch (error) {
      if (error instanceof Refusal && turn > 0) return;
      if (error instanceof EngineProblem && error.code === 'already-started') return;
      if (!(error instanceof EngineProblem) || turn > 60) throw error;
      await sleep(1000);
    }
  }
}

/** Waits until the register has all that the lifecycles have to tell: what was owed can be known only then. */
export async function recorded(site: Site, engine: Engine, references: readonly InspectionRef[]): Promise<void> {
  const register = openRegister({ url: site.databaseUrl });
  try {
    for (const reference of references) {
      const { authority, reference: name } = partsOf(reference);
      const { seq } = await engine.view(reference);
      if (!(await register.reached(authority, name, seq, SETTLED_WITHIN_MS)))
        throw new Error(`${reference}: entry ${seq} has not reached the register`);
    }
  } finally {
    await register.close();
  }
}

/** Checks until twice in a row there is nothing to find, a while apart, or the time is up. */
export async function settled(
  databaseUrl: string,
  received: () => Promise<readonly SinkMail[]>,
  known: Parameters<typeof check>[2],
): Promise<Checked> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (let clean = 0; ;) {
    const checked = await check(databaseUrl, await received(), known);
    clean = checked.findings.length === 0 ? clean + 1 : 0;
    if (clean === 2 || Date.now() > until) return checked;
    await sleep(2000);
  }
}
