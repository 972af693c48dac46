import { allRoles } from '../../../domain/authority/partners.ts';
import { isOfficer } from '../../../domain/authority/officers.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { type Home, type HomeKind, HOMES, REST } from '../../../domain/closing/homes.ts';
import { isUnfinished } from '../../../domain/closing/unfinished.ts';
import { nearestHint } from '../../../domain/nearest.ts';
import { actionOfDuty } from '../../../domain/plan/action-duty.ts';
import { home } from '../../../domain/schemas/homes.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { RunningInspection } from '../inspections.ts';
import type { FilledForm, FormProblem } from './form.ts';

/** With more unfinished actions than this there is one answer for all, and exceptions. */
export const MAX_ASKED = 50;
/** So many of them. */
export const EXCEPTIONS = 20;

/** Of the council's other open inspections a form offers so many by title; any other is named by its reference. */
export const MAX_OFFERED = 20;

/** The council's other open inspections, under which an unfinished action can go on. */
export interface OtherInspections {
  offered: readonly { reference: string; title: string }[];
  /** There are more than are offered. */
  more: boolean;
}

/** An unfinished action, of which it is asked where it goes. */
interface Unfinished {
  id: string;
  title: string;
  owner: string;
}

/** What a form asks of where unfinished actions go: of each, or of all with exceptions; and what stands in it. */
export interface HomesAsked {
  actions: number;
  /** What is wrong with the answers together. */
  error: string | undefined;
  all: HomeQuestion;
  each: HomeQuestion[];
  isMany: boolean;
  kinds: { value: string; text: string }[];
  /** There is another open inspection, under which an action can go on. */
  mayGoOn: boolean;
  /** There are more of them than are offered: such a one is named by its reference. */
  byReference: boolean;
  officers: string[];
}

interface HomeQuestion {
  name: string;
  /** Undefined of an exception, which says itself which action it is about. */
  title: string | undefined;
  owner: string | undefined;
  which: string;
  to: string;
  said: string;
  error: { which?: string; to?: string; said?: string };
}

/** What each answer is called to whoever chooses it. */
const ANSWERS: Record<HomeKind, string> = {
  inspection: 'It goes on under another inspection, by its reference',
  'business-as-usual': 'It goes on as business as usual',
  dropped: 'It is dropped',
};

/** What is chosen where an action goes on under an inspection that is offered: which one goes with it. */
const UNDER = 'inspection:';

/** The answers that a form offers: under each other inspection by its title, or as long as there are more by reference. */
function kindsOffered({ offered, more }: OtherInspections): HomesAsked['kinds'] {
  const under = offered.map(({ reference, title }) => ({
    value: `${UNDER}${reference}`,
    text: `It goes on under ${title} (${reference})`,
  }));
  return [
    ...under,
    ...namesOf(ANSWERS)
      .filter((value) => value !== 'inspection' || more)
      .map((value) => ({ value, text: ANSWERS[value] })),
  ];
}

/** The unfinished actions of an inspection, in the order of its plan. */
function unfinishedIn({ view, facts }: RunningInspection): Unfinished[] {
  return view.milestones.flatMap((duty) => {
    const id = actionOfDuty(duty.id);
    return id === undefined || !isUnfinished(duty)
      ? []
      : [{ id, title: duty.title, owner: roleTitle(facts.authority, duty.owner) }];
  });
}

const ALL = 'all';
const of = (name: string, part: 'which' | 'to' | 'said'): string => `${part}-${name}`;

/** The questions' names: for all, then of each action, or of so many exceptions. */
function namesAsked(actions: readonly Unfinished[]): string[] {
  return actions.length > MAX_ASKED
    ? Array.from({ length: EXCEPTIONS }, (_, index) => `exception-${index + 1}`)
    : actions.map(({ id }) => `action-${id}`);
}

/** What a form shows, with what was typed and what is wrong with it. */
export function homesAsked(
  running: RunningInspection,
  { typed, problems }: Pick<FilledForm, 'typed' | 'problems'>,
  others: OtherInspections,
): HomesAsked {
  const actions = unfinishedIn(running);
  const isMany = actions.length > MAX_ASKED;
  const wrong = (field: string) => problems.find((each) => each.field === field)?.text;
  const question = (name: string, action?: Unfinished): HomeQuestion => {
    const [which, to, said] = (['which', 'to', 'said'] as const).map((part) => of(name, part));
    const [whichWrong, toWrong, saidWrong] = [which, to, said].map((field) => wrong(field ?? ''));
    return {
      ...{ name, title: action?.title, owner: action?.owner },
      ...{ which: typed[which ?? ''] ?? '', to: typed[to ?? ''] ?? '', said: typed[said ?? ''] ?? '' },
      error: {
        ...(whichWrong === undefined ? {} : { which: whichWrong }),
        ...(toWrong === undefined ? {} : { to: toWrong }),
        ...(saidWrong === undefined ? {} : { said: saidWrong }),
      },
    };
  };
  return {
    ...{ actions: actions.length, isMany, error: wrong('homes') },
    all: question(ALL),
    each: namesAsked(actions).map((name, index) => question(name, isMany ? undefined : actions[index])),
    kinds: kindsOffered(others),
    ...{ mayGoOn: others.offered.length > 0, byReference: others.more },
    officers: officersOf(running.facts.authority).map(({ title }) => title),
  };
}

const officersOf = (authority: Authority): { id: string; title: string }[] =>
  allRoles(authority)
    .filter(isOfficer)
    .map(({ id }) => ({ id, title: roleTitle(authority, id) }));

