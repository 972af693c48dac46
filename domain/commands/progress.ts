import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { GivenValue } from '../measures/given-value.ts';
import { recordValues } from '../measures/record-values.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { NewestReport, Standing } from '../progress/newest-report.ts';
import { mustBeRating } from '../progress/ratings.ts';
import { reportData } from '../progress/series.ts';
import { standingInWords } from '../progress/standing-words.ts';
import { wordsOf } from '../questions/words.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { WHEN } from './fields.ts';
import { WHOEVER_WORKS_ON_IT } from './may.ts';
import { dayOf } from './steps.ts';

/** How an action goes on, as its owner sees it: one more report of a series, in which none takes another's place. */
export const progress = milestoneCommand({
  title: 'Report progress',
  help: 'How the action stands. What you leave out stands as you said it last; earlier reports stay on record.',
  fields: {
    rating: { kind: 'rating', label: 'How does it stand?', optional: true },
    percent: {
      kind: 'percent',
      label: 'How much of it is done, in per cent?',
      hint: 'A whole number from 0 to 100.',
      optional: true,
    },
    text: { kind: 'text', label: 'What is there to say of it?', optional: true },
    forecast: {
      kind: 'date',
      toBeDone: true,
      label: 'When do you expect it to be done?',
      hint: 'The due date does not move by this: ask for a later one where you need it.',
      optional: true,
    },
    measures: {
      kind: 'measures',
      label: 'Values of measures',
      hint: 'One a line: the measure’s short name and its value, like open-cases = 21.5.',
      optional: true,
      flag: 'measure',
    },
    source: {
      kind: 'line',
      label: 'Where do these numbers come from?',
      hint: 'Only where they are not from where the plan says.',
      optional: true,
      withMeasures: true,
    },
    on: { ...WHEN, label: 'When was it so?' },
    noChange: {
      kind: 'yes',
      label: 'Nothing has changed since the last report',
      optional: true,
    },
  },
  may: WHOEVER_WORKS_ON_IT,
  verb: 'report on its progress',
  done: 'The progress is on record.',
  effect: 'report',
  entry: 'progress-reported',
  possible({ strand, title }) {
    if (strand !== 'improvement-actions')
      throw new Refusal(
        'wrong-state',
        `"${title}" is no action of the improvement plan; progress is reported on its actions alone.`,
      );
  },
  step(milestone, said, { actor, now, facts, calendar, seq }) {
    const before = milestone.progress;
    const on = dayOf(said.on, now, 'so');
    mustSaySomething(said, milestone);
    if (said.rating !== undefined) mustBeRating(facts.authority, said.rating);
    if (said.forecast !== undefined) mustBeForecast(said.forecast, on, calendar);
    const reports = (before?.reports ?? 0) + 1;
    // Of an earlier day than the newest speaks of: one more of the series, and where it stands stays.
    if (before !== undefined && on < before.on) return { ...milestone, progress: { ...before, reports } };
    const newest: NewestReport = {
      ...standingAfter(before, said),
      ...{ on, at: now, by: actor.role, reports },
      ...(said.text === undefined ? {} : { words: wordsOf(said.text, seq) }),
    };
    return { ...milestone, progress: newest };
  },
  sentence(said, { before, after, who, facts }) {
    const stands = standingOf(said, before, after);
    const parts = [
      ...(said.noChange === true ? ['no change'] : []),
      ...standingInWords(stands, after.due, facts.authority),
    ];
    const of = said.on === undefined ? '' : ` as of ${formatDate(said.on)}`;
    return `${who} reports${of}: ${parts.join('; ')}${parts.length === 0 ? '' : '.'}${said.text === undefined ? '' : `${parts.length === 0 ? '' : ' '}${said.text}`}`;
  },
  also(state, { measures = [], source, on }, { given: { actor, now } }) {
    return recordValues(state, measures, { on: on ?? localDate(now), source, field: 'measures', actor, now });
  },
  data(said, { before, after, facts }) {
    const on = said.on ?? localDate(after.progress?.at ?? '');
    return { ...reportData(on, standingOf(said, before, after), facts.authority) };
  },
});

type Said = Standing & {
  text?: string | undefined;
  noChange?: boolean | undefined;
  measures?: GivenValue[] | undefined;
};

/** What a report leaves out stands as it was last said. */
function standingAfter(before: Standing | undefined, { rating, percent, forecast }: Standing): Standing {
  const [is, done, by] = [rating ?? before?.rating, percent ?? before?.percent, forecast ?? before?.forecast];
  return {
    ...(is === undefined ? {} : { rating: is }),
    ...(done === undefined ? {} : { percent: done }),
    ...(by === undefined ? {} : { forecast: by }),
  };
}

/** How it stood by a report: for one of an earlier day, what it says by itself. */
function standingOf(said: Standing & { on?: CivilDate | undefined }, before: Milestone, after: Milestone): Standing {
  const isEarlier = before.progress !== undefined && said.on !== undefined && said.on < before.progress.on;
  return standingAfter(isEarlier ? undefined : before.progress, isEarlier ? said : (after.progress ?? said));
}

function mustSaySomething(said: Said, { title, progress: before }: Milestone): void {
  const { rating, percent, text, forecast, noChange, measures = [] } = said;
  const isNew = [rating, percent, forecast].some((each) => each !== undefined);
  if (noChange === true && isNew)
    throw new Refusal(
      'wrong-state',
      'Either nothing has changed, or something of rating, per cent and forecast has: say one of the two.',
      'noChange',
    );
  if (noChange === true && before === undefined)
    throw new Refusal(
      'wrong-state',
      `There is no report on "${title}" yet from which nothing could have changed; say how it stands.`,
      'noChange',
    );
  if (noChange !== true && !isNew && text === undefined && measures.length === 0)
    throw new Refusal(
      'nothing-said',
      'Say something of it: a rating, how much is done, a forecast, a few words, a measure, or that nothing has changed.',
    );
}

/** A day from that of the report on, within the years that can be counted with: a mistyped year is told at once. */
function mustBeForecast(forecast: CivilDate, on: CivilDate, { until }: WorkingCalendar): void {
  if (forecast < on)
    throw new Refusal(
      'wrong-date',
      `It can't be expected by ${formatDate(forecast)}, which was over on ${formatDate(on)}. If it is done, mark it as done.`,
      'forecast',
    );
  if (forecast > until)
    throw new Refusal(
      'wrong-date',
      `The forecast ${formatDate(forecast)} is beyond ${formatDate(until)}, the last day for which bank holidays are known. Look at the year.`,
      'forecast',
    );
}
