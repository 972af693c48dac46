import { EVENTS, eventInWords } from '../facts/events.ts';
import { commitmentsTo, type Facts, type Happenings, isRecorded, triggersOf } from '../facts/facts.ts';
import { happeningsUnder, rulesUnder, allUnder, underInWords } from '../facts/instruments.ts';
import { EVENTS_WITH_EACH } from '../schemas/events-with-each.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Rule, TriggerEvent } from '../schemas/rule-pack.ts';
import { isJudgedSo } from './judged-so.ts';

const WITH_EACH: ReadonlySet<TriggerEvent> = new Set<TriggerEvent>(EVENTS_WITH_EACH);

/** A fact that is not on file, and the duties of which nothing is planned for want of it. */
interface Waiting {
  /** What is missing: an event, that something was required, or a judgement of a grade. */
  lacks: { event: TriggerEvent } | { required: TriggerEvent } | { grade: string };
  /** The duties' titles, each once. */
  duties: string[];
  /** Under which instrument; absent: the inspection itself. */
  instrument?: string;
}

/**
 * Each fact that a rule of the framework waits for, with all that depends on it: that nothing is planned is no word that there is no
 * duty. What the file says does not apply (a judgement that is better) waits for nothing.
 */
const waitingFor = (facts: Facts): Waiting[] =>
  lackedBy(facts).filter((each) => ruledOutOf(facts.inspection, each) === undefined);

/** The same with what was ruled out. */
function lackedBy(facts: Facts): Waiting[] {
  const instruments = allUnder(facts.inspection);
  return instruments.flatMap((instrument) => {
    const happened = happeningsUnder(facts.inspection, instrument);
    const waiting = new Map<string, Waiting>();
    for (const rule of rulesUnder(facts, instrument)) {
      const isPromised = commitmentsTo(facts.inspection, rule.id, instrument).length > 0;
      if (rule.strength === 'commitment' && !isPromised) continue;
      const lacks = lackOf(rule, happened);
      if (lacks === undefined) continue;
      const key = JSON.stringify(lacks);
      const known = waiting.get(key) ?? { lacks, duties: [], ...(instrument === undefined ? {} : { instrument }) };
      waiting.set(key, { ...known, duties: [...new Set([...known.duties, rule.title])] });
    }
    return [...waiting.values()];
  });
}

/** What is not asked for any more, of what a rule waits for. */
type RuledOut = NonNullable<Inspection['ruledOut']>[number];

/** The fact's name: the event, or that there is no judgement. */
const factOf = ({ lacks }: Waiting): string =>
  'grade' in lacks ? 'judgement' : 'event' in lacks ? lacks.event : lacks.required;

const ruledOutOf = ({ ruledOut = [] }: Inspection, waiting: Waiting): RuledOut | undefined =>
  ruledOut.find((each) => each.fact === factOf(waiting) && each.instrument === waiting.instrument);

/** A fact that is missing, by its name and in words. */
export interface MissingFact {
  fact: string;
  title: string;
  instrument: string | undefined;
}

function asMissing({ inspection }: Facts, waiting: Waiting): MissingFact {
  const { lacks, instrument } = waiting;
  const happened =
    'grade' in lacks ? 'A judgement was made' : EVENTS['event' in lacks ? lacks.event : lacks.required].happened;
  return { fact: factOf(waiting), instrument, title: `${happened}${underInWords(inspection, instrument)}` };
}

const byFact = (facts: Facts, all: readonly Waiting[]): MissingFact[] => [
  ...new Map(all.map((each) => [`${each.instrument ?? ''} ${factOf(each)}`, asMissing(facts, each)])).values(),
];

/** The facts that are missing, each once. */
export const missingFacts = (facts: Facts): MissingFact[] => byFact(facts, waitingFor(facts));

/** Those that nobody is asked for any more, with what was said of each. */
export const factsRuledOut = (facts: Facts): (MissingFact & Pick<RuledOut, 'what' | 'reason'>)[] =>
  lackedBy(facts).flatMap((each) => {
    const said = ruledOutOf(facts.inspection, each);
    return said === undefined ? [] : [{ ...asMissing(facts, each), what: said.what, reason: said.reason }];
  });

function lackOf({ trigger, requires, onlyWhere }: Rule, happened: Happenings): Waiting['lacks'] | undefined {
  const { event, proxy } = trigger;
  if (WITH_EACH.has(event)) return undefined;
  if (onlyWhere !== undefined && (happened.judgements ?? []).length === 0) return { grade: onlyWhere.grade };
  if (onlyWhere !== undefined && !isJudgedSo(happened, onlyWhere)) return undefined;
  if (requires !== undefined && !isRecorded(happened, requires)) return { required: requires };
  return triggersOf(happened, event, proxy).length === 0 ? { event } : undefined;
}

/** What each inspection comes to, sooner or later; all else may never happen. */
const REPORTS: ReadonlySet<TriggerEvent> = new Set<TriggerEvent>(['report-received', 'report-published']);

/** May what is missing never come to be, so that nobody has to look for it? A letter of a visit that there never was, say. */
const mayNeverBe = ({ lacks }: Waiting): boolean =>
  'required' in lacks || ('event' in lacks && !REPORTS.has(lacks.event));

/** The same in sentences for whoever keeps the file. */
export const waitingSentences = (facts: Facts): string[] => inSentences(waitingFor(facts), facts);

/** Of those, what somebody is to find out: each inspection comes to it. */
export const soughtSentences = (facts: Facts): string[] =>
  inSentences(
    waitingFor(facts).filter((each) => !mayNeverBe(each)),
    facts,
  );

function inSentences(waiting: readonly Waiting[], facts: Facts): string[] {
  return waiting.map((each) => {
    const { lacks, duties, instrument } = each;
    const named = duties.map((title) => `"${title}"`).join(', ');
    const under = underInWords(facts.inspection, instrument);
    const nothing = `Nothing is planned${under} for ${named}`;
    if ('grade' in lacks)
      return `${nothing}: that follows only from a judgement "${lacks.grade}", and no judgement is on file.`;
    if ('required' in lacks)
      return `${nothing}: that follows only where ${eventInWords(lacks.required)}, and that is not on file.`;
    const counted = `${nothing}: ${duties.length === 1 ? 'it counts' : 'they count'} from the day on which ${eventInWords(lacks.event)}, and that is not on file.`;
    return mayNeverBe(each) ? `${counted} Where that has not happened, there is nothing to do.` : counted;
  });
}
