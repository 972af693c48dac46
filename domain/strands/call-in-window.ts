import { unstopped } from '../unstopped.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { ListedMilestone } from '../milestone/columns.ts';
import { MILESTONE_STANDINGS } from '../milestone/statuses.ts';
import type { Effect } from '../milestone/effect.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { dated, type Facts, strandOwner } from '../facts/facts.ts';
import { findRole } from '../authority/roles.ts';
import { exemptionOf, isExecutiveDecision } from '../decisions/exemption.ts';
import { callInOf, countedCallIns, countedDecisions, type NumberedCallIn } from '../decisions/counted.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { Decision } from '../schemas/inspection.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import type { Strand } from './strand.ts';

/** The id of a decision's call-in window, and of the review that a call-in brings about. */
export const windowId = (decision: string): string => `call-in-window/${decision}`;
export const reviewId = (decision: string, number = 1): string => `call-in-window/${decision}-review${nth(number)}`;
/** What comes before the window, and what may follow the review. */
export const publicationId = (decision: string): string => `call-in-window/${decision}-publication`;
export const reconsiderationId = (decision: string, number = 1): string =>
  `call-in-window/${decision}-reconsideration${nth(number)}`;
export const councilId = (decision: string, number = 1): string => `call-in-window/${decision}-council${nth(number)}`;

/** A decision whose call-in was withdrawn can be called in anew: what follows from that is named by its number. */
const nth = (number: number): string => (number === 1 ? '' : `-${number}`);

/** The window itself, which closes by the clock. */
export function isWindow({ id, decision }: Pick<PlannedMilestone, 'id' | 'decision'>): boolean {
  return decision !== undefined && id === windowId(decision);
}

/** What stands before the decision's title in that of its window. */
const TITLED = 'Call-in window: ';

/** How a window that is over stands, from its row in a list: nobody has done anything in it. Undefined of all else. */
export function windowInWords({ strand, title, standing, endedAt, dueAt }: Listed): string | undefined {
  if (strand !== 'call-in-window' || standing !== 'completed' || !title.startsWith(TITLED)) return undefined;
  if (endedAt === undefined || endedAt === null || dueAt === undefined) return undefined;
  return endedAt < dueAt ? 'Called in' : 'Window closed';
}

type Listed = Pick<ListedMilestone, 'strand' | 'title' | 'standing'> &
  Partial<Pick<ListedMilestone, 'endedAt' | 'dueAt'>>;

/** Where a row stands, in words. */
export const standingInWords = (row: Listed): string => windowInWords(row) ?? MILESTONE_STANDINGS[row.standing].words;

/** Nobody has to do anything in it, so nobody can meet it, put it off or promise it: it runs, whoever watches it. */
function windowRefuses(effect: Effect, { title, due }: PlannedMilestone): string | undefined {
  const closes = `"${title}" closes of itself on ${formatDate(due)}`;
  const REFUSALS: Record<Effect, string | undefined> = {
    meet: `${closes}; until then it can only be called in, or recorded as no longer applying.`,
    pause: `${closes}, and can't be paused or promised.`,
    move: `${closes}; its date follows from the publication of the decision.`,
    'pass-on': undefined,
    waive: undefined,
    reopen: `"${title}" has closed, and can’t be opened again; if a fact of the decision is wrong, correct that.`,
    report: undefined,
    round: undefined,
  };
  return REFUSALS[effect];
}

/** A duty about a decision is met by recording what happened to it: its publication, review, reconsideration. */
function stepRefuses(effect: Effect, { title }: PlannedMilestone): string | undefined {
  return effect === 'meet'
    ? `"${title}" is met by recording what happened: that the record was published, what scrutiny resolved, or what became of the decision.`
    : undefined;
}

/**
 * One window per decision that can be called in, counted from its publication by the constitution; and, once a
 * decision is called in, scrutiny's meeting about it. What is urgent, not subject to call-in or not the executive's has none.
 */
