import { findRole } from '../authority/roles.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { CalendarError } from '../calendar/calendar-error.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { rulesUnder, standingInstruments } from '../facts/instruments.ts';
import { sharedName } from '../facts/shared-actions.ts';
import { nearestHint } from '../nearest.ts';
import { measuresOf } from '../measures/measures.ts';
import type { Measure } from '../schemas/measures.ts';
import type { Action } from '../schemas/plan.ts';
import { improvementActions } from '../strands/improvement-actions.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { mustHaveRoom } from '../lifecycle/next-step.ts';
import { Refusal } from '../refusal.ts';
import { changesOf } from './changes.ts';
import { sameValue } from './same-value.ts';
import { type Edit, idOfEdit, type Put, replacesOf, revised } from './edits.ts';
import { itemsById, type PlanItemKind, planItems } from './plan-items.ts';
import { actionOfDuty } from '../plan/action-duty.ts';

/** What is wrong with one thing of a revision: a clause, without a full stop. */
export interface RevisionProblem {
  what: PlanItemKind;
  id: string;
  problem: string;
}

interface Revision {
  facts: Facts;
  edits: readonly Edit[];
  calendar: WorkingCalendar;
  today: CivilDate;
  /** The actions that are done: what has been done stays in the plan. */
  done: ReadonlySet<string>;
  /** Who outside the council has agreed, where it changes what they have set. */
  agreedBy?: string | undefined;
}

/** The actions of a lifecycle that are done, by their names in the plan. */
export function doneIn({ ended, kept }: Pick<LifecycleState, 'ended' | 'kept'>): ReadonlySet<string> {
  return new Set(
    [...Object.entries(ended), ...Object.entries(kept)].flatMap(([id, { status }]) =>
      status === 'completed' ? (actionOfDuty(id) ?? []) : [],
    ),
  );
}

/**
 * All that is wrong with a revision of the plan that runs, thing by thing, in the order of its edits; empty where it can be
 * carried out.
 *
 * @throws CalendarError where a date lies beyond the known bank holidays
 */
export function revisionProblems(revision: Revision): RevisionProblem[] {
  const { facts, edits } = revision;
  const after: Facts = { ...facts, inspection: revised(facts.inspection, edits, { on: revision.today, reason: '' }) };
  return [
    ...saidTwice(edits),
    ...edits.flatMap((edit) => ofEdit(edit, facts, after)),
    ...edits.flatMap((edit) => ofOthers(edit, revision)),
    ...edits.flatMap((edit) => ofDone(edit, revision)),
    ...leftWithout(facts, after),
    ...inThePast(revision, after),
  ];
}

/** More problems than this nobody reads in one sentence; who asks through a file sees all of them. */
const MAX_TOLD = 12;

/** As one sentence; who asks through a file sees them line by line. */
export function problemsInWords(problems: readonly RevisionProblem[]): string {
  const said = problems.map(({ what, id, problem }) => `${planItems(what).title} ${id}: ${problem}`);
  const more = said.length - MAX_TOLD;
  const told = said.slice(0, MAX_TOLD).map((each) => `${each}.`);
  return `The plan can't be revised like this. ${[...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')}`;
}

/** What of an action or a promise is not the council's alone to change, where somebody else has set it. */
const SET = ['due', 'setBy', 'every', 'from', 'first', 'until', 'changes', 'rule'] as const;

/** What others have set is changed, or taken out, only where they have agreed. */
function ofOthers(edit: Edit, { facts, agreedBy }: Revision): RevisionProblem[] {
  const { what } = edit;
  if (agreedBy !== undefined || (what !== 'action' && what !== 'promise')) return [];
  const id = idOfEdit(edit);
  const before = itemsById(facts.inspection, what).get(id);
  if (before === undefined || !('setBy' in before) || before.setBy === undefined) return [];
  const [was, is]: Partial<Record<string, unknown>>[] = [{ ...before }, edit.kind === 'put' ? { ...edit.item } : {}];
  if (edit.kind === 'put' && SET.every((field) => sameValue(was?.[field], is?.[field]))) return [];
  const problem = `${before.setBy} set it: the council can't change it alone. Say who has agreed`;
  return [{ what, id, problem }];
}

function ofDone(edit: Edit, { done }: Revision): RevisionProblem[] {
  const id = idOfEdit(edit);
  return edit.kind === 'withdraw' && edit.what === 'action' && done.has(id)
    ? [{ what: 'action', id, problem: 'it is done: what has been done stays in the plan' }]
    : [];
}

function saidTwice(edits: readonly Edit[]): RevisionProblem[] {
  const seen = new Set<string>();
  return edits.flatMap((edit) => {
    const id = idOfEdit(edit);
    const name = `${edit.what} ${id}`;
    if (seen.has(name)) return [{ what: edit.what, id, problem: 'it is in this revision twice' }];
    seen.add(name);
    return [];
  });
}

