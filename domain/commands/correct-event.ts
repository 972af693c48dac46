import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { eventInWords, OTHER_EVENT_CHOICES } from '../facts/events.ts';
import { allEvents, eventsOnFile, eventToFile, type Facts, type NumberedEvent } from '../facts/facts.ts';
import {
  allUnder,
  happeningsUnder,
  mustBeInstrument,
  saidUnder,
  underInWords,
  withHappenings,
} from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import type { OtherEvent } from '../schemas/rule-pack.ts';
import { command } from './definition.ts';
import type { Choice } from './choices.ts';
import { REASON, UNDER } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { dayOf, mustBeAlone } from './steps.ts';

/** An event has another date than was recorded, or has not happened at all: what rests on it is worked out again. */
export const correctEvent = command({
  subject: 'inspection',
  title: 'Correct or withdraw an event',
  help: 'What rests on it and is not yet met is worked out again, or no longer needed. Its owners are told once; the old date stays on record.',
  fields: {
    kind: { kind: 'choice', label: 'Which event?', choices: OTHER_EVENT_CHOICES, flag: '<argument>' },
    number: {
      kind: 'number',
      label: 'Which of them?',
      hint: 'Where there are several: 1 is the first that was recorded.',
      optional: true,
      min: 1,
      max: 50,
    },
    on: { kind: 'date', label: 'When did it happen in fact?', optional: true, past: true },
    at: { kind: 'time', label: 'The right time', optional: true },
    withdraw: { kind: 'yes', label: 'It does not count: withdraw it', optional: true },
    instrument: UNDER,
    reason: REASON,
  },
  choosing: [
    {
      fills: ['kind', 'number', 'instrument'],
      label: 'Which event?',
      none: 'No event is on file that could be corrected.',
      among: ({ facts }) => allUnder(facts.inspection).flatMap((each) => eventsUnder(facts, each)),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'correct an event',
  done: 'The event is corrected.',
  entries: ['facts-corrected'],
  apply(state, { kind, number, on, at, withdraw, instrument, reason }, { actor, now }) {
    const { facts } = state;
    mustBeInstrument(facts.inspection, instrument);
    const happenings = happeningsUnder(facts.inspection, instrument);
    const all = eventsOnFile(happenings, kind);
    const before = meant(all, kind, number);
    const day = on === undefined ? before.on : dayOf(on, now, 'so');
    const after = {
      ...before,
      on: day,
      // A time belongs to its own day.
      at: at ?? (on === undefined ? before.at : undefined),
      ...(withdraw === true ? { withdrawn: reason } : {}),
    };
    if (after.on === before.on && after.at === before.at && withdraw !== true)
      throw new Refusal('wrong-state', 'That is what is on file already; nothing changes.');
    if (withdraw !== true && after.on !== before.on)
      mustBeAlone(
        kind,
        after.on,
        all.filter((each) => each.number !== before.number),
      );
    const list = all.map((each) => (each.number === before.number ? after : each)).map(eventToFile);
    const events = { ...happenings.events, [kind]: list };
    const inspection = withHappenings(facts.inspection, instrument, { events });
    const said =
      withdraw === true
        ? `it does not count any more that ${eventInWords(kind)} on ${formatDate(before.on)}`
        : `${eventInWords(kind)} on ${formatDate(after.on)}${after.at === undefined ? '' : ` at ${after.at}`}, not on ${formatDate(before.on)}`;
    const text = `${said}${underInWords(facts.inspection, instrument)}`;
    const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'facts-corrected',
        actor,
        text: `Corrected by ${roleTitle(facts.authority, actor.role)}: ${text}. ${reason}`,
        data: {
          kind,
          number: before.number,
          before: eventToFile(before),
          after: eventToFile(after),
          reason,
          ...saidUnder(instrument),
        },
      },
    ]);
    return replan(state, recorded, now, text, tellingOfGone(text));
  },
});

/** The events that count, under an instrument or under the inspection itself. */
const eventsUnder = ({ inspection }: Facts, instrument: string | undefined): Choice[] =>
  allEvents(happeningsUnder(inspection, instrument))
    .filter(({ withdrawn }) => withdrawn === undefined)
    .map(({ kind, number, on, at, note }) => ({
      title: `${OTHER_EVENT_CHOICES[kind]} on ${formatDate(on)}${at === undefined ? '' : ` at ${at}`}${underInWords(inspection, instrument)}${note === undefined ? '' : ` (${note})`}`,
      payload: { kind, number, ...saidUnder(instrument) },
    }));

/** @throws Refusal where there is none, or it is not said which */
function meant(all: readonly NumberedEvent[], kind: OtherEvent, number: number | undefined): NumberedEvent {
  const standing = all.filter((each) => each.withdrawn === undefined);
  const listed = standing.map((each) => `${each.number} (${formatDate(each.on)})`).join(', ');
  if (standing.length === 0)
    throw new Refusal(
      'wrong-state',
      `It is not on file that ${eventInWords(kind)}: there is nothing to correct.`,
      'kind',
    );
  const found =
    number === undefined && standing.length === 1 ? standing[0] : standing.find((each) => each.number === number);
  if (found !== undefined) return found;
  throw new Refusal(
    'wrong-state',
    number === undefined
      ? `There are several: say which by its number: ${listed}.`
      : `There is no number ${number}; on file are: ${listed}.`,
    'number',
  );
}
