import { roleTitle } from '../../../domain/authority/roles.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { calendarOf, type LifecycleState } from '../../../domain/lifecycle/state.ts';
import type { MilestoneStatus } from '../../../domain/milestone/milestone.ts';
import { isEnded } from '../../../domain/milestone/milestone-state.ts';
import { dutyOfAction } from '../../../domain/plan/action-duty.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import { idOfEdit } from '../../../domain/revisions/edits.ts';
import {
  itemsById,
  type PlanItem,
  type PlanItemKind,
  type PlanItems,
  planItems,
} from '../../../domain/revisions/plan-items.ts';
import { statusOfAction } from '../../../domain/revisions/given-up.ts';
import { dayProblem, doneIn } from '../../../domain/revisions/problems.ts';
import { ownerIn } from '../../../domain/revisions/steps.ts';
import type { Action } from '../../../domain/schemas/plan.ts';
import { strandOwner } from '../../../domain/facts/facts.ts';
import { rulesUnder } from '../../../domain/facts/instruments.ts';
import { strandOfPromise } from '../../../domain/plan/promised.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import type { AtWork } from './at.ts';
import { areTicked } from './choices.ts';
import type { Apart } from './kinds.ts';
import type { OutlineLine, ShownSection } from './outline.ts';
import { type Readers, titleOfItem, valueOf } from '../../../domain/revisions/values.ts';

/** How something stands in a draft. */
type Mark = 'new' | 'changed' | 'withdrawn' | undefined;

/** Something of a plan as the editor's page shows it: what is to be withdrawn stands in it still, marked so. */
interface Line {
  what: PlanItemKind;
  id: string;
  title: string;
  mark: Mark;
  /** By which other forms name it, where there are too many to choose from. */
  name: string | undefined;
  /** How an action stands; undefined where it is still to do, or has no duty yet. */
  standing: MilestoneStatus | undefined;
  /** What is done stays in the plan. */
  mayWithdraw: boolean;
  /** What has ended is not done in parts. */
  maySplit: boolean;
  cells: Cell[];
}

interface Cell {
  label: string;
  text: string;
}

/** A section of the list, with what its lines say. */
interface ListedSection extends Omit<ShownSection, 'theme' | 'lines'> {
  theme: (Line & { officer: string; recommendations: string }) | undefined;
  lines: Line[];
  /** What one of its lines is. */
  word: string;
}

/** A plan under somebody's hands, and what it takes to say what is in it. */
export interface Listing extends Pick<AtWork, 'editor' | 'standing'> {
  readers: Readers;
}

export const listingOf = ({ editor, standing }: AtWork): Listing => ({
  ...{ editor, standing },
  readers: { facts: editor.running.facts, plans: [standing.plan, standing.base] },
});

/** What each line says beside what it is called. */
const CELLS: { [K in 'action' | Apart]: (item: PlanItems[K], listing: Listing) => Cell[] } = {
  action: (action, listing) => [
    { label: 'Owner', text: ownerOf(action, listing) },
    { label: 'Due', text: dueOf(action, listing) },
    { label: 'Answers', text: action.recommendations.join(', ') },
  ],
  recommendation: ({ id }, { standing }) => [{ label: 'Answered by', text: answersTo(standing.plan, id) }],
  promise: (item, { readers, editor }) => [
    { label: 'How often, or by when', text: oftenOf(item, readers) },
    {
      label: 'To whom',
      text: valueOf(readers, 'promise', item.body === undefined ? 'to' : 'body', item.body ?? item.to),
    },
    {
      label: 'Owner',
      text: roleTitle(
        readers.facts.authority,
        item.owner ?? strandOwner(editor.running.facts, strandOfItem(item, readers)),
      ),
    },
  ],
  approval: ({ body, key }, { readers }) => [
    { label: 'By', text: valueOf(readers, 'approval', 'body', body) },
    { label: 'Key decision', text: key ? 'yes' : 'no' },
  ],
  owner: ({ role }, { readers }) => [{ label: 'Owner', text: valueOf(readers, 'owner', 'role', role) }],
  measure: ({ target, unit }, { readers }) => [
    { label: 'Target', text: `${target.value} ${unit}, ${valueOf(readers, 'measure', 'until', target.by)}` },
  ],
};

/** The sections of a page in words. */
export function listedSections(sections: readonly ShownSection[], listing: Listing): ListedSection[] {
  const { authority } = listing.editor.running.facts;
  const { state } = listing.editor.running;
  const done = doneIn(state);
  const marks = marksOf(listing);
  const lineOf = ({ what, id, item }: OutlineLine): Line => ({
    ...{ what, id, title: titleOfItem(listing.readers, what, item), mark: marks.get(`${what} ${id}`) },
    name: what === 'action' && !areTicked(listing.standing.plan) ? id : undefined,
    ...(what === 'action'
      ? actionStanding(state, id, done)
      : { standing: undefined, mayWithdraw: true, maySplit: false }),
    cells: cellsOf(what)?.(item as never, listing) ?? [],
  });
  return sections.map(({ theme, lines, ...section }) => ({
    ...section,
    word: planItems(section.kind).title,
    theme:
      theme === undefined
        ? undefined
        : {
            ...lineOf(theme),
            officer: roleTitle(authority, (theme.item as PlanItems['theme']).officer),
            recommendations: (theme.item as PlanItems['theme']).recommendations.join(', '),
          },
    lines: lines.map(lineOf),
  }));
}

