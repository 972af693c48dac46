import { allRoles } from '../authority/partners.ts';
import { callInOf, countedDecisions } from '../decisions/counted.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { withBeside } from '../milestone/beside.ts';
import { workingDaysLate } from '../calendar/lateness.ts';
import { instantAt } from '../calendar/london.ts';
import { addMonths } from '../calendar/months.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone, Rung } from '../milestone/milestone.ts';
import { open } from '../milestone/milestone-state.ts';
import { afterPast, endsIt } from '../commands/past-command.ts';
import { exemptionOf } from '../decisions/exemption.ts';
import { earlyEffect, earlyImplementation } from '../decisions/standing.ts';
import { mustBeginWithin } from '../lifecycle/limits.ts';
import { type ApprovalAnswer, approvalBefore } from '../meetings/approval.ts';
import { coverageGaps } from '../progress/coverage.ts';
import type { Facts } from '../facts/facts.ts';
import { cameBy } from '../facts/instruments.ts';
import { rungCount, rungsReached, informAfter } from '../plan/ladder.ts';
import { plan } from '../plan/plan.ts';
import { inspectionRef, type InspectionRef } from '../inspection-ref.ts';
import { publicationId, windowId } from '../strands/call-in-window.ts';
import { preElectionWarnings } from './pre-election.ts';
import { fileWarnings, lateAtStart } from './warnings.ts';

/** One notice as the preview tells it. */
export interface PreviewNotice {
  /** The working day on which it goes out, at the authority's sending time. */
  on: CivilDate;
  kind: Rung['kind'] | 'started';
  /** The authority's role it goes to. */
  to: string;
  step: Rung['step'];
  /** Working days after the due day; negative before it. */
  workingDays: number;
  /** It goes out only if the duty has not been met by then. */
  onlyIfMissed: boolean;
}

export interface PreviewMilestone extends Omit<PlannedMilestone, 'ladder'> {
  notices: PreviewNotice[];
  /** Working days between the notices that follow the last one listed, for as long as it stays unmet; 0 where none do. */
  repeatsEvery: number;
}

export interface PreviewApproval extends Omit<ApprovalAnswer, 'warnings'> {
  milestone: string;
  body: string;
}

export interface Preview {
  reference: InspectionRef;
  title: string;
  authority: string;
  /** Cycles are listed up to this date; they go on after it. */
  until: CivilDate;
  milestones: PreviewMilestone[];
  /** For each duty that a body must approve first: which meeting leaves time, and the last dates working back from it. */
  approvals: PreviewApproval[];
  /** What a person should look at before starting. */
  warnings: string[];
}

/** How many months of cycles a preview shows where nothing else is asked. */
const MONTHS_SHOWN = 12;

/**
 * Everything the engine would do, worked out with no server: every milestone by date with its explanation, and each
 * notice with its day and recipient. What the lifecycle does follows from the same functions.
 *
 * @throws Refusal 'too-large' where it is larger than may begin
 * @param options.today the day it would be started: notices before it collapse into one for each recipient
 * @param options.until the last due date of cycles that is shown; by default 12 months after the report
 */
export function preview(
  facts: Facts,
  calendar: WorkingCalendar,
  options: { today?: CivilDate; until?: CivilDate } = {},
): Preview {
  mustBeginWithin(facts);
  const { inspection, authority } = facts;
  const anchor = cameBy(inspection)?.date ?? inspection.fieldwork.until;
  const today = options.today ?? anchor;
  const until = options.until ?? addMonths(today > anchor ? today : anchor, MONTHS_SHOWN);
  const ended = new Set(inspection.happened.filter(endsIt).map((past) => past.milestone));
  const planned = plan(facts, calendar, { cycles: { until } }).map((each) =>
    afterRecordedHistory(each, facts, calendar),
  );
  const milestones = planned.map((milestone): PreviewMilestone => {
    const { ladder, ...rest } = milestone;
    const over =
      ended.has(milestone.id) ||
      milestone.metOn !== undefined ||
      (milestone.strand === 'call-in-window' && milestone.due < today);
    return {
      ...rest,
      notices: over ? [] : noticesOf(milestone, facts, calendar, later(today, knownFrom(milestone, facts))),
      repeatsEvery: ladder.after.length > 0 ? ladder.repeatEvery : 0,
    };
  });
  const approvals = approvalsOf(facts, milestones, calendar, today);
  const late = lateAtStart(milestones, facts, calendar, today);
  return {
    reference: inspectionRef(authority.id, inspection.reference),
    title: inspection.title,
    authority: authority.name,
    until,
    milestones,
    approvals: approvals.map(({ warnings: _said, ...approval }) => approval),
    warnings: [
      ...fileWarnings(facts, calendar).map((each) => each.text),
      ...(late === undefined ? [] : [late.text]),
      ...warningsOf(facts, milestones, calendar),
      ...preElectionWarnings(
        milestones.filter(({ id, metOn }) => metOn === undefined && !ended.has(id)),
        facts,
      ),
      ...approvals.flatMap((each) => each.warnings),
    ],
  };
}

const later = (one: CivilDate, other: CivilDate): CivilDate => (one > other ? one : other);

/** The day before which nobody can be told of a milestone: nothing is said of a decision that has not been taken or published. */
function knownFrom({ id, decision: about }: PlannedMilestone, { inspection }: Facts): CivilDate {
  const decision = inspection.decisions.find((each) => each.id === about);
  if (decision === undefined) return '';
  if (id === windowId(decision.id)) return decision.publishedOn ?? decision.takenOn;
  const callIn = callInOf(inspection, decision.id);
  return id === publicationId(decision.id) ? decision.takenOn : (callIn?.receivedOn ?? decision.takenOn);
}

