import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import { atMost } from '../../platform/at-most.ts';
import type { RecordedInspection, RecoveryRegister } from '../../register/recovery.ts';
import { type Alike, type Compared, compareInspection } from './compare.ts';
import { endOf, type Lifecycle, listLifecycles } from './lifecycle-list.ts';
import { stuckWords } from './stuck-words.ts';
import { ANSWER_MS, type DoctorEngine } from './parts.ts';

/** How an open inspection stands, where it was asked. */
export interface InspectionStanding {
  inspection: InspectionRef;
  alike: Alike;
  /** When it does something next, UTC; null where it was not asked or did not say. */
  nextWake: string | null;
}

interface Answered {
  standing: InspectionStanding;
  findings: Finding[];
}

export interface InspectionLook {
  findings: Finding[];
  /** How many the register has open. */
  open: number;
  /** Those whose lifecycle was asked. */
  asked: InspectionStanding[];
}

export interface LookOptions {
  /** Ask every lifecycle; else some of them, others each time. */
  deep: boolean;
  /** Whether any worker asks for work: without one lifecycles can be listed, and not asked. */
  canAnswer: boolean;
  /** The marks of the councils' files on record, by council. */
  councils: ReadonlyMap<string, string>;
  /** To be asked in any case: what was found the last time. */
  always?: readonly InspectionRef[];
  /** How many are asked where not all are; default {@link SAMPLE}. */
  sample?: number;
  /** Now, UTC. */
  now: string;
}

/** Questions to the engine side by side. */
const AT_ONCE = 8;
/** Where so many are asked and nobody has answered for any, nobody would for the others. */
const ENOUGH_SILENCES = 2 * AT_ONCE;
/** Asked of more in one look, workers that keep 300 in memory would do nothing else. */
const SAMPLE = 200;
/** No look at the inspections takes longer, in milliseconds: what was not reached by then is said. */
const LOOK_MS = 60_000;
const DEEP_MS = 10 * 60_000;
/** Lists of the engine are a moment behind. */
const JUST_STARTED_MS = 2 * 60_000;
/**
 * How long one that gave no answer is waited for when it is asked once more, in milliseconds: for ten seconds the engine still
 * takes its questions to the worker that had it last, also where that has been killed or frozen, and then to any other.
 */
const AGAIN_MS = 15_000;
/** A clock that rang so long ago, and nothing came of it. */
const LATE_MS = 5 * 60_000;

/**
 * Looks at the open inspections by what the register and the engine list; asks lifecycles themselves where that does not
 * say enough, a few at a time, each with a bound.
 */
export async function lookAtInspections(
  engine: DoctorEngine,
  register: Pick<RecoveryRegister, 'open' | 'recorded'>,
  options: LookOptions,
): Promise<InspectionLook> {
  const [recorded, running] = await Promise.all([register.open(), listLifecycles(engine)]);
  const run = new Map(running.map((each) => [each.inspection, each]));
  const there = new Map(recorded.map((each) => [each.inspection, each]));
  const until = performance.now() + (options.deep ? DEEP_MS : LOOK_MS);
  const few = atMost(AT_ONCE);
  const late: InspectionRef[] = [];
  const heard = { answers: 0, silences: 0 };
  const silent: Finding[] = [];
  // Neither one that does not answer nor one that fails holds up any other.
  const each = <T>(inspection: InspectionRef, look: () => Promise<T[]>): Promise<T[]> =>
    few(async () => {
      if (performance.now() >= until) {
        late.push(inspection);
        return [];
      }
      try {
        return await look();
      } catch {
        silent.push(finding('inspection-silent', `${ANSWER_MS / 1000} seconds`, inspection));
        return [];
      }
    });

  const stuck = running.filter(({ reported }) => reported);
  const absent = recorded.filter(({ inspection }) => !run.has(inspection));
  // Where the engine has lost its own, each is one more of the same: it is not asked about thousands while people wait.
  const doubted = options.deep ? absent : absent.slice(0, options.sample ?? SAMPLE);
  const compared: Compared = { recorded: register.recorded, councils: options.councils };
  const asked = options.canAnswer ? chosen(recorded, run, options) : [];
  const [gone, unknown, halted, first] = await Promise.all([
    all(doubted, (one) => each(one.inspection, () => notRunning(one, engine, register))),
    all(
      running.filter((one) => !there.has(one.inspection) && isSettled(one, options.now)),
      (one) => each(one.inspection, () => unrecorded(one, register)),
    ),
    all(stuck, (one) => each(one.inspection, () => halt(one.inspection, engine))),
    all(asked, (inspection) =>
      each(inspection, async () => {
        if (heard.answers === 0 && heard.silences >= ENOUGH_SILENCES) {
          late.push(inspection);
          return [];
        }
        const found = await answer(inspection, engine, compared, options.now);
        heard[isSilent(found) ? 'silences' : 'answers']++;
        return [found];
      }),
    ),
  ]);
  const again = (one: Answered) =>
    few(async () =>
      performance.now() < until ? answer(one.standing.inspection, engine, compared, options.now, AGAIN_MS) : one,
    );
  const { answers, nobody } = await askedAgain(first, again);
  // Not one inspection that does not answer, but nobody who would answer for it: said once, before all else.
  if (nobody) late.length = 0;
  return {
    findings: [
      ...(nobody
        ? [
            finding(
              'worker-silent',
              `${heard.silences === 1 ? 'the one open inspection that was asked gave no answer' : `of ${heard.silences} open inspections that were asked none gave an answer`} within ${ANSWER_MS / 1000} seconds`,
            ),
          ]
        : []),
      ...halted,
      ...answers.flatMap(({ findings }) => findings),
      ...gone,
      ...unknown,
      ...silent,
      ...(doubted.length === absent.length
        ? []
        : [
            finding(
              'look-incomplete',
              `${absent.length - doubted.length} more inspections are open in the register and not among those that run. Where the engine has lost them, duecourse recover brings them back.`,
            ),
          ]),
      ...(late.length === 0
        ? []
        : [finding('look-incomplete', `${late.length} inspections were not reached in time.`)]),
    ],
    open: recorded.length,
    asked: answers.map(({ standing }) => standing),
  };
}

