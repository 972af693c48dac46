import type { Register } from '../register/register.ts';
import { canonical } from '../domain/canonical.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import { authorityCalendar } from '../domain/calendar/authority-calendar.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import { calendarDataOf, type LifecycleStart } from '../domain/lifecycle/state.ts';
import { Refusal } from '../domain/refusal.ts';
import { RegisterUnreachable } from '../register/register-unreachable.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { hasIt } from './apply-authority.ts';
import { broughtTo } from './files/chosen-constitution.ts';
import { underApproved } from './as-approved.ts';
import { alreadyStarted, EngineProblem } from './engine-problem.ts';
import { sharedWith } from './plan/shared-actions.ts';
import type { Engine } from './engine.ts';
import { inspectionRef, type InspectionRef, partsOf } from '../domain/inspection-ref.ts';

/** What starting an inspection takes. */
interface Starting {
  engine: Pick<Engine, 'start' | 'command'>;
  register: Pick<Register, 'board' | 'approvedHolidays' | 'milestones'>;
}

/** The same where files are compared with what stands. */
export interface StartServices {
  engine: Pick<Engine, 'start' | 'command' | 'facts'>;
  register: Pick<Register, 'approvedHolidays' | 'reached' | 'historyPage' | 'board' | 'milestones'>;
}

const RECORDED_WITHIN_MS = 10_000;

/**
 * What a lifecycle starts from, with its council's approved bank holidays; what it would refuse at its start is said
 * here, before anything is started.
 *
 * @param now the instant of the start, UTC
 * @throws Refusal
 */
export async function readyToStart(
  loaded: Omit<LifecycleStart, 'startedBy'>,
  startedBy: Actor,
  { register }: { register: Pick<Register, 'approvedHolidays'> },
  now: string,
): Promise<LifecycleStart> {
  // Inspections count by what their council's administrator has approved last.
  return startUnder(loaded, startedBy, await register.approvedHolidays(loaded.facts.authority.id), now);
}

/** The same where the bank holidays that the council's administrator has approved last are known. @throws Refusal */
export function startUnder(
  loaded: Omit<LifecycleStart, 'startedBy'>,
  startedBy: Actor,
  approved: Awaited<ReturnType<Register['approvedHolidays']>>,
  now: string,
): LifecycleStart {
  const start = { ...underApproved(loaded, approved), startedBy };
  openLifecycle(start, now);
  return start;
}

/**
 * Starts the lifecycle of an inspection; returns its whole name.
 *
 * @throws EngineProblem 'already-started' where this authority has, or had, an inspection of this reference
 */
export async function startInspection(services: Starting, start: LifecycleStart): Promise<InspectionRef> {
  await mustBeNew(services, start);
  await mustHaveActions(services, start);
  return begin(services, start);
}

/**
 * The same from a file with its authority: where none is on record yet, who may sign in to the board follows from that from
 * now on. Kept before the start, so that a start which is there is whole, whatever died after it.
 */
export async function startFromFile(services: Starting, start: LifecycleStart): Promise<InspectionRef> {
  await keepFile(services, start);
  return begin(services, start);
}

/** The same, but for what has become otherwise meanwhile: `bringSince` is for whoever waits for a register that is away. */
export async function startOnly(services: Starting, start: LifecycleStart): Promise<void> {
  await keepFile(services, start);
  await services.engine.start(start);
}

async function keepFile(services: Starting, start: LifecycleStart): Promise<void> {
  await mustBeNew(services, start);
  await mustHaveActions(services, start);
  // A council that is known goes by its file on record: a start changes it for nobody.
  await services.register.board.replaceAuthority(start.facts.authority, {
    at: new Date().toISOString(),
    by: start.startedBy.id,
    expected: 0,
  });
}

/** The actions of other inspections that its recommendations name are there. @throws Refusal */
async function mustHaveActions({ register }: Starting, { facts }: LifecycleStart): Promise<void> {
  const rows = await sharedWith(register, facts.authority.id, facts.inspection);
  const missing = rows.filter(({ duty }) => duty === null).map(({ name }) => name);
  if (missing.length > 0)
    throw new Refusal(
      'wrong-plan',
      `The file names actions of other inspections (answeredIn) that the register does not have: ${missing.join(', ')}. Start those inspections first, or leave them out and add them later by revising the plan.`,
    );
}

