import { hasLapsed } from '../../../domain/milestone/statuses.ts';
import { plannedOnTo } from '../../../domain/lifecycle/replan.ts';
import type { ZodType } from 'zod';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { apply } from '../../../domain/commands/apply.ts';
import type { Command, CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { definitionOf } from '../../../domain/commands/commands.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { type LifecycleView, viewOf } from '../../../domain/lifecycle/view.ts';
import { isEnded, isOverdue } from '../../../domain/milestone/milestone-state.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { commands } from '../../../domain/schemas/commands.ts';
import { issueSentence } from '../../issue-sentence.ts';
import type { RunningInspection } from '../inspections.ts';
import { type CommandForm, payloadIn } from './command-form.ts';
import { type FilledForm, type FormProblem, hrefOf, refusedIn } from './form.ts';
import { type Beside, inOrderAsked, othersWrong } from './others-wrong.ts';

/** A date that a command moves; undefined where there was, or will be, none. */
export interface MovedDate {
  title: string;
  from: CivilDate | undefined;
  to: CivilDate | undefined;
}

/** A duty that a command passes from one role to another; their titles. */
export interface OtherOwner {
  title: string;
  from: string;
  to: string;
}

/** A duty that lapses by a command about something else: with its owner's title. */
export interface LapsedDuty {
  title: string;
  owner: string;
  due: CivilDate;
  /** It was overdue, and nobody has met it. */
  late: boolean;
}

/** What would come of a command, before it is given. */
export interface Outcome {
  moves: MovedDate[];
  owners: OtherOwner[];
  lapsed: LapsedDuty[];
}

/** The same, with what the command makes of the inspection. */
export interface Tried extends Outcome {
  /** Undefined where nothing was tried. */
  after: { state: LifecycleState; view: LifecycleView } | undefined;
}

/** The payload that a form stands for. What the command's own schema says of it goes to the form's problems, each field once. */
export function payloadOf(
  form: CommandForm,
  filled: FilledForm,
  about: string,
): CommandPayload<CommandName> | undefined {
  const schema = commands[form.name] as unknown as ZodType<CommandPayload<CommandName>>;
  const read = schema.safeParse(payloadIn(form, filled.values, about));
  const told = new Set(filled.problems.map((each) => each.field));
  for (const issue of read.error?.issues ?? []) {
    const [at] = issue.path;
    const field = form.fields.find(({ name, fills }) => name === at || fills?.includes(String(at)) === true);
    // What was left empty, or could not be read, is told already.
    if (told.has(field?.name)) continue;
    told.add(field?.name);
    const text = issueSentence(issue, field?.label ?? '');
    filled.problems.push(field === undefined ? { text } : { text, href: hrefOf(field), field: field.name });
  }
  return filled.problems.length > 0 ? undefined : read.data;
}

/**
 * What would come of a command, before it is given: dates that move, duties of other owners; or the lifecycle's own refusal.
 *
 * @param role in which it would be given
 */
export function tried(
  { state, view }: RunningInspection,
  name: CommandName,
  payload: CommandPayload<CommandName>,
  actor: { id: string; role: string },
): Tried | { refusal: Refusal } {
  try {
    const made = apply(state, { name, payload } as Command, actor, view.now);
    const after = viewOf(made, view.now);
    // A command that plans nothing anew brings out nothing of what is to come.
    const before = made.plannedOn === state.plannedOn ? view : viewOf(plannedOnTo(view.now, state), view.now);
    return { ...outcomeBetween(before, after, state.facts.authority), after: { state: made, view: after } };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

/** What is otherwise in one view of an inspection than in another. */
export const outcomeBetween = (before: LifecycleView, after: LifecycleView, authority: Authority): Outcome => ({
  moves: movesBetween(before, after),
  owners: ownersBetween(before, after, authority),
  lapsed: lapsedBetween(before, after, authority),
});

/** What else would be wrong with a command whose form can't be used as it stands: all of it is told at once. */
export async function addOthersRefused(
  running: RunningInspection,
  form: CommandForm,
  filled: FilledForm,
  { about, actor }: { about: string; actor: { id: string; role: string } },
): Promise<void> {
  const { authority, inspection } = running.facts;
  const beside: Beside = { today: localDate(running.view.now), authority, inspection };
  const more = await othersWrong(form.fields, filled, beside, (values): FormProblem[] => {
    const other: FilledForm = { values, typed: {}, problems: [] };
    const payload = payloadOf(form, other, about);
    if (payload === undefined) return other.problems;
    const result = tried(running, form.name, payload, actor);
    return 'moves' in result ? [] : [refusedIn(form.fields, result.refusal)];
  });
  filled.problems = inOrderAsked(form.fields, [...filled.problems, ...more]);
}

/** The dates that a milestone's own command is about, beside those that it moves. */
export const presentDate = ({ view }: RunningInspection, name: CommandName, about: string): CivilDate | undefined =>
  definitionOf(name).subject === 'milestone' ? view.milestones.find((each) => each.id === about)?.due : undefined;

function movesBetween(before: LifecycleView, after: LifecycleView): MovedDate[] {
  const then = new Map(before.milestones.map((each) => [each.id, each]));
  const now = new Map(after.milestones.map((each) => [each.id, each]));
  return [...new Map([...then, ...now]).values()].flatMap(({ id, title }) => {
    // What ends by the command itself does not move.
    if (after.ended[id] !== undefined) return [];
    const [from, to] = [then.get(id)?.due, now.get(id)?.due];
    return from === to ? [] : [{ title, from, to }];
  });
}

/** What is still to be done before, and has lapsed after, by its date. */
function lapsedBetween(before: LifecycleView, after: LifecycleView, authority: Authority): LapsedDuty[] {
  const lapsed = new Set(after.milestones.filter(hasLapsed).map(({ id }) => id));
  return before.milestones
    .filter((each) => !isEnded(each) && (lapsed.has(each.id) || hasLapsed(after.ended[each.id] ?? each)))
    .map((each) => ({
      ...{ title: each.title, owner: roleTitle(authority, each.owner), due: each.due },
      late: isOverdue(each, before.now),
    }));
}

function ownersBetween(before: LifecycleView, after: LifecycleView, authority: Authority): OtherOwner[] {
  const then = new Map(before.milestones.map((each) => [each.id, each.owner]));
  return after.milestones.flatMap(({ id, title, owner }) => {
    const from = then.get(id);
    if (from === undefined || from === owner) return [];
    return [{ title, from: roleTitle(authority, from), to: roleTitle(authority, owner) }];
  });
}
