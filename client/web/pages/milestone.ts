import { Hono } from 'hono';
import { localDate } from '../../../domain/calendar/london.ts';
import { createCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { MilestoneView } from '../../../domain/lifecycle/view.ts';
import type { Rung } from '../../../domain/milestone/milestone.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { QUESTION_RULE } from '../../../domain/strands/member-briefings.ts';
import { rungCount, rungsReached } from '../../../domain/plan/ladder.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { type RunningInspection, runningInspection, seenInspection } from '../inspections.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import { evidenceIn, standingOf } from '../standing.ts';
import { MAIL_WORDS, NOTICE_WORDS } from '../words.ts';
import { MILESTONE_FORMS, offered } from '../forms/milestone-forms.ts';

/** One milestone: why its date is what it is, what was sent and what is to come, and what one can do. */
export function milestoneRoutes(parts: WebParts): Hono<Env> {
  return new Hono<Env>().get('/inspections/:authority/:reference/milestones/:strand/:name', async (context) => {
    const seen = await seenInspection(context, parts);
    const { authority, reference, status } = seen.summary;
    const id = `${context.req.param('strand')}/${context.req.param('name')}`;
    const now = context.get('now');
    const listing = (await parts.register.milestones(authority, reference)).find((each) => each.milestone === id);
    if (listing === undefined) throw notFound();
    const running = await runningInspection(parts, seen.id);
    const m = running?.view.milestones.find((each) => each.id === id);
    const [mails, history] = await Promise.all([
      parts.register.board.mailsAbout(authority, reference, id),
      parts.register.history(authority, reference),
    ]);
    const entries = history.filter((entry) => entry.milestone === id);
    const row = { ...listing, standing: standingOf(listing, status, now) };
    const counted = working(running, row.due, localDate(now));
    const pending = m !== undefined && (m.status === 'open' || m.status === 'held');
    const actions =
      m === undefined || running === null || status !== 'open' ? [] : offered(m, running.facts, seen.membership);
    return page(context, 'milestone.html', {
      title: row.title,
      ...seen,
      row,
      m,
      path: `/inspections/${inspectionRef(authority, reference)}/milestones/${id}`,
      notice: MILESTONE_FORMS.find((each) => each.name === context.req.query('done'))?.done,
      late: -counted,
      left: counted,
      skipped: running === null || m === undefined ? [] : skippedDays(running, m),
      actions,
      elsewhere: m === undefined ? undefined : elsewhere(m, seen.id),
      mayChange:
        pending && status === 'open' && actions.length === 0
          ? `You can read this, not change it. Who can: its owner (${row.ownerTitle}), those above them, and the council’s managers and administrators.`
          : undefined,
      ladder: m === undefined || running === null || status !== 'open' ? [] : toCome(m, running, localDate(now)),
      mails: mails.map((mail) => ({
        ...mail,
        state: MAIL_WORDS[mail.state] ?? mail.state,
        what: mail.kinds.map((kind) => NOTICE_WORDS[kind] ?? kind).join(', '),
        to: mail.roles.join(', '),
      })),
      evidence: entries.flatMap((entry) => evidenceIn(entry) ?? []),
      entries,
    });
  });
}

/** Where a milestone is met that no button of its own meets: a decision's, or a question's. */
function elsewhere({ decision, rule, id }: MilestoneView, inspection: string) {
  if (decision !== undefined)
    return { href: `/inspections/${inspection}/decisions/${decision}`, text: 'Open the decision that this is about' };
  if (rule.id !== QUESTION_RULE) return undefined;
  const question = id.replace(/^.*\/question-/, '');
  return { href: `/inspections/${inspection}/questions#${question}`, text: 'Open the question that this is about' };
}

/** Working days from today to the due day; negative after it. */
function working(running: RunningInspection | null, due: string, today: string): number {
  if (running === null) return 0;
  const calendar = createCalendar(running.calendar);
  return due >= today ? calendar.countWorkingDays(today, due) : -calendar.countWorkingDays(due, today);
}

/** The weekdays that counting to a working-day date stepped over, each by name. */
function skippedDays({ facts, calendar }: RunningInspection, m: MilestoneView) {
  const rule = facts.rules.find((each) => each.id === m.rule.id);
  const { received, published } = facts.inspection.report;
  const from = received ?? published;
  if (rule?.period.unit !== 'working-day' || rule.repeats || from === undefined || from >= m.due) return [];
  if (rule.trigger.event !== 'report-received' && rule.trigger.event !== 'report-published') return [];
  return createCalendar(calendar).skippedHolidays(from, m.due);
}

const KINDS: Record<Rung['kind'], string> = {
  reminder: 'reminder',
  'due-today': 'due today',
  escalation: 'goes up the chain',
  information: 'copy for information',
};

/** The ladder's rungs after today. */
function toCome(m: MilestoneView, { facts, calendar }: RunningInspection, today: string) {
  if (m.status !== 'open' && m.status !== 'held') return [];
  const counts = createCalendar(calendar);
  const last = counts.addWorkingDays(
    m.due > today ? m.due : today,
    REPEATS_SHOWN * Math.max(1, m.ladder.repeatEvery) + MAX_LATE,
  );
  return rungsReached(m, last, facts.authority, counts)
    .filter((rung) => rung.on > today)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .slice(0, rungCount(m.ladder) + 1)
    .map((rung) => ({ ...rung, what: KINDS[rung.kind], to: roleTitle(facts.authority, rung.to) }));
}

const REPEATS_SHOWN = 1;
/** Working days after its date by which every ladder has come to its last named rung. */
const MAX_LATE = 20;
