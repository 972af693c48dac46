import { roleTitle } from '../../../domain/authority/roles.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { amountInWords, type ShownMeasure } from '../../../domain/measures/measures.ts';
import { standingInWords } from '../../../domain/progress/standing-words.ts';
import { hashOfText } from '../../../domain/questions/words.ts';
import { openRounds } from '../first-pages/asked-of-owner.ts';
import { unstopped } from '../../../domain/unstopped.ts';
import type { OwnAction, OwnWork } from './own-actions.ts';
import type { Answer } from './read-answers.ts';

/** The field in which the form carries how much had been said of each action and measure when it was shown. */
const SEEN = 'seen';

type Told = Pick<OwnWork, 'actions' | 'measures'>;

/** How many reports or values there are of each, by `progress NAME` and `recordMeasure NAME`. */
const countsIn = ({ actions, measures }: Told): Map<string, number> =>
  new Map([
    ...actions.map(({ name, duty }): [string, number] => [`progress ${name}`, duty.progress?.reports ?? 0]),
    ...measures.map(({ id, newest }): [string, number] => [`recordMeasure ${id}`, newest?.values ?? 0]),
  ]);

/** What a form carries of what it shows: one field, however much stands on it. */
export const seenOn = (told: Told): string =>
  [...countsIn(told)].map(([of, count]) => `${of.replace(' ', '/')}:${count}`).join(' ');

/** The same, read from what was sent; what the form did not say of is not in it. */
const seenIn = (typed: Readonly<Record<string, unknown>>): Map<string, number> => {
  const given = typed[SEEN];
  return new Map(
    [...(typeof given === 'string' ? given : '').matchAll(/([a-zA-Z]+)\/([a-z0-9-]+):(\d{1,9})(?= |$)/g)].map(
      ([, command = '', name = '', count = '']) => [`${command} ${name}`, Number(count)],
    ),
  );
};

type About = Pick<Answer, 'command' | 'name'>;

/**
 * What has been said of an action or a measure since the form was shown, and by whom; undefined where nothing has.
 *
 * @param typed what was sent, with what the form carried
 */
export function saidSince(
  work: OwnWork,
  { command, name }: About,
  typed: Readonly<Record<string, unknown>>,
): string | undefined {
  const of = `${command} ${name}`;
  const [before, now] = [seenIn(typed).get(of), countsIn(work).get(of)];
  if (before === undefined || now === undefined || now <= before) return undefined;
  const newest = command === 'progress' ? newestReport(work, name) : newestValue(work, name);
  const what = command === 'progress' ? 'report' : 'value';
  return now - before === 1
    ? `There is a newer ${what} since you opened this page, ${newest}`
    : `There are ${now - before} newer ${what}s since you opened this page; the last of them ${newest}`;
}

const actionIn = ({ actions }: Told, name: string): OwnAction | undefined => actions.find((each) => each.name === name);
const measureIn = ({ measures }: Told, name: string): ShownMeasure | undefined =>
  measures.find(({ id }) => id === name);

function newestReport(work: OwnWork, name: string): string {
  const { authority } = work.running.facts;
  const duty = actionIn(work, name)?.duty;
  if (duty?.progress === undefined) return '';
  const { progress } = duty;
  const stands = standingInWords(progress, duty.due, authority).join('; ') || 'no rating, per cent or forecast';
  return `by ${roleTitle(authority, progress.by)}, of ${formatDate(progress.on)}: ${unstopped(stands)}.`;
}

function newestValue(work: OwnWork, name: string): string {
  const measure = measureIn(work, name);
  if (measure === undefined || measure.newest === null) return '';
  const { unit, newest } = measure;
  return `of ${formatDate(newest.on)}: ${amountInWords(newest.value, unit)}.`;
}

/**
 * Does an answer say what was said already? Of an action only where that was said today and no round has asked since: that
 * nothing has changed by another day, or by a round, is something new.
 */
export function isSaidAlready(work: OwnWork, { command, name, payload }: About & Pick<Answer, 'payload'>): boolean {
  const today = localDate(work.running.view.now);
  if (payload === undefined) return false;
  if (command === 'recordMeasure') {
    const newest = measureIn(work, name)?.newest;
    const { value, on = today } = payload as { value?: number; on?: string };
    return newest?.value === value && newest?.on === on;
  }
  const action = actionIn(work, name);
  const last = action?.duty.progress;
  if (action === undefined || last?.on !== today || isAskedAgain(work, action)) return false;
  const said = payload as { rating?: string; percent?: number; forecast?: string; text?: string };
  return (
    (['rating', 'percent', 'forecast'] as const).every(
      (each) => said[each] === undefined || said[each] === last[each],
    ) &&
    (said.text === undefined || hashOfText(said.text) === last.words?.hash)
  );
}

const isAskedAgain = ({ running }: OwnWork, { answered }: OwnAction): boolean =>
  openRounds(running).length > 0 && !answered;
