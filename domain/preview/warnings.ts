import { CAPACITIES } from '../authority/change/words.ts';
import { DIVISIONS_IN_WORDS } from '../schemas/common.ts';
import { namesOf } from '../closed-table.ts';
import { isExecutive } from '../meetings/body-kind.ts';
import { lateInWords, workingDaysLate } from '../calendar/lateness.ts';
import { type CivilDate, daysBetween, formatDate } from '../calendar/civil-date.ts';
import { dayOff, onDayOff } from '../calendar/day-off.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { rightsThatMeet } from '../authority/rights-that-meet.ts';
import { titlesTwice } from '../authority/titles-twice.ts';
import { isOfficer } from '../authority/officers.ts';
import { allRoles } from '../authority/partners.ts';
import { findRole, roleTitle } from '../authority/roles.ts';
import type { LimitName } from '../lifecycle/limit-name.ts';
import { nearLimits, nearLimitSentence, sizesOf } from '../lifecycle/limits.ts';
import type { Facts } from '../facts/facts.ts';
import { eventInWords } from '../facts/events.ts';
import { waitingSentences } from '../plan/waiting.ts';
import { ownDate } from '../plan/own-due.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Inspection } from '../schemas/inspection.ts';

/** Something in a file that is possible and odd: a person should look at it before anything rests on it. */
export interface Warning {
  /** Whose file it is in. */
  of: 'inspection' | 'authority';
  /** Where in its data. */
  path: (string | number)[];
  text: string;
}

/** A report that comes later than this after the inspection, in days, has the wrong year more often than not. */
const LATE_REPORT_DAYS = 365;

/** What is odd in an inspection's file and its authority's. */
export function fileWarnings(facts: Facts, calendar: WorkingCalendar): Warning[] {
  const { inspection, authority } = facts;
  return [
    ...reportWarnings(inspection),
    ...actionWarnings(inspection),
    ...onDaysOff(inspection, calendar),
    ...withoutDate(facts),
    ...noticesOfNobody(facts),
    ...elsewhere(facts),
    ...waitingSentences(facts).map((text): Warning => ({ of: 'inspection', path: ['framework'], text })),
    ...sizeWarnings(facts),
    ...authorityWarnings(authority, calendar),
  ];
}

/** Where each limit is reached. */
const PLACES: Record<LimitName, Pick<Warning, 'of' | 'path'>> = {
  actions: { of: 'inspection', path: ['actions'] },
  events: { of: 'inspection', path: ['events'] },
  roles: { of: 'authority', path: ['roles'] },
  questions: { of: 'inspection', path: ['questions'] },
  authority: { of: 'authority', path: [] },
  bytes: { of: 'inspection', path: [] },
};

/** The framework, or that of an instrument, is of another part of the United Kingdom than the council. */
function elsewhere({ pack, instruments = [], inspection, authority }: Facts): Warning[] {
  const frameworks = [
    { pack, path: ['framework'] },
    ...instruments.map((each) => ({
      pack: each.pack,
      path: ['instruments', (inspection.instruments ?? []).findIndex(({ id }) => id === each.instrument), 'framework'],
    })),
  ];
  return frameworks.flatMap(({ pack: { id, divisions }, path }): Warning[] =>
    divisions === undefined || divisions.includes(authority.division)
      ? []
      : [
          {
            of: 'inspection',
            path,
            text: `The rules of ${id} are of ${divisions.map((each) => DIVISIONS_IN_WORDS[each]).join(' and ')}; ${authority.name} is in ${DIVISIONS_IN_WORDS[authority.division]}: look whether they apply there.`,
          },
        ],
  );
}

function sizeWarnings(facts: Facts): Warning[] {
  const sizes = sizesOf({ facts });
  return nearLimits(sizes).map((name) => ({ ...PLACES[name], text: nearLimitSentence(name, sizes) }));
}

function reportWarnings({ report: { received, published }, fieldwork }: Inspection): Warning[] {
  const warnings: Warning[] = [];
  const warn = (key: string, text: string) => warnings.push({ of: 'inspection', path: ['report', key], text });
  if (received !== undefined && published !== undefined && published < received)
    warn(
      'published',
      `The report was published (${formatDate(published)}) before the council received it (${formatDate(received)}): look at both dates.`,
    );
  const [key, came] = received === undefined ? (['published', published] as const) : (['received', received] as const);
  if (came !== undefined && daysBetween(fieldwork.until, came) > LATE_REPORT_DAYS)
    warn(
      key,
      `The report came on ${formatDate(came)}, more than a year after the inspection ended on ${formatDate(fieldwork.until)}: look at the years.`,
    );
  return warnings;
}

