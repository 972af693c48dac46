import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { happeningsUnder, mustHaveReport, saidUnder, underInWords, withHappenings } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import { mustMakeSense } from './correct.ts';
import { command } from './definition.ts';
import { ONE_OF_TWO_DATES, UNDER } from './fields.ts';
import { reportChosen } from './report-chosen.ts';
import { MANAGERS_ONLY } from './may.ts';

/** More is a slip of the keyboard. */
const MAX_EARLIER = 10;

/**
 * The inspectorate has issued its report again: its own dates count from now on, and those of the report before stay on file.
 * What was met stays met; all else that counts from the report is worked out again.
 */
export const reissue = command({
  subject: 'inspection',
  title: 'Record that the report was issued again',
  help: 'The dates of the new report count from now on, those of the earlier one stay on file. What is not yet met is worked out again, and its owners are told once.',
  fields: {
    received: { kind: 'date', label: 'New report received', optional: true, oneOf: ONE_OF_TWO_DATES, mostlyPast: true },
    receivedAt: {
      kind: 'time',
      label: 'At what time was it received?',
      hint: 'For example 16:30. It matters where a rule counts a late receipt from the next working day.',
      optional: true,
    },
    published: {
      kind: 'date',
      label: 'New report published',
      optional: true,
      oneOf: ONE_OF_TWO_DATES,
      mostlyPast: true,
    },
    note: { kind: 'line', label: 'What is different in it?', missing: 'Say what is different in it' },
    instrument: UNDER,
  },
  choosing: [reportChosen(({ report }) => (report?.earlier?.length ?? 0) < MAX_EARLIER)],
  may: MANAGERS_ONLY,
  verb: 'record that the report was issued again',
  done: 'The new report’s dates count from now on.',
  entries: ['report-reissued'],
  apply(state, { received, receivedAt, published, note, instrument }, { actor, now }) {
    const { facts } = state;
    mustHaveReport(facts.inspection, instrument);
    const happenings = happeningsUnder(facts.inspection, instrument);
    const { earlier = [], ...before } = happenings.report ?? {};
    if (received === undefined && published === undefined)
      throw new Refusal(
        'wrong-state',
        'Say when the new report was received, or, failing that, published.',
        'received',
      );
    if (earlier.length >= MAX_EARLIER)
      throw new Refusal('too-large', `A report that was issued again ${MAX_EARLIER} times is on file; no more can be.`);
    const after = {
      ...(received === undefined ? {} : { received }),
      ...(received === undefined || receivedAt === undefined ? {} : { receivedAt }),
      ...(published === undefined ? {} : { published }),
    };
    const told = (['received', 'published'] as const).flatMap((name) => {
      const [was, is] = [before[name], after[name]];
      if (is === undefined) return [];
      mustMakeSense(name, is, happenings, { now, field: name });
      if (was !== undefined && is <= was)
        throw new Refusal(
          'wrong-date',
          `A report that is issued again is ${name} after the one before it, which was on ${formatDate(was)}. If that date is wrong, correct it.`,
          name,
        );
      return [`${name} on ${formatDate(is)}`];
    });
    const report = { ...after, earlier: [...earlier, { ...before, note }] };
    const happened = `the report was issued again, ${told.join(' and ')}${underInWords(facts.inspection, instrument)}`;
    const next = {
      ...state,
      facts: { ...facts, inspection: withHappenings(facts.inspection, instrument, { report }) },
    };
    const recorded = record(next, now, [
      {
        kind: 'report-reissued',
        actor,
        text: `Recorded by ${roleTitle(facts.authority, actor.role)}: ${happened}. ${note}`,
        data: { before, after, note, ...saidUnder(instrument) },
      },
    ]);
    return replan(state, recorded, now, happened);
  },
});
