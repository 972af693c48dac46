import { measuresOf } from '../measures/measures.ts';
import { recordValues } from '../measures/record-values.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { dayOf } from './steps.ts';

/** A value of a measure, by whoever keeps the figures: one more of its series. */
export const recordMeasure = command({
  subject: 'inspection',
  title: 'Record a value of a measure',
  help: 'A number by which the plan’s outcomes are measured. Earlier values stay on record.',
  fields: {
    measure: { kind: 'measure', label: 'Which measure?', flag: '<argument>' },
    value: { kind: 'amount', label: 'What is its value?', hint: 'A number, for example 21.5.' },
    on: { ...WHEN, label: 'When was it so?' },
    source: {
      kind: 'line',
      label: 'Where does the number come from?',
      hint: 'Only where it is not from where the plan says.',
      optional: true,
    },
  },
  may: { capacities: ['owner', 'manager', 'administrator'] },
  verb: 'record values of measures',
  done: 'The value is on record.',
  entries: ['measure-recorded'],
  check(_about, { facts }) {
    if (measuresOf(facts.inspection).length === 0)
      throw new Refusal('wrong-state', 'The plan of this inspection has no measures.');
  },
  apply(state, { measure, value, on, source }, { actor, now }) {
    return recordValues(state, [{ measure, value }], {
      on: dayOf(on, now, 'so'),
      source,
      field: 'measure',
      actor,
      now,
    });
  },
});