function ofEdit(edit: Edit, before: Facts, after: Facts): RevisionProblem[] {
  const { what } = edit;
  const id = idOfEdit(edit);
  const known = itemsById(before.inspection, what);
  const problem = (text: string): RevisionProblem => ({ what, id, problem: text });
  if (edit.kind === 'withdraw')
    return known.has(id)
      ? []
      : [problem(`there is none of this name in the plan${nearestHint(id, [...known.keys()])}`)];
  const earlier = (before.inspection.withdrawn ?? []).find((each) => each.what === what && each.id === id);
  return [
    ...(earlier === undefined || known.has(id) || !isForOnce(edit)
      ? []
      : [
          problem(
            `this name was used before, for "${earlier.title}", withdrawn on ${formatDate(earlier.on)}: choose another`,
          ),
        ]),
    ...planItems(what)
      .rolesOf(edit.item)
      .flatMap((role) =>
        role === undefined || findRole(after.authority, role) !== undefined
          ? []
          : [
              problem(
                `${after.authority.name} has no role "${role}"${nearestHint(
                  role,
                  after.authority.roles.map((each) => each.id),
                )}`,
              ),
            ],
      ),
    ...unknownNames(edit, after).map(problem),
    ...wronglyReplaced(edit, before, after).map(problem),
    ...(edit.what === 'measure' && edit.item.values.length > 0
      ? [problem('values are no part of the plan: give them with record-measure')]
      : []),
  ];
}

/** Names that stand for one thing for ever; an approval, and a promise without a name of its own, are called after their rule. */
const isForOnce = ({ what, item }: Put): boolean =>
  what === 'promise' ? item.id !== undefined : what !== 'approval' && what !== 'owner';

/** What an item names beside roles, and is not there. */
function unknownNames(edit: Put, facts: Facts): string[] {
  const { authority, inspection } = facts;
  const missing = (what: string, id: string | undefined, ids: readonly string[]) =>
    id === undefined || ids.includes(id) ? [] : [`there is no ${what} "${id}"${nearestHint(id, ids)}`];
  const bodies = authority.bodies.map(({ id }) => id);
  const instruments = standingInstruments(inspection).map(({ id }) => id);
  const decisions = inspection.decisions.map(({ id }) => id);
  const due = (edit.what === 'action' || edit.what === 'promise') && edit.item.due;
  const counted = typeof due === 'object' && 'from' in due ? due : undefined;
  const unknownDue = [
    ...missing('decision', counted?.decision, decisions),
    ...missing('instrument', counted?.instrument, instruments),
  ];
  switch (edit.what) {
    case 'action':
    case 'theme':
      return [...missing('body', edit.item.acceptedBy?.body, bodies), ...unknownDue];
    case 'recommendation':
      return [
        ...missing('instrument', edit.item.instrument, instruments),
        ...(edit.item.answeredIn ?? []).flatMap((each) =>
          each.inspection === inspection.reference
            ? [`"${sharedName(each)}" is an action of this inspection: let it name the recommendation itself`]
            : [],
        ),
      ];
    case 'promise': {
      const { instrument, rule, body } = edit.item;
      const unknown = missing('instrument', instrument, instruments);
      const rules = rulesUnder(facts, instrument).map(({ id }) => id);
      return [
        ...unknown,
        ...(unknown.length > 0 ? [] : missing('rule', rule, rules)),
        ...missing('body', body, bodies),
        ...unknownDue,
      ];
    }
    case 'approval':
      return [
        ...missing(
          'rule',
          edit.item.rule,
          facts.rules.map(({ id }) => id),
        ),
        ...missing('body', edit.item.body, bodies),
      ];
    case 'measure':
    case 'owner':
      return [];
  }
}

/** What takes the place of something takes that of something which this revision withdraws. */
function wronglyReplaced(edit: Put, before: Facts, after: Facts): string[] {
  const earlier = itemsById(before.inspection, edit.what);
  const still = itemsById(after.inspection, edit.what);
  const [was] = [earlier.get(idOfEdit(edit))];
  const said = was === undefined ? [] : replacesOf(was);
  return replacesOf(edit.item).flatMap((id) => {
    if (said.includes(id)) return [];
    if (!earlier.has(id)) return [`it takes the place of "${id}", which is not in the plan`];
    return still.has(id) ? [`it takes the place of "${id}", which is not withdrawn in this revision`] : [];
  });
}