function actionWarnings({ actions, fieldwork }: Inspection): Warning[] {
  return actions.flatMap(({ title, due }, index) =>
    typeof due !== 'string' || due >= fieldwork.from
      ? []
      : [
          {
            of: 'inspection',
            path: ['actions', index, 'due'],
            text: `"${title}" is due on ${formatDate(due)}, before the inspection began on ${formatDate(fieldwork.from)}.`,
          },
        ],
  );
}

/** A day that the council itself has set for something to be done, and on which nobody works. */
function onDaysOff(inspection: Inspection, calendar: WorkingCalendar): Warning[] {
  return (['actions', 'commitments'] as const).flatMap((list) =>
    inspection[list].flatMap(({ title, due, setBy }, index): Warning[] => {
      // Words of a paper, "by Easter", mean the day that they mean.
      const remark = typeof due === 'string' && setBy === undefined ? onDayOff(due, calendar) : undefined;
      return remark === undefined
        ? []
        : [{ of: 'inspection', path: [list, index, 'due'], text: `"${title ?? ''}" is due on a day off: ${remark}` }];
    }),
  );
}

/** Only the executive takes key decisions, and gives notice of meetings in private: what is said of another body's does nothing. */
function noticesOfNobody({ inspection, authority }: Facts): Warning[] {
  const KEYS = { key: 'a key decision', inPrivate: 'a decision in private' } as const;
  return inspection.commitments.flatMap(({ body: id, title, rule, ...promise }, index) => {
    const body = authority.bodies.find((each) => each.id === id);
    if (body !== undefined && isExecutive(body)) return [];
    return namesOf(KEYS).flatMap((key): Warning[] =>
      promise[key] !== true
        ? []
        : [
            {
              of: 'inspection',
              path: ['commitments', index, key],
              text: `"${title ?? rule ?? ''}" asks for ${KEYS[key]}, and ${body === undefined ? 'goes to no body' : `${body.name} is not the executive`}: no notice of it is planned.`,
            },
          ],
    );
  });
}

/** What is counted from an event that is not on file has no date, and nobody would hear of it: silence is not "no duty". */
function withoutDate(facts: Facts): Warning[] {
  return (['actions', 'commitments'] as const).flatMap((list) =>
    facts.inspection[list].flatMap(({ title, due, setBy }, index): Warning[] => {
      if (due === undefined || typeof due === 'string' || !('from' in due) || ownDate(due, setBy, facts) !== undefined)
        return [];
      const text = `"${title ?? ''}" has no date yet: it counts from the day on which ${eventInWords(due.from)}, and that is not on file.`;
      return [{ of: 'inspection', path: [list, index, 'due'], text }];
    }),
  );
}

/**
 * What is odd in an authority's file: meetings on days off, meetings twice, an administrator who may do nothing, rights that meet in
 * one person, roles of one title.
 */
export function authorityWarnings(authority: Authority, calendar: WorkingCalendar): Warning[] {
  const administrator = findRole(authority, authority.chain.administrator);
  const powerless = administrator?.capacity === 'owner' || administrator?.capacity === 'member';
  return [
    ...(powerless
      ? [
          {
            of: 'authority' as const,
            path: ['chain', 'administrator'],
            text: `${roleTitle(authority, administrator.id)} is to run duecourse here, and its holder may ${CAPACITIES[administrator.capacity]}: they could start and change nothing. Choose a role whose holder may administer, or let this one’s.`,
          },
        ]
      : []),
    ...oneStepTwice(authority),
    ...rightsThatMeet(authority).map(({ role, text }): Warning => ({
      of: 'authority',
      path: placeOfRole(authority, role),
      text,
    })),
    ...titlesTwice(authority).map(({ role, text }): Warning => ({
      of: 'authority',
      path: [...placeOfRole(authority, role), 'title'],
      text,
    })),
    ...authority.bodies.flatMap((body, index) => meetingWarnings(body, index, calendar)),
  ];
}