export const callInWindow: Strand = {
  name: 'call-in-window',
  title: 'Decisions and call-in',
  lane: 4,
  milestones(facts, calendar) {
    const { constitution, inspection } = facts;
    if (constitution === null) return [];
    const published = countedDecisions(inspection).flatMap((each) => [
      ...publicationOf(each, constitution, facts, calendar),
      ...(each.publishedOn === undefined || exemptionOf(each, facts) !== undefined
        ? []
        : [windowOf({ ...each, publishedOn: each.publishedOn }, constitution, facts, calendar)]),
    ]);
    const followed = countedCallIns(inspection).flatMap((each) => [
      ...reviewOf(each, constitution, facts, calendar),
      ...referralOf(each, constitution, facts, calendar),
    ]);
    return [...published, ...followed];
  },
  refuses: (effect, milestone) =>
    isWindow(milestone) ? windowRefuses(effect, milestone) : stepRefuses(effect, milestone),
  atCutOff(milestone, facts, calendar) {
    if (!isWindow(milestone)) return { becomes: 'missed' };
    const called = callInOf(facts.inspection, milestone.decision ?? '');
    if (called !== undefined)
      return { becomes: 'completed', outcome: 'The decision was called in before the window closed.' };
    const from = formatDate(freeFrom(milestone, facts.constitution, calendar));
    return {
      becomes: 'completed',
      outcome: `The window closed with no call-in: the decision can be implemented from ${from}.`,
    };
  },
};

/** Who watches the window: the strand's owner in the file, else the administrator. */
function watcher(facts: Facts): string {
  return strandOwner(facts, 'call-in-window');
}

