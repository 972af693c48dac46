import { formatDate } from '../../domain/calendar/civil-date.ts';
import { amountInWords } from '../../domain/plan/counting.ts';
import type { PackRule } from '../../domain/schemas/rule-pack.ts';
import type { WindowExample, WorkedExample } from '../../domain/schemas/worked-example.ts';

const stated = (source: string | undefined): string => (source === undefined ? '' : ` (${source})`);

/** 'Friday 19 February 2016, so due Thursday 30 June 2016: 18 weeks is …' */
export function exampleInWords({ repeats, readings }: PackRule, example: WorkedExample): string {
  const { on, at, due, why, source, round = 1, reading } = example;
  const by = readings.find(({ id }) => id === reading);
  return [
    `${formatDate(on)}${at === undefined ? '' : ` at ${at}`}, so due ${formatDate(due)}`,
    ...(repeats ? [` (no. ${round})`] : []),
    ...(by === undefined ? [] : [` by the reading of ${amountInWords(by.period)}`]),
    `: ${why}${stated(source)}`,
  ].join('');
}

/** 'Published Thursday 3 August 2017, so closes Friday 11 August 2017, and can be carried out that day: …' */
export function windowInWords({ published, at, closes, effective, why, source }: WindowExample): string {
  const free =
    effective === undefined
      ? ''
      : `, and can be carried out from ${effective === closes ? 'that day' : formatDate(effective)} on`;
  return `Published ${formatDate(published)}${at === undefined ? '' : ` at ${at}`}, so closes ${formatDate(closes)}${free}: ${why}${stated(source)}`;
}
