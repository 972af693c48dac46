import { roleTitle } from '../authority/roles.ts';
import { saidUnder, underInWords } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { missingFacts } from '../plan/waiting.ts';
import { Refusal } from '../refusal.ts';
import { MAX_RULED_OUT, RULED_OUT } from '../schemas/ruled-out.ts';
import { mapTable } from '../closed-table.ts';
import { command } from './definition.ts';
import { REASON, UNDER } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/**
 * A fact that a rule waits for does not exist, or nobody knows it: nobody is asked for it any more, and with the facts stands why.
 * Once it is on file after all, it counts as any other.
 */
export const ruleOut = command({
  subject: 'inspection',
  title: 'Say that a missing fact does not exist, or is not known',
  help: 'Nothing is planned from it, and nobody is asked for it any more. Your reason stands with the facts of the inspection. Recorded after all, it counts.',
  fields: {
    fact: { kind: 'id', label: 'Which fact?', flag: '<argument>' },
    what: {
      kind: 'choice',
      label: 'What is there to say of it?',
      choices: mapTable(RULED_OUT, ({ answer }) => answer),
    },
    instrument: UNDER,
    reason: REASON,
  },
  choosing: [
    {
      fills: ['fact', 'instrument'],
      label: 'Which fact?',
      none: 'No rule of this inspection waits for a fact that is not on file.',
      among: ({ facts }) =>
        missingFacts(facts).map(({ fact, title, instrument }) => ({
          title,
          payload: { fact, ...saidUnder(instrument) },
        })),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'say that a missing fact does not exist, or is not known',
  done: 'It is on record, and not asked for any more.',
  entries: ['fact-ruled-out'],
  apply(state, { fact, what, instrument, reason }, { actor, now }) {
    const { facts } = state;
    const missing = missingFacts(facts);
    const meant = missing.find((each) => each.fact === fact && each.instrument === instrument);
    if (meant === undefined)
      throw new Refusal(
        'wrong-state',
        `Nothing${underInWords(facts.inspection, instrument)} waits for "${fact}". ${missing.length === 0 ? 'No fact is missing' : `What is missing: ${missing.map((each) => each.fact).join(', ')}`}.`,
        'fact',
      );
    const { ruledOut = [], ...rest } = facts.inspection;
    if (ruledOut.length >= MAX_RULED_OUT)
      throw new Refusal('too-large', `${MAX_RULED_OUT} facts can be ruled out in one inspection, and as many are.`);
    const said = { fact, what, reason, ...saidUnder(instrument) };
    const inspection = { ...rest, ruledOut: [...ruledOut, said] };
    return record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'fact-ruled-out',
        actor,
        text: `Said by ${roleTitle(facts.authority, actor.role)} of “${meant.title}”: ${RULED_OUT[what].words}. ${reason}`,
        data: said,
      },
    ]);
  },
});
