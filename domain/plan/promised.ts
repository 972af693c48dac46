import { commitmentsTo, type Facts } from '../facts/facts.ts';
import { isFixed } from '../milestone/strengths.ts';
import type { Promised } from '../schemas/promise.ts';
import { promiseId } from './promise-id.ts';
import type { Rule, StrandName } from '../schemas/rule-pack.ts';
import { ruleSentence, type Source } from './citation.ts';
import { amountInWords } from './counting.ts';
import { everyInWords, periodOf } from './cycles.ts';

/** The line of duties of a promise in its own words. */
export const strandOfPromise = ({ strand = 'other-reporting' }: Promised): StrandName => strand;

/** A rule as the council has promised it, or as somebody has set it, and what is to be said of that. */
export interface PromisedRule {
  rule: Rule;
  promised: { source: Source; why: string[] };
}

/**
 * A promise as a rule: the one that it follows, with what the council has said otherwise, or one of its own words. A number or
 * a sentence of another council's paper never stands under it.
 *
 * @param base the rule that it follows; absent: it stands alone
 */
export function asPromised(promise: Promised, base?: Rule): PromisedRule {
  const { title, act, every, setBy } = promise;
  const whole = base ?? ruleOf(promise);
  const period = every === undefined ? undefined : periodOf(every);
  const set = setBy === undefined || isFixed(whole) ? {} : { strength: 'imposed' as const, extendable: false };
  return {
    rule: {
      ...whole,
      ...(act === undefined ? {} : { act }),
      ...(title === undefined ? {} : { title }),
      ...(period === undefined ? {} : { period }),
      ...(setBy === undefined ? {} : { roll: 'none', readings: [] }),
      ...set,
    },
    promised: { source: sourceOf(promise, base), why: whyOf(promise, base) },
  };
}

/** The rule that a promise in its own words is. */
function ruleOf(promise: Promised): Rule {
  return {
    id: promiseId(promise),
    version: 1,
    strand: strandOfPromise(promise),
    title: promise.title ?? '',
    act: promise.act ?? '',
    trigger: { event: 'report-received', proxy: 'report-published' },
    period: { n: 0, unit: 'calendar-day', convention: 'after' },
    repeats: promise.every !== undefined,
    cutOff: '24:00',
    // What is on a list of dates is on these days.
    roll: promise.every?.dates === undefined ? 'next' : 'none',
    strength: 'commitment',
    citation: { cite: OWN, confidence: 'U' },
    readings: [],
    nature: 'duty',
  };
}

const OWN = "The council's own promise";
const UNNAMED = `${OWN}, of which no paper is named`;

/** Does the date rest on a rule of the law or of guidance, and not on what the council or anybody else has said? */
const isOfLaw = ({ every, setBy }: Promised, base: Rule): boolean =>
  base.strength !== 'commitment' && every === undefined && setBy === undefined;

function sourceOf(promise: Promised, base: Rule | undefined): Source {
  if (base !== undefined && isOfLaw(promise, base)) return base.citation;
  const { setBy, source } = promise;
  if (setBy !== undefined) return { cite: source === undefined ? setBy : `${setBy}: ${source}`, confidence: 'file' };
  return { cite: source ?? UNNAMED, confidence: 'file' };
}

function whyOf(promise: Promised, base: Rule | undefined): string[] {
  const { setBy, source, to, every } = promise;
  const follows =
    base === undefined
      ? []
      : isOfLaw(promise, base)
        ? [ruleSentence(base, base.citation)]
        : [`It follows the rule "${base.title}", version ${base.version}.`, ...numberOf(base, every)];
  const whose =
    setBy === undefined
      ? source === undefined && (base === undefined || !isOfLaw(promise, base))
        ? [`${UNNAMED}.`]
        : []
      : [`It was set by ${setBy}, so that the council can't grant a later date.`];
  return [
    ...follows,
    ...whose,
    ...(source === undefined ? [] : [`${setBy === undefined ? 'Promised in' : 'Source'}: ${source}`]),
    ...(to === undefined ? [] : [`It goes to ${to}.`]),
  ];
}

/** Whose number it is: never another council's. */
function numberOf({ period, strength, repeats }: Rule, every: Promised['every']): string[] {
  if (every === undefined && strength !== 'commitment') return [];
  const often = repeats ? 'how often' : 'how long';
  if (every === undefined)
    return [`The council has not said ${often}: ${amountInWords(period)} is what is taken where it says nothing.`];
  return strength === 'commitment'
    ? []
    : [`The council counts ${everyInWords(every)} in place of the rule's ${amountInWords(period)}.`];
}

/** The promise that a rule of which there is one at most is followed by, or the rule as it is: its number is the pack's own. */
export function asPromisedOnce(rule: Rule, facts: Facts): PromisedRule & { promise?: Promised } {
  const [promise] = commitmentsTo(facts.inspection, rule.id);
  if (promise !== undefined) return { ...asPromised(promise, rule), promise };
  const source: Source = { cite: 'The usual number; the council has promised none', confidence: 'L' };
  return {
    rule,
    promised: { source, why: [ruleSentence(rule, source)] },
  };
}
