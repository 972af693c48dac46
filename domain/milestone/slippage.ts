import type { CivilDate } from '../calendar/civil-date.ts';
import type { DateMove, Grant, Milestone } from './milestone.ts';

/** Whether a duty is later than was first planned, and how that stands to the end of its theme. */
export type Slippage = 'none' | 'within' | 'beyond' | 'later';

export const SLIPPAGES: Record<Slippage, { words: string }> = {
  none: { words: 'No' },
  within: { words: 'Within the end of its theme' },
  beyond: { words: 'Beyond the end of its theme' },
  /** It is in no theme, or in one without an end. */
  later: { words: 'Later than first planned' },
};

type Dated = Pick<Milestone, 'due' | 'moves'>;

/**
 * The due date before anybody of the council had set another one. A date that others have set, as the inspectorate does of a plan
 * that it sends back, is a first date of its own.
 */
export function firstDueOf({ due, moves }: Dated): CivilDate {
  const own = moves.slice(moves.findLastIndex(({ by }) => by !== undefined) + 1);
  return own[0]?.from ?? due;
}

/** A date that somebody has granted. */
export interface GrantedMove extends DateMove {
  granted: Grant;
}

/** The later dates that were granted, oldest first. */
export function grantsOf({ moves }: Pick<Dated, 'moves'>): GrantedMove[] {
  return moves.filter((move): move is GrantedMove => move.granted !== undefined);
}

export const timesGranted = (milestone: Pick<Dated, 'moves'>): number => grantsOf(milestone).length;

/** A theme's end counts as within it. */
export function slippageOf({ due, moves, themeEnds }: Dated & Pick<Milestone, 'themeEnds'>): Slippage {
  if (due <= firstDueOf({ due, moves })) return 'none';
  if (themeEnds === undefined) return 'later';
  return due <= themeEnds ? 'within' : 'beyond';
}
