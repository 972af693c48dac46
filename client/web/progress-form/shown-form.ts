import { lastWords } from '../../last-words.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { amountInWords, measureStands } from '../../../domain/measures/measures.ts';
import type { ShownMeasure } from '../../../domain/measures/measures.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { standingInWords } from '../../../domain/progress/standing-words.ts';
import type { WebParts } from '../parts.ts';
import { type FilledForm, type FormField, type FormProblem, readForm, shownFields } from '../forms/form.ts';
import { seenOn } from './as-of.ts';
import { actionFields, measureFields, NO_CHANGE } from './fields.ts';
import { measuresOnOnePage, onOnePage } from './one-page.ts';
import type { OwnAction, OwnWork } from './own-actions.ts';
import type { Answer } from './read-answers.ts';

const MAX_SUMMARY_TITLE = 60;

/** What stands on the form: of each action what was said last, and what is asked. */
export async function shownForm(
  { register }: Pick<WebParts, 'register'>,
  work: OwnWork,
  typed: Record<string, unknown>,
  answers: readonly Answer[],
) {
  return formOf(
    work,
    typed,
    answers,
    await lastWords(
      register,
      work.id,
      work.actions.map(({ duty }) => duty),
    ),
  );
}

/** The same, with the words of the last reports at hand. */
export function formOf(
  work: OwnWork,
  typed: Record<string, unknown>,
  answers: readonly Answer[],
  words: ReadonlyMap<number, string>,
) {
  const { shown, more, answered } = onOnePage(work.actions, typed);
  const measures = measuresOnOnePage(work.measures, typed);
  return {
    actions: shown.map((action) => ({
      ...action,
      ...lastOf(action, work, words),
      fields: byWhatIsAsked(actionFields(action.name), typed, answers, work),
    })),
    more,
    answered: answered.map((action) => ({ ...action, ...lastOf(action, work, words) })),
    measures: measures.map((measure) => ({
      ...measureInWords(measure, localDate(work.running.view.now)),
      fields: byWhatIsAsked(measureFields(measure.id), typed, answers, work),
    })),
    unchanged: shown.filter(({ duty }) => duty.progress !== undefined).map(({ name }) => name),
    // What they see by this page: what comes later is shown to them before they speak over it.
    seen: seenOn({ actions: shown, measures }),
    ratings: work.running.view.ratings,
    noChange: NO_CHANGE,
  };
}

/** The fields of one action or measure by what they ask, with what was typed and what is wrong with it. */
function byWhatIsAsked(
  fields: readonly (FormField & { asked: string })[],
  typed: Record<string, unknown>,
  answers: readonly Answer[],
  { running: { facts } }: OwnWork,
): Record<string, object> {
  const problems = answers.flatMap(({ filled }) => filled.problems);
  const filled: Pick<FilledForm, 'typed' | 'problems'> = { typed: readForm(fields, typed).typed, problems };
  const shown = shownFields(fields, filled, facts.authority, facts.inspection);
  return Object.fromEntries(fields.map(({ asked }, index) => [asked, shown[index] ?? {}]));
}

/** What the last report on an action said, and when. */
function lastOf({ duty }: OwnAction, { running: { facts } }: OwnWork, words: ReadonlyMap<number, string>) {
  const { progress } = duty;
  if (progress === undefined) return { last: undefined };
  return {
    last: {
      on: progress.on,
      by: roleTitle(facts.authority, progress.by),
      stands: standingInWords(progress, duty.due, facts.authority).join('; '),
      words: progress.words === undefined ? undefined : words.get(progress.words.seq),
    },
  };
}

function measureInWords(measure: ShownMeasure, today: string) {
  const { id, title, unit, target, newest } = measure;
  return {
    ...{ id, title, unit },
    target: `${amountInWords(target.value, unit)} by ${formatDate(target.by)}`,
    newest: newest === null ? 'none yet' : `${amountInWords(newest.value, unit)} on ${formatDate(newest.on)}`,
    stands: measureStands(measure, today),
  };
}

/** What is wrong, for the top of the page: each problem says of which action or measure it is. */
export const problemsIn = (answers: readonly Answer[]): FormProblem[] =>
  answers.flatMap(({ title, filled }) =>
    filled.problems.map((problem) => ({ ...problem, text: `${shortTitle(title)}: ${problem.text}` })),
  );

export const shortTitle = (title: string): string =>
  title.length <= MAX_SUMMARY_TITLE ? title : `${title.slice(0, MAX_SUMMARY_TITLE)}…`;
