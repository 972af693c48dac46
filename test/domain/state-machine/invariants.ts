import { isWeekend } from 'date-fns';
import assert from 'node:assert/strict';
import { isAcceptance } from '../../../domain/acceptance/awaiting.ts';
import { allRoles } from '../../../domain/authority/partners.ts';
import { isHolding } from '../../../domain/sustained/holding.ts';
import { localTime } from '../../../domain/calendar/london.ts';
import type { RegisterEntry } from '../../../domain/lifecycle/entry.ts';
import { milestoneOf, milestonesOf, ownerOfEnded, plannedOf } from '../../../domain/lifecycle/milestones.ts';
import { record } from '../../../domain/lifecycle/record.ts';
import type { Mailing } from '../../../domain/lifecycle/mailings.ts';
import { calendarOf, type EndedMilestone, type LifecycleState } from '../../../domain/lifecycle/state.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { nextWake, wake } from '../../../domain/lifecycle/wake.ts';
import { columnsThatDiffer, type MilestoneRow } from '../../../domain/milestone/columns.ts';
import { keptOf } from '../../../domain/milestone/join.ts';
import type { KeptMilestone, Milestone, NoticeKind } from '../../../domain/milestone/milestone.ts';
import { isEnded, isPending } from '../../../domain/milestone/milestone-state.ts';
import { timesGranted } from '../../../domain/milestone/slippage.ts';
import { rungCount } from '../../../domain/plan/ladder.ts';
import type { CommandName } from '../../../domain/commands/commands.ts';
import type { Watcher } from './lifecycle.ts';
import { AUTHORITY } from './start.ts';

/** What moves a statutory date: a fact that was wrong, bank holidays, the council's own closure days and meetings. */
const MOVES_STATUTORY: readonly (CommandName | 'time')[] = [
  'correct',
  'chooseReading',
  'reissue',
  'correctEvent',
  'sendBack',
  'changeCalendar',
  'changeAuthority',
  // The notice of a key decision follows its meeting.
  'changeCycle',
  'revise',
];

/** What is told of a duty after its end: how it ended, and what is still to be done about that. */
const OF_AN_END: readonly NoticeKind[] = [
  'window-closed',
  'progress-silent',
  'call-in-received',
  'call-in-outcome',
  'question-answered',
  'waived',
  'undeliverable',
  'accepted',
  'withdrawn',
  'taken-over',
  'carried-on',
  'handed-on',
];

/** The longest ladder: its rungs, five years of weekly repeats, and the lead member's place after all of them. */
const MAX_REPEATS = 260;
const INFORMED_INDEX = 1000;

/** The marks that stay once a duty has ended. What is still to be told about its end is told, and goes. */
function lasting(milestone: Milestone): string {
  const { announcements: _announcements, told: _told, ...rest } = keptOf(milestone);
  return JSON.stringify(rest);
}

/** Holds everything that must be true of a lifecycle whatever people ask and whatever becomes of its mail. */
export class Invariants implements Watcher {
  private seq = 0;
  private readonly rows = new Map<string, MilestoneRow>();
  private readonly ends = new Map<string, string>();
  private readonly putAway = new Set<string>();
  private readonly toldOnce = new Set<string>();
  private readonly sent = new Set<string>();
  private readonly mailed = new Set<string>();
  private readonly toldOfWithdrawal = new Set<string>();

  changed(before: LifecycleState, after: LifecycleState, by: CommandName | 'time'): void {
    if (by === 'reopen' || by === 'withdrawCallIn') this.isReopened(before, after, by);
    if (by === 'sendBack') this.isSentBack(after);
    if (by === 'fallBack') this.hasFallenBack(after);
    if (by === 'revise') isRevised(before, after);
    this.comeBack(before, after);
    for (const milestone of milestonesOf(after)) {
      const was = milestoneOf(before, milestone.id);
      if (was !== undefined) {
        mayMove(was, milestone, by);
        keepsItsDates(was, milestone, by);
      }
      ladderHolds(milestone);
      this.endedStaysEnded(milestone);
    }
    for (const [id, end] of Object.entries(after.ended)) {
      // What follows from the facts no more is given its title, what the facts give to another its owner: it stays as it was put away.
      const { title: _title, owner: _owner, ...was } = before.ended[id] ?? {};
      const { title: _given, owner: _kept, ...is } = end;
      if (JSON.stringify(was) !== JSON.stringify(is)) this.isPutAway(id, end);
      else staysTheirs(before, after, id);
    }
  }

