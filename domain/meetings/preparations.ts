import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { calendarSentence, citedInFull } from '../plan/citation.ts';
import type { PlanOptions } from '../facts/facts.ts';
import type { Citation } from '../schemas/common.ts';
import {
  agendaBy,
  clearDaysInWords,
  generalExceptionBy,
  keyNoticeBy,
  privateNoticeBy,
  privateStatementBy,
} from './clear-days.ts';
import { isExecutive } from './body-kind.ts';
import { type Body, meetingDates } from './meetings.ts';
import type { PreparationKind } from './preparation-kinds.ts';
import { unstopped } from '../unstopped.ts';
import {
  GENERAL_EXCEPTION_CLEAR_DAYS,
  KEY_NOTICE_CLEAR_DAYS,
  PRIVATE_NOTICE_CLEAR_DAYS,
  PRIVATE_STATEMENT_CLEAR_DAYS,
} from './statutory-days.ts';

/** What a duty that goes to a body needs beforehand. */
interface Needs {
  body: Body;
  /** It asks for a key decision. */
  key: boolean;
  /** Why notice of 28 clear days can't be given of it: it is given by general exception. */
  generalException?: string;
  /** It is to be decided in private. */
  inPrivate: boolean;
  /** The duty's id without its occurrence. */
  name: string;
}

const AGENDA: Citation = {
  cite: 'SI 2012/2089 reg 6; Local Government Act 1972 s.100B (five clear days)',
  confidence: 'H',
};
/** Of a body that is not the executive: the regulations are about executives alone. */
const OTHER_AGENDA: Citation = { cite: 'Local Government Act 1972 s.100B (five clear days)', confidence: 'H' };
const KEY_NOTICE: Citation = {
  cite: 'SI 2012/2089 reg 9 (28 clear days’ notice of a key decision)',
  confidence: 'M',
  url: 'https://www.legislation.gov.uk/uksi/2012/2089/part/3/made',
  note: 'Regulations 8 and 9(1) were read; the number rests on a council’s page about the general exception.',
};
const GENERAL_EXCEPTION: Citation = {
  cite: 'SI 2012/2089 reg 10 (general exception)',
  confidence: 'M',
  url: 'https://www.legislation.gov.uk/uksi/2012/2089/part/3/made',
  note: 'Regulation 10(1)(c) was read: the decision is made after five clear days have elapsed following the day of the notice. That these are working days follows the agenda’s.',
};
const PRIVATE: Citation = {
  cite: 'SI 2012/2089 reg 5 (28 clear days’ notice, and five for the second with the reasons)',
  confidence: 'L',
  note: 'Not verified: the regulation’s wording was not read.',
};
const OWN: Citation = { cite: "The council's own deadline for reports", confidence: 'U' };

/** Reminders of steps that take a day: fewer than a duty's own. */
const LADDER = { before: [5, 1, 0], after: [{ n: 1, to: 'manager' as const }], inform: 0, repeatEvery: 0 };

/**
 * The report, the agenda and the notice of a key decision before each meeting that a duty goes to: only for bodies whose
 * file asks for it (`papers`). They move with the meeting, and lapse when the duty is met.
 */
