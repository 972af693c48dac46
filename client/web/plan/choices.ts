import { recommendationNumbers } from '../../../domain/plan/recommendation-words.ts';
import { someOf } from '../../../domain/some-of.ts';
import { nearestHint } from '../../../domain/nearest.ts';
import { choicesOf, councilOfficers, officers } from '../../../domain/authority/officers.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import type { Facts } from '../../../domain/facts/facts.ts';
import { standingInstruments } from '../../../domain/facts/instruments.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Rule } from '../../../domain/schemas/rule-pack.ts';
import type { FormField } from '../forms/form.ts';
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

/** How an action's owner is asked for: optional beside a theme, whose officer owns it then; needed where the plan has no theme. */
export const ownerUnlessTheme = (
  { facts: { authority }, plan: { themes } }: Choices,
  present?: string,
): Pick<FormField, 'choices' | 'hint' | 'missing' | 'optional' | 'oneOf'> =>
  themes.length === 0
    ? { choices: choicesOf(officers(authority), authority, present), missing: 'Choose who owns it' }
    : {
        choices: ownerOptions(authority, 'The accountable officer of its theme', present),
        ...{ optional: true, oneOf: 'needed where no theme is chosen' },
        hint: 'An action of no theme has an owner of its own.',
      };

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

/** The recommendations of a plan as they are shown, by their names. */
export const shownNumbers = ({ recommendations }: Pick<PlanPart, 'recommendations'>): Map<string, string> =>
  recommendationNumbers(recommendations.map(({ id }) => id));

export function recommendationTicks(plan: PlanPart, label: string): Ticks {
  const numbers = shownNumbers(plan);
  const options = plan.recommendations.map(({ id, text }) => [id, `${numbers.get(id) ?? id}: ${short(text)}`]);
  return { name: 'recommendations', label, options: Object.fromEntries(options) as Options };
}

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

/** What somebody has typed of what a plan has: its names, or what it has not. */
type Typed = { ids: string[] } | { unknown: string };

/** Short names of actions that somebody has typed; a sentence of the first that the plan has not. */
export const actionsTyped = (text: unknown, { actions }: Pick<PlanPart, 'actions'>): Typed =>
  namesTyped(text, new Map(actions.map(({ id }) => [id, id])), (each, known) => {
    const hint = nearestHint(each.toLowerCase(), known);
    return `There is no action ${each} in the plan${hint}`;
  });

/** Recommendations by their numbers as they are shown, or by their names; a sentence of the first that the plan has not. */
export const recommendationsTyped = (text: unknown, plan: Pick<PlanPart, 'recommendations'>): Typed =>
  namesTyped(text, shownNumbers(plan), (each, shown) =>
    shown.length === 0
      ? 'The plan has no recommendations yet: leave this empty'
      : `There is no recommendation ${each} in the plan. It has ${someOf(shown)}`,
  );

function namesTyped(
  text: unknown,
  shown: ReadonlyMap<string, string>,
  unknown: (each: string, shown: string[]) => string,
): Typed {
  const said = typeof text === 'string' ? text.split(/[,;]/).map((each) => each.trim()) : [];
  const named = said
    .filter((each) => each !== '')
    .map((each) => {
      const typed = each.toLowerCase().replace(/\.$/, '');
      const [id] = [...shown].find((one) => one.some((known) => known.toLowerCase() === typed)) ?? [];
      return { each, id: shown.has(typed) ? typed : id };
    });
  const wrong = named.find(({ id }) => id === undefined);
  if (wrong !== undefined) return { unknown: unknown(wrong.each, [...shown.values()]) };
  return { ids: [...new Set(named.flatMap(({ id }) => id ?? []))] };
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