/** What would be left without what it needs, whether the revision names it or not. */
function leftWithout({ inspection: before }: Facts, { inspection: after }: Facts): RevisionProblem[] {
  const themes = new Set(after.themes.map(({ id }) => id));
  const recommendations = new Set(after.recommendations.map(({ id }) => id));
  const named = (what: 'theme' | 'action', { id, recommendations: ids }: { id: string; recommendations: string[] }) =>
    ids
      .filter((each) => !recommendations.has(each))
      .map((each): RevisionProblem => ({
        ...{ what, id },
        problem: `it answers the recommendation "${each}", which is not in the plan`,
      }));
  const answeredBefore = answered(before);
  const answeredAfter = answered(after);
  return [
    ...after.themes.flatMap((each) => named('theme', each)),
    ...after.actions.flatMap((each) => [...named('action', each), ...withoutTheme(each, themes)]),
    ...measuresOf(after).flatMap((each) => ofNothing(each, after)),
    ...after.recommendations.flatMap(({ id }): RevisionProblem[] =>
      answeredBefore.has(id) && !answeredAfter.has(id)
        ? [{ what: 'recommendation', id, problem: 'no theme and no action would answer it any more' }]
        : [],
    ),
  ];
}

/** What a measure shows the outcome of, and is not in the plan. */
function ofNothing(measure: Measure, plan: Facts['inspection']): RevisionProblem[] {
  return (['themes', 'actions', 'recommendations'] as const).flatMap((list) => {
    const known = new Set(plan[list].map(({ id }) => id));
    return measure[list]
      .filter((id) => !known.has(id))
      .map((id): RevisionProblem => ({
        ...{ what: 'measure', id: measure.id },
        problem: `it names the ${list.slice(0, -1)} "${id}", which is not in the plan`,
      }));
  });
}

function withoutTheme({ id, theme, owner }: Action, themes: ReadonlySet<string>): RevisionProblem[] {
  if (theme !== undefined && !themes.has(theme))
    return [{ what: 'action', id, problem: `it belongs to the theme "${theme}", which is not in the plan` }];
  return theme === undefined && owner === undefined
    ? [{ what: 'action', id, problem: 'it needs an owner, or a theme whose officer owns it' }]
    : [];
}

/** The recommendations that a theme or an action answers. */
function answered({ themes, actions, recommendations: all }: Facts['inspection']): Set<string> {
  const elsewhere = all.flatMap(({ id, answeredIn = [] }) => (answeredIn.length > 0 ? [id] : []));
  return new Set([...[...themes, ...actions].flatMap(({ recommendations }) => recommendations), ...elsewhere]);
}

/**
 * What a revision would be refused for because of the day of an action, where nothing else were changed; undefined where that
 * can be carried out.
 */
export function dayProblem(
  action: Action,
  { facts, calendar, today }: Pick<Revision, 'facts' | 'calendar' | 'today'>,
): string | undefined {
  const edits: Edit[] = [{ kind: 'put', what: 'action', item: action }];
  if (!datedIn(facts, edits).has(action.id)) return undefined;
  const inspection = { ...revised(facts.inspection, edits, { on: today, reason: '' }), actions: [action] };
  try {
    for (const { due, ladder } of plannedOf({ ...facts, inspection }, calendar, today)) {
      if (due < today) return passed(due);
      mustHaveRoom('it would be due on a day that can’t be counted with', due, ladder, calendar);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message.replace(/\.$/, '');
    if (!(error instanceof CalendarError) || error.code !== 'out-of-range') throw error;
    return `it would be due on a day that can’t be counted with: bank holidays are known until ${formatDate(calendar.until)}`;
  }
}

/** The actions that are new by some edits, or have a new date. */
const datedIn = ({ inspection }: Facts, edits: readonly Edit[]): Set<string> =>
  new Set(
    changesOf(inspection, edits).flatMap((change) =>
      change.what === 'action' && (change.kind === 'add' || (change.kind === 'change' && change.field === 'due'))
        ? [change.id]
        : [],
    ),
  );

const plannedOf = (facts: Facts, calendar: WorkingCalendar, today: CivilDate) =>
  improvementActions.milestones(facts, calendar, { cycles: { until: today } });

const passed = (due: CivilDate): string => `it would be due on ${formatDate(due)}, which has passed`;

/** Actions that are new, or have a new date, and would be late from the first day. */
function inThePast({ facts, edits, calendar, today }: Revision, after: Facts): RevisionProblem[] {
  const dated = datedIn(facts, edits);
  const actions = after.inspection.actions.filter(({ id }) => dated.has(id));
  return plannedOf({ ...after, inspection: { ...after.inspection, actions } }, calendar, today).flatMap(
    ({ id, due }): RevisionProblem[] =>
      due < today ? [{ what: 'action', id: actionOfDuty(id) ?? id, problem: passed(due) }] : [],
  );
}
