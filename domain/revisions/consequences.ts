import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { apply } from '../commands/apply.ts';
import type { Given } from '../commands/definition.ts';
import type { CommandPayload } from '../commands/commands.ts';
import { milestoneOf, milestonesOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { NOTICE_KINDS } from '../milestone/notice-kinds.ts';
import { changesOf, type PlanChange } from './changes.ts';
import { givenUpInWords } from './given-up.ts';

/** What a revision would do, before it is carried out. */
export interface Consequences {
  changes: PlanChange[];
  /** Duties whose dates move. */
  moves: { milestone: string; title: string; from: CivilDate; to: CivilDate }[];
  /** Duties that somebody else than before has to accept, or nobody any more, or somebody now: in whose name. */
  accepted: { milestone: string; title: string; from: string | null; to: string | null }[];
  /** Who will be told, and about what: a line for each duty and role. */
  told: { role: string; about: string }[];
  /** What somebody should know of the duties that are given up: a sentence each. */
  givenUp: string[];
}

/**
 * What a revision would change, move and tell: it is carried out by the lifecycle's own function, and the result thrown away.
 *
 * @throws Refusal as the lifecycle would
 */
export function consequencesOf(
  state: LifecycleState,
  payload: CommandPayload<'revise'>,
  { actor, now }: Given,
): Consequences {
  const changes = changesOf(state.facts.inspection, payload.edits);
  const after = apply(state, { name: 'revise', payload }, actor, now);
  const duties = milestonesOf(after).map((is) => ({ is, was: milestoneOf(state, is.id) }));
  return {
    changes,
    moves: duties.flatMap(({ is, was }) =>
      was === undefined || was.due === is.due ? [] : [{ milestone: is.id, title: is.title, from: was.due, to: is.due }],
    ),
    accepted: duties.flatMap(({ is, was }) => {
      const [from, to] = [was?.signOff?.by ?? null, is.signOff?.by ?? null];
      return was === undefined || from === to ? [] : [{ milestone: is.id, title: is.title, from, to }];
    }),
    told: duties.flatMap(({ is, was }) =>
      is.announcements
        .filter((each) => was?.announcements.includes(each) !== true)
        .map((each) => ({ role: each.to, about: `${is.title}: ${saidIn(each, is, was)}` })),
    ),
    givenUp: givenUpInWords(state, after, now),
  };
}

/** What a mail says of it: that its date moves, which it works out itself, and the words of the announcement. */
function saidIn({ kind, text }: Announcement, is: Milestone, was: Milestone | undefined): string {
  if (kind !== 'moved' || was === undefined) return text ?? NOTICE_KINDS[kind].words;
  const moved = `Its date moves from ${formatDate(was.due)} to ${formatDate(is.due)}.`;
  return [...(was.due === is.due ? [] : [moved]), ...(text === undefined ? [] : [text])].join(' ');
}
