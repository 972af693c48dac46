import { nearestHint } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Instrument } from '../schemas/instrument.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { allEvents, dated, type Facts, type Happenings, type Trigger, triggerOf } from './facts.ts';
import type { Framework } from './framework.ts';

/** One of an inspection's instruments by its short name; undefined where there is none, or none is named. */
export const instrumentOf = (
  { instruments = [] }: Pick<Inspection, 'instruments'>,
  id: string | undefined,
): Instrument | undefined => instruments.find((each) => each.id === id);

/** Those from which anything follows. */
export const standingInstruments = ({ instruments = [] }: Pick<Inspection, 'instruments'>): Instrument[] =>
  instruments.filter(({ withdrawn }) => withdrawn === undefined);

/** Under what things happen in an inspection: undefined, for itself, then each of its instruments that counts. */
export const allUnder = (inspection: Pick<Inspection, 'instruments'>): (string | undefined)[] => [
  undefined,
  ...standingInstruments(inspection).map(({ id }) => id),
];

/** What happened under one of its instruments; under the inspection itself where none is named. Nothing under one that is withdrawn. */
export function happeningsUnder(inspection: Inspection, instrument: string | undefined): Happenings {
  if (instrument === undefined) return inspection;
  const found = instrumentOf(inspection, instrument);
  return found === undefined || found.withdrawn !== undefined ? {} : found;
}

/**
 * What starts the clocks of something that is counted under an instrument, and names no event: its report, or where it has none what
 * it came by, the first of its events.
 */
export function cameBy(happenings: Happenings): Trigger | undefined {
  const report = triggerOf(happenings, 'report-received', 'report-published');
  if (report !== undefined) return report;
  const [first] = allEvents(happenings)
    .filter(({ withdrawn }) => withdrawn === undefined)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return first === undefined ? undefined : dated(first.kind, first.on, first.at);
}

/** The same inspection, with other dates under one of its instruments, or under itself. */
export function withHappenings(
  inspection: Inspection,
  instrument: string | undefined,
  part: Partial<Pick<Inspection, 'report' | 'events'>>,
): Inspection {
  if (instrument === undefined) return { ...inspection, ...part };
  const { instruments = [] } = inspection;
  return {
    ...inspection,
    instruments: instruments.map((each) => (each.id === instrument ? { ...each, ...part } : each)),
  };
}

const NO_RULES: Framework['rules'] = [];

/** The framework of one of its instruments, or its own; undefined where the instrument has none. */
export const frameworkUnder = (facts: Pick<Facts, keyof Framework | 'instruments'>, instrument: string | undefined) =>
  instrument === undefined ? facts : facts.instruments?.find((each) => each.instrument === instrument);

/** The rules from which duties under it may follow. */
export const rulesUnder = (
  facts: Pick<Facts, keyof Framework | 'instruments'>,
  instrument: string | undefined,
): Rule[] => frameworkUnder(facts, instrument)?.rules ?? NO_RULES;

/** A duty under an instrument is called after it. No short name has two hyphens in a row. */
const BETWEEN = '--';

/** What a duty is called under an instrument, or under the inspection itself: 'improvement-notice--published-plan'. */
export const nameUnder = (instrument: string | undefined, name: string): string =>
  instrument === undefined ? name : `${instrument}${BETWEEN}${name}`;

/** The instrument from which a duty follows, by the duty's id; undefined where it follows from the inspection itself. */
export function instrumentOfDuty(duty: string): string | undefined {
  const name = duty.slice(duty.indexOf('/') + 1);
  const at = name.indexOf(BETWEEN);
  return at === -1 ? undefined : name.slice(0, at);
}

/** @throws Refusal where one is named that is not there, or does not count any more */
export function mustBeInstrument(inspection: Inspection, id: string | undefined): void {
  if (id === undefined) return;
  const standing = standingInstruments(inspection).map((each) => each.id);
  if (standing.includes(id)) return;
  const gone = instrumentOf(inspection, id)?.withdrawn;
  throw new Refusal(
    'wrong-state',
    gone === undefined
      ? `There is no instrument "${id}" in this inspection${nearestHint(id, standing) || '.'} ${standing.length === 0 ? 'It has none beside its own report' : `It has: ${standing.join(', ')}`}.`
      : `The instrument "${id}" does not count any more: ${gone}`,
    'instrument',
  );
}

/** An instrument's report is corrected, or issued again, only where it has one. @throws Refusal */
export function mustHaveReport(inspection: Inspection, id: string | undefined): void {
  mustBeInstrument(inspection, id);
  const found = instrumentOf(inspection, id);
  if (found === undefined || found.report !== undefined) return;
  const events = allEvents(found).map(({ kind }) => kind);
  throw new Refusal(
    'wrong-state',
    `${found.title} has no report of its own. What is on file of it: ${[...new Set(events)].join(', ')}. Correct that with correct-event.`,
    'instrument',
  );
}

/** ' under Improvement notice, January 2027', or nothing: for a sentence of what happened. */
export function underInWords(inspection: Pick<Inspection, 'instruments'>, instrument: string | undefined): string {
  const title = instrumentOf(inspection, instrument)?.title;
  return title === undefined ? '' : ` under ${title}`;
}

/** The same in what a record says for programs. */
export const saidUnder = (instrument: string | undefined): { instrument?: string } =>
  instrument === undefined ? {} : { instrument };
