import { eventInWords } from '../facts/events.ts';
import { commitmentsTo, type Facts, type Happenings, isRecorded, triggersOf } from '../facts/facts.ts';
import { happeningsUnder, rulesUnder, standingInstruments, underInWords } from '../facts/instruments.ts';
import { EVENTS_WITH_EACH } from '../schemas/events-with-each.ts';
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
function waitingFor(facts: Facts): Waiting[] {
  const instruments = [undefined, ...standingInstruments(facts.inspection).map(({ id }) => id)];
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

function lackOf({ trigger, requires, onlyWhere }: Rule, happened: Happenings): Waiting['lacks'] | undefined {
  const { event, proxy } = trigger;
  if (WITH_EACH.has(event)) return undefined;
  if (onlyWhere !== undefined && (happened.judgements ?? []).length === 0) return { grade: onlyWhere.grade };
  if (onlyWhere !== undefined && !isJudgedSo(happened, onlyWhere)) return undefined;
  if (requires !== undefined && !isRecorded(happened, requires)) return { required: requires };
  return triggersOf(happened, event, proxy).length === 0 ? { event } : undefined;
}

/** The same in sentences for whoever keeps the file. */
export function waitingSentences(facts: Facts): string[] {
  return waitingFor(facts).map(({ lacks, duties, instrument }) => {
    const named = duties.map((title) => `"${title}"`).join(', ');
    const under = underInWords(facts.inspection, instrument);
    const nothing = `Nothing is planned${under} for ${named}`;
    if ('grade' in lacks)
      return `${nothing}: that follows only from a judgement "${lacks.grade}", and no judgement is on file.`;
    if ('required' in lacks)
      return `${nothing}: that follows only where ${eventInWords(lacks.required)}, and that is not on file (${lacks.required}).`;
    return `${nothing}: ${duties.length === 1 ? 'it counts' : 'they count'} from the day on which ${eventInWords(lacks.event)}, and that is not on file (${lacks.event}).`;
  });
}
