import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import type { Happenings } from '../facts/facts.ts';
import { happeningsUnder, mustHaveReport, saidUnder, underInWords, withHappenings } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';
import { REASON, UNDER } from './fields.ts';
import { reportChosen } from './report-chosen.ts';
import { MANAGERS_ONLY } from './may.ts';

/**
 * A date of the report was wrong, or has become known: whatever rests on it and is not yet met is worked out again. A
 * statutory date moves too: it was never what the law said. The old dates stay in the register.
 */
export const correct = command({
  subject: 'inspection',
  title: 'Correct the dates of the report',
  help: 'What is not yet met is worked out again. Its owners are told once; the old dates stay on record.',
  fields: {
    received: { kind: 'date', label: 'Report received', optional: true, mostlyPast: true },
    receivedAt: {
      kind: 'time',
      label: 'At what time was it received?',
      hint: 'For example 16:30. It matters where a rule counts a late receipt from the next working day.',
      optional: true,
    },
    published: { kind: 'date', label: 'Report published', optional: true, mostlyPast: true },
    instrument: UNDER,
    reason: REASON,
  },
  choosing: [reportChosen()],
  may: MANAGERS_ONLY,
  verb: 'correct the dates of the report',
  done: 'The dates are corrected.',
  entries: ['facts-corrected'],
  apply(state, payload, { actor, now }) {
    const { facts } = state;
    const { instrument } = payload;
    mustHaveReport(facts.inspection, instrument);
    const happenings = happeningsUnder(facts.inspection, instrument);
    const before = happenings.report ?? {};
    const { receivedAt: oldTime, ...dates } = before;
    // A time of receipt belongs to its own date.
    const time = payload.receivedAt ?? (payload.received === undefined ? oldTime : undefined);
    const after = {
      ...dates,
      ...(payload.received === undefined ? {} : { received: payload.received }),
      ...(payload.published === undefined ? {} : { published: payload.published }),
      ...(time === undefined ? {} : { receivedAt: time }),
    };
    const changes = (['received', 'published'] as const).flatMap((name) => {
      const [was, is] = [before[name], after[name]];
      if (is === undefined || was === is) return [];
      mustMakeSense(name, is, happenings, { now, field: name });
      return [`the report was ${name} on ${formatDate(is)}${was === undefined ? '' : `, not on ${formatDate(was)}`}`];
    });
    if (before.receivedAt !== after.receivedAt && after.receivedAt !== undefined)
      changes.push(`it was received at ${after.receivedAt}`);
    if (changes.length === 0) throw new Refusal('wrong-state', 'These are the dates already on file; nothing changes.');
    const text = `${changes.join(' and ')}${underInWords(facts.inspection, instrument)}`;
    const inspection = withHappenings(facts.inspection, instrument, { report: after });
    const next = { ...state, facts: { ...facts, inspection } };
    const recorded = record(next, now, [
      {
        kind: 'facts-corrected',
        actor,
        text: `Corrected by ${roleTitle(facts.authority, actor.role)}: ${text}. ${payload.reason}`,
        data: { before, after, reason: payload.reason, ...saidUnder(instrument) },
      },
    ]);
    return replan(state, recorded, now, text, tellingOfGone(text));
  },
});

/** A date of the report is not to come, and not before the inspection was over. @throws Refusal */
export function mustMakeSense(
  name: string,
  date: string,
  { fieldwork }: Happenings,
  { now, field }: { now: string; field: string },
): void {
  if (date > localDate(now))
    throw new Refusal(
      'wrong-date',
      `The report can't have been ${name} on ${formatDate(date)}, in the future: ${todayInWords(now)}.`,
      field,
    );
  const until = fieldwork?.until;
  if (until !== undefined && date < until)
    throw new Refusal(
      'wrong-date',
      `The report can't have been ${name} on ${formatDate(date)}, before the inspection ended on ${formatDate(until)}.`,
      field,
    );
}
