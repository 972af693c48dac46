import { untilInWords } from '../../domain/authority/absence.ts';
import type { Recipient } from '../../domain/lifecycle/digest.ts';
import { plainLine, shortened } from './plain-line.ts';

/** So many roles are named where somebody holds more, and so much of each name. */
const MAX_ROLES = 10;
const MAX_ROLE_TITLE = 200;

const named = (title: string): string => shortened(title, MAX_ROLE_TITLE);

function someOf(titles: readonly string[], separator: string): string {
  const shown = titles.slice(0, MAX_ROLES).map(plainLine);
  const left = titles.length - shown.length;
  return left === 0 ? shown.join(separator) : `${shown.join(separator)} and ${left} more`;
}

/** Whom the mail is for, by their roles. */
export function greetingOf({ roles }: Recipient): string {
  return (
    someOf(
      roles.map((role) => named(role.title)),
      ' and ',
    ) || 'the administrator'
  );
}

/** Why somebody gets it who does not hold the role; '' for all others. */
export function standsInSentence({ standsInFor }: Recipient, notices: number): string {
  if (standsInFor.length === 0) return '';
  const roles = someOf(standsInFor.map(named), ', ');
  return `You get ${notices === 1 ? 'this' : 'some of these'} because nobody holds the role of ${roles}. Please give the role an address, or the duty to somebody else.`;
}

/** For whom the reader stands in while they are away; '' where for nobody. */
export function coversSentence({ coversFor = [] }: Recipient): string {
  if (coversFor.length === 0) return '';
  const away = coversFor.map(({ title, until }) => `${named(title)}, for whom you stand in ${untilInWords(until)}`);
  const readOnly = coversFor.flatMap(({ title, readsOnly }) => (readsOnly === true ? [named(title)] : []));
  const limits =
    readOnly.length === 0
      ? ''
      : ` You can’t act on the duties of ${someOf(readOnly, ', or of ')}: those above them, managers and administrators can.`;
  return `You get this in place of ${someOf(away, ', and of ')}.${limits}`;
}
