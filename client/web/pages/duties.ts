import { Hono } from 'hono';
import { namesOf } from '../../../domain/closed-table.ts';
import { isAcceptance } from '../../../domain/acceptance/awaiting.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import type { DeclinedDate } from '../../../register/later-dates.ts';
import { askedInWords, laterDateInWords, progressAsked } from '../first-pages/asked-of-owner.ts';
import { DUTY_GROUPS, type DutyGroup, endOfWeek, foldCycles, groupOf } from '../first-pages/duty-groups.ts';
import { type NextStep, nextSteps, stepsOf } from '../first-pages/next-steps.ts';
import type { MilestonePages } from '../lists.ts';
import { authoritiesOf, type Membership, type Person, rolesOf } from '../people.ts';
import { leftOutOf } from '../left-out.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { runningOnes, type RunningOnes } from '../views.ts';

/** Inspections that are asked what may be done: those of the most urgent duties. Of others the duty's own page says it. */
const MAX_ASKED = 10;

/** How long what they have done stands below what is to do. */
const LATELY_MS = 7 * 24 * 3_600_000;

/** What belongs to whoever is signed in, or has them beside its owner, by the roles that they hold: what is most urgent first. */
export function dutyRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const { board } = parts.register;
  return new Hono<Env>().get('/my-duties', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const since = new Date(Date.parse(now) - LATELY_MS).toISOString();
    const [own, met] = await Promise.all([
      board.dutiesOf(rolesOf(person)),
      board.metBy(person.email, authoritiesOf(person), since),
    ]);
    const [rows, metRows] = await Promise.all([pages.listed(own, person, now), pages.listed(met, person, now)]);
    const [ones, declined, leftOut] = await Promise.all([
      runningOnes(parts, inspectionsOf([...rows, ...metRows]).slice(0, MAX_ASKED)),
      board.declinedDates(rows.filter(({ standing }) => standing !== 'submitted')),
      leftOutOf(parts, now, authoritiesOf(person)),
    ]);
    const about = { person, ones, declined, today: localDate(now) };
    const shown = rows.map((row) => shownDuty(row, about));
    const rounds = [...ones.running].flatMap(([id, running]) =>
      progressAsked(id, running, rolesIn(person, running.facts.authority.id)),
    );
    return page(context, 'duties.html', {
      title: 'My duties',
      groups: namesOf(DUTY_GROUPS).map((name) => ({
        name,
        title: DUTY_GROUPS[name],
        rounds: name === 'asked' ? rounds : [],
        rows: foldCycles(shown.filter(({ group }) => group === name)),
      })),
      lately: metRows.flatMap((row) => {
        // What is theirs and waits to be accepted stands above.
        if (rows.some((each) => isOf(each, row) && each.milestone === row.milestone)) return [];
        return [{ ...row, steps: takenBack(row, about) }];
      }),
      nothing: rows.length === 0 && rounds.length === 0,
      today: about.today,
      weekEnds: endOfWeek(about.today),
      ...{ silent: ones.silent, leftOut },
      isGuest: person.memberships.length === 0,
      roles: [...person.memberships, ...person.guests].flatMap(({ authority, roles: held }) =>
        held.map((role) => ({ title: role.title, authority: authority.name })),
      ),
    });
  });
}

interface About {
  person: Person;
  ones: RunningOnes;
  declined: readonly DeclinedDate[];
  today: string;
}

const membershipsOf = ({ memberships, guests }: Person): Membership[] => [...memberships, ...guests];

const rolesIn = (person: Person, authority: string): Set<string> =>
  new Set(rolesOf(person).flatMap((each) => (each.authority === authority ? [each.role] : [])));

/** The inspections of some duties, each once, in their order. */
function inspectionsOf(rows: readonly ListedMilestone[]) {
  const found = new Map(
    rows.map((row) => [inspectionRef(row.authority, row.reference), { ...row, title: row.inspectionTitle }]),
  );
  return [...found.values()];
}

/** A duty with where it stands on the page, what is asked about it, and what comes next. */
function shownDuty(row: ListedMilestone, { person, ones, declined, today }: About) {
  const running = ones.running.get(inspectionRef(row.authority, row.reference));
  const membership = membershipsOf(person).find(({ authority }) => authority.id === row.authority);
  const isOwner = membership?.roles.some(({ id }) => id === row.owner) === true;
  const duty = running?.view.milestones.find(({ id }) => id === row.milestone);
  const titleOf = (role: string) => (membership === undefined ? role : roleTitle(membership.authority, role));
  const asked = askedInWords(
    duty,
    declined.find((each) => each.milestone === row.milestone && isOf(each, row)),
    titleOf,
  );
  const group: DutyGroup = groupOf(row, {
    today,
    isAsked: asked.length > 0 || isAcceptance({ id: row.milestone }),
  });
  return {
    ...row,
    // What they have asked for themselves is for others to answer.
    notes: [...asked, ...[laterDateInWords(duty, titleOf)].filter((each) => each !== undefined)],
    group,
    lead: isOwner ? undefined : row.ownerTitle,
    steps: running === undefined || membership === undefined ? [] : nextSteps(row, running, membership),
  };
}

/** By which what they have done is taken back, where they may. */
function takenBack(row: ListedMilestone, { person, ones }: About): NextStep[] {
  const running = ones.running.get(inspectionRef(row.authority, row.reference));
  const membership = membershipsOf(person).find(({ authority }) => authority.id === row.authority);
  return running === undefined || membership === undefined ? [] : stepsOf(['reopen'], row, running, membership);
}

const isOf = (each: Pick<DeclinedDate, 'authority' | 'reference'>, row: ListedMilestone): boolean =>
  each.authority === row.authority && each.reference === row.reference;
