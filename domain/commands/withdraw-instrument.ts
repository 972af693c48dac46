import { roleTitle } from '../authority/roles.ts';
import { instrumentOf, mustBeInstrument, standingInstruments } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { promiseId } from '../plan/promise-id.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../schemas/inspection.ts';
import { someOf } from '../some-of.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** How many of those that stand in the way are named. */
const MAX_NAMED = 5;

/** An instrument was added by mistake, or was lifted: its duties that are not yet met lapse, and all that was done stays on record. */
export const withdrawInstrument = command({
  subject: 'inspection',
  title: 'Withdraw an instrument',
  help: 'It does not count any more: it was added by mistake, or lifted by whoever issued it. Its duties that are not yet met are no longer needed, and their owners are told once.',
  fields: {
    instrument: { kind: 'id', label: 'Which instrument?', hint: 'Its short name.', flag: '<argument>' },
    reason: REASON,
  },
  choosing: [
    {
      fills: ['instrument'],
      label: 'Which instrument?',
      hint: 'One that the plan counts from is not listed: give what counts from it another date first, in the plan.',
      none: 'The plan counts from every instrument that the inspection has. Revise the plan first: give what counts from one another date, or withdraw it.',
      among: ({ facts: { inspection } }) =>
        standingInstruments(inspection)
          .filter(({ id }) => countedFrom(inspection, id).length === 0)
          .map(({ id, title }) => ({ title, payload: { instrument: id } })),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'withdraw an instrument',
  done: 'The instrument is withdrawn.',
  entries: ['instrument-withdrawn'],
  check(_about, { facts }) {
    if (standingInstruments(facts.inspection).length === 0)
      throw new Refusal('wrong-state', 'The inspection has no instrument that counts beside its own report.');
  },
  apply(state, { instrument: id, reason }, { actor, now }) {
    const { facts } = state;
    const { inspection } = facts;
    mustBeInstrument(inspection, id);
    mustNotBeCountedFrom(inspection, id);
    const title = instrumentOf(inspection, id)?.title ?? id;
    const instruments = (inspection.instruments ?? []).map((each) =>
      each.id === id ? { ...each, withdrawn: reason } : each,
    );
    const happened = `${title} was withdrawn: ${reason}`;
    const recorded = record({ ...state, facts: { ...facts, inspection: { ...inspection, instruments } } }, now, [
      {
        kind: 'instrument-withdrawn',
        actor,
        text: `Withdrawn by ${roleTitle(facts.authority, actor.role)}: ${title}. ${reason}${staying(inspection, id)}`,
        data: { instrument: id, reason },
      },
    ]);
    return replan(state, recorded, now, happened, tellingOfGone(happened));
  },
});

/** What it recommends stays until the plan is revised. */
function staying({ recommendations }: Inspection, id: string): string {
  const its = recommendations.filter(({ instrument }) => instrument === id).map((each) => each.id);
  return its.length === 0 ? '' : ` What it recommends stays in the plan: ${someOf(its, MAX_NAMED)}.`;
}

/** What the plan counts from an instrument, each by its kind and short name. */
function countedFrom({ actions, commitments }: Inspection, id: string): string[] {
  const countsFrom = ({ due }: Pick<Inspection['actions'][number], 'due'> | { due?: undefined }) =>
    typeof due === 'object' && 'from' in due && due.instrument === id;
  return [
    ...actions.filter(countsFrom).map((each) => `action ${each.id}`),
    ...commitments
      .filter((each) => each.instrument === id || (each.due !== undefined && countsFrom({ due: each.due })))
      .map((each) => `promise ${promiseId(each)}`),
  ];
}

/** What the plan counts from it would vanish without a word. @throws Refusal */
function mustNotBeCountedFrom(inspection: Inspection, id: string): void {
  const named = countedFrom(inspection, id);
  if (named.length > 0)
    throw new Refusal(
      'wrong-state',
      `The plan counts from it: ${someOf(named, MAX_NAMED)}. Revise the plan first: give them another date, or withdraw them.`,
      'instrument',
    );
}