/** The record of a decision: by when it is to be published, where the constitution says so. */
function publicationOf(
  decision: Decision,
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone[] {
  const within = constitution.callIn.publishWithin;
  if (within === undefined || !isExecutiveDecision(decision, facts)) return [];
  const rule: Rule = {
    ...constitutionRule(constitution, 'record-publication'),
    trigger: { event: 'decision-taken' },
    act: 'Publish the record of the decision; its call-in window starts with it.',
    title: `Publish the record: ${decision.title}`,
    period: within,
  };
  const about = {
    id: publicationId(decision.id),
    title: rule.title,
    owner: decision.properOfficer ?? watcher(facts),
    trigger: { event: 'decision-taken' as const, date: decision.takenOn },
    decision: decision.id,
    ...(decision.publishedOn === undefined ? {} : { metOn: decision.publishedOn }),
  };
  return [milestoneFromRule(rule, about, calendar.countingBy(constitution.callIn.closureDays))];
}

/** What scrutiny referred back to the decision maker, or to full Council. */
function referralOf(
  { decision: id, number, resolution, reconsidered }: NumberedCallIn,
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone[] {
  const decision = facts.inspection.decisions.find((each) => each.id === id);
  if (decision === undefined || resolution === undefined) return [];
  const back = resolution.outcome === 'refer-back';
  const within = back ? constitution.callIn.reconsiderWithin : constitution.callIn.councilWithin;
  if (resolution.outcome === 'no-further-action' || within === undefined) return [];
  const rule: Rule = {
    ...constitutionRule(constitution, back ? 'reconsideration' : 'council-consideration'),
    trigger: { event: back ? 'referred-back' : 'referred-to-council' },
    act: back
      ? 'Reconsider the decision in the light of what scrutiny said, and record whether it is confirmed, amended or withdrawn.'
      : 'Put the decision to full Council, and record what it resolved.',
    title: `${back ? 'The decision maker reconsiders' : 'Full Council considers'}: ${decision.title}`,
    period: within,
  };
  const about = {
    id: back ? reconsiderationId(id, number) : councilId(id, number),
    title: rule.title,
    owner: back ? facts.authority.chain.director : watcher(facts),
    trigger: { event: rule.trigger.event as 'referred-back', date: resolution.on },
    decision: id,
    ...(reconsidered === undefined ? {} : { metOn: reconsidered.on }),
  };
  return [milestoneFromRule(rule, about, calendar.countingBy(constitution.callIn.closureDays))];
}

function windowOf(
  decision: Decision & { publishedOn: string },
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone {
  const { id, title, publishedOn: on, publishedAt: at } = decision;
  return windowOn({ on, at }, constitution, calendar, { id, title, owner: watcher(facts) });
}

/** The window that opens with a publication, by a constitution: of one decision, or of none in particular. */
export function windowOn(
  published: { on: CivilDate; at?: string | undefined },
  constitution: Constitution,
  calendar: WorkingCalendar,
  { id, title, owner }: { id: string; title: string; owner: string } = { id: '', title: '', owner: '' },
): PlannedMilestone {
  const { callIn } = constitution;
  const rule: Rule = {
    ...constitutionRule(constitution, 'call-in-window'),
    act: `Nobody has to act. Until the window closes the decision can be called in${callIn.who === undefined ? '' : ` by ${callIn.who}`}, and must not be implemented.`,
    title: `${TITLED}${title}`,
    period: callIn.window,
    cutOff: callIn.closes,
    ...(callIn.publicationCutOff === undefined ? {} : { receiptCutOff: callIn.publicationCutOff }),
    ladder: { before: [0], after: [], repeatEvery: 0 },
  };
  const about = {
    id: windowId(id),
    title: rule.title,
    owner,
    trigger: dated('decision-published', published.on, published.at),
    decision: id,
    // Nobody has to act: it is told as a right, whose last day others watch.
    nature: 'right' as const,
  };
  return milestoneFromRule(rule, about, calendar.countingBy(constitution.callIn.closureDays));
}

/**
 * The first day on which a decision can be carried out once its window has closed: the next working day; the window's own last
 * day, where it closes within it and the constitution frees what is left of it.
 */
export function freeFrom(
  { due, cutOff }: Pick<PlannedMilestone, 'due' | 'cutOff'>,
  constitution: Constitution | null,
  calendar: WorkingCalendar,
): CivilDate {
  const sameDay = cutOff !== '24:00' && constitution?.callIn.takesEffect === 'same-day';
  return sameDay ? calendar.nextWorkingDay(due) : calendar.addWorkingDays(due, 1);
}

function reviewOf(
  callIn: NumberedCallIn,
  constitution: Constitution,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone[] {
  const within = constitution.callIn.scrutinyWithin;
  const decision = facts.inspection.decisions.find((each) => each.id === callIn.decision);
  if (within === undefined || decision === undefined) return [];
  const rule: Rule = {
    ...constitutionRule(constitution, 'call-in-review'),
    act: `Arrange the scrutiny meeting on the called-in decision and record what it resolves.${otherwiseOf(constitution)}`,
    title: `Scrutiny considers the call-in: ${decision.title}`,
    period: within,
  };
  const about = {
    id: reviewId(decision.id, callIn.number),
    title: rule.title,
    owner: watcher(facts),
    trigger: { event: 'call-in-received' as const, date: callIn.receivedOn },
    decision: decision.id,
    ...(callIn.resolution === undefined ? {} : { metOn: callIn.resolution.on }),
  };
  return [milestoneFromRule(rule, about, calendar.countingBy(constitution.callIn.closureDays))];
}

/** What happens where scrutiny does not meet in time, as a sentence after another; empty where the constitution does not say. */
export const otherwiseOf = ({ callIn: { otherwise } }: Constitution): string =>
  otherwise === undefined ? '' : ` Where it does not meet in time: ${unstopped(otherwise)}.`;

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
    readings: [],
    nature: 'duty',
  };
}

/** Who hears of a call-in at once: the watcher, the director, and scrutiny's own officer where there is one. */
export function callInAudience(facts: Facts): string[] {
  const scrutiny = findRole(facts.authority, 'scrutiny-officer')?.id;
  return [...new Set([watcher(facts), facts.authority.chain.director, ...(scrutiny === undefined ? [] : [scrutiny])])];
}