  recorded(entries: readonly RegisterEntry[]): void {
    for (const { seq, row } of entries) {
      assert.equal(seq, ++this.seq);
      if (row !== null) this.rows.set(row.milestone, row);
    }
  }

  /** What lists and pages show of each duty is what its clock goes by. */
  atRest(state: LifecycleState): void {
    const open = milestonesOf(state).filter((each) => !isEnded(each));
    const shown = record(
      { ...state, unrecorded: [] },
      '',
      open.map((milestone) => ({ kind: 'milestone-planned', text: '', milestone })),
    );
    for (const { row } of shown.unrecorded) {
      if (row === null) continue;
      const known = this.rows.get(row.milestone);
      assert.ok(known !== undefined, `no list has ${row.milestone}`);
      // Only where they differ is the difference worth printing.
      if (columnsThatDiffer(known, row).length > 0) assert.deepEqual(known, row);
    }
  }

  told({ digest, told }: Mailing, state: LifecycleState, now: string): void {
    assert.ok(!this.sent.has(digest.id), `${digest.id} is sent twice`);
    this.sent.add(digest.id);
    this.toldIfWithdrawn(digest, state);
    // Whoever starts an inspection is shown all of it at once, at any hour.
    const atOnce = told.length > 0 && told.every((each) => each.atOnce && each.to === state.startedBy.role);
    if (!atOnce) withinHours(digest.day, now, state);
    for (const notice of told) {
      const milestone = milestoneOf(state, notice.milestone);
      if (milestone === undefined) throw new Error(`told of ${notice.milestone}, which is not there`);
      if (!isPending(milestone)) {
        assert.equal(notice.rung, null, `${milestone.id} is ${milestone.status}, and its ladder goes on`);
        // What is submitted awaits its completion, and is passed on like anything else.
        const kinds = milestone.status === 'submitted' ? [...OF_AN_END, 'reassigned'] : OF_AN_END;
        const kind = notice.announcement?.kind;
        assert.ok(kind !== undefined && kinds.includes(kind), `${milestone.id} is ${milestone.status}: ${kind}`);
      }
      if (notice.rung === null) continue;
      if (notice.rung.step !== 'beside') nothingAbovePartners(milestone.owner, notice.to);
      const key = [
        digest.recipient.email,
        milestone.owner,
        // Of several beside the owner one address may stand in, for each from another day on.
        notice.to,
        notice.milestone,
        notice.dueVersion,
        notice.rung.index,
      ].join(' ');
      assert.ok(!this.toldOnce.has(key), `told twice: ${key}`);
      this.toldOnce.add(key);
    }
  }

  /** Of what was withdrawn one thing is told, once, and to those alone who had mail about it. */
  private toldIfWithdrawn({ withdrawn, recipient: { email } }: Mailing['digest'], state: LifecycleState): void {
    assert.equal(withdrawn !== undefined, state.status === 'withdrawn');
    if (withdrawn !== undefined) {
      // Mail that came back had been sent to them all the same.
      const { n = 0 } = state.mail[email] ?? {};
      assert.ok(this.mailed.has(email) || n > 0, `${email} never had mail about it`);
      assert.ok(!this.toldOfWithdrawal.has(email), `${email} is told twice that it was withdrawn`);
      this.toldOfWithdrawal.add(email);
    }
    this.mailed.add(email);
  }

  /** One duty that had ended or was submitted is open again, by the date that it had; from here on it may end anew. */
  private isReopened(before: LifecycleState, after: LifecycleState, by: 'reopen' | 'withdrawCallIn'): void {
    // What was folded into a later round ended and was put away in one: its end was never seen among what is in hand.
    const wasAway = (id: string): boolean => before.ended[id] !== undefined && after.ended[id] === undefined;
    const wasSubmitted = (id: string): boolean => milestoneOf(before, id)?.status === 'submitted';
    const reopened = milestonesOf(after).filter(
      (each) => isPending(each) && (this.ends.has(each.id) || wasAway(each.id) || wasSubmitted(each.id)),
    );
    // A window only where it is not over yet.
    assert.ok(reopened.length === 1 || (by === 'withdrawCallIn' && reopened.length === 0));
    for (const { id, due, told } of reopened) {
      const seen = this.ends.get(id);
      const away = before.ended[id];
      const left = away === undefined ? before.kept[id] : { due: away.due, ...away.marks };
      const end = seen === undefined ? { due: left?.due, moves: left?.moves } : (JSON.parse(seen) as KeptMilestone);
      // A date that nobody set follows from the facts as they are by now.
      if ((end.moves ?? []).length > 0) assert.equal(due, end.due);
      else assert.equal(due, plannedOf(after).get(id)?.due);
      assert.deepEqual(told, {});
      assert.ok(after.ended[id] === undefined && (before.ended[id] !== undefined || before.kept[id] !== undefined));
      this.ends.delete(id);
      this.putAway.delete(id);
    }
  }

