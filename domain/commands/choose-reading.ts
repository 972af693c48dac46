import { roleTitle } from '../authority/roles.ts';
import type { Facts } from '../facts/facts.ts';
import { allUnder, rulesUnder, mustBeInstrument, saidUnder, underInWords } from '../facts/instruments.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { notAmong } from '../nearest.ts';
import { amountInWords } from '../plan/counting.ts';
import { chosenFor, readBy } from '../plan/readings.ts';
import { Refusal } from '../refusal.ts';
import { OWN_READING } from '../schemas/own-reading.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { command } from './definition.ts';
import type { Choice } from './choices.ts';
import { REASON, UNDER } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/**
 * Sources give several numbers for a rule, and this inspection counts by another of them from now on. What is not yet met is worked
 * out again; a statutory date moves too: which reading is right is nobody's favour.
 */
export const chooseReading = command({
  subject: 'inspection',
  title: 'Count by another reading of a rule',
  help: 'Where sources give several numbers for a rule, say by which this inspection counts, and why. Owners are told once; the old date stays on record.',
  fields: {
    rule: {
      kind: 'id',
      label: 'Which rule?',
      hint: 'Its short name, for example written-action-plan. See: duecourse rules show',
      flag: '<argument>',
    },
    reading: {
      kind: 'id',
      label: 'Which reading?',
      hint: `Its short name, as the rule has it; ${OWN_READING}: the rule’s own number.`,
      flag: '<argument>',
    },
    instrument: UNDER,
    reason: REASON,
  },
  choosing: [
    {
      fills: ['rule', 'reading', 'instrument'],
      label: 'Which rule, and by which number?',
      hint: 'What counts now is not among them. What each number rests on stands on the page of rules.',
      none: 'No rule of this inspection has several readings.',
      among: ({ facts }) => allUnder(facts.inspection).flatMap((each) => readingsUnder(facts, each)),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'count by another reading of a rule',
  done: 'It is counted by that reading now.',
  entries: ['reading-chosen'],
  apply(state, payload, { actor, now }) {
    const { facts } = state;
    const { instrument, reason, reading } = payload;
    mustBeInstrument(facts.inspection, instrument);
    const rule = ruleNamed(payload.rule, rulesUnder(facts, instrument));
    mustHaveReading(rule, reading);
    const { readings = [], ...rest } = facts.inspection;
    const standing = chosenFor(facts.inspection, rule.id, instrument);
    const before = standing?.reading ?? OWN_READING;
    if (before === reading)
      throw new Refusal(
        'wrong-state',
        `"${rule.title}" is counted by that reading already; nothing changes.`,
        'reading',
      );
    const others = readings.filter((each) => each !== standing);
    const chosen =
      reading === OWN_READING
        ? others
        : [...others, { rule: rule.id, reading, reason, ...(instrument === undefined ? {} : { instrument }) }];
    const inspection = { ...rest, ...(chosen.length === 0 ? {} : { readings: chosen }) };
    const amount = amountInWords(readBy(rule, reading).period);
    const because = `"${rule.title}"${underInWords(facts.inspection, instrument)} is counted by the reading of ${amount}: ${reason}`;
    const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'reading-chosen',
        actor,
        text: `${because} (chosen by ${roleTitle(facts.authority, actor.role)}).`,
        data: { rule: rule.id, before, after: reading, reason, ...saidUnder(instrument) },
      },
    ]);
    return replan(state, recorded, now, because, tellingOfGone(because));
  },
});

/** Every reading of a rule of the framework, or of an instrument's, but the one by which it is counted now. */
function readingsUnder(facts: Facts, instrument: string | undefined): Choice[] {
  const rules = rulesUnder(facts, instrument);
  return rules.flatMap((rule, index) => {
    if (rule.readings.length === 0 || rules.findIndex(({ id }) => id === rule.id) !== index) return [];
    const standing = chosenFor(facts.inspection, rule.id, instrument)?.reading ?? OWN_READING;
    const under = underInWords(facts.inspection, instrument);
    return readingsOf(rule)
      .filter((reading) => reading !== standing)
      .map((reading) => ({
        title: `“${rule.title}”${under}: ${amountInWords(readBy(rule, reading).period)}`,
        payload: { rule: rule.id, reading, ...saidUnder(instrument) },
      }));
  });
}

const readingsOf = ({ readings }: Rule): string[] => [OWN_READING, ...readings.map(({ id }) => id)];

/** @throws Refusal where the framework has no such rule */
function ruleNamed(id: string, rules: readonly Rule[]): Rule {
  const found = rules.find((each) => each.id === id);
  if (found !== undefined) return found;
  const several = rules.filter(({ readings }) => readings.length > 0).map((each) => each.id);
  throw new Refusal(
    'unknown-rule',
    notAmong('This inspection has no rule', id, several, 'Those with several readings'),
    'rule',
  );
}

function mustHaveReading(rule: Rule, id: string): void {
  const known = readingsOf(rule);
  if (!known.includes(id))
    throw new Refusal('unknown-rule', notAmong(`"${rule.title}" has no reading`, id, known, 'Its readings'), 'reading');
}
