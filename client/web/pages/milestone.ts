import { Hono } from 'hono';
import { accepterOf, takerOf } from '../../../domain/acceptance/accepter.ts';
import { actionOfDuty, dutyOfAction } from '../../../domain/plan/action-duty.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { createCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import { MAIL_STATES } from '../../../domain/lifecycle/mail-states.ts';
import { endInWords } from '../../../domain/milestone/ended-on.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import type { MeasureValue } from '../../../domain/measures/measures.ts';
import { NOTICE_KINDS } from '../../../domain/milestone/notice-kinds.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { isOwnersWord } from '../../../domain/progress/standing-shown.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import { seriesIn } from '../../../domain/progress/series.ts';
import { askedAbout, isAnswered, isRound } from '../../../domain/rounds/answers.ts';
import { QUESTION_RULE } from '../../../domain/strands/member-briefings.ts';
import { sessionOfAttendance } from '../../../domain/strands/other-reporting.ts';
import { measureValues } from '../../measure-values.ts';
import { chartedMeasures, dutyInPlan } from '../inspection/duty-in-plan.ts';
import { toCome } from '../inspection/to-come.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { type Membership, membershipIn } from '../people.ts';
import { notFound } from '../problems.ts';
import { type CommandForm, formNamed, inParticular } from '../forms/command-form.ts';
import { type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import { ALLOWED_KINDS, EVIDENCE_LIMITS, sizeInWords } from '../../../domain/evidence/kinds.ts';
import { actingRole, offered } from '../forms/offered.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { type MarkInWords, MARKS_OF_END, marksInWords, slippageInWords } from '../../milestone-marks.ts';
import { evidenceIn } from '../evidence/given-links.ts';
import { milestonePath } from '../milestone-path.ts';

/** One milestone: why its date is what it is, what was sent and what is to come, and what one can do. */
export function milestoneRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/inspections/:authority/:reference/milestones/:strand/:name', async (context) => {
    const seen = await seenInspection(context, parts);
    const { authority, reference, status } = seen.summary;
    const id = `${context.req.param('strand')}/${context.req.param('name')}`;
    const now = context.get('now');
    const rows = await parts.register.milestones(authority, reference, id);
    const { person } = context.get('session');
    const [row] = await pages.listed(rows, person, now);
    if (row === undefined) throw notFound();
    const running = await runningInspection(parts, seen.id);
    const m = running?.view.milestones.find((each) => each.id === id);
    const [mails, entries, given, counting] = await Promise.all([
      parts.register.board.mailsAbout(authority, reference, id),
      parts.register.historyOf({ authority, reference, milestone: id }),
      parts.register.evidence.of({ authority, reference }, id),
      parts.register.countingOn({ authority, reference }),
    ]);
    const pending = m !== undefined && isPending(m);
    const inPlan = running === null ? undefined : dutyInPlan(running.view, id);
    const isGuest = membershipIn(person, authority) === undefined;
    // A partner's officers see their own duties alone, and what shows the effect of these.
    const measures = (inPlan?.measures ?? []).filter(
      (each) => !isGuest || each.actions.includes(actionOfDuty(id) ?? ''),
    );
    const offers = running === null ? [] : offered({ subject: 'milestone', id }, running, seen.membership);
    return page(context, 'milestone.html', {
      title: row.title,
      ...seen,
      row,
      kind: strandTitle(row.strand, seen.membership.authority),
      m,
      beside: row.beside.map((role) => roleTitle(seen.membership.authority, role)).join(', '),
      inPlan,
      isGuest,
      measures: chartedMeasures(measures, await valuesOf(parts, { authority, reference }, measures.length), {
        today: localDate(now),
        authority: seen.membership.authority,
      }),
      mayCorrect: running !== null && !isGuest && actingRole(seen.membership, running, 'correctMeasure').possible,
      undo: offers.filter(({ name }) => UNDOES.has(name)),
      answering: offers.filter(({ name }) => ANSWERS.has(name)),
      path: milestonePath(inspectionRef(authority, reference), id),
      notice: doneIn(context.req.query('done'), id, running),
      late: row.workingDaysLate,
      today: localDate(now),
      skipped: running === null || m === undefined ? [] : skippedDays(running, m),
      actions: offers.filter(({ name }) => !UNDOES.has(name)),
      told: running === null ? [] : toldApart(offers, id, running, seen.membership),
      elsewhere: m === undefined || running === null ? undefined : elsewhere(m, seen, running),
      mayChange:
        pending && status === 'open' && offers.length === 0
          ? `You can read this, not change it. Who can: its owner (${row.ownerTitle}), those above them, and the council’s managers and administrators.`
          : undefined,
      ladder: m === undefined || running === null || status !== 'open' ? [] : toCome(m, running, localDate(now)),
      mails: mails.map((mail) => ({
        ...mail,
        state: MAIL_STATES[mail.state].words,
        what: mail.kinds.map((kind) => NOTICE_KINDS[kind].words).join(', '),
        to: mail.roles.join(', '),
      })),
      answers: m === undefined || running === null ? [] : answersOf(m, running, seen),
      series: seriesIn(entries).map((each) => ({
        ...each,
        by: roleTitle(seen.membership.authority, each.by),
        late: each.forecast !== null && each.due !== null && each.forecast > each.due,
      })),
      counting: counting
        .filter(({ action }) => dutyOfAction(action) === id)
        .map((each) => inspectionRef(authority, each.reference)),
      ended: endInWords(row, entries, (role) => roleTitle(seen.membership.authority, role)),
      ownersWord: isOwnersWord(row),
      isToDo: pending && status === 'open',
      awaits: awaitsInWords(m, running),
      marks: [
        ...(m === undefined ? [] : [...marksInWords(m, MARKS_OF_END), ...grantedDates(m, running)]),
        ...(running === null ? [] : homeOf(running, id)),
      ],
      given: given.map((each) => ({
        ...each,
        size: sizeInWords(each.file?.bytes ?? 0),
        by: each.by === '' ? '' : roleTitle(seen.membership.authority, each.by),
      })),
      typed: {},
      hint: `${ALLOWED_KINDS}; at most ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}.`,
      mayAdd: running !== null && actingRole(seen.membership, running, 'addEvidence', id).possible,
      evidence: entries.flatMap((entry) => {
        const link = evidenceIn(entry);
        const { at, actor } = entry;
        return link === undefined
          ? []
          : [{ link, at, by: actor === null ? '' : roleTitle(seen.membership.authority, actor.role) }];
      }),
      entries,
    });
  });
}

