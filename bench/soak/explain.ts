import { carryOut, type Model, newModel } from './model.ts';
import type { Operation } from './operations.ts';
import { reasonsAgainst } from './reasons.ts';

/** One operation as its client saw it: when it asked and when it had its answer, on one clock. */
export interface Asked {
  /** The actor's id under which it was asked: nobody else's. */
  id: string;
  reference: string;
  operation: Operation;
  from: number;
  until: number;
  /** Accepted with a number in the record, refused with a code, or never answered. */
  answer: { seq: number } | { refused: string } | 'none';
}

/** An operation that no order explains. */
export interface Unexplained {
  asked: Asked;
  why: string;
}

/**
 * Is there an order of all operations on one inspection that explains every answer? Accepted ones are in the order of
 * the record; a refused one must have been refused by one of the states that it may have met: none before the last
 * change that was answered before it was asked, none after the last one that was asked for before its answer.
 *
 * @returns the model after all of it, and what no order explains
 */
export function explain(asked: readonly Asked[]): { model: Model; unexplained: Unexplained[] } {
  const unexplained: Unexplained[] = [];
  const accepted = asked
    .flatMap((each) =>
      typeof each.answer === 'object' && 'seq' in each.answer ? [{ ...each, seq: each.answer.seq }] : [],
    )
    .sort((a, b) => a.seq - b.seq);
  // The first number of a state that an operation may have met: as many changes had been answered by then.
  let latestStart = Number.NEGATIVE_INFINITY;
  for (const each of accepted) {
    if (each.until < latestStart)
      unexplained.push({ asked: each, why: 'it was answered before an earlier one in the record was asked for' });
    latestStart = Math.max(latestStart, each.from);
  }
  const refused = asked.flatMap((each) => {
    if (typeof each.answer !== 'object' || !('refused' in each.answer)) return [];
    const first = accepted.findLastIndex((other) => other.until < each.from) + 1;
    const last = accepted.findLastIndex((other) => other.from < each.until) + 1;
    return [
      { each, code: each.answer.refused, first, last: Math.max(first, last), met: new Set<string>(), seen: false },
    ];
  });
  const model = newModel();
  for (let state = 0; state <= accepted.length; state++) {
    for (const one of refused) {
      if (one.seen || state < one.first || state > one.last) continue;
      const reasons = reasonsAgainst(model, one.each.operation);
      if (reasons.has(one.code)) one.seen = true;
      else one.met.add(reasons.size === 0 ? 'accept it' : [...reasons].join(' or '));
    }
    const next = accepted[state];
    if (next === undefined) break;
    const reasons = reasonsAgainst(model, next.operation);
    if (reasons.size > 0)
      unexplained.push({
        asked: next,
        why: `accepted as no. ${next.seq}; the model refuses it: ${[...reasons].join(', ')}`,
      });
    carryOut(model, next.operation);
  }
  for (const { each, code, seen, met } of refused)
    if (!seen) unexplained.push({ asked: each, why: `refused (${code}); the model would ${[...met].join(', or ')}` });
  return { model, unexplained };
}
