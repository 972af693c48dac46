import { lateInWords } from '../../../domain/calendar/lateness.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../../domain/calendar/london.ts';
import { FINDINGS } from '../../../domain/doctor/findings.ts';
import { inspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import type { ListedMilestone, PlacedRow } from '../../../domain/milestone/columns.ts';
import { soughtSentences } from '../../../domain/plan/waiting.ts';
import { awaited } from '../../../domain/rounds/answers.ts';
import { unstopped } from '../../../domain/unstopped.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { definitionOf, type CommandName } from '../../../domain/commands/commands.ts';
import { accepterOf } from '../../../domain/acceptance/accepter.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { serviceOf } from '../../../domain/authority/service.ts';
import { callInNeeds } from '../../../domain/decisions/calling-in.ts';
import { submittedDuty } from './next-steps.ts';
import type { NextStep } from './next-steps.ts';
import { actingRole } from '../forms/offered.ts';
import type { RunningInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { WebParts } from '../parts.ts';
import { authoritiesWith, isAny, membershipIn, type Person } from '../people.ts';
import { runningOnes, type RunningOnes } from '../views.ts';
import { openRounds } from './asked-of-owner.ts';
import type { WaitingItem, WaitingKind } from './sections.ts';
import { MAX_ASKED, toAsk } from './to-ask.ts';
import { pathOfRow } from '../milestone-path.ts';

/** Rows of the register that are looked through for each kind. */
const MAX_ROWS = 200;
/** So many briefings are shown ahead. */
const MAX_BRIEFINGS = 5;

/** Whom the page is made for, and when. */
export interface Asker {
  person: Person;
  now: string;
}

/** What waits, by kind; and the inspections of which that could not be asked. */
export interface Waiting {
  items: Record<WaitingKind, WaitingItem[]>;
  silent: RunningOnes['silent'];
  /** Inspections that were left out, since more are open than one page asks. */
  notAsked: number;
}

type Parts = Pick<WebParts, 'register' | 'engine' | 'onError'>;

/** All that waits for somebody: from the register, and from those inspections alone of which the register does not know enough. */
export async function waitingFor(parts: Parts, pages: MilestonePages, asker: Asker): Promise<Waiting> {
  const { person, now } = asker;
  const { board } = parts.register;
  const [seniors, members, administrators] = [
    authoritiesWith(person, ['manager', 'administrator']),
    authoritiesWith(person, ['member']),
    authoritiesWith(person, ['administrator']),
  ];
  // What was called in, and which facts are missing, the inspections know themselves.
  const everywhere = [...new Set([...seniors, ...members])];
  const rows = (authorities: string[], filter: object): Promise<PlacedRow[]> =>
    authorities.length === 0
      ? Promise.resolve([])
      : board.milestones(now, { authorities, ...filter }, { offset: 0, limit: MAX_ROWS });
  const [asked, submitted, rounds, windows, briefings, overdueQuestions, open] = await Promise.all([
    seniors.length === 0 ? [] : board.waiting.laterDatesAsked(seniors),
    rows(seniors, { status: 'submitted' }),
    rows(seniors, { status: 'open', strand: 'progress-rounds' }),
    rows(members, { status: 'open', strand: 'call-in-window' }),
    rows(members, { strand: 'member-briefings', status: 'open' }),
    rows([...new Set([...members, ...administrators])], { strand: 'member-briefings', status: 'overdue' }),
    everywhere.length === 0
      ? { rows: [], total: 0 }
      : board.inspections(now, { authorities: everywhere, open: true }, { offset: 0, limit: MAX_ASKED }),
  ]);
  const named = [...asked, ...submitted, ...rounds, ...windows].map(({ authority, reference, inspectionTitle }) => ({
    ...{ authority, reference, title: inspectionTitle },
  }));
  const { asked: looked, notAsked } = toAsk(named, open, everywhere);
  const ones = await runningOnes(parts, looked);
  const listed = (found: readonly PlacedRow[]) => pages.listed(found, person, now);
  const questions = [...overdueQuestions, ...briefings].filter(isQuestion);
  const about: About = { asker, ones };
  return {
    items: {
      'later-dates': laterDates(await listed(asked), about),
      submissions: submissions(await listed(submitted), about),
      silence: silence(about, new Set(rounds.map(refOf))),
      windows: openWindows(about, new Set(windows.map(refOf))),
      'called-in': calledIn(about),
      questions: (await listed(questions.filter((row) => members.includes(row.authority)))).map(asQuestion),
      briefings: (await listed(briefings.filter((row) => !isQuestion(row))))
        .filter(({ standing }) => standing === 'open')
        .slice(0, MAX_BRIEFINGS)
        .map((row) => asDuty(row, `${row.ownerTitle} gives it by ${formatDate(row.due)}`)),
      unanswered: (
        await listed(overdueQuestions.filter((row) => isQuestion(row) && administrators.includes(row.authority)))
      ).map(asQuestion),
      ...(await notRight(parts, administrators, asker)),
      'missing-facts': missingFacts(about, administrators),
    },
    silent: ones.silent,
    notAsked,
  };
}

interface About {
  asker: Asker;
  ones: RunningOnes;
}

const refOf = ({ authority, reference }: { authority: string; reference: string }) =>
  inspectionRef(authority, reference);

const isQuestion = ({ milestone }: Pick<PlacedRow, 'milestone'>): boolean =>
  milestone.startsWith('member-briefings/question-');

const asDuty = (row: ListedMilestone, said: string, steps: NextStep[] = []): WaitingItem => ({
  ...{ href: pathOfRow(row), title: row.title, said, steps },
  of: `${row.ownerTitle}, ${row.inspectionTitle} (${refOf(row)})`,
});

function asQuestion(row: ListedMilestone): WaitingItem {
  const question = row.milestone.replace('member-briefings/question-', '');
  const late = row.standing === 'overdue' ? `; ${lateInWords(row.workingDaysLate)}` : '';
  return {
    ...asDuty(row, `to be answered by ${formatDate(row.due)}${late}`),
    href: `/inspections/${refOf(row)}/questions#${question}`,
  };
}

/** The roles whose work somebody looks after in an authority: an administrator all of them. */
function looksAfter(
  { person }: Asker,
  { facts: { authority } }: Pick<RunningInspection, 'facts'>,
): (role: string) => boolean {
  if (isAny(person, ['administrator'], authority.id)) return () => true;
  const own = membershipIn(person, authority.id)?.roles.map(({ id }) => id) ?? [];
  const service = serviceOf(authority, own);
  return (role) => service.has(role);
}

/** The forms of some commands about a duty that somebody may give. */
function stepsFor(
  { asker: { person } }: About,
  running: RunningInspection,
  row: ListedMilestone,
  commands: Partial<Record<CommandName, string>>,
): NextStep[] {
  const membership = membershipIn(person, row.authority);
  if (membership === undefined) return [];
  return (Object.keys(commands) as CommandName[])
    .filter((name) => actingRole(membership, running, name, row.milestone).possible)
    .map((name) => ({ href: `${pathOfRow(row)}/do/${name}`, text: commands[name] ?? definitionOf(name).title }));
}

/** Later dates that were asked for in somebody's service. */
function laterDates(rows: readonly ListedMilestone[], about: About): WaitingItem[] {
  return rows.flatMap((row) => {
    const running = about.ones.running.get(refOf(row));
    if (running === undefined) return [];
    const request = running.view.milestones.find(({ id }) => id === row.milestone)?.extensionRequested;
    if (request === undefined || !looksAfter(about.asker, running)(row.owner)) return [];
    const steps = stepsFor(about, running, row, { extend: 'Grant it', declineExtension: 'Decline it' });
    const by = roleTitle(running.facts.authority, request.by);
    return [
      asDuty(
        row,
        `${by} asks for ${formatDate(request.to)} in place of ${formatDate(row.due)}: ${unstopped(request.reason)}.`,
        steps,
      ),
    ];
  });
}

/** What was submitted, and is for somebody to accept: as who is named, or as who looks after its owner. */
function submissions(rows: readonly ListedMilestone[], about: About): WaitingItem[] {
  return rows.flatMap((row) => {
    const running = about.ones.running.get(refOf(row));
    const duty = running?.view.milestones.find(({ id }) => id === submittedDuty(row.milestone));
    if (running === undefined || duty === undefined) return [];
    const accepter = accepterOf(duty, running.facts.authority);
    const isNamed = membershipIn(about.asker.person, row.authority)?.roles.some(({ id }) => id === accepter?.role);
    if (isNamed !== true && !looksAfter(about.asker, running)(row.owner)) return [];
    const steps = stepsFor(about, running, row, { accept: 'Accept', sendBack: 'Send back' });
    if (steps.length === 0) return [];
    const at = duty.submitted?.at;
    const to = accepter === undefined ? '' : `, for ${accepter.by} to accept`;
    return [asDuty(row, `submitted${at === undefined ? '' : ` on ${formatDate(localDate(at))}`}${to}`, steps)];
  });
}

/** Who has not answered in the rounds that are open, of somebody's service: a line for each owner. */
function silence({ asker, ones }: About, inspections: ReadonlySet<string>): WaitingItem[] {
  return [...ones.running].flatMap(([id, running]) => {
    if (!inspections.has(id)) return [];
    const isTheirs = looksAfter(asker, running);
    return openRounds(running).flatMap(({ round }) =>
      [...awaited(running.view.milestones, round.round)]
        .filter(([owner]) => isTheirs(owner))
        .map(([owner, actions]) => ({
          href: `/inspections/${id}/progress`,
          title: roleTitle(running.facts.authority, owner),
          of: `${round.title}, ${running.view.title} (${id})`,
          duties: actions.length,
          said: `not answered on ${actions.length} action${actions.length === 1 ? '' : 's'}, asked for by ${formatDate(round.due)}`,
          steps: [],
        })),
    );
  });
}

/** Decisions whose call-in windows are open, the first to close first. */
function openWindows({ asker, ones }: About, inspections: ReadonlySet<string>): WaitingItem[] {
  return [...ones.running]
    .filter(([id]) => inspections.has(id) && isAny(asker.person, ['member'], partsOf(id).authority))
    .flatMap(([id, running]) =>
      running.view.decisions.flatMap(({ id: decision, title, heading, standing: { open, closesAt } }) =>
        open && closesAt !== null
          ? [
              {
                id,
                decision,
                title,
                heading,
                closesAt,
                inspection: running.view.title,
                ...callingIn(asker, id, running, decision),
              },
            ]
          : [],
      ),
    )
    .toSorted((a, b) => (a.closesAt < b.closesAt ? -1 : 1))
    .map(({ id, decision, title, heading, closesAt, inspection, needs, steps }) => ({
      href: `/inspections/${id}/decisions/${decision}`,
      title,
      of: `${heading}; ${inspection} (${id})`,
      // At midnight a window closes as the next day begins: it is the day before that it ends on.
      said: `can be called in until the end of its window, ${formatDate(localDate(justBefore(closesAt)))} (closes ${formatInstant(closesAt)}). Nobody has called it in so far. ${needs}`,
      steps,
    }));
}

/** What was called in, and scrutiny has still to consider; with the form for what it resolved, where they may record that. */
function calledIn({ asker: { person }, ones }: About): WaitingItem[] {
  return [...ones.running].flatMap(([id, running]) => {
    const membership = membershipIn(person, partsOf(id).authority);
    const { view } = running;
    return view.decisions.flatMap(({ id: decision, title, heading, standing }) => {
      if (standing.calledIn !== true) return [];
      const may = membership !== undefined && actingRole(membership, running, 'resolveCallIn', decision).possible;
      return [
        {
          href: `/inspections/${id}/decisions/${decision}`,
          ...{ title, of: `${heading}; ${view.title} (${id})`, said: standing.why },
          steps: may
            ? [{ href: `/inspections/${id}/do/resolveCallIn/${decision}`, text: definitionOf('resolveCallIn').title }]
            : [],
        },
      ];
    });
  });
}

/** What it takes to call a decision in, and the form for it where they may. */
function callingIn({ person }: Asker, id: string, running: RunningInspection, decision: string) {
  const membership = membershipIn(person, running.facts.authority.id);
  const may = membership !== undefined && actingRole(membership, running, 'callIn', decision).possible;
  return {
    needs: callInNeeds(running.facts),
    steps: may ? [{ href: `/inspections/${id}/do/callIn/${decision}`, text: 'Call it in' }] : [],
  };
}

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

/** What administrators see to, as far as the register knows it. */
async function notRight(
  { register }: Pick<WebParts, 'register'>,
  authorities: readonly string[],
  { now }: Asker,
): Promise<Pick<Waiting['items'], 'overdue' | 'undeliverable' | 'findings' | 'provisional'>> {
  if (authorities.length === 0) return { overdue: [], undeliverable: [], findings: [], provisional: [] };
  const [loads, mails, look, doubtful] = await Promise.all([
    register.board.waiting.loads(now, authorities),
    register.undeliverable(),
    register.looks.report(),
    register.board.waiting.doubtfulDates(authorities),
  ]);
  const isOurs = (authority: string): boolean => authorities.includes(authority);
  return {
    overdue: loads
      .filter(({ late }) => late > 0)
      .map(({ authority, owner, ownerTitle, late }) => ({
        href: `/overdue?authority=${authority}&owner=${owner}`,
        title: ownerTitle,
        of: '',
        said: `${late} overdue`,
        duties: late,
        steps: [],
      })),
    undeliverable: mails
      .filter(({ authority }) => isOurs(authority))
      .map(({ recipient, authority, reference, day, reason }) => ({
        href: '/undeliverable',
        title: recipient,
        of: inspectionRef(authority, reference),
        said: `mail of ${formatDate(day)}: ${reason ?? 'no reason given'}`,
        steps: [],
      })),
    findings: (look?.findings ?? [])
      .filter(({ inspection }) => inspection === undefined || isOurs(partsOf(inspection).authority))
      .map(({ code, inspection, what }) => ({
        href: inspection === undefined ? '/health' : `/inspections/${inspection}`,
        title: inspection ?? 'duecourse itself',
        of: FINDINGS[code].title,
        said: FINDINGS[code].officer ?? what,
        steps: [],
      })),
    provisional: doubtful.map(({ authority, reference, title, provisional, standIns }) => ({
      href: `/inspections/${inspectionRef(authority, reference)}/duties`,
      title,
      of: inspectionRef(authority, reference),
      said: [
        ...(provisional === 0 ? [] : [`${provisional} on bank holidays that are not published yet`]),
        ...(standIns === 0 ? [] : [`${standIns} counted from another day than they should, which is not on file`]),
      ].join('; '),
      duties: provisional + standIns,
      steps: [],
    })),
  };
}

/** For want of which facts nothing is planned, in the inspections that were asked. */
const missingFacts = ({ asker: { person }, ones }: About, authorities: readonly string[]): WaitingItem[] =>
  [...ones.running].flatMap(([id, running]) => {
    const { authority } = partsOf(id);
    const membership = membershipIn(person, authority);
    if (membership === undefined || !authorities.includes(authority)) return [];
    const steps = namesOf(ABOUT_A_FACT)
      .filter((name) => actingRole(membership, running, name).possible)
      .map((name) => ({ href: `/inspections/${id}/do/${name}`, text: ABOUT_A_FACT[name] }));
    return soughtSentences(running.facts).map((said) => ({
      ...{ href: `/inspections/${id}/facts`, title: running.view.title, of: id, said, steps },
    }));
  });

/** What can be done about a fact that is missing. */
const ABOUT_A_FACT = {
  event: 'Record an event',
  correct: 'Give a date of the report',
  ruleOut: 'There was none, or it is not known',
} as const satisfies Partial<Record<CommandName, string>>;
