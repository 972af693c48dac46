import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { operatorMail } from '../../activities/mail/operator-mail.ts';
import { type Finding, keyOf } from '../../domain/doctor/finding.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import type { Log } from '../../platform/logger.ts';
import type { LogFields } from '../../platform/temporal-lines.ts';
import type { Notice } from '../../register/look-notes.ts';
import type { Register } from '../../register/register.ts';
import { examine } from './doctor.ts';
import type { Report } from './look.ts';
import { couriersOf } from '../couriers.ts';
import { asked, type DoctorParts } from './parts.ts';

export interface WatchParts extends Omit<DoctorParts, 'register'> {
  register: Register;
  /** How mail leaves, and from whom. */
  post: Pick<MailTransport, 'send'>;
  from: string;
  log: Pick<Log, 'event' | 'warn'>;
}

/** How often somebody looks; a look takes seconds, and asks up to 200 lifecycles. */
const LOOK_EVERY_MS = 5 * 60_000;
/** The first look waits until workers that start side by side are there; a process that has just begun does not wait for its turn. */
const FIRST_LOOK_MS = 30_000;
/** How often a process asks whether it is its turn: whose turn it was may have ended. */
const TURN_EVERY_MS = 60_000;
/** One that comes and goes is told once: it is over when so many looks in a row have not seen it. */
const OVER_AFTER = 2;
/** What only may become serious is told once it has been seen so often. */
const WARN_AFTER = 2;

/**
 * Looks whether all is well, again and again, until it is ended. Every worker and web process does so, and they take
 * turns by the register: a schedule of the engine's could not tell of an engine that is away, nor of workers that are
 * not there. What is found is kept in the register for the pages, the metrics and the morning summary, and told to the
 * operator once.
 *
 * @returns to be called when the process ends
 */
export function watchOver(
  parts: WatchParts,
  { everyMs = LOOK_EVERY_MS, firstMs = FIRST_LOOK_MS }: { everyMs?: number; firstMs?: number } = {},
): () => Promise<void> {
  const watch = new Watch(parts, everyMs);
  let looking: Promise<void> = Promise.resolve();
  const look = (sinceMs: number): void => {
    looking = looking
      .then(() => watch.look(sinceMs))
      .catch((error: unknown) => parts.log.warn(`the look whether all is well failed: ${String(error)}`));
  };
  const first = setTimeout(() => look(Math.min(firstMs, everyMs)), firstMs);
  const timer = setInterval(() => look(everyMs), Math.min(everyMs, TURN_EVERY_MS));
  first.unref();
  timer.unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await looking;
  };
}

/** One process's watch. */
export class Watch {
  private readonly parts: WatchParts;
  private readonly everyMs: number;
  /** What this process has told of a register that can't keep it: there is no other place for that. */
  private readonly toldAlone = new Map<string, { finding: Finding; since: string }>();
  /** Said in the log, by its key. */
  private logged = new Set<string>();

  constructor(parts: WatchParts, everyMs: number) {
    this.parts = parts;
    this.everyMs = everyMs;
  }

  /** Looks, where nobody has for so long, or nobody can say. */
  async look(sinceMs = this.everyMs): Promise<void> {
    const { register } = this.parts;
    const turn = await register.looks.takeTurn(sinceMs).catch(() => 'nobody can say' as const);
    if (turn === false) return;
    await this.tellOutside().catch((error: unknown) =>
      this.parts.log.warn(`addresses outside could not be looked after: ${String(error)}`),
    );
    const standing = await register.looks.notices().catch(() => []);
    const always = standing.flatMap(({ finding }) => (finding.inspection === undefined ? [] : [finding.inspection]));
    const report = await examine(this.parts, { always });
    this.say(report);
    await this.tellAlone(report);
    if (!report.findings.some(blocksReadiness)) await this.keepAndTell(report);
  }

  /** What falls due today is told to addresses outside; those whose courier was lost, with a nudge or with the engine, get another. */
  private async tellOutside(): Promise<void> {
    const { register, engine } = this.parts;
    await register.webhooks.writeDue(new Date().toISOString());
    if (engine instanceof Error) return;
    const { nudge } = couriersOf(engine.client, engine.taskQueue);
    for (const to of await register.webhooks.dueAddresses()) await asked(engine, () => nudge(to));
  }

  /** A line for each finding that was not there the last time: it names the inspection, and what it is about. */
  private say({ findings }: Report): void {
    for (const each of findings) {
      if (this.logged.has(keyOf(each))) continue;
      const fields: LogFields = { part: 'doctor', code: each.code };
      if (each.inspection !== undefined) fields['inspection'] = each.inspection;
      this.parts.log.event(fields, each.what, levelOf(each));
    }
    this.logged = new Set(findings.map(keyOf));
  }

  /** Of a register that takes nothing each process tells for itself: they can't agree on one. */
  private async tellAlone({ at, findings }: Report): Promise<void> {
    const there = findings.filter(blocksReadiness);
    const keys = there.map(keyOf);
    const fresh = there.filter((each) => !this.toldAlone.has(keyOf(each)));
    const over = [...this.toldAlone].filter(([key]) => !keys.includes(key));
    const found = fresh.map((each) => ({ finding: each, since: at }));
    if (!(await this.send({ found, over: over.map(([, told]) => told), at }))) return;
    for (const each of found) this.toldAlone.set(keyOf(each.finding), each);
    for (const [key] of over) this.toldAlone.delete(key);
  }

  private async keepAndTell(report: Report): Promise<void> {
    const { at, unseen } = report;
    const incomplete = report.findings.some(({ code }) => code === 'look-incomplete');
    const canSee = ({ code }: Finding): boolean => {
      const { area } = FINDINGS[code];
      return !unseen.includes(area) && !(area === 'inspections' && incomplete);
    };
    const { looks } = this.parts.register;
    const standing = await looks.keep({ at, findings: report.findings }, canSee);
    const found = standing.filter((each) => each.toldAt === null && isDue(each));
    const ended = standing.filter(({ missed }) => missed >= OVER_AFTER);
    const over = ended.filter(({ toldAt }) => toldAt !== null);
    const sent = await this.send({ found, over, at });
    const told = sent && this.parts.settings.environment.DUECOURSE_OPERATOR !== undefined;
    const forgotten = sent ? ended : ended.filter(({ toldAt }) => toldAt === null);
    await looks.told({ there: told ? found.map(keyed) : [], over: forgotten.map(keyed) }, at);
  }

  /** False where there was something to be said and it could not be: it is tried again with the next look. */
  private async send(news: Parameters<typeof operatorMail>[0]): Promise<boolean> {
    const { settings, post, from, log } = this.parts;
    const operator = settings.environment.DUECOURSE_OPERATOR;
    if (operator === undefined || news.found.length + news.over.length === 0) return true;
    try {
      await post.send(operatorMail(news, operator, from));
      return true;
    } catch (error) {
      log.warn(`the operator could not be told by mail: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}

const keyed = ({ key }: Notice): string => key;

const blocksReadiness = ({ code }: Finding): boolean => FINDINGS[code].blocksReadiness;

const levelOf = ({ severity }: Finding): 'error' | 'warn' => (severity === 'error' ? 'error' : 'warn');

/** An error is told at once, a warning when it has stayed. */
const isDue = ({ finding, seen }: Notice): boolean => (finding.severity === 'error' ? seen > 0 : seen >= WARN_AFTER);
