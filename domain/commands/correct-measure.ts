import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { amountInWords, findMeasure, measuresOf } from '../measures/measures.ts';
import { recordValues } from '../measures/record-values.ts';
import { keptOn, takeBackValues } from '../measures/take-back.ts';
import { Refusal } from '../refusal.ts';
import { unstopped } from '../unstopped.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { recordMeasure } from './record-measure.ts';
import { dayOf } from './steps.ts';

/** A value of a measure was entered wrongly, or for a wrong day: it is taken back, and the right one takes its place. */
export const correctMeasure = command({
  subject: 'inspection',
  title: 'Correct a value of a measure',
  help: 'A value that was entered wrongly, or for a wrong day, is put right or taken back. Charts and tables show what is right from then on; what was entered, and why it was wrong, stays on record.',
  fields: {
    measure: { kind: 'measure', label: 'Which measure?', flag: '<argument>' },
    of: {
      kind: 'date',
      label: 'For which day was it entered?',
      missing: 'Enter the day for which it was entered',
      hint: 'The day beside the value in the measure’s table.',
      mostlyPast: true,
    },
    value: {
      kind: 'amount',
      label: 'What is its right value?',
      hint: 'Leave this empty if it is right.',
      optional: true,
    },
    on: {
      kind: 'date',
      label: 'When was it so?',
      hint: 'Leave this empty if the day is right.',
      optional: true,
      past: true,
    },
    takeBack: { kind: 'yes', label: 'There is no such value: take it back', optional: true },
    reason: REASON,
  },
  may: recordMeasure.may,
  verb: 'correct values of measures',
  done: 'The value is corrected.',
  entries: ['measure-taken-back', 'measure-recorded'],
  check(_about, { facts, measured = {} }) {
    if (measuresOf(facts.inspection).every(({ id }) => measured[id] === undefined))
      throw new Refusal('wrong-state', 'No measure of this inspection has a value.');
  },
  apply(state, { measure: id, of, value, on, takeBack, reason }, { actor, now }) {
    const measure = findMeasure(state.facts.inspection, id, 'measure');
    const day = on === undefined ? of : dayOf(on, now, 'so');
    const before = keptOn(state, measure, of);
    const isTakenBack = takeBack === true;
    if (isTakenBack === (value !== undefined || on !== undefined))
      throw new Refusal(
        'wrong-state',
        isTakenBack
          ? 'Enter what is right, or take it back, not both.'
          : 'Enter the right value, or the right day, or say that it is taken back.',
        isTakenBack ? 'takeBack' : 'value',
      );
    const right = { value: value ?? before.value, on: day };
    if (!isTakenBack && right.value === before.value && right.on === of)
      throw new Refusal('wrong-state', 'That is the value that is on file for that day: nothing changes.', 'value');
    const who = roleTitle(state.facts.authority, actor.role);
    const taken = takeBackValues(state, measure, of, {
      text: `${measure.title}: the value ${amountInWords(before.value, measure.unit)} for ${formatDate(of)} was taken back by ${who}: ${unstopped(reason)}.`,
      ...{ reason, actor, now },
    });
    if (isTakenBack) return taken;
    return recordValues(taken, [{ measure: id, value: right.value }], {
      ...{ on: right.on, source: before.source, field: 'measure', actor, now },
    });
  },
});
