import { endOfDay } from '../../domain/audit/audit.ts';
import { formatDate, type CivilDate } from '../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../domain/calendar/london.ts';
import type { Document } from '../../domain/documents/document.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { lifecycleFrom } from '../../domain/lifecycle/from-register.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Register } from '../../register/register.ts';
import type { AllFromRegister } from './of-inspection.ts';
import type { ReportedInspection } from './reported-inspection.ts';

/** What documents are made from: an inspection and the register, as they are or as they were at the end of a day. */
export interface Reported<From extends AllFromRegister = AllFromRegister> {
  found: ReportedInspection;
  register: From;
  /** What a document says of itself that was made of a day that is over. */
  marked(document: Document): Document;
}

/**
 * What documents of a day that is over are made from: what was kept at its last entry, brought to the day's end, and the entries up
 * to then. The engine is not asked. What was erased since is not there.
 *
 * @param on a day in London, which counts to its end
 * @param now an instant, UTC
 * @throws Refusal where the day is not over, or nothing is on record of then
 */
export async function asOfDay<From extends AllFromRegister & Pick<Register, 'stateOn'>>(
  register: From,
  ref: InspectionRef,
  { on, now }: { on: CivilDate; now: string },
): Promise<Reported<From>> {
  if (on >= localDate(now))
    throw new Refusal('wrong-date', `${formatDate(on)} is not over: without a day, the document is of now.`, 'on');
  const { authority, reference } = partsOf(ref);
  const until = endOfDay(on);
  const [kept, all] = await Promise.all([
    register.stateOn({ authority, reference }, on),
    register.history(authority, reference),
  ]);
  const history = all.filter(({ at }) => at < until);
  if (history.length === 0) throw nothingOf(ref, on, all[0]?.at);
  if (kept === null)
    throw new Refusal(
      'wrong-date',
      `How ${ref} stood on ${formatDate(on)} is not on record: what is known of that day was put on record later.`,
      'on',
    );
  const known = { state: kept, seq: kept.seq, later: history.filter(({ seq }) => seq > kept.seq), mails: [] };
  const { state } = wake(lifecycleFrom(known), until);
  return {
    found: { ref, view: viewOf(state, lastOf(until)), facts: state.facts, calendar: calendarOf(state) },
    register: { ...register, history: () => Promise.resolve(history) },
    marked: (document) => ({
      ...document,
      notice: [
        `As it stood at the end of ${formatDate(on)}; made again from the record, ${formatInstant(now)}.`,
        ...(document.notice === undefined ? [] : [document.notice]),
      ].join(' '),
    }),
  };
}

function nothingOf(ref: InspectionRef, on: CivilDate, first: string | undefined): Refusal {
  const since = first === undefined ? '' : `: its record begins on ${formatDate(localDate(first))}`;
  return new Refusal('wrong-date', `Nothing is on record of ${ref} as it stood on ${formatDate(on)}${since}.`, 'on');
}

/** The last instant before a day's end: at the end itself the next day has begun. */
const lastOf = (until: string): string => new Date(Date.parse(until) - 1).toISOString();
