import { nearestHint } from '../../../domain/nearest.ts';
import { choicesOf, councilOfficers, officers } from '../../../domain/authority/officers.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import type { Facts } from '../../../domain/facts/facts.ts';
import { standingInstruments } from '../../../domain/facts/instruments.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Rule } from '../../../domain/schemas/rule-pack.ts';
import type { SentFields } from '../forms/sent.ts';

/** What the forms of a plan let somebody choose from. */
export interface Choices {
  facts: Facts;
  plan: PlanPart;
  /** Names that nothing new can have. */
  taken?: ReadonlySet<string>;
}

export type Options = Record<string, string>;

export const officerOptions = (authority: Authority, first: string, present?: string): Options => ({
  '': first,
  ...choicesOf(councilOfficers(authority), authority, present),
});

/** Partners' officers stand after the council's own. */
export const ownerOptions = (authority: Authority, first: string, present?: string): Options => ({
  '': first,
  ...choicesOf(officers(authority), authority, present),
});

/** What stands first among the owners of an action: its theme's officer, where the plan has a theme to put it under. */
export const ownerUnlessTheme = ({ themes }: PlanPart): { first: string; hint?: string } =>
  themes.length === 0
    ? { first: 'Choose one' }
    : { first: 'The accountable officer of its theme', hint: 'An action of no theme has an owner of its own.' };

const MAX_LETTERS = 90;
const short = (text: string): string =>
  text.length <= MAX_LETTERS ? text : `${text.slice(0, text.lastIndexOf(' ', MAX_LETTERS) || MAX_LETTERS)}…`;

/** Who may accept something: officers of the council. */
export const officersOnly = ({ facts: { authority } }: Choices): Options =>
  choicesOf(councilOfficers(authority), authority);

export const bodyOptions = ({ bodies }: Authority): Options =>
  Object.fromEntries(bodies.map(({ id, name }) => [id, name]));

export const ruleOptions = (rules: readonly Rule[], is: (rule: Rule) => boolean = () => true): Options =>
  Object.fromEntries(rules.filter(is).map(({ id, title }) => [id, title]));

export const instrumentOptions = ({ inspection }: Facts, first: string): Options => ({
  '': first,
  ...Object.fromEntries(standingInstruments(inspection).map(({ id, title }) => [id, title])),
});

export const themeOptions = ({ themes }: PlanPart, first: string): Options => ({
  '': first,
  ...Object.fromEntries(themes.map(({ id, title }) => [id, short(title)])),
});

/** A list of things that may be ticked, by their names. */
export interface Ticks {
  name: string;
  label: string;
  hint?: string;
  options: Options;
}

export const recommendationTicks = ({ recommendations }: PlanPart, label: string): Ticks => ({
  ...{ name: 'recommendations', label },
  options: Object.fromEntries(recommendations.map(({ id, text }) => [id, `${id}: ${short(text)}`])),
});

export const themeTicks = ({ themes }: PlanPart, label: string): Ticks => ({
  ...{ name: 'themes', label },
  options: Object.fromEntries(themes.map(({ id, title }) => [id, short(title)])),
});

export const actionTicks = ({ actions }: PlanPart, label: string): Ticks => ({
  ...{ name: 'actions', label },
  options: actionOptions(actions),
});

export const actionOptions = (actions: PlanPart['actions']): Options =>
  Object.fromEntries(actions.map(({ id, title }) => [id, short(title)]));

/** Among more actions than this nobody finds the one to tick: they are written by their short names. */
const MAX_TICKED = 200;
export const areTicked = ({ actions }: PlanPart): boolean => actions.length <= MAX_TICKED;

/** Names that somebody has typed, as the plan has them; a sentence of the first that it has not. */
export function namesTyped(
  text: unknown,
  known: readonly string[],
  what: 'action' | 'recommendation',
): { ids: string[] } | { unknown: string } {
  const said = typeof text === 'string' ? text.split(/[,;]/).map((each) => each.trim()) : [];
  const named = said.filter((each) => each !== '').map((each) => ({ each, id: each.toLowerCase().replace(/\.$/, '') }));
  const wrong = named.find(({ id }) => !known.includes(id));
  return wrong === undefined
    ? { ids: [...new Set(named.map(({ id }) => id))] }
    : { unknown: `There is no ${what} ${wrong.each} in the plan${nearestHint(wrong.id, known)}` };
}

/** Who may be beside an owner. */
export const besideTicks = ({ facts: { authority } }: Choices, label: string): Ticks => ({
  ...{ name: 'with', label },
  options: choicesOf(officers(authority), authority),
});

/** What was ticked, of what there is. */
export const ticked = ({ name, options }: Ticks, fields: SentFields): string[] =>
  [fields[name] ?? []]
    .flat()
    .filter((each): each is string => typeof each === 'string' && Object.hasOwn(options, each));