export function preparations(
  duties: readonly PlannedMilestone[],
  { body, key, generalException, inPrivate, name }: Needs,
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  const { papers } = body;
  if (papers === undefined) return [];
  const dates = new Set(meetingDates(body));
  const executive = isExecutive(body);
  return duties
    .filter((duty) => dates.has(duty.due))
    .flatMap((duty) => {
      const meeting = `${body.name} meets on ${formatDate(duty.due)}.`;
      const step = (
        kind: PreparationKind,
        title: string,
        act: string,
        owner: string,
        due: CivilDate,
        citation: Citation,
        why: string,
      ) => {
        const own = `${name}-${kind}`;
        if (duty.occurrence !== undefined && duty.occurrence < (options.cyclesFrom?.[own] ?? 1)) return [];
        const explanation = [
          meeting,
          why,
          `It is late after midnight at the end of ${formatDate(due)}.`,
          `Source: ${citedInFull(citation)}`,
          calendarSentence(calendar.version),
        ];
        return [
          {
            id: duty.occurrence === undefined ? own : `${own}-${duty.occurrence}`,
            strand: duty.strand,
            title: `${title}: ${duty.title}`,
            act,
            due,
            dueAt: instantAt(due, '24:00'),
            cutOff: '24:00',
            owner,
            ...(owner === duty.owner && duty.beside !== undefined ? { beside: duty.beside } : {}),
            provisional: calendar.isProvisional(due),
            strength: citation === OWN ? ('commitment' as const) : ('statutory' as const),
            extendable: false,
            rule: { id: `meeting-${kind}`, version: 1, citation, calendar: calendar.version },
            explanation,
            ladder: LADDER,
            preparesFor: duty.id,
            // A meeting that has been needs nothing made ready any more.
            neededUntil: duty.due,
            body: body.id,
            ...(duty.occurrence === undefined ? {} : { occurrence: duty.occurrence }),
          },
        ];
      };
      const agenda = agendaBy(duty.due, body, calendar);
      return [
        ...(papers.reportDays === undefined
          ? []
          : step(
              'report',
              'Report to the officer',
              'Send the report to the officer who publishes the agenda.',
              duty.owner,
              calendar.addWorkingDays(duty.due, -papers.reportDays),
              OWN,
              `Reports are due ${papers.reportDays} working days before the meeting.`,
            )),
        ...step(
          'agenda',
          'Publish the agenda',
          'Publish the agenda with the report.',
          papers.officer,
          agenda,
          executive ? AGENDA : OTHER_AGENDA,
          `${clearDaysInWords(papers)} lie between publication and the meeting, both left out.`,
        ),
        ...(key && executive && generalException === undefined
          ? step(
              'notice',
              'Give notice of the key decision',
              'Publish the notice of the key decision.',
              papers.officer,
              calendar.previousWorkingDay(keyNoticeBy(duty.due, calendar)),
              KEY_NOTICE,
              `${KEY_NOTICE_CLEAR_DAYS} clear days lie between the notice and the meeting, both left out; on a day off it goes out before it.`,
            )
          : []),
        ...(key && executive && generalException !== undefined
          ? step(
              'notice',
              'Give notice by general exception',
              'Tell the chair of scrutiny in writing what is to be decided, make that available at the council’s offices and publish it on its website; then publish why notice of 28 clear days could not be given.',
              papers.officer,
              generalExceptionBy(duty.due, calendar),
              GENERAL_EXCEPTION,
              `Notice of ${KEY_NOTICE_CLEAR_DAYS} clear days is not given of it: ${unstopped(generalException)}. ${GENERAL_EXCEPTION_CLEAR_DAYS} clear working days lie between the notice and the meeting, both left out.`,
            )
          : []),
        ...(inPrivate && executive
          ? [
              ...step(
                'private-notice',
                'Give notice that it is to be in private',
                'Publish the notice that the meeting, or this part of it, is to be held in private, with the reasons.',
                papers.officer,
                calendar.previousWorkingDay(privateNoticeBy(duty.due, calendar)),
                PRIVATE,
                `${PRIVATE_NOTICE_CLEAR_DAYS} clear days lie between the notice and the meeting, both left out; on a day off it goes out before it.`,
              ),
              ...step(
                'private-statement',
                'Give the second notice of the private meeting',
                'Publish the second notice: the reasons again, what was said for holding it in public, and the answer.',
                papers.officer,
                privateStatementBy(duty.due, calendar),
                PRIVATE,
                `${PRIVATE_STATEMENT_CLEAR_DAYS} clear working days lie between the notice and the meeting, both left out.`,
              ),
            ]
          : []),
      ];
    });
}