/** What the file says was extended or passed on stands so: with the date and the owner that it has since. */
function afterRecordedHistory(planned: PlannedMilestone, facts: Facts, calendar: WorkingCalendar): PlannedMilestone {
  const past = facts.inspection.happened.filter(
    ({ milestone, what }) => milestone === planned.id && (what === 'extended' || what === 'reassigned'),
  );
  if (past.length === 0) return planned;
  const after = past.reduce(
    (milestone, each) =>
      afterPast(milestone, each, {
        actor: { id: 'file', role: each.by },
        now: instantAt(each.on, each.at),
        facts,
        calendar,
        seq: 0,
      }),
    open(planned),
  );
  const { due, dueAt, owner, provisional, explanation, stricter, beside = [] } = after;
  const { stricter: _was, ...rest } = planned;
  const moved = {
    ...rest,
    due,
    dueAt,
    owner,
    provisional,
    explanation,
    ...(stricter === undefined ? {} : { stricter }),
  };
  return withBeside<PlannedMilestone>(moved, beside);
}

/** Works back from each duty that the file says a body must approve. */
function approvalsOf(
  { inspection, authority, constitution }: Facts,
  milestones: PreviewMilestone[],
  calendar: WorkingCalendar,
  today: CivilDate,
): (PreviewApproval & Pick<ApprovalAnswer, 'warnings'>)[] {
  return (inspection.approvals ?? []).flatMap(({ rule, body: id, key }) => {
    const duty = milestones.find((each) => each.rule.id === rule);
    const body = authority.bodies.find((each) => each.id === id);
    if (duty === undefined || body === undefined || constitution === null) return [];
    const answer = approvalBefore({ ...duty, key }, body, constitution, calendar, today);
    return [{ milestone: duty.id, body: body.name, ...answer }];
  });
}

/** The ladder's rungs and the first repeat of its last one; those before the start collapse as they would. */
function noticesOf(
  milestone: PlannedMilestone,
  { authority }: Facts,
  calendar: WorkingCalendar,
  today: CivilDate,
): PreviewNotice[] {
  const shown = rungCount(milestone) + (milestone.ladder.after.length > 0 && milestone.ladder.repeatEvery > 0 ? 1 : 0);
  const horizon = calendar.addWorkingDays(
    milestone.due,
    Math.max((milestone.ladder.after.at(-1)?.n ?? 0) + milestone.ladder.repeatEvery, informAfter(milestone.ladder)) + 1,
  );
  const start = calendar.nextWorkingDay(today);
  const late = new Map<string, Rung>();
  const coming: Rung[] = [];
  for (const rung of rungsReached(milestone, horizon < start ? start : horizon, authority, calendar)) {
    if (rung.on < start) late.set(rung.to, rung);
    else if (rung.index < shown || rung.kind === 'information' || coming.length === 0) coming.push(rung);
  }
  const toldOnTheDay = new Set(coming.filter((rung) => rung.on === start).map((rung) => rung.to));
  const collapsed = [...late.values()]
    .filter((rung) => !toldOnTheDay.has(rung.to))
    .map((rung) => ({ ...rung, on: start }));
  const listed = [...collapsed, ...coming].map((rung): PreviewNotice => ({
    on: rung.on,
    kind: rung.kind,
    to: rung.to,
    step: rung.step,
    workingDays: rung.workingDays,
    onlyIfMissed: rung.workingDays > 0,
  }));
  if (listed.some((notice) => notice.on === start && notice.to === milestone.owner)) return listed;
  return [
    {
      on: start,
      kind: 'started',
      to: milestone.owner,
      step: 'owner',
      workingDays: workingDaysLate(milestone.due, start, calendar),
      onlyIfMissed: false,
    },
    ...listed,
  ];
}

function warningsOf(facts: Facts, milestones: PreviewMilestone[], calendar: WorkingCalendar): string[] {
  const { inspection, authority, constitution } = facts;
  const warnings: string[] = [];
  warnings.push(...coverageGaps(inspection));
  const provisional = milestones.filter((each) => each.provisional);
  if (provisional.length > 0)
    warnings.push(
      `${provisional.length} date${provisional.length === 1 ? ' rests' : 's rest'} on bank holidays that are not published yet: ${provisional.map((each) => each.id).join(', ')}.`,
    );
  for (const each of milestones)
    if (each.stricter !== undefined)
      warnings.push(
        `${each.title}: a stricter reading makes it due on ${formatDate(each.stricter.due)} (${each.stricter.why}).`,
      );
  for (const each of countedDecisions(inspection)) {
    for (const early of [earlyEffect(each, facts, calendar), earlyImplementation(each, facts, calendar)])
      if (early !== undefined) warnings.push(early);
  }
  if (constitution === null && countedDecisions(inspection).some((each) => exemptionOf(each, facts) === undefined))
    warnings.push('The authority has no constitution on file, so call-in windows are not worked out.');
  const recipients = new Set(milestones.flatMap((each) => each.notices.map((notice) => notice.to)));
  const unheld = allRoles(authority)
    .filter((role) => role.email === undefined && recipients.has(role.id))
    .map((role) => role.title);
  if (unheld.length > 0) warnings.push(`Nobody holds ${unheld.join(', ')}: their notices go to the administrator.`);
  return warnings;
}