/** Where each unfinished action goes, as somebody has filled it in: the answers go to the values, and what is wrong to its field. */
export function readHomes(running: RunningInspection, body: Record<string, unknown>, filled: FilledForm): void {
  const actions = unfinishedIn(running);
  const isMany = actions.length > MAX_ASKED;
  const text = (name: string, part: 'which' | 'to' | 'said'): string => {
    const given = body[of(name, part)];
    const said = typeof given === 'string' ? given.replaceAll(/\s+/g, ' ').trim() : '';
    if (said !== '') filled.typed[of(name, part)] = said;
    return said;
  };
  const problem = (name: string, part: 'which' | 'to' | 'said', words: string): undefined => {
    const told: FormProblem = { text: words, href: `#${of(name, part)}`, field: of(name, part) };
    filled.problems.push(told);
  };
  const { authority, inspection } = running.facts;
  /** Undefined where nothing is said, or it can't be used, which is told. */
  const answerIn = (name: string, action: string, about: string): Home | 'unsaid' | undefined => {
    const [chosen, typed] = [text(name, 'to'), text(name, 'said')];
    const under = chosen.startsWith(UNDER) ? chosen.slice(UNDER.length) : undefined;
    if (under !== undefined && typed !== '')
      return problem(name, 'said', `${about}: leave this empty; the inspection is chosen from the list`);
    const [kind, said] = under === undefined ? [chosen, typed] : ['inspection', under];
    const to = namesOf(ANSWERS).find((each) => each === kind);
    if (to === undefined && kind !== '') return problem(name, 'to', `${about}: choose one from the list`);
    if (to === undefined) return said === '' ? 'unsaid' : problem(name, 'to', `${about}: choose where it goes`);
    const read = SAID[to](said, authority, inspection.reference);
    if ('problem' in read) return problem(name, 'said', `${about}: ${read.problem}`);
    if (!home.shape.said.safeParse(read.said).success)
      return problem(name, 'said', `${about}: shorten it to 1,000 characters or fewer`);
    return { action, to, said: read.said };
  };
  const all = answerIn(ALL, REST, 'All others');
  const homes = new Map<string, Home>();
  const answered = new Set<string>();
  namesAsked(actions).forEach((name, index) => {
    const typed = isMany ? text(name, 'which') : '';
    const action = isMany ? actionCalled(typed, actions) : actions[index];
    const about = isMany ? `Exception ${index + 1}` : (action?.title ?? '');
    const answer = answerIn(name, action?.id ?? '', about);
    if (isMany && typed === '' && answer === 'unsaid') return;
    if (action === undefined)
      return problem(
        name,
        'which',
        typed === '' ? `${about}: say which action` : `${about}: no unfinished action is called “${typed}”`,
      );
    if (homes.has(action.id) || answered.has(action.id)) return problem(name, 'which', `${about}: it is there twice`);
    answered.add(action.id);
    if (answer === 'unsaid') {
      if (isMany) problem(name, 'to', `${about}: choose where it goes`);
      else if (all === 'unsaid') problem(name, 'to', `${about}: choose where it goes, or say it for all`);
    } else if (answer !== undefined) homes.set(action.id, answer);
  });
  if (isMany && all === 'unsaid') problem(ALL, 'to', 'Choose where the unfinished actions go');
  // An answer for all that no action is left for is none.
  const isLeft = actions.some(({ id }) => !homes.has(id));
  const rest = typeof all === 'object' && isLeft ? [all] : [];
  const given = [...homes.values(), ...rest];
  if (given.length > 0) filled.values['homes'] = given;
}

const actionCalled = (typed: string, actions: readonly Unfinished[]): Unfinished | undefined =>
  actions.find(({ id }) => id === typed.toLowerCase()) ??
  actions.find(({ title }) => title.toLowerCase() === typed.toLowerCase());

/** What has to be said of each answer, as the command takes it. */
const SAID: Record<
  HomeKind,
  (said: string, authority: Authority, reference: string) => { said: string } | { problem: string }
> = {
  inspection: (said, authority, reference) => {
    const other = said.replace(new RegExp(`^${authority.id}/`), '');
    if (other === '') return { problem: 'say which inspection, by its reference' };
    return other === reference ? { problem: 'this inspection is closed; name another one' } : { said: other };
  },
  'business-as-usual': (said, authority) => {
    const all = officersOf(authority);
    if (said === '') return { problem: 'say whose it is from now on' };
    const found = all.find(({ id, title }) => id === said || title.toLowerCase() === said.toLowerCase());
    const titles = all.map(({ title }) => title);
    return found === undefined
      ? { problem: `there is no officer called “${said}”${nearestHint(said, titles)}` }
      : { said: found.id };
  },
  dropped: (said) => (said === '' ? { problem: 'say why it is dropped' } : { said }),
};

/** Answers in words, a line each. */
export function homesInWords(homes: readonly Home[], running: RunningInspection, others: OtherInspections): string {
  const titles = new Map(unfinishedIn(running).map(({ id, title }) => [id, title]));
  const under = (said: string): string | undefined => others.offered.find(({ reference }) => reference === said)?.title;
  return homes
    .map(({ action, to, said }) => {
      const whose = to === 'business-as-usual' ? roleTitle(running.facts.authority, said) : said;
      const about =
        action === REST
          ? homes.length === 1
            ? 'All unfinished actions'
            : 'All others'
          : (titles.get(action) ?? action);
      return `${about}: ${HOMES[to].words(whose, under(said))}`;
    })
    .join('\n');
}
