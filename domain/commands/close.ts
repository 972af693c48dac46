import { requireRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { callInOf } from '../decisions/counted.ts';
import { type Home, homeInWords, homeOfEach, REST } from '../closing/homes.ts';
import type { Facts } from '../facts/facts.ts';
import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { isFixed } from '../milestone/strengths.ts';
import { isUnfinished } from '../closing/unfinished.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import { asked } from '../questions/questions.ts';
import { whoAsked } from '../questions/who-asked.ts';
import { Refusal } from '../refusal.ts';
import { isWindow } from '../strands/call-in-window.ts';
import { questionId } from '../strands/member-briefings.ts';
import type { Actor } from './actor.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';
import { someOf } from '../some-of.ts';

/**
 * The council's response to an inspection has ended; what is still open, and not set by law, lapses, and whoever had it is
 * told that once. Of each unfinished action it is said where it goes; whoever takes it over is told as well.
 */
export const close = command({
  subject: 'inspection',
  title: 'Close the inspection',
  help: 'Say that the council’s response to this inspection has ended. Duties set by law, or by somebody outside the council, must be met first.',
  fields: {
    reason: { kind: 'line', label: 'Why is it closed?', missing: 'Say why it is closed', hint: 'This goes on record.' },
    homes: {
      kind: 'homes',
      label: 'Where does each unfinished action go?',
      hint: 'One a line, by its short name: “audit = business-as-usual head-of-service”, “audit = inspection 2027”, “audit = dropped” with the reason; “rest = …” for all others.',
      optional: true,
      flag: 'home',
    },
  },
  may: MANAGERS_ONLY,
  verb: 'close the inspection',
  done: 'The inspection is closed.',
  warning: 'This can’t be taken back: no more reminders go out, and nothing more can be done to it.',
  entries: ['inspection-closed', 'milestone-lapsed'],
  check(_about, state) {
    const blocking = pendingIn(state).filter((each) => isFixed(each) || isWindow(each));
    if (blocking.length > 0)
      throw new Refusal(
        'duties-open',
        `The inspection can't be closed while these are open: ${someOf(blocking.map((each) => `"${each.title}" (due ${formatDate(each.due)})`))}. Mark them as done, or record that they no longer apply, first.`,
      );
    // It would stand as waiting for good: whether it was accepted could not be said any more.
    const waiting = milestonesOf(state).filter((each) => each.status === 'submitted' && isFixed(each));
    if (waiting.length > 0)
      throw new Refusal(
        'duties-open',
        `The inspection can't be closed while these wait to be accepted: ${someOf(waiting.map(({ title }) => `"${title}"`))}. Record that it was accepted, or what was sent back, first.`,
      );
    const { inspection } = state.facts;
    const calledIn = inspection.decisions.filter(({ id, withdrawn }) => {
      const called = callInOf(inspection, id);
      return withdrawn === undefined && called !== undefined && called.resolution === undefined;
    });
    // Nothing could be said of it any more, and it would stay as it is for good.
    if (calledIn.length > 0)
      throw new Refusal(
        'duties-open',
        `The inspection can't be closed while scrutiny has not considered what was called in: ${someOf(calledIn.map(({ title }) => `"${title}"`))}. Record what scrutiny resolved, or withdraw the call-in, first.`,
      );
  },
  apply(state, { reason, homes = [] }, { actor, now }) {
    const itself = homes.find(({ to, said }) => to === 'inspection' && said === state.facts.inspection.reference);
    if (itself !== undefined)
      throw new Refusal(
        'wrong-state',
        `"${itself.action}" can't go on under this inspection, which is closed: name another one.`,
        'homes',
      );
    const open = milestonesOf(state).filter((each) => isPending(each) || isUnfinished(each));
    const found = homesOf(open.filter(isUnfinished), homes, state.facts);
    // Nothing else is told of it any more, of what was ended before neither.
    const silent = milestonesOf(state).map((each) => ({ ...each, announcements: [] }));
    const ended = open.map((each) => endWith(each, found.get(each.id), whoAskedFor(each, state.facts, actor), now));
    const status = 'closed' as const;
    const closed = withMilestones({ ...state, status, ...(homes.length === 0 ? {} : { homes }) }, ...silent, ...ended);
    return record(closed, now, [
      ...ended.map((each) => ({
        kind: 'milestone-lapsed' as const,
        milestone: each,
        actor,
        text: lapseInWords(each, found.get(each.id)),
        data: dataOf(found.get(each.id)),
      })),
      {
        kind: 'inspection-closed' as const,
        actor,
        text: `Closed by ${roleTitle(state.facts.authority, actor.role)}: ${reason}`,
        data: { reason },
      },
    ]);
  },
});

/** An answer in words, as the record and the mail have it. */
interface FoundHome extends Home {
  words: string;
}

const nameOf = ({ id }: Milestone): string => actionOfDuty(id) ?? id;

/**
 * Where each unfinished action goes, by its milestone.
 *
 * @throws Refusal where one has no answer, an answer is about none of them, or names a role that there is not
 */
function homesOf(actions: readonly Milestone[], homes: readonly Home[], facts: Facts): Map<string, FoundHome> {
  const names = new Set(actions.map(nameOf));
  const strange = homes.filter(({ action }) => action !== REST && !names.has(action));
  if (strange.length > 0)
    throw new Refusal(
      'unknown-milestone',
      `No unfinished action is called ${someOf(strange.map(({ action }) => `"${action}"`))}.${names.size === 0 ? '' : ` Unfinished are: ${someOf([...names])}.`}`,
      'homes',
    );
  const twice = homes.find(({ action }, at) => homes.some((other, index) => index < at && other.action === action));
  if (twice !== undefined)
    throw new Refusal('duplicate', `"${twice.action}" is said twice: say once where it goes.`, 'homes');
  const homeOf = homeOfEach(homes);
  const found = new Map<string, FoundHome>();
  const homeless: string[] = [];
  for (const each of actions) {
    const home = homeOf(nameOf(each));
    if (home === undefined) homeless.push(`"${each.title}" (${nameOf(each)})`);
    else found.set(each.id, { ...home, words: wordsOf(home, facts) });
  }
  if (homeless.length > 0)
    throw new Refusal(
      'duties-open',
      `Say where each unfinished action goes: to another inspection, to business as usual with a named owner, or dropped with a reason. Nothing is said of ${someOf(homeless)}.`,
      'homes',
    );
  return found;
}

function wordsOf(home: Home, { authority }: Facts): string {
  if (home.to === 'business-as-usual') requireRole(authority, home.said, 'homes');
  return homeInWords(home, authority);
}

function lapseInWords({ title }: Milestone, home: FoundHome | undefined): string {
  return home === undefined
    ? `${title}: no longer needed, because the inspection was closed.`
    : `${title}: not finished when the inspection was closed; ${home.words}.`;
}

function dataOf(home: FoundHome | undefined): Record<string, unknown> {
  if (home === undefined) return {};
  const { words: _words, ...said } = home;
  return { home: said };
}

/** Who waits for an answer that is not given any more. */
const whoAskedFor = ({ id }: Milestone, facts: Facts, actor: Actor): string[] =>
  asked(facts).flatMap((each) => (questionId(each.id) === id ? whoAsked(each, facts, actor) : []));

/** What those hear who do not take it over: where it goes, or that there is nothing left to do. */
const TELLS_OTHERS = {
  inspection: 'carried-on',
  'business-as-usual': 'handed-on',
  dropped: 'withdrawn',
} as const satisfies Record<Home['to'], Announcement['kind']>;

/** Ends what is not finished: whoever takes it over is told, and whoever had it, or waits for it. What is no action has nowhere to go. */
function endWith(open: Milestone, home: FoundHome | undefined, waiting: readonly string[], now: string): Milestone {
  const { to, said } = home ?? {};
  const takesOver = to === 'business-as-usual' ? said : undefined;
  const others = [...new Set([open.owner, ...(open.beside ?? []), ...waiting])].filter((role) => role !== takesOver);
  const tell = (kind: Announcement['kind'], role: string): Announcement => ({
    ...{ kind, to: role, readyAt: now, urgent: true },
  });
  return end(
    open,
    { status: home === undefined ? 'lapsed' : 'unfinished' },
    ...(takesOver === undefined ? [] : [tell('taken-over', takesOver)]),
    ...others.map((role) => tell(TELLS_OTHERS[to ?? 'dropped'], role)),
  );
}

const pendingIn = (state: LifecycleState): Milestone[] => milestonesOf(state).filter(isPending);