  /** What the inspectorate sends back may have been marked as done: it is open again, by the date that they set. */
  private isSentBack(after: LifecycleState): void {
    const returned = milestonesOf(after).filter((each) => isPending(each) && this.ends.has(each.id));
    assert.ok(returned.length <= 1);
    for (const { id, strand, due, extendable, moves } of returned) {
      assert.deepEqual([strand, extendable, moves.at(-1)?.to], ['plan-submission', false, due]);
      assert.ok(after.ended[id] === undefined);
      this.ends.delete(id);
      this.putAway.delete(id);
    }
  }

  /** An action that was done has fallen back: it is open again, by the date that was said. */
  private hasFallenBack(after: LifecycleState): void {
    const opened = milestonesOf(after).filter((each) => isPending(each) && this.ends.has(each.id));
    assert.equal(opened.length, 1);
    for (const { id, strand, due, moves } of opened) {
      assert.deepEqual([strand, moves.at(-1)?.to, after.ended[id]], ['improvement-actions', due, undefined]);
      this.ends.delete(id);
      this.putAway.delete(id);
    }
  }

  /** What nobody needed any more, whether its owner had heard of that or not, may follow from the facts again. */
  private comeBack(before: LifecycleState, after: LifecycleState): void {
    const putAway = Object.entries(before.ended).flatMap(([id, { gone }]) => (gone === true ? [id] : []));
    for (const id of [...putAway, ...Object.keys(before.gone ?? {})]) {
      if (after.ended[id] !== undefined || after.gone?.[id] !== undefined || after.kept[id] === undefined) continue;
      this.ends.delete(id);
      this.putAway.delete(id);
    }
  }

  private endedStaysEnded(milestone: Milestone): void {
    const end = this.ends.get(milestone.id);
    if (end !== undefined) assert.equal(lasting(milestone), end);
    else if (isEnded(milestone)) this.ends.set(milestone.id, lasting(milestone));
  }

  /** Put away as it ended; put away a second time, it had come back. */
  private isPutAway(id: string, { status, due }: EndedMilestone): void {
    const seen = this.ends.get(id);
    // What no longer follows from the facts, and what is folded into a later round, ends and is put away in one.
    // So does a duty to accept what has just been accepted, or sent back.
    if (seen === undefined)
      assert.ok(
        status === 'lapsed' || status === 'missed' || isAcceptance({ id }) || isHolding({ id }),
        `${id} is put away as ${status}`,
      );
    else {
      const end = JSON.parse(seen) as KeptMilestone;
      assert.deepEqual([end.status, end.due], [status, due]);
    }
    assert.ok(!this.putAway.has(id), `${id} had come back`);
    this.putAway.add(id);
  }
}

/** What has ended stays with whose it was, whoever takes over their work: as long as the facts say whose anything is. */
function staysTheirs(before: LifecycleState, after: LifecycleState, id: string): void {
  const [was, is] = [ownerOfEnded(before, id), ownerOfEnded(after, id)];
  if (was !== undefined && is !== undefined) assert.equal(is, was, `${id} was done by ${was}`);
}

/** A revision has the next number, and takes nothing away for good: what was there is there, or is named as withdrawn. */
function isRevised(before: LifecycleState, after: LifecycleState): void {
  assert.equal(after.facts.revision, (before.facts.revision ?? 1) + 1);
  const ids = ({ facts: { inspection } }: LifecycleState) => [
    ...inspection.actions.map(({ id }) => id),
    ...(inspection.withdrawn ?? []).flatMap(({ what, id }) => (what === 'action' ? [id] : [])),
  ];
  const now = ids(after);
  for (const id of ids(before)) assert.equal(now.filter((each) => each === id).length, 1, `${id} was in the plan`);
  for (const duty of milestonesOf(before)) {
    const is = milestoneOf(after, duty.id);
    if (is === undefined) assert.ok(!isPending(duty), `nobody is told that ${duty.id} is gone`);
    else if (isPending(duty) && isPending(is) && is.strand === 'improvement-actions' && is.due !== duty.due)
      assert.equal(is.moves.at(-1)?.from, duty.due, `the date of ${duty.id} before is kept`);
  }
}