const isSilent = ({ standing }: Answered): boolean => standing.alike === 'no-answer';

/**
 * Those that gave no answer, asked once more: a worker that has just been started, or was busy for a moment, answers now.
 * Where nobody has answered for any, and still nobody does for the first, nobody would for the others.
 */
async function askedAgain(
  first: readonly Answered[],
  again: (one: Answered) => Promise<Answered>,
): Promise<{ answers: Answered[]; nobody: boolean }> {
  const silent = first.find(isSilent);
  if (silent === undefined) return { answers: [...first], nobody: false };
  const second = await again(silent);
  const nobody = isSilent(second) && first.every(isSilent);
  const answers = await Promise.all(
    first.map(async (one) => {
      if (one === silent) return second;
      return isSilent(one) && !nobody ? again(one) : one;
    }),
  );
  return { answers, nobody };
}

const all = async <T, R>(list: readonly T[], look: (each: T) => Promise<R[]>): Promise<R[]> =>
  (await Promise.all(list.map(look))).flat();

const isSettled = ({ startedAt }: Lifecycle, now: string): boolean =>
  Date.parse(now) - Date.parse(startedAt) > JUST_STARTED_MS;

/** Those to be asked: all, or what was found before and a part of the others that moves on with every quarter of an hour. */
function chosen(
  recorded: readonly RecordedInspection[],
  run: ReadonlyMap<InspectionRef, Lifecycle>,
  { deep, always = [], sample = SAMPLE, now }: LookOptions,
): InspectionRef[] {
  const able = recorded
    .map(({ inspection }) => inspection)
    .filter((inspection) => run.get(inspection)?.reported === false);
  if (deep || able.length <= sample) return able;
  const turn = Math.floor(Date.parse(now) / (15 * 60_000));
  const from = (turn * sample) % able.length;
  const part = [...able.slice(from, from + sample), ...able.slice(0, Math.max(0, from + sample - able.length))];
  const known = new Set(able);
  return [...new Set([...always.filter((inspection) => known.has(inspection)).slice(0, sample), ...part])];
}

/** Open in the register, and not among those that run: lists may be behind, so both are asked once more. */
async function notRunning(
  { inspection }: RecordedInspection,
  engine: DoctorEngine,
  register: Pick<RecoveryRegister, 'open' | 'recorded'>,
): Promise<Finding[]> {
  const end = await endOf(engine, inspection);
  if (end === 'running' || (await register.recorded(inspection))?.status !== 'open') return [];
  const about = end === null ? 'knows nothing of it' : `says that it has ended (${end})`;
  return [finding('inspection-not-running', about, inspection)];
}

async function unrecorded(
  { inspection }: Lifecycle,
  register: Pick<RecoveryRegister, 'open' | 'recorded'>,
): Promise<Finding[]> {
  return (await register.recorded(inspection)) === null ? [finding('inspection-unrecorded', '', inspection)] : [];
}

async function halt(inspection: InspectionRef, engine: DoctorEngine): Promise<Finding[]> {
  const words = await stuckWords(engine, inspection);
  return words === undefined ? [] : [finding('inspection-stuck', words, inspection)];
}

async function answer(
  inspection: InspectionRef,
  engine: DoctorEngine,
  register: Compared,
  now: string,
  ms?: number,
): Promise<Answered> {
  const { alike, about, nextWake } = await compareInspection(inspection, engine, register, ms);
  const findings = FOUND[alike] === null ? [] : [finding(FOUND[alike], about, inspection)];
  const overdue = nextWake !== null && Date.parse(now) - Date.parse(nextWake) > LATE_MS;
  if (findings.length === 0 && overdue) findings.push(finding('inspection-late', formatInstant(nextWake), inspection));
  return { standing: { inspection, alike, nextWake }, findings };
}

const FOUND = {
  same: null,
  'not-recording': 'inspection-not-recording',
  'engine-behind': 'inspection-engine-behind',
  'register-behind': 'inspection-register-behind',
  'engine-unknown': 'inspection-not-running',
  'register-unknown': 'inspection-unrecorded',
  stuck: 'inspection-stuck',
  'other-council-file': 'inspection-council-differs',
  'no-answer': 'inspection-silent',
} as const;
