import { stricterOf } from '../../domain/lifecycle/notices.ts';
import { doubtOf, MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import type { Register } from '../../register/register.ts';
import type { CalendarData } from '../../domain/calendar/calendar-data.ts';
import { workingDaysLeft } from '../../domain/calendar/lateness.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';
import type { EntryKind } from '../../domain/lifecycle/entry-kinds.ts';
import { rowOf } from '../../domain/milestone/columns.ts';
import { open } from '../../domain/milestone/milestone-state.ts';
import type { NoticeKind, PlannedMilestone, Step } from '../../domain/milestone/milestone.ts';
import { citationSentence } from '../../domain/plan/citation.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { rungsReached } from '../../domain/plan/ladder.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Found, Poll } from './poll-database.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';

/** Something that happened to a milestone, for the register. */
export interface Recorded {
  authority: string;
  reference: string;
  inspectionTitle: string;
  kind: EntryKind;
  milestone: PlannedMilestone;
  at: string;
}

/** One notice to one person: with all that its mail says. */
export interface Told {
  authority: { id: string; name: string };
  reference: string;
  inspectionTitle: string;
  milestone: PlannedMilestone;
  kind: NoticeKind;
  step: Step | null;
  to: string;
  email: string;
  at: string;
}

export interface NaiveActivities {
  record(recorded: Recorded): Promise<void>;
  notify(told: Told): Promise<void>;
  findDue(reference: string, now: string): Promise<Found[]>;
  notifyOne(reference: string, found: Found, now: string): Promise<void>;
}

interface Parts {
  register: Register;
  post: MailTransport;
  from: string;
  facts: Facts;
  calendar: CalendarData;
  poll: Poll;
}

/** The rung under which the daily look keeps that somebody was told of the start. */
export const STARTED = -1;

/** The naive designs' activities: mail and register are the real ones. */
export function naiveActivities(parts: Parts): NaiveActivities {
  const calendar = createCalendar(parts.calendar);
  const doubt = doubtOf(MAILS_IN_DOUBT);
  const send = async (told: Told): Promise<void> => {
    const digest = digestOf(told, parts.facts.authority, calendar);
    const { register, post, from } = parts;
    const attempt = { id: digest.id, at: Date.parse(told.at) };
    await sendDigest(digest, { register, post, from, now: told.at, attempt, doubt });
  };
  const seqs = new Map<string, number>();
  return {
    async record({ authority, reference, inspectionTitle, kind, milestone, at }) {
      const key = `${reference}-${milestone.id.replace('/', '-')}`;
      const seq = (seqs.get(key) ?? 0) + 1;
      seqs.set(key, seq);
      const status = kind === 'milestone-completed' ? 'completed' : 'open';
      const { id, title, owner } = milestone;
      const row = rowOf(
        { ...open(milestone), status },
        { ownerTitle: roleTitle(parts.facts.authority, owner), stands: {} },
        at,
      );
      const entry = { seq, at, kind, milestone: id, actor: null, text: `${title}: ${kind}`, data: {}, row };
      await parts.register.append({ authority, reference: key, inspectionTitle }, [entry]);
    },
    notify: send,
    async findDue(reference, now) {
      const today = localDate(now);
      if (!calendar.isWorkingDay(today)) return [];
      const found: Found[] = [];
      for (const { milestone, told, planned } of await parts.poll.open(reference, now)) {
        if (planned && !told.has(`${STARTED}/${milestone.owner}`))
          for (const to of new Set([milestone.owner, parts.facts.authority.chain.administrator]))
            found.push({ milestone: milestone.id, rung: STARTED, kind: 'started', step: null, to });
        for (const rung of rungsReached(milestone, today, parts.facts.authority, calendar))
          if (rung.on === today && !told.has(`${rung.index}/${rung.to}`))
            found.push({ milestone: milestone.id, rung: rung.index, kind: rung.kind, step: rung.step, to: rung.to });
      }
      return found;
    },
    async notifyOne(reference, found, now) {
      const { authority, inspection } = parts.facts;
      const milestone = await parts.poll.milestone(reference, found.milestone);
      const email = (authority.roles.find((each) => each.id === found.to)?.email ?? '').toLowerCase();
      const { id, name } = authority;
      const { kind, step, to } = found;
      const about = { authority: { id, name }, reference, inspectionTitle: inspection.title, milestone };
      await send({ ...about, kind, step, to, email, at: now });
      await parts.poll.tell(reference, found);
    },
  };
}

function digestOf(told: Told, authority: Authority, calendar: ReturnType<typeof createCalendar>): Digest {
  const { milestone, at, kind, step, email, to } = told;
  const day = localDate(at);
  const notice: Notice = {
    milestone: milestone.id,
    strand: milestone.strand,
    title: milestone.title,
    act: milestone.act,
    kind,
    step,
    due: milestone.due,
    dueAt: milestone.dueAt,
    dueVersion: 1,
    workingDaysLeft: workingDaysLeft(milestone.due, day, calendar),
    overdue: milestone.dueAt <= at,
    provisional: milestone.provisional,
    strength: milestone.strength,
    ownerTitle: roleTitle(authority, milestone.owner),
    citation: citationSentence(milestone.rule.citation),
    explanation: milestone.explanation,
    stricter: stricterOf(milestone, day, calendar),
    movedFrom: null,
    text: null,
  };
  return {
    id: `${inspectionRef(told.authority.id, told.reference)}/${milestone.id}/${email}/${day}/${kind}`,
    authority: told.authority,
    reference: told.reference,
    inspectionTitle: told.inspectionTitle,
    recipient: { email, roles: [{ id: to, title: roleTitle(authority, to) }], standsInFor: [] },
    day,
    n: 1,
    at,
    notices: [notice],
    tells: [],
  };
}
