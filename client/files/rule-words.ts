import { formatDate } from '../../domain/calendar/civil-date.ts';
import { eventInWords } from '../../domain/facts/events.ts';
import { isFixed } from '../../domain/milestone/strengths.ts';
import { CONFIDENCES } from '../../domain/plan/citation.ts';
import { cycleInWords, periodInWords } from '../../domain/plan/counting.ts';
import type { Citation, Period } from '../../domain/schemas/common.ts';
import type { ConstitutionFile } from '../../domain/schemas/constitution.ts';
import type { PackRule, WorkingDayDefinition } from '../../domain/schemas/rule-pack.ts';
import { exampleInWords, windowInWords } from './example-words.ts';

/** A sentence about a rule, and how it stands out: what nobody has verified, what is beside the rule itself. */
export interface RuleLine {
  text: string;
  tone?: 'doubtful' | 'aside';
}

export const isUnverified = ({ confidence }: Citation): boolean => !CONFIDENCES[confidence].verified;

const UNVERIFIED = CONFIDENCES.L.words;

/** How sure a source is; what nobody has verified stands out where there are no colours, too. */
function sureness(citation: Citation): string {
  const { words } = CONFIDENCES[citation.confidence];
  if (words === UNVERIFIED) return UNVERIFIED.toUpperCase();
  return isUnverified(citation) ? `${words}, ${UNVERIFIED}` : words;
}

/** How a rule's date is told, by what it is of. */
const BEGINNINGS: Record<PackRule['nature'], string> = {
  duty: 'Due',
  right: 'May be done up to',
  'of-others': 'Expected',
};
const ENDS: Record<PackRule['nature'], (end: string) => string> = {
  duty: (end) => `late after ${end}`,
  right: (end) => `it closes at ${end}, and nothing is late`,
  'of-others': () => 'others do it, so that the date is for being ready, and nothing is late',
};

/** Everything that a rule says, a sentence each: what is to be done, when, how days count, what it rests on. */
export function linesOfRule(rule: PackRule, definitions: Record<string, WorkingDayDefinition>): RuleLine[] {
  const definition = rule.workingDays === undefined ? undefined : definitions[rule.workingDays];
  const { trigger, repeats, period, cutOff, onlyWhere } = rule;
  const proxy = trigger.proxy === undefined ? '' : `, or, where that is not on file, ${eventInWords(trigger.proxy)}`;
  const areas = onlyWhere?.area === undefined ? 'a judgement' : [onlyWhere.area].flat().join(' or ');
  return [
    { text: rule.act },
    {
      text: `${BEGINNINGS[rule.nature]} ${repeats ? 'every ' : ''}${periodInWords(period)} on which ${eventInWords(trigger.event)}${proxy}; ${ENDS[rule.nature](cutOff === '24:00' ? 'the end of the day' : cutOff)}.`,
    },
    ...(definition === undefined
      ? []
      : [
          { text: `Working days as in ${definition.title}: ${definition.wording} (${sureness(definition.citation)}).` },
        ]),
    ...(rule.receiptCutOff === undefined
      ? []
      : [{ text: `What comes after ${rule.receiptCutOff} counts from the next working day.` }]),
    ...(rule.roll === 'none' ? [] : [{ text: `On a day off it is moved to the ${rule.roll} working day.` }]),
    ...(rule.requires === undefined ? [] : [{ text: `Only where the file records the event ${rule.requires}.` }]),
    ...(onlyWhere === undefined ? [] : [{ text: `Only where ${areas} is ${onlyWhere.grade}.` }]),
    ...(rule.metBy === undefined ? [] : [{ text: `Met by the event ${rule.metBy}.` }]),
    {
      text: `Strength: ${rule.strength}${(rule.extendable ?? !isFixed(rule)) ? '; a later date may be granted' : '; no later date may be granted'}.`,
    },
    ...(rule.publishes === true
      ? [{ text: 'It is a publication: within a period before an election, a preview warns of it.' }]
      : []),
    ...linesOfCitation('Source', rule.citation),
    ...rule.readings.flatMap((other): RuleLine[] => [
      {
        text: `Another reading (${other.id}): ${inWords(other.period, repeats)}${repeats ? '' : ` on which ${eventInWords(trigger.event)}`}.`,
        tone: 'doubtful',
      },
      ...linesOfCitation('  Source', other.citation),
    ]),
    ...rule.examples.map((example): RuleLine => ({ text: `Example: ${exampleInWords(rule, example)}` })),
  ];
}

const inWords = (period: Period, repeats: boolean): string => (repeats ? cycleInWords(period) : periodInWords(period));

/** For how long, and by whom, a decision can be called in. */
export const callInRule = ({ callIn: { window, closes, who } }: Pick<ConstitutionFile, 'callIn'>): string =>
  `A decision can be called in for ${periodInWords(window)} of its publication, until ${closes === '24:00' ? 'the end of the last day' : `${closes} on the last day`}${who === undefined ? '' : `, by ${who}`}.`;

/** What a constitution says about call-in, and where that was read. */
export function linesOfConstitution({ callIn, keyDecision, citation, examples }: ConstitutionFile): RuleLine[] {
  const within = (what: string, period: Period | undefined): RuleLine[] =>
    period === undefined ? [] : [{ text: `${what} within ${periodInWords(period).replace(/ the day$/, '')} it.` }];
  return [
    ...within('The record of a decision is published', callIn.publishWithin),
    { text: callInRule({ callIn }) },
    ...(callIn.publicationCutOff === undefined
      ? []
      : [{ text: `What is published after ${callIn.publicationCutOff} counts from the next working day.` }]),
    {
      text: `Days on which the council is closed ${callIn.closureDays ? 'are left out' : 'count as any other'}; with no call-in the decision can be carried out ${callIn.takesEffect === 'same-day' ? 'that day, once the window has closed' : 'on the next working day'}.`,
    },
    ...within('After a call-in scrutiny meets', callIn.scrutinyWithin),
    ...within('After a referral the decision maker reconsiders', callIn.reconsiderWithin),
    ...within('After a referral full Council meets', callIn.councilWithin),
    ...(callIn.otherwise === undefined ? [] : [{ text: `Where scrutiny does not meet in time: ${callIn.otherwise}.` }]),
    ...(callIn.urgencyConsent === undefined
      ? []
      : [{ text: `An urgent decision is exempt with the consent of ${callIn.urgencyConsent}.` }]),
    ...(keyDecision?.thresholds ?? []).map(({ from, pounds }) => ({
      text: `From ${formatDate(from)} on a decision is key from £${pounds.toLocaleString('en-GB')} on, or where it affects ${keyDecision?.wards ?? 2} wards.`,
    })),
    ...linesOfCitation('Source', citation),
    ...examples.map((example): RuleLine => ({ text: `Example: ${windowInWords(example)}` })),
  ];
}

function linesOfCitation(label: string, citation: Citation): RuleLine[] {
  const text = `${label}: ${citation.cite} (${sureness(citation)})${citation.url === undefined ? '' : ` ${citation.url}`}`;
  return [
    isUnverified(citation) ? { text, tone: 'doubtful' } : { text },
    ...(citation.note === undefined ? [] : [{ text: `  ${citation.note}`, tone: 'aside' } as const]),
  ];
}