/** What a partner misses is for the partner, and the council's lead for it (here the director): for nobody above. */
function nothingAbovePartners(owner: string, to: string): void {
  if (!PARTNERS.has(owner)) return;
  assert.ok(!['chief-executive', 'lead-member'].includes(to), `${owner}’s duty is told to ${to}`);
}
const PARTNERS = new Set((AUTHORITY.partners ?? []).flatMap(({ roles }) => roles.map(({ id }) => id)));

/** What opens a duty again that had ended, or was submitted. */
const OPENS_AGAIN: readonly (CommandName | 'time')[] = ['fallBack', 'reopen', 'sendBack', 'withdrawCallIn'];

function mayMove(was: Milestone, is: Milestone, by: CommandName | 'time'): void {
  if (was.dueAt === is.dueAt) {
    const anew = OPENS_AGAIN.includes(by) && !isPending(was) && isPending(is) ? 1 : 0;
    assert.equal(is.dueVersion, was.dueVersion + anew, `${is.id} is due on ${is.due} as before`);
    return;
  }
  assert.equal(is.dueVersion, was.dueVersion + 1);
  assert.notEqual(by, 'time', `${is.id} moved by itself from ${was.due} to ${is.due}`);
  if (is.strength === 'statutory') assert.ok(MOVES_STATUTORY.includes(by), `${by} moved ${is.id}`);
}

/** Commands by which people set a date in the plan's place. */
const SETS_DATES: readonly (CommandName | 'time')[] = [
  'extend',
  'release',
  'sendBack',
  'fallBack',
  'revise',
  'postponeRound',
];

/** Every date that somebody has set stays, as it was set; beyond the council's cap one role alone sets another. */
function keepsItsDates(was: Milestone, is: Milestone, by: CommandName | 'time'): void {
  assert.deepEqual(is.moves.slice(0, was.moves.length), was.moves, `${is.id} lost a date that was set`);
  const added = is.moves.slice(was.moves.length);
  assert.ok(added.length === 0 || (added.length === 1 && SETS_DATES.includes(by)), `${by} set the date of ${is.id}`);
  for (const { granted } of added) {
    assert.equal(granted !== undefined, by === 'extend' || (by === 'revise' && is.due > was.due));
    const { cap = 0, beyond } = AUTHORITY.laterDates ?? {};
    if (granted !== undefined && timesGranted(was) >= cap) assert.equal(granted.by, beyond);
  }
  const promised = is.acknowledged?.promisedOn;
  if (by === 'acknowledge' && promised !== was.acknowledged?.promisedOn)
    assert.ok(promised !== undefined && promised <= is.due);
}

function ladderHolds({ told, ladder, stricter }: Milestone): void {
  const last = rungCount({ ladder, stricter }) + MAX_REPEATS;
  for (const index of Object.values(told)) assert.ok(index < last || index === INFORMED_INDEX, `rung ${index}`);
  assert.ok(Object.keys(told).length <= allRoles(AUTHORITY).length);
}

function withinHours(day: string, now: string, state: LifecycleState): void {
  const { from, until } = state.facts.authority.sending;
  assert.ok(calendarOf(state).isWorkingDay(day), day);
  assert.ok(!isWeekend(new Date(`${day}T12:00:00Z`)), day);
  assert.ok(localTime(now) >= from && localTime(now) < until, now);
}

/** Wakes looked ahead to, from a state that a command has left. */
const WAKES_AHEAD = 2;

/** A state that a command has left can be gone on from, and is the same once it has been written down and read. */
export function canGoOn(state: LifecycleState, now: string): void {
  const read = JSON.parse(JSON.stringify(state)) as LifecycleState;
  assert.equal(nextWake(read, now), nextWake(state, now));
  assert.equal(JSON.stringify(wake(read, now)), JSON.stringify(wake(state, now)));
  viewOf(state, now);
  let [ahead, at] = [state, now];
  for (let count = 0; count < WAKES_AHEAD; count++) {
    const next = nextWake(ahead, at);
    if (next === undefined) return;
    at = next > at ? next : at;
    ahead = wake(ahead, at).state;
  }
}
