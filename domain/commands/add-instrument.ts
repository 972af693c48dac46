import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { eventInWords } from '../facts/events.ts';
import { allEvents, type Happenings } from '../facts/facts.ts';
import { instrumentOf, standingInstruments } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';
import { mustMakeSense } from './correct.ts';
import { MANAGERS_ONLY } from './may.ts';

/** More that count, or more in all with those that were withdrawn, is a slip of the keyboard. */
const MAX_INSTRUMENTS = 20;
const MAX_WITH_WITHDRAWN = 50;

/**
 * A notice, a direction or another report has come to an inspection that runs: the duties of its own framework start at its
 * own dates, beside those that run already.
 */
export const addInstrument = command({
  subject: 'inspection',
  title: 'Add an instrument',
  help: 'A notice, a direction or another report has come beside the report of the inspection. Its duties count from its own dates, and their owners are told.',
  fields: {
    instrument: { kind: 'instrument', label: 'The instrument' },
    // Whoever sends it adds them, from the pack that the instrument names.
    framework: { kind: 'framework', label: 'The rules of its framework', optional: true },
  },
  may: MANAGERS_ONLY,
  verb: 'add an instrument',
  done: 'The instrument is added.',
  entries: ['instrument-added'],
  form: {
    aside: 'an instrument is read from a file, or comes from a program; its dates and grades are too much for a form',
  },
  cli: { aside: '`duecourse add-instrument` reads it from a file' },
  apply(state, { instrument, framework }, { actor, now }) {
    const { facts } = state;
    const { instruments = [] } = facts.inspection;
    if (instrumentOf(facts.inspection, instrument.id) !== undefined)
      throw new Refusal(
        'wrong-state',
        `The inspection has an instrument "${instrument.id}" already, or has had one: give this one another short name.`,
        'instrument',
      );
    const alike = standingInstruments(facts.inspection).find(({ title }) => title === instrument.title);
    if (alike !== undefined)
      throw new Refusal(
        'wrong-state',
        `The inspection has "${alike.title}" already, as ${alike.id}. If this is another, give it a title by which people can tell them apart.`,
        'instrument',
      );
    if (instrument.withdrawn !== undefined)
      throw new Refusal(
        'wrong-state',
        'An instrument that is withdrawn already starts nothing: leave it out.',
        'instrument',
      );
    if (standingInstruments(facts.inspection).length >= MAX_INSTRUMENTS || instruments.length >= MAX_WITH_WITHDRAWN)
      throw new Refusal(
        'too-large',
        `An inspection can have ${MAX_INSTRUMENTS} instruments that count, and ${MAX_WITH_WITHDRAWN} with those that were withdrawn: it has as many.`,
      );
    if (framework?.pack.id !== instrument.framework)
      throw new Refusal(
        'wrong-state',
        'The rules that came with the instrument are not those of its framework.',
        'framework',
      );
    mustHaveHappened(instrument, now);
    const happened = `${instrument.title} was issued by ${instrument.issuedBy}`;
    const rules = framework === undefined ? [] : [{ instrument: instrument.id, ...framework }];
    const next = {
      ...facts,
      inspection: { ...facts.inspection, instruments: [...instruments, instrument] },
      ...(rules.length === 0 ? {} : { instruments: [...(facts.instruments ?? []), ...rules] }),
    };
    const recorded = record({ ...state, facts: next }, now, [
      {
        kind: 'instrument-added',
        actor,
        text: `Added by ${roleTitle(facts.authority, actor.role)}: ${happened}.`,
        data: { instrument, ...(framework === undefined ? {} : { framework: framework.pack }) },
      },
    ]);
    return replan(state, recorded, now, happened, { ofNew: () => `New, because ${happened}.` });
  },
});

/** None of its dates is still to come. @throws Refusal 'wrong-date' */
function mustHaveHappened(happenings: Happenings, now: string): void {
  for (const name of ['received', 'published'] as const) {
    const day = happenings.report?.[name];
    if (day !== undefined) mustMakeSense(name, day, happenings, { now, field: 'instrument' });
  }
  const future = allEvents(happenings).find(({ on }) => on > localDate(now));
  if (future !== undefined)
    throw new Refusal(
      'wrong-date',
      `It can't be that ${eventInWords(future.kind)} on ${formatDate(future.on)}, in the future: ${todayInWords(now)}.`,
      'instrument',
    );
}
