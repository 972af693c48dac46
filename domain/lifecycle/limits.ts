import { allRoles } from '../authority/partners.ts';
import { namesOf } from '../closed-table.ts';
import { jsonBytes } from '../json-bytes.ts';
import { allEvents, type Facts } from '../facts/facts.ts';
import { Refusal } from '../refusal.ts';
import type { Authority } from '../schemas/authority.ts';
import type { LimitName } from './limit-name.ts';
import type { LifecycleState } from './state.ts';

interface Limit {
  /** The most that it may begin with. */
  max: number;
  /** So many times as much it may have come to later on, by what people add to it. */
  later: number;
  /** A number of it, as people read it. */
  inWords(n: number): string;
  /** What to do where it is too much. */
  remedy: string;
}

const grouped = (n: number): string => n.toLocaleString('en-GB');
const kilobytes = (n: number): string => `${grouped(Math.ceil(n / 1000))} kB`;
const countOf =
  (many: string) =>
  (n: number): string =>
    `${grouped(n)} ${many}`;

/**
 * How large an inspection may be, measured by `npm run bench -- large` (bench/results.md): what it keeps goes through a worker
 * whole whenever it wakes, and its plan is worked out at every change. What an inspection keeps, its bytes, is the JSON of its
 * facts and marks; 16 MiB of a payload can be encrypted, and how mail went takes a part of that.
 */
export const LIMITS = {
  actions: { max: 4000, later: 1.25, inWords: countOf('actions'), remedy: 'split it into two inspections' },
  // Each starts duties of its own, in the inspection itself or under an instrument.
  events: {
    max: 200,
    later: 1.25,
    inWords: countOf('events'),
    remedy: 'make another inspection of what has nothing to do with it',
  },
  roles: { max: 1000, later: 1.25, inWords: countOf('roles'), remedy: 'leave out roles that own no duty' },
  questions: {
    max: 2000,
    later: 1.25,
    inWords: countOf('questions'),
    remedy: 'put several questions of one member into one',
  },
  // The morning summary's Schedule holds the council's file, and a Schedule's input is Temporal's alone: 2 MB.
  authority: {
    max: 1_000_000,
    later: 1.25,
    inWords: (n) => `${kilobytes(n)} in the council’s file`,
    remedy: 'leave meetings and closure days that are over out of it',
  },
  bytes: {
    max: 8_000_000,
    later: 1.25,
    inWords: (n) => `${kilobytes(n)} of text`,
    remedy: 'shorten its texts, enter its questions once it is started, or split it into two inspections',
  },
} as const satisfies Record<LimitName, Limit>;

/** A mark or two is always taken, whatever the texts: no duty shall stay open because an inspection is full. */
const MARKS_LATER = 1.5;

export type Sizes = Record<LimitName, number>;

/** Bytes of the facts, which are most of it and which few changes touch. */
const factsBytes = bytesKept<Facts>();
const authorityBytes = bytesKept<Authority>();
/** Bytes of the marks, by the state that they are of: a change is asked about more than once. */
const marksBytes = bytesKept<object>(
  ({ mail: _mail, unrecorded: _unrecorded, abandoned: _abandoned, facts: _facts, ...marks }: Partial<LifecycleState>) =>
    marks,
);

/** Bytes of something's JSON, counted once for each. */
function bytesKept<T extends object>(part: (of: T) => object = (of) => of): (of: T) => number {
  const counted = new WeakMap<T, number>();
  return (of) => {
    const bytes = counted.get(of) ?? jsonBytes(part(of));
    counted.set(of, bytes);
    return bytes;
  };
}

/** How large an inspection is; with its marks where it has begun. How its mail has gone is not counted. */
export function sizesOf(state: { facts: Facts } & Partial<LifecycleState>): Sizes {
  const { facts } = state;
  const { inspection, authority, questions = [] } = facts;
  return {
    actions: inspection.actions.length,
    events: [inspection, ...(inspection.instruments ?? [])].flatMap(allEvents).length,
    roles: allRoles(authority).length,
    questions: questions.length + (inspection.questions?.length ?? 0),
    authority: authorityBytes(authority),
    bytes: factsBytes(facts) + marksBytes(state),
  };
}

/** Why an inspection is too large to begin: the limit, the size and what to do. Undefined where it is not. */
export function tooLargeToBegin(facts: Facts): Refusal | undefined {
  const sizes = sizesOf({ facts });
  const over = namesOf(LIMITS).find((name) => sizes[name] > LIMITS[name].max);
  return over === undefined ? undefined : tooLarge(over, sizes, LIMITS[over].max);
}

/** @throws Refusal 'too-large' where an inspection is larger than may begin */
export function mustBeginWithin(facts: Facts): void {
  const refusal = tooLargeToBegin(facts);
  if (refusal !== undefined) throw refusal;
}

/**
 * Refuses a change by which an inspection that has begun grows beyond what can be kept of it.
 *
 * @throws Refusal 'too-large'
 */
export function mustStayWithin(before: LifecycleState, after: LifecycleState): void {
  const sizes = sizesOf(after);
  const marksAlone = before.facts === after.facts;
  for (const name of namesOf(LIMITS)) {
    const { max, later } = LIMITS[name];
    const most = max * (marksAlone ? MARKS_LATER : later);
    if (sizes[name] > most && sizes[name] > sizesOf(before)[name]) throw tooLarge(name, sizes, most);
  }
}

function tooLarge(name: LimitName, sizes: Sizes, most: number): Refusal {
  const { inWords, remedy } = LIMITS[name];
  return new Refusal(
    'too-large',
    `That makes the inspection too large to be kept: ${inWords(sizes[name])}, and at most ${inWords(most)} are possible. To go on, ${remedy}.`,
  );
}

/** By what an inspection is at half of what is possible, or beyond. */
export function nearLimits(sizes: Sizes): LimitName[] {
  return namesOf(LIMITS).filter((name) => sizes[name] * 2 >= LIMITS[name].max);
}

/** The same for its administrator, in a sentence. */
export function nearLimitSentence(name: LimitName, sizes: Sizes): string {
  const { max, inWords, remedy } = LIMITS[name];
  return `It holds ${inWords(sizes[name])}, and may begin with at most ${inWords(max)}: before it comes to that, ${remedy}.`;
}
