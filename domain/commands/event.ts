import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { namesOf } from '../closed-table.ts';
import { eventInWords, EVENTS, OTHER_EVENT_CHOICES } from '../facts/events.ts';
import { eventsOnFile, eventToFile, type Facts } from '../facts/facts.ts';
import {
  allUnder,
  happeningsUnder,
  mustBeInstrument,
  rulesUnder,
  saidUnder,
  underInWords,
  withHappenings,
} from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import type { OtherEvent } from '../schemas/rule-pack.ts';
import { command } from './definition.ts';
import type { Choice } from './choices.ts';
import { UNDER } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { dayOf, mustBeAlone } from './steps.ts';

/** More of one kind is a slip of the keyboard. */
const MAX_EVENTS = 50;

/** Something has happened that starts clocks, after the inspection's own start: a letter, a notice, a determination. */
export const event = command({
  subject: 'inspection',
  title: 'Record an event',
  help: 'A letter, a notice or the like has come: whatever the framework counts from it is planned, and its owners are told.',
  fields: {
    kind: { kind: 'choice', label: 'What has happened?', choices: OTHER_EVENT_CHOICES, flag: '<argument>' },
    on: { kind: 'date', label: 'When did it happen?', missing: 'Enter the day on which it happened', past: true },
    at: {
      kind: 'time',
      label: 'At what time?',
      hint: 'For example 16:30. Only where the time matters.',
      optional: true,
    },
    note: {
      kind: 'line',
      label: 'Note',
      hint: 'For example which notice it is, where there are several.',
      optional: true,
    },
    instrument: UNDER,
  },
  choosing: [
    {
      fills: ['kind', 'instrument'],
      label: 'What has happened?',
      hint: 'Only what something in this inspection counts from is listed. That a plan was submitted, accepted or sent back is said on its duty.',
      none: 'Nothing in this inspection counts from an event that could still be recorded.',
      among: ({ facts }) => allUnder(facts.inspection).flatMap((each) => eventsUnder(facts, each)),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'record an event',
  done: 'The event is recorded.',
  entries: ['event-recorded'],
  apply(state, { kind, on, at, note, instrument }, { actor, now }) {
    const { facts } = state;
    mustBeInstrument(facts.inspection, instrument);
    const happenings = happeningsUnder(facts.inspection, instrument);
    const before = eventsOnFile(happenings, kind);
    const day = dayOf(on, now, 'so');
    mustBeSaidHere(kind);
    mustCount(kind, facts, instrument);
    mustBeAlone(kind, day, before);
    if (before.length >= MAX_EVENTS)
      throw new Refusal(
        'too-large',
        `Of one kind of event ${MAX_EVENTS} can be on file, and there are as many.`,
        'kind',
      );
    const added = eventToFile({ on: day, at, note });
    const list = [...before.map(eventToFile), added];
    const events = { ...happenings.events, [kind]: list };
    const inspection = withHappenings(facts.inspection, instrument, { events });
    const happened = `${eventInWords(kind)} on ${formatDate(day)}${underInWords(facts.inspection, instrument)}`;
    const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'event-recorded',
        actor,
        text: `Recorded by ${roleTitle(facts.authority, actor.role)}: ${happened}.${note === undefined ? '' : ` ${note}`}`,
        data: { kind, number: list.length, ...added, ...saidUnder(instrument) },
      },
    ]);
    return replan(state, recorded, now, happened, { ofNew: () => `New, because ${happened}.` });
  },
});

/** The events that can be recorded under an instrument, or under the inspection itself. */
const eventsUnder = (facts: Facts, instrument: string | undefined): Choice[] =>
  namesOf(OTHER_EVENT_CHOICES)
    .filter(
      (kind) =>
        EVENTS[kind].saidBy === undefined &&
        countsFrom(kind, facts, instrument) &&
        eventsOnFile(happeningsUnder(facts.inspection, instrument), kind).length < MAX_EVENTS,
    )
    .map((kind) => ({
      title: `${OTHER_EVENT_CHOICES[kind]}${underInWords(facts.inspection, instrument)}`,
      payload: { kind, ...saidUnder(instrument) },
    }));

/** @throws Refusal where it is said of a duty, which it brings with it */
function mustBeSaidHere(kind: OtherEvent): void {
  const { saidBy } = EVENTS[kind];
  if (saidBy === undefined) return;
  throw new Refusal(
    'wrong-state',
    `That ${eventInWords(kind)} is said of the duty itself, and goes on file with that: ${SAID_BY[saidBy]}.`,
    'kind',
  );
}

const SAID_BY: Record<NonNullable<(typeof EVENTS)[OtherEvent]['saidBy']>, string> = {
  submit: 'submit it again',
  accept: 'record on it that it was accepted (accept)',
  sendBack: 'record on it that it was sent back (send-back)',
};

/** @throws Refusal where nothing follows from it: the framework, or the kind, is another one */
function mustCount(kind: OtherEvent, facts: Facts, instrument: string | undefined): void {
  const counted = namesOf(OTHER_EVENT_CHOICES).filter((each) => countsFrom(each, facts, instrument));
  if (counted.includes(kind)) return;
  const known = counted.map((each) => `${each} (${eventInWords(each)})`).join(', ');
  throw new Refusal(
    'wrong-state',
    `Nothing in this inspection${underInWords(facts.inspection, instrument)} counts from it that ${eventInWords(kind)}. ${known === '' ? 'Its rules know no other events' : `What its rules count from: ${known}`}.`,
    'kind',
  );
}

function countsFrom(kind: OtherEvent, facts: Facts, instrument: string | undefined): boolean {
  const { actions, commitments } = facts.inspection;
  return (
    rulesUnder(facts, instrument).some(({ trigger, requires, metBy }) =>
      [trigger.event, trigger.proxy, requires, metBy].includes(kind),
    ) ||
    [...actions, ...commitments].some(
      ({ due }) => typeof due === 'object' && 'from' in due && due.from === kind && due.instrument === instrument,
    )
  );
}
