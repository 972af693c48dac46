import { formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { type Facts, findRole } from '../plan/facts.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { CallIn, Decision } from '../schemas/inspection.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { ORDINARY, type Strand } from './strand.ts';

/** The id of a decision's call-in window, and of the review that a call-in brings about. */
export const windowId = (decision: string): string => `call-in-window/${decision}`;
export const reviewId = (decision: string): string => `call-in-window/${decision}-review`;

/**
 * One window per decision that can be called in, counted from its publication by the constitution; and, once a
 * decision is called in, scrutiny's meeting about it. An urgent decision has no window.
 */
export const callInWindow: Strand = {
  name: 'call-in-window',
  milestones(facts, calendar) {
    const { constitution, inspection } = facts;
    if (constitution === null) return [];
    const windows = inspection.decisions
      .filter((each) => !each.urgent)
      .map((each) => windowOf(each, constitution, facts, calendar));
    const reviews = inspection.callIns.flatMap((each) => reviewOf(each, constitution, facts, calendar));
    return [...windows, ...reviews];
  },
  understands: [...ORDINARY, 'callIn'],
  atCutOff(milestone, facts, calendar) {
    if (milestone.id !== windowId(milestone.decision ?? '')) return { becomes: 'missed' };
    const called = facts.inspection.callIns.some((each) => each.decision === milestone.decision);
    if (called) return { becomes: 'completed', outcome: 'The decision was called in before the window closed.' };
    const from = formatDate(calendar.addWorkingDays(milestone.due, 1));
    return {
      becomes: 'completed',
      outcome: `The window closed with no call-in: the decision can be implemented from ${from}.`,
    };
  },
};

/** Who watches the window: the strand's owner in the file, else the administrator. */
function watcher(facts: Facts): string {
  return facts.inspection.owners['call-in-window'] ?? facts.authority.chain.administrator;
}

function windowOf(
  decision: Decision,
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone {
  const rule: Rule = {
    ...constitutionRule(constitution, 'call-in-window'),
    act: `Nobody has to act. Until the window closes the decision can be called in${constitution.callIn.who === undefined ? '' : ` by ${constitution.callIn.who}`}, and must not be implemented.`,
    title: `Call-in window: ${decision.title}`,
    period: constitution.callIn.window,
    cutOff: constitution.callIn.closes,
    ladder: { before: [0], after: [], repeatEvery: 0 },
  };
  const about = {
    id: windowId(decision.id),
    title: rule.title,
    owner: watcher(facts),
    trigger: { event: 'decision-published' as const, date: decision.publishedOn },
    decision: decision.id,
  };
  return milestoneFromRule(rule, about, calendar);
}

function reviewOf(
  callIn: CallIn,
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone[] {
  const within = constitution.callIn.scrutinyWithin;
  const decision = facts.inspection.decisions.find((each) => each.id === callIn.decision);
  if (within === undefined || decision === undefined) return [];
  const rule: Rule = {
    ...constitutionRule(constitution, 'call-in-review'),
    act: 'Arrange the scrutiny meeting on the called-in decision and record what it resolves.',
    title: `Scrutiny considers the call-in: ${decision.title}`,
    period: within,
  };
  const about = {
    id: reviewId(decision.id),
    title: rule.title,
    owner: watcher(facts),
    trigger: { event: 'call-in-received' as const, date: callIn.receivedOn },
    decision: decision.id,
  };
  return [milestoneFromRule(rule, about, calendar)];
}

function constitutionRule(constitution: Constitution, id: string): Omit<Rule, 'act' | 'title' | 'period'> {
  return {
    id,
    version: constitution.version,
    strand: 'call-in-window',
    trigger: { event: 'decision-published' },
    repeats: false,
    cutOff: '24:00',
    roll: 'none',
    strength: 'constitution',
    extendable: false,
    citation: constitution.citation,
    alternatives: [],
  };
}

/** Who hears of a call-in at once: the watcher, the director, and scrutiny's own officer where there is one. */
export function callInAudience(facts: Facts): string[] {
  const scrutiny = findRole(facts.authority, 'scrutiny-officer')?.id;
  return [...new Set([watcher(facts), facts.authority.chain.director, ...(scrutiny === undefined ? [] : [scrutiny])])];
}
