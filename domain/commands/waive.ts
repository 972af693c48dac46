import { findRole } from '../authority/roles.ts';
import { end } from '../milestone/end.ts';
import { isFixed, STRENGTHS } from '../milestone/strengths.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { NOT_FOR_ONESELF } from './may.ts';

/** It no longer applies. */
export const waive = milestoneCommand({
  title: 'Record that it no longer applies',
  help: 'Nobody is reminded of it any more.',
  fields: { reason: REASON },
  may: NOT_FOR_ONESELF,
  verb: 'record that it no longer applies',
  done: 'It is on record that it no longer applies.',
  effect: 'waive',
  entry: 'milestone-waived',
  possible(milestone, { facts, actor }) {
    const { chain } = facts.authority;
    const senior =
      findRole(facts.authority, actor.role)?.capacity === 'administrator' ||
      actor.role === chain.director ||
      actor.role === chain.chiefExecutive;
    if (isFixed(milestone) && !senior)
      throw new Refusal(
        'not-permitted',
        `"${milestone.title}" is ${STRENGTHS[milestone.strength].words}: only the director, the chief executive or an administrator can record that it no longer applies.`,
      );
  },
  step: (milestone, { reason }, { actor, now }) =>
    end(milestone, { status: 'waived', at: now, by: actor.role, reason }),
  sentence: ({ reason }, { who }) => `waived by ${who}: ${reason}.`,
});
