import type { Happenings } from '../facts/facts.ts';
import { happeningsUnder, standingInstruments } from '../facts/instruments.ts';
import type { Chosen } from './choices.ts';

/** Which report is meant: the inspection's own, or that of an instrument which has one. @param is which reports can be meant at all */
export const reportChosen = (is: (happened: Happenings) => boolean = () => true): Chosen => ({
  fills: ['instrument'],
  label: 'Which report?',
  none: 'No report of this inspection can be meant.',
  among: ({ facts: { inspection } }) => [
    ...(is(inspection) ? [{ title: 'The inspection’s own', payload: {} }] : []),
    ...standingInstruments(inspection)
      .filter(({ id, report }) => report !== undefined && is(happeningsUnder(inspection, id)))
      .map(({ id, title }) => ({ title, payload: { instrument: id } })),
  ],
});