/** Starts it, and brings it what has become otherwise meanwhile; it has been started all the same where that can't be done. */
async function begin(services: Starting, start: LifecycleStart): Promise<InspectionRef> {
  const inspection = await services.engine.start(start);
  await bringSince(services, start).catch(unlessStarted);
  return inspection;
}

/** What keeps a started inspection from being brought something leaves it started. */
export function unlessStarted(error: unknown): void {
  if (!(error instanceof EngineProblem || error instanceof Refusal || error instanceof RegisterUnreachable))
    throw error;
}

/**
 * Brings an inspection that has just been started its council's file and the bank holidays as they are on record, where they
 * were changed while it was being started: whoever told all others may not have seen it.
 *
 * @throws EngineProblem, Refusal, RegisterUnreachable
 */
export async function bringSince({ engine, register }: Starting, start: LifecycleStart): Promise<void> {
  const { authority: own, inspection } = start.facts;
  const started = inspectionRef(own.id, inspection.reference);
  const authority = (await register.board.keptAuthority(own.id))?.authority ?? own;
  const as = { id: start.startedBy.id, role: own.chain.administrator };
  if (!hasIt(own, authority)) await engine.command(started, 'changeAuthority', broughtTo(start.facts, authority), as);
  const published = await register.approvedHolidays(own.id);
  if (published === null || isCountedBy(start, published)) return;
  await engine.command(started, 'changeCalendar', { published }, { id: as.id, role: authority.chain.administrator });
}

function isCountedBy(start: LifecycleStart, published: PublishedHolidays): boolean {
  const counted = calendarDataOf(start);
  return authorityCalendar(counted, start.facts.authority, published).version === counted.version;
}

/**
 * Waits until all that an inspection has said so far, of its start for example, is on record. It has happened all the same where
 * nobody answers: false then, and never an error.
 */
export async function recordedSoFar(
  { engine, register }: { engine: Pick<Engine, 'newest'>; register: Pick<Register, 'reached'> },
  inspection: InspectionRef,
  waitMs: number,
): Promise<boolean> {
  const { authority, reference } = partsOf(inspection);
  try {
    return await register.reached(authority, reference, await engine.newest(inspection), waitMs);
  } catch (error) {
    if (error instanceof EngineProblem) return false;
    throw error;
  }
}

/**
 * The register knows what has ended for good, long after the engine: a second one would write over its record.
 *
 * @throws EngineProblem 'already-started'
 */
export async function mustBeNew({ register }: Pick<Starting, 'register'>, { facts }: LifecycleStart): Promise<void> {
  const { authority, inspection } = facts;
  const known = await register.board.inspections(
    new Date().toISOString(),
    { authorities: [authority.id], reference: inspection.reference },
    { offset: 0, limit: 1 },
  );
  if (known.total > 0) throw alreadyStarted(inspectionRef(authority.id, inspection.reference), known.rows[0]?.status);
}

/** How what was started under a reference compares with a file of that reference. */
export type Likeness = 'the same file' | 'another file' | 'unknown';

/**
 * Was the inspection that stands under this reference started from this file? The register says so; one that was
 * started before files were marked is compared as it now stands.
 */
export async function likenessOf({ engine, register }: StartServices, start: LifecycleStart): Promise<Likeness> {
  const { authority, inspection } = start.facts;
  await register.reached(authority.id, inspection.reference, 1, RECORDED_WITHIN_MS);
  const oldest = { from: 'the oldest', offset: 0, limit: 1 } as const;
  const { reference } = inspection;
  const [first] = (await register.historyPage({ authority: authority.id, reference }, oldest)).entries;
  const mark = first?.data['fileHash'];
  if (mark !== undefined) return mark === start.fileHash ? 'the same file' : 'another file';
  try {
    const { facts } = await engine.facts(inspectionRef(authority.id, inspection.reference));
    return canonical(facts.inspection) === canonical(inspection) ? 'the same file' : 'unknown';
  } catch (error) {
    if (error instanceof EngineProblem && error.code === 'unknown-reference') return 'unknown';
    throw error;
  }
}
