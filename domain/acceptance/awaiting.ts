import type { CivilDate } from '../calendar/civil-date.ts';

/** What has been submitted and waits to be accepted within the council: a fact, from which the duty to accept it follows. */
export interface Awaiting {
  /** The duty that was submitted, by its id. */
  milestone: string;
  /** The how-manieth submission of it this is, from 1: each has a duty of its own. */
  round: number;
  /** The day of the submission. */
  on: CivilDate;
  /** The role that is to accept it. */
  role: string;
}

/** The id of the duty to accept it. Two hyphens: no short name of a person's has them. */
export const acceptanceId = ({ milestone, round }: Pick<Awaiting, 'milestone' | 'round'>): string =>
  `${acceptancesOf(milestone)}${round}`;

/** What the ids of all duties to accept a duty begin with. */
export const acceptancesOf = (milestone: string): string => `${milestone}--acceptance-`;

/** Is it a duty to accept another? */
export const isAcceptance = ({ id }: { id: string }): boolean => id.includes('--acceptance-');