/** How an action stands in the plan, and what a revision can make of it. */
function actionStanding(
  state: LifecycleState,
  id: string,
  done: ReadonlySet<string>,
): Pick<Line, 'standing' | 'mayWithdraw' | 'maySplit'> {
  const status = statusOfAction(state, id);
  return {
    standing: status === 'open' ? undefined : status,
    mayWithdraw: !done.has(id),
    maySplit: status === undefined || !isEnded({ status }),
  };
}

const cellsOf = (what: PlanItemKind): ((item: never, listing: Listing) => Cell[]) | undefined =>
  (CELLS as Partial<Record<PlanItemKind, (item: never, listing: Listing) => Cell[]>>)[what];

/** One thing that the draft changes. */
interface Drafted {
  what: PlanItemKind;
  id: string;
  /** 'Action', and what it is called. */
  word: string;
  title: string;
  mark: Mark;
}

/** What a draft changes, thing by thing, in the order of its edits: so many of them. */
export function draftedIn(listing: Listing, max: number): Drafted[] {
  const { base, plan, edits } = listing.standing;
  const marks = marksOf(listing);
  const titles = new Map<PlanItemKind, ReadonlyMap<string, PlanItem>>();
  const itemOf = (what: PlanItemKind, id: string): PlanItem | undefined => {
    const items = titles.get(what) ?? new Map([...itemsById(base, what), ...itemsById(plan, what)]);
    titles.set(what, items);
    return items.get(id);
  };
  return edits.slice(0, max).map((edit) => {
    const { what } = edit;
    const id = idOfEdit(edit);
    const item = itemOf(what, id);
    const { title: word } = planItems(what);
    return {
      what,
      id,
      word,
      title: item === undefined ? id : titleOfItem(listing.readers, what, item),
      mark: marks.get(`${what} ${id}`),
    };
  });
}

function ownerOf(action: Action, { standing: { plan, base }, readers }: Listing): string {
  const role = ownerIn({ themes: [...plan.themes, ...base.themes] }, action);
  return role === undefined ? 'nobody' : roleTitle(readers.facts.authority, role);
}

/** The day on which an action is due as it stands, with later dates that were granted; undefined where the draft changes it. */
export function standingDue(
  action: Action,
  { editor, standing }: Pick<AtWork, 'editor' | 'standing'>,
): CivilDate | undefined {
  const before = standing.base.actions.find(({ id }) => id === action.id);
  if (before === undefined || JSON.stringify(before.due) !== JSON.stringify(action.due)) return undefined;
  const { milestones, ended } = editor.running.view;
  const name = dutyOfAction(action.id);
  return (milestones.find(({ id }) => id === name) ?? ended[name])?.due;
}

/** Why no action can have such a day in the plan, beside its field; undefined where it can. */
export function dayProblemAt({ editor, standing }: Pick<AtWork, 'editor' | 'standing'>, action: Action) {
  const { facts, state, view } = editor.running;
  const inspection = { ...facts.inspection, ...standing.plan, actions: standing.base.actions };
  const problem = dayProblem(action, {
    ...{ facts: { ...facts, inspection }, calendar: calendarOf(state), today: localDate(view.now) },
  });
  return problem === undefined ? undefined : `Due: ${problem}`;
}

/** By when: as it stands, where the plan says the same as before; else as the draft says. */
const dueOf = (action: Action, listing: Listing): string =>
  valueOf(listing.readers, 'action', 'due', standingDue(action, listing) ?? action.due);

/** As it stands, or as its rule says. */
function oftenOf({ due, every }: PlanItems['promise'], readers: Readers): string {
  return due === undefined ? valueOf(readers, 'promise', 'every', every) : valueOf(readers, 'promise', 'due', due);
}

function strandOfItem(item: PlanItems['promise'], { facts }: Readers): StrandName {
  const rule = rulesUnder(facts, item.instrument).find(({ id }) => id === item.rule);
  return rule?.strand ?? strandOfPromise(item);
}

function answersTo({ themes, actions }: AtWork['standing']['plan'], id: string): string {
  const many = (n: number, word: string) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  const naming = (all: readonly { recommendations: string[] }[]) =>
    all.filter(({ recommendations }) => recommendations.includes(id)).length;
  return [...many(naming(actions), 'action'), ...many(naming(themes), 'theme')].join(', ') || 'nothing yet';
}

function marksOf({ standing: { base, edits } }: Listing): Map<string, Mark> {
  const added = new Set(
    changesOf(base, edits).flatMap(({ kind, what, id }) => (kind === 'add' ? [`${what} ${id}`] : [])),
  );
  return new Map(
    edits.map((edit) => {
      const name = `${edit.what} ${idOfEdit(edit)}`;
      return [name, edit.kind === 'withdraw' ? 'withdrawn' : added.has(name) ? 'new' : 'changed'];
    }),
  );
}
