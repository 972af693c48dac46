import { formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import type { DateMove } from '../milestone/milestone.ts';
import { firstDueOf, type GrantedMove, grantsOf, type Slippage, SLIPPAGES, slippageOf } from '../milestone/slippage.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

/** An action whose date has been granted anew, as the report has it: its first date, its present one, and each in between. */
export interface SlippedAction {
  title: string;
  first: string;
  due: string;
  /** A sentence or two for each later date, oldest first. */
  grants: string[];
  slippage: Slippage;
  stands: string;
}

/**
 * One later date in words: who asked, who granted, which body agreed, and why.
 *
 * @param roleTitle the title of a role
 * @example
 * 'To Friday 3 June 2016, granted by Head of Service on Tuesday 3 May 2016, because it was extended: no staff.'
 */
export function grantInWords({ to, because, granted }: GrantedMove, roleTitle: (role: string) => string): string {
  const { by, at, asked } = granted;
  const request =
    asked === undefined
      ? ''
      : ` ${roleTitle(asked.by)} had asked for ${formatDate(asked.to)} on ${formatDate(localDate(asked.at))}: ${bare(asked.reason)}.`;
  return `To ${formatDate(to)}, granted by ${roleTitle(by)} on ${formatDate(localDate(at))}, because ${bare(because)}.${request}`;
}

/** A reason that ends in a full stop, and the sentence's own. */
const bare = (text: string): string => text.replace(/\.$/, '');

/** The actions of the plan for which a later date was granted, in the plan's order, done or not. */
export function slippedActions(
  { improvement, milestones, ended }: Pick<LifecycleView, 'improvement' | 'milestones' | 'ended'>,
  roleTitle: (role: string) => string,
): SlippedAction[] {
  const inHand = new Map(milestones.map((each) => [each.id, each]));
  return improvement.actions.flatMap(({ id, title, theme }) => {
    const milestone = dutyOfAction(id);
    const found = inHand.get(milestone) ?? ended[milestone];
    if (found === undefined) return [];
    const moves: readonly DateMove[] = 'moves' in found ? found.moves : (found.marks?.moves ?? []);
    const dated = { due: found.due, moves: [...moves] };
    const grants = grantsOf(dated);
    if (grants.length === 0) return [];
    const themeEnds = improvement.themes.find((each) => each.id === theme)?.until;
    const slippage = slippageOf({ ...dated, ...(themeEnds === undefined ? {} : { themeEnds }) });
    return [
      {
        title,
        first: formatShortDate(firstDueOf(dated)),
        due: formatShortDate(found.due),
        grants: grants.map((grant) => grantInWords(grant, roleTitle)),
        slippage,
        stands: SLIPPAGES[slippage].words,
      },
    ];
  });
}

/** How many actions have slipped, told apart by the ends of their themes; nothing where none has. */
export function slippedInWords(actions: readonly SlippedAction[]): string[] {
  const slipped = actions.filter(({ slippage }) => slippage !== 'none');
  if (slipped.length === 0) return [];
  const count = (slippage: Slippage): number => slipped.filter((each) => each.slippage === slippage).length;
  const parts = [
    ...(count('within') === 0 ? [] : [`${count('within')} within the end of ${itsTheme(count('within'))}`]),
    ...(count('beyond') === 0 ? [] : [`${count('beyond')} beyond the end of ${itsTheme(count('beyond'))}`]),
    ...(count('later') === 0 ? [] : [`${count('later')} in no theme that has an end`]),
  ];
  const all = slipped.length === 1 ? '1 action is due later' : `${slipped.length} actions are due later`;
  if (count('later') === slipped.length)
    return [`${all} than first planned; ${slipped.length === 1 ? 'it is' : 'they are'} in no theme that has an end.`];
  return [`${all} than first planned: ${parts.join(', ')}.`];
}

const itsTheme = (n: number): string => (n === 1 ? 'its theme' : 'their themes');
