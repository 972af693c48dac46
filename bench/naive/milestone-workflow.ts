import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineUpdate,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CalendarData } from '../../domain/calendar/calendar-data.ts';
import { instantAt, localDate } from '../../domain/calendar/london.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import type { PlannedMilestone, Rung } from '../../domain/milestone/milestone.ts';
import { firstRungAfter, rungsReached } from '../../domain/plan/ladder.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import type { NaiveActivities, Told } from './naive-activities.ts';

/** What a workflow of one milestone has to know, so as to keep its own clocks and to follow a new date or owner. */
export interface MilestoneInput {
  milestone: PlannedMilestone;
  authority: Authority;
  calendar: CalendarData;
  reference: string;
  inspectionTitle: string;
  /** Who is told at the start, beside the owner; nobody where the milestone is planned later on. */
  startedBy: string | null;
  shiftMs: number;
}

export interface Done {
  by: string;
}

const { record, notify } = proxyActivities<NaiveActivities>({ startToCloseTimeout: '10 minutes' });

/** A naive design: each milestone is a workflow of its own, with a timer for each rung of its ladder and a notice for each. */
export async function milestoneWorkflow(input: MilestoneInput): Promise<void> {
  const { authority, shiftMs, reference } = input;
  const calendar = createCalendar(input.calendar);
  let milestone = input.milestone;
  let done: Done | undefined;
  let moves = 0;
  let missed = false;
  const now = () => new Date(Date.now() + shiftMs).toISOString();
  const until = (instant: string) => Math.max(1, Date.parse(instant) - Date.parse(now()));

  const isDone = () => done !== undefined;
  const mustBeOpen = () => {
    if (isDone()) throw ApplicationFailure.nonRetryable(`"${milestone.title}" is already done.`);
  };
  setHandler(
    defineUpdate<void, [Done]>('complete'),
    (by) => {
      done = by;
    },
    { validator: (_by: Done) => mustBeOpen() },
  );
  const move = (changed: Partial<PlannedMilestone>) => {
    milestone = { ...milestone, ...changed };
    moves++;
  };
  setHandler(defineUpdate<void, [string]>('extend'), (due) => move({ due, dueAt: instantAt(due, milestone.cutOff) }), {
    validator: (_due: string) => mustBeOpen(),
  });
  setHandler(defineUpdate<void, [string]>('reassign'), (owner) => move({ owner }), {
    validator: (_owner: string) => mustBeOpen(),
  });

  const write = (kind: 'milestone-planned' | 'milestone-missed' | 'milestone-completed' | 'milestone-moved') =>
    record({ authority: authority.id, reference, inspectionTitle: input.inspectionTitle, kind, milestone, at: now() });
  const show = (status: string) =>
    upsertSearchAttributes(
      searchAttributes({
        authority: authority.id,
        division: authority.division,
        status,
        overdue: missed ? 1 : 0,
        nextDueAt: missed || status !== 'open' ? null : milestone.dueAt,
      }),
    );
  const tell = (told: Omit<Told, 'milestone' | 'authority' | 'reference' | 'inspectionTitle' | 'at'>) =>
    notify({
      ...told,
      milestone,
      authority: { id: authority.id, name: authority.name },
      reference,
      inspectionTitle: input.inspectionTitle,
      at: now(),
    });
  const emailOf = (role: string) =>
    (authority.roles.find((each) => each.id === role)?.email ?? addressOfAdministrator(authority)).toLowerCase();

  /** One timer a rung, all of them started at once; the last rung comes round again, each time with a timer of its own. */
  async function climb(): Promise<void> {
    const climbing = rungsAhead().map(async (rung) => {
      await sleep(until(instantAt(rung.on, authority.sending.time)));
      await tell({ kind: rung.kind, step: rung.step, to: rung.to, email: emailOf(rung.to) });
    });
    await Promise.all(climbing);
    for (;;) {
      const day = firstRungAfter(milestone, localDate(now()), authority, calendar);
      if (day === undefined) return;
      await sleep(until(instantAt(day, authority.sending.time)));
      const rung = rungsReached(milestone, day, authority, calendar).findLast((each) => each.on === day);
      if (rung !== undefined) await tell({ kind: rung.kind, step: rung.step, to: rung.to, email: emailOf(rung.to) });
    }
  }

  /** The rungs that are not yet past, without the last one's repeats. */
  function rungsAhead(): Rung[] {
    const rungs: Rung[] = [];
    const last = milestone.ladder.before.length + milestone.ladder.after.length;
    for (let day = localDate(now()); ;) {
      const next = firstRungAfter(milestone, day, authority, calendar);
      if (next === undefined) return rungs;
      const reached = rungsReached(milestone, next, authority, calendar).filter((each) => each.on === next);
      if (reached.some((each) => each.index >= last && each.kind !== 'information')) return rungs;
      rungs.push(...reached);
      day = next;
    }
  }

  async function passCutOff(): Promise<void> {
    await sleep(until(milestone.dueAt));
    missed = true;
    show('open');
    await write('milestone-missed');
  }

  show('open');
  await write('milestone-planned');
  if (input.startedBy !== null)
    await Promise.all(
      [...new Set([input.startedBy, milestone.owner])].map((to) =>
        tell({ kind: 'started', step: null, to, email: emailOf(to) }),
      ),
    );
  while (!isDone()) {
    const seen = moves;
    const clocks = new CancellationScope();
    const running = clocks.run(() => Promise.all([climb(), passCutOff()])).catch(unlessCancelled);
    await condition(() => isDone() || moves !== seen);
    clocks.cancel();
    await running;
    await write(moves === seen ? 'milestone-completed' : 'milestone-moved');
  }
  show('completed');
}

function addressOfAdministrator(authority: Authority): string {
  return authority.roles.find((each) => each.id === authority.chain.administrator)?.email ?? '';
}

function unlessCancelled(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
