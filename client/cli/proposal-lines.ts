import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { valueInWords } from '../../domain/revisions/change-words.ts';
import type { PlanChange } from '../../domain/revisions/changes.ts';
import type { Consequences } from '../../domain/revisions/consequences.ts';
import { planItems } from '../../domain/revisions/plan-items.ts';
import type { RevisionProblem } from '../../domain/revisions/problems.ts';
import { changesInWords } from '../plan/plan-text.ts';
import type { Proposal } from '../plan/proposal.ts';
import { colours } from './terminal.ts';

/** What a program gets of a difference. */
export interface ProposalData extends Omit<Consequences, 'changes' | 'accepted' | 'givenUp'> {
  accepted?: Consequences['accepted'];
  changes: Omit<PlanChange, 'title'>[];
  problems?: RevisionProblem[];
  warnings?: string[];
}

/** Without what it is called, which the plan says. */
export const bare = ({ title: _title, ...change }: PlanChange): Omit<PlanChange, 'title'> => change;

export const dataOf = ({ changes, moves, accepted, told, problems, warnings }: Proposal): ProposalData => ({
  changes: changes.map(bare),
  moves,
  ...(accepted.length === 0 ? {} : { accepted }),
  told,
  ...(problems.length === 0 ? {} : { problems }),
  ...(warnings.length === 0 ? {} : { warnings }),
});

/** @param placeOf where a change stands in the file that it comes from */
export function proposalInWords(
  { edits, changes, moves, accepted, told, problems, warnings }: Proposal,
  placeOf: (change: PlanChange) => string | undefined = () => undefined,
): string {
  const today = localDate(new Date().toISOString());
  if (changes.length === 0) return 'That is the plan as it runs already; nothing would change.';
  return [
    'What changes:',
    ...changes.flatMap((change) => [
      ...changesInWords([change]).map((line) => `${line}${placed(placeOf(change))}`),
      ...detailsOf(change, edits),
    ]),
    ...(moves.length === 0 ? [] : ['What moves:']),
    ...moves.map(
      (each) =>
        `  ${each.title}: ${formatShortDate(each.from)}${each.from < today ? ' (overdue now)' : ''} to ${formatShortDate(each.to)}`,
    ),
    ...(accepted.length === 0 ? [] : ['Who has to accept it:']),
    ...accepted.map(
      ({ title, from, to }) => `  ${title}: ${to ?? 'nobody any more'}${from === null ? '' : `, was ${from}`}`,
    ),
    ...(told.length === 0 ? [] : ['Who will be told, once, in their next mail:']),
    ...told.map(({ role, about }) => `  ${role}: ${about}`),
    ...warnings.map((each) => colours.yellow(each)),
    ...(problems.length === 0 ? [] : [colours.red('What is wrong, so that nothing can be done:')]),
    ...problems.map(({ what, id, problem }) => `  ${planItems(what).title} ${id}: ${problem}`),
  ].join('\n');
}

/** Of a new action, by when it is due, whose it is and under what. */
function detailsOf(change: PlanChange, edits: Proposal['edits']): string[] {
  if (change.kind !== 'add' || change.what !== 'action') return [];
  return edits.flatMap((edit) => {
    if (edit.kind !== 'put' || edit.what !== 'action' || edit.item.id !== change.id) return [];
    const { due, owner, theme, recommendations } = edit.item;
    const parts = [
      `due ${valueInWords(due)}`,
      ...(owner === undefined ? [] : [`owner ${owner}`]),
      ...(theme === undefined ? [] : [`theme ${theme}`]),
      ...(recommendations.length === 0 ? [] : [`for ${recommendations.join(', ')}`]),
    ];
    return [colours.dim(`      ${parts.join('; ')}`)];
  });
}

const placed = (at: string | undefined): string => (at === undefined ? '' : colours.dim(`  [${at}]`));