/** What is said once something has been done to it, as it stands then. */
function doneIn(name: string | undefined, id: string, running: RunningInspection | null): string | undefined {
  if (name === 'addEvidence') return definitionOf('addEvidence').done;
  const form = formNamed(name);
  return form === undefined || running === null ? form?.done : inParticular(form, id, running).done;
}

/** Of what can be done to it, what can be taken for one another: what each means here. */
function toldApart(offers: readonly CommandForm[], id: string, running: RunningInspection, membership: Membership) {
  const alike = offers.filter(({ name }) => definitionOf(name).means !== undefined);
  if (alike.length < 2) return [];
  return alike.map((form) => inParticular(form, id, running, actingRole(membership, running, form.name, id).role));
}

/** Who has yet to accept what was submitted; undefined where nobody has. */
function awaitsInWords(m: ViewedMilestone | undefined, running: RunningInspection | null): string | undefined {
  if (m?.status !== 'submitted' || running === null) return undefined;
  return accepterOf(m, running.facts.authority)?.by ?? takerOf(m, running.facts);
}

/** By which something is taken back; each asks why. */
const UNDOES: ReadonlySet<CommandName> = new Set(['reopen']);
/** What is made of what was submitted. */
const ANSWERS: ReadonlySet<CommandName> = new Set(['accept', 'sendBack']);

/** The values of an inspection's measures, where any is to be shown. */
async function valuesOf(
  { register }: Pick<WebParts, 'register'>,
  place: { authority: string; reference: string },
  shown: number,
): Promise<MeasureValue[]> {
  return shown === 0 ? [] : measureValues(register, place);
}

/** Where a milestone is met that no button of its own meets: a decision's, a question's, a training session's. */
function elsewhere(
  { decision, rule, id }: ViewedMilestone,
  { id: inspection, membership }: SeenInspection,
  running: RunningInspection,
) {
  if (decision !== undefined)
    return { href: `/inspections/${inspection}/decisions/${decision}`, text: 'Open the decision that this is about' };
  const session = sessionOfAttendance(id);
  if (session !== undefined && !actingRole(membership, running, 'recordAttendance', session).possible) return undefined;
  if (session !== undefined)
    return { href: `/inspections/${inspection}/do/recordAttendance/${session}`, text: 'Record who came' };
  if (rule.id !== QUESTION_RULE) return undefined;
  const question = id.replace(/^.*\/question-/, '');
  return { href: `/inspections/${inspection}/questions#${question}`, text: 'Open the question that this is about' };
}

/** Where it goes, where it was not finished when its inspection was closed. */
function homeOf({ view }: RunningInspection, id: string): MarkInWords[] {
  const text = view.homes[id];
  return text === undefined ? [] : [{ label: 'Where it goes', text }];
}

/** Each later date that was granted, with who asked and who agreed. */
function grantedDates(m: ViewedMilestone, running: RunningInspection | null): MarkInWords[] {
  const titleOf = (role: string) => (running === null ? role : roleTitle(running.facts.authority, role));
  return slippageInWords(m, titleOf);
}

/** The weekdays that counting to a working-day date stepped over, each by name. */
function skippedDays({ facts, calendar }: RunningInspection, m: ViewedMilestone) {
  const rule = facts.rules.find((each) => each.id === m.rule.id);
  const { received, published } = facts.inspection.report;
  const from = received ?? published;
  if (rule?.period.unit !== 'working-day' || rule.repeats || from === undefined || from >= m.due) return [];
  if (rule.trigger.event !== 'report-received' && rule.trigger.event !== 'report-published') return [];
  return createCalendar(calendar).skippedHolidays(from, m.due);
}

/** Of a round of progress: each action that is asked about, and whether it is answered. */
function answersOf({ round, rule }: ViewedMilestone, running: RunningInspection, { id, membership }: SeenInspection) {
  if (round === undefined || !isRound({ rule })) return [];
  return askedAbout(running.view.milestones).map((action) => {
    const path = milestonePath(id, action.id);
    const mayAnswer = actingRole(membership, running, 'progress', action.id).possible;
    return {
      title: action.title,
      owner: roleTitle(running.facts.authority, action.owner),
      answered: isAnswered(action, round),
      href: mayAnswer ? `${path}/do/progress` : path,
    };
  });
}
