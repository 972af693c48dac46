import { isAcceptance } from '../acceptance/awaiting.ts';
import type { Milestone, MilestoneStatus } from '../milestone/milestone.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import { isHolding } from '../sustained/holding.ts';
import { BY_DATES } from './by-dates.ts';
import type { Standing } from './newest-report.ts';
import { type Council, findRating, ratingsOf } from './ratings.ts';

/** Whose word counts for how an action stands: its owner's, that it is done, or nobody's any more. */
const SAID_BY: Record<MilestoneStatus, 'its owner' | 'its end' | 'nobody'> = {
  open: 'its owner',
  held: 'its owner',
  // Whether it is done is for somebody else to say.
  submitted: 'its owner',
  completed: 'its end',
  missed: 'its owner',
  waived: 'nobody',
  lapsed: 'its owner',
  // How it stood when its inspection was closed.
  unfinished: 'its owner',
};

/** Is it by its owner's word that it stands as it does? */
export const isOwnersWord = ({ status }: Pick<Milestone, 'status'>): boolean => SAID_BY[status] === 'its owner';

/** An action of the plan itself: that somebody accepts it, or is asked of it again, is none. */
export const isAction = ({ id }: { id: string }): boolean =>
  actionOfDuty(id) !== undefined && !isAcceptance({ id }) && !isHolding({ id });

type Duty = Pick<Milestone, 'id' | 'status'> & { progress?: Standing | undefined };

/** How an action stands wherever it is shown, its rating by its id and by its name. */
export interface StandingShown extends Standing {
  ratingName?: string;
}

/**
 * How an action stands, as every list, page, document and download has it: by its owner's newest word while that counts. What is
 * done is done, whatever was last said of it: that is history, and comes back where it is opened again.
 *
 * @example
 * standingShown({ id: 'improvement-actions/audit', status: 'completed', progress: { rating: 'red', percent: 40 } }, council)
 * // { rating: 'complete', ratingName: 'Complete' }
 */
export function standingShown({ id, status, progress = {} }: Duty, council: Council): StandingShown {
  const by = SAID_BY[status];
  if (by === 'nobody') return {};
  if (by === 'its end') return isAction({ id }) ? doneIn(council) : {};
  const { rating, percent, forecast } = progress;
  return {
    ...(rating === undefined ? {} : { rating, ratingName: findRating(council, rating)?.name ?? rating }),
    ...(percent === undefined ? {} : { percent }),
    ...(forecast === undefined ? {} : { forecast }),
  };
}

/** The council's own rating for what is done; a scheme may have none. */
function doneIn(council: Council): StandingShown {
  const done = ratingsOf(council).find(({ counts }) => counts === 'done');
  return done === undefined ? { ratingName: BY_DATES.done.words } : { rating: done.id, ratingName: done.name };
}
