import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Facts } from '../facts/facts.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { unstopped } from '../unstopped.ts';
import type { Field } from './fields.ts';

/** Which of the things asked for a command answers: without it whatever is asked for now. */
export const ASKED = {
  kind: 'line',
  label: 'When was it asked for?',
  hint: 'The instant (UTC) of the request or the submission that is answered, as the duty has it. Refused where that has been answered meanwhile.',
  optional: true,
  carried: true,
} as const satisfies Field;

/** The instant of the request for a later date that waits for an answer; undefined where none does. */
export const laterDateAsked = ({ extensionRequested }: Pick<Milestone, 'extensionRequested'>): string | undefined =>
  extensionRequested?.at;

/**
 * A later date that was asked for is answered once: whoever grants or declines it after somebody else, from a page that was open
 * before, is told who has, and how.
 *
 * @param asked the instant of the request that is answered; undefined: whichever there is
 * @throws Refusal
 */
export function mustStillBeAsked(milestone: Milestone, asked: string | undefined, facts: Facts): void {
  const { title, extensionRequested } = milestone;
  if (asked === undefined || asked === extensionRequested?.at) return;
  if (extensionRequested === undefined) throw answeredAlready(milestone, facts);
  throw new Refusal(
    'wrong-state',
    `Another date has been asked for "${title}" since: ${formatDate(extensionRequested.to)}. Open its page again, and answer that.`,
  );
}

/** Nobody waits for a later date any more: who has answered last, and how. */
export function answeredAlready({ title, due, moves, extensionDeclined }: Milestone, { authority }: Facts): Refusal {
  const granted = moves.findLast((each) => each.granted?.asked !== undefined)?.granted;
  const declined =
    extensionDeclined !== undefined && extensionDeclined.at > (granted?.at ?? '') ? extensionDeclined : undefined;
  const { by, at } = declined ?? granted ?? {};
  if (by === undefined || at === undefined)
    return new Refusal('wrong-state', `Nobody has asked for a later date for "${title}".`);
  const how = declined === undefined ? 'granted' : 'declined';
  return new Refusal(
    'wrong-state',
    `The later date asked for "${title}" was already ${how} by ${roleTitle(authority, by)} on ${formatDate(localDate(at))}: it is due on ${formatDate(due)}.`,
  );
}

/**
 * What was submitted is answered once, as a request is: what was sent back and submitted again is another submission.
 *
 * @param submitted the instant of the submission that waits
 * @param asked that of the one that is answered; undefined: whichever there is
 * @throws Refusal
 */
export function mustBeSubmission({ title }: Milestone, submitted: string | undefined, asked: string | undefined): void {
  if (asked === undefined || asked === submitted) return;
  throw new Refusal(
    'wrong-state',
    `"${title}" has been submitted again since. Look at what was given then, and answer that.`,
  );
}

/** It has not been submitted, or was sent back by somebody since. */
export function notSubmitted({ title, status, returned = [] }: Milestone): Refusal {
  const last = returned.at(-1);
  if (last === undefined || !isPending({ status }))
    return new Refusal(
      'wrong-state',
      `"${title}" ${MILESTONE_STATUSES[status].stands}: it has not been submitted yet.`,
    );
  return new Refusal(
    'wrong-state',
    `"${title}" was sent back by ${last.by} on ${formatDate(last.on)} (${unstopped(last.reason)}): it has not been submitted again yet.`,
  );
}