/** One role on both of the upper steps: what is late goes no further than to them. */
function oneStepTwice(authority: Authority): Warning[] {
  const { director, chiefExecutive } = authority.chain;
  if (director !== chiefExecutive) return [];
  const text = `${roleTitle(authority, director)} is told at the second step of escalation and at the third: nobody else hears of what stays late.`;
  return [{ of: 'authority', path: ['chain', 'chiefExecutive'], text }];
}

/** The same, and who is missing: what whoever looks after the file is told of it, each in its sentence. */
export const oddIn = (authority: Authority, calendar: WorkingCalendar): string[] => [
  ...authorityWarnings(authority, calendar).map(({ text }) => text),
  ...unheld(authority),
];

/** Officers' roles that nobody holds, each in a sentence. */
const unheld = (authority: Authority): string[] =>
  allRoles(authority)
    .filter((role) => isOfficer(role) && role.email === undefined)
    .map(({ id }) => `Nobody holds the role of ${roleTitle(authority, id)}: others get its mail.`);

/** What is odd in a changed file and was not in the one before: each in its sentence. */
export function newlyOdd(
  before: { authority: Authority; calendar: WorkingCalendar },
  after: { authority: Authority; calendar: WorkingCalendar },
): string[] {
  const was = new Set(oddIn(before.authority, before.calendar));
  return oddIn(after.authority, after.calendar).filter((text) => !was.has(text));
}

/** Where a role stands in the file, the council's own or a partner's. */
function placeOfRole({ roles, partners = [] }: Authority, id: string): Warning['path'] {
  const own = roles.findIndex((each) => each.id === id);
  if (own !== -1) return ['roles', own];
  const partner = partners.findIndex((each) => each.roles.some((role) => role.id === id));
  return ['partners', partner, 'roles', partners[partner]?.roles.findIndex((role) => role.id === id) ?? 0];
}

function meetingWarnings(body: Authority['bodies'][number], index: number, calendar: WorkingCalendar): Warning[] {
  const seen = new Set<CivilDate>();
  return body.meetings.flatMap((meeting, at) => {
    const place = ['bodies', index, 'meetings', at];
    const { on, path } =
      typeof meeting === 'string'
        ? { on: meeting, path: place }
        : meeting.movedTo !== undefined
          ? { on: meeting.movedTo, path: [...place, 'movedTo'] }
          : { on: meeting.cancelled === undefined ? meeting.on : undefined, path: [...place, 'on'] };
    if (on === undefined) return [];
    const warn = (text: string): Warning => ({ of: 'authority', path, text });
    const twice = seen.has(on) ? [warn(`${body.name} has two meetings on ${formatDate(on)}.`)] : [];
    seen.add(on);
    const off = dayOff(on, calendar);
    return off === undefined ? twice : [...twice, warn(`${body.name} is to meet on ${formatDate(on)}, ${off}.`)];
  });
}

/** Working days late from which a start is taken for a mistake: a date of another year, or an old file. */
const LONG_WORKING_DAYS = 20;

/** That duties would be late already on the day of the start, in a sentence. */
export interface LateAtStart {
  text: string;
  /** What keeps a file is told beside that. */
  inFile: string;
  /** So late that nobody should start it without being asked. */
  long: boolean;
}

/**
 * What is late already on the day of the start: a wrong year does this, or work that is done and not on file. Undefined
 * where nothing is.
 *
 * @param today the day of the start
 */
export function lateAtStart(
  milestones: readonly Pick<PlannedMilestone, 'id' | 'title' | 'due' | 'strand'>[],
  { inspection }: Pick<Facts, 'inspection'>,
  calendar: WorkingCalendar,
  today: CivilDate,
): LateAtStart | undefined {
  const ended = new Set(inspection.happened.map((past) => past.milestone));
  const late = milestones.filter((each) => each.due < today && each.strand !== 'call-in-window' && !ended.has(each.id));
  const [first] = late.toSorted((a, b) => (a.due < b.due ? -1 : 1));
  if (first === undefined) return undefined;
  const days = workingDaysLate(first.due, today, calendar);
  const others = late.length === 1 ? '' : `, and ${late.length - 1} more with it`;
  return {
    text: `On ${formatDate(today)} it would be late already: ${first.title}, due ${formatDate(first.due)}, ${lateInWords(days)}${others}. If it has been done, mark it as done, with its day, once the inspection is started; if not, look at the dates of the report.`,
    inFile: 'What was done before the start stands in the file under `happened`.',
    long: days >= LONG_WORKING_DAYS,
  };
}
