import { findRole, roleTitle } from '../authority/roles.ts';
import { end } from '../milestone/end.ts';
import { announce } from '../milestone/milestone-state.ts';
import { isFixed, STRENGTHS } from '../milestone/strengths.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { NOT_FOR_ONESELF } from './may.ts';
import { toOwner } from './steps.ts';
import { unstopped } from '../unstopped.ts';

/** It no longer applies. */
export const waive = milestoneCommand({
  title: 'Record that it no longer applies',
  help: 'Nobody is reminded of it any more. Its owner is told why, once.',
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
  step(milestone, { reason }, { actor, now, facts }) {
    const waived = end(milestone, { status: 'waived', at: now, by: actor.role, reason });
    const text = `${roleTitle(facts.authority, actor.role)} has recorded that it no longer applies: ${unstopped(reason)}.`;
    return announce(waived, toOwner('waived', waived, now, text));
  },
  sentence: ({ reason }, { who }) => `no longer applies, recorded by ${who}: ${reason}.`,
});
