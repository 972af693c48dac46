import type { Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { isAction } from '../progress/standing-shown.ts';
import { hasLapsed } from '../milestone/statuses.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { type Home, homeOfEach } from './homes.ts';

/** Of which it has to be said where it goes once its inspection is closed: what waits to be accepted is not done. */
export const isUnfinished = (duty: Pick<Milestone, 'id' | 'status'>): boolean => isAction(duty) && !isEnded(duty);

type Closed = Pick<LifecycleState, 'homes' | 'kept' | 'ended' | 'gone'>;

/** Where what was not finished when the inspection was closed goes, of one duty by its id; undefined while it is open, and of all else. */
export function homeOfDuty(state: Closed, id: string): Home | undefined {
  return state.homes !== undefined && isLeft(state, id) ? homeOf(id, homeOfEach(state.homes)) : undefined;
}

/** The same of all of them, by their ids. */
export function unfinishedIn(state: Closed): Map<string, Home> {
  if (state.homes === undefined) return new Map();
  const ofAction = homeOfEach(state.homes);
  const ids = [...Object.keys(state.kept), ...Object.keys(state.ended)].filter((id) => isLeft(state, id));
  return new Map(
    ids.flatMap((id) => {
      const home = homeOf(id, ofAction);
      return home === undefined ? [] : [[id, home]];
    }),
  );
}

/** Did it lapse as the inspection was closed? What had been taken out of the plan before that is no part of it. */
const isLeft = ({ kept, ended, gone = {} }: Closed, id: string): boolean => {
  const [inHand, away] = [kept[id], ended[id]];
  return (
    (inHand?.status !== undefined && hasLapsed({ status: inHand.status }) && gone[id] === undefined) ||
    (away !== undefined && hasLapsed(away) && away.gone !== true)
  );
};

function homeOf(id: string, ofAction: (action: string) => Home | undefined): Home | undefined {
  const action = actionOfDuty(id);
  return action === undefined || !isAction({ id }) ? undefined : ofAction(action);
}
