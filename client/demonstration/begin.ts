import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { LifecycleView, ViewedMilestone } from '../../domain/lifecycle/view.ts';
import type { Register } from '../../register/register.ts';
import type { Engine } from '../engine.ts';
import { EngineProblem } from '../engine-problem.ts';
import { readyToStart, startFromFile } from '../start-inspection.ts';
import { lived } from './lived.ts';
import { REFERENCES, standingOf, statusOf } from './standing.ts';
import { story, workingDaysFrom } from './story.ts';

interface Services {
  engine: Pick<Engine, 'start' | 'restart' | 'standing' | 'command' | 'view' | 'newest'>;
  register: Pick<Register, 'approvedHolidays' | 'board' | 'milestones' | 'reached'>;
}

type Start = Omit<LifecycleStart, 'startedBy'>;

const STARTER = 'npm start';
const RECORDED_WITHIN_MS = 20_000;

/**
 * Begins the demonstration, or completes one that was cut off. Each of its inspections is started whole, with what its file says
 * has happened; then people do in it what can only be done once it runs. The last comes last: once it is there, nothing is left to do.
 * One that is whole, or was removed, stays as it is.
 *
 * @param now an instant, UTC
 * @param say told of each step
 */
export async function beginDemonstration(services: Services, now: string, say: (line: string) => void): Promise<void> {
  const standing = await standingOf(services.register);
  if (standing === 'whole' || standing === 'removed') return;
  const today = localDate(now);
  const { authority, inspections } = story(today);
  for (const [index, start] of inspections.entries()) {
    const { reference, title } = start.facts.inspection;
    const inspection = inspectionRef(authority.id, reference);
    say(`  ${index + 1} of ${inspections.length}: ${title} (${inspection})`);
    if ((await statusOf(services.register, authority.id, reference)) === undefined)
      await startOne(services, start, now);
    await ALIVE[REFERENCES[index] ?? '2016'](services, inspection, today);
    const newest = await services.engine.newest(inspection);
    await services.register.reached(authority.id, reference, newest, RECORDED_WITHIN_MS);
  }
}

/** The one that a year of figures is counted from: it is started as it has been lived through. */
const YEAR_OLD: string = REFERENCES[0];

async function startOne(services: Services, file: Start, now: string): Promise<void> {
  const { authority, inspection } = file.facts;
  const starter = { id: STARTER, role: authority.chain.administrator };
  const start = await readyToStart(file, starter, services, now);
  try {
    if (inspection.reference !== YEAR_OLD) await startFromFile(services, start);
    else if ((await services.engine.standing(inspectionRef(authority.id, inspection.reference))) === null) {
      await services.register.board.keepAuthority(authority, now);
      await services.engine.restart(lived(start, now));
    }
  } catch (error) {
    // The engine has it from a start that was cut off before it was on record.
    if (!(error instanceof EngineProblem && error.code === 'already-started')) throw error;
  }
}

/** What people do in each once it runs. */
const ALIVE: Record<
  (typeof REFERENCES)[number],
  (services: Services, inspection: InspectionRef, today: CivilDate) => Promise<void>
> = {
  'childrens-services': answerRound,
  'area-send': askForLaterDate,
  '2016': () => Promise.resolve(),
};

const ROUND = 'progress-rounds/board';

/** Who answers in the round that its file has opened; the others are still to answer. */
const ANSWERS = [
  {
    action: 'assessments-in-time',
    by: 'head-of-safeguarding',
    said: {
      rating: 'red',
      percent: 80,
      text: 'Forty are left, nearly all of them in one team, which has two more workers from Monday.',
    },
    expectedIn: 10,
  },
  {
    action: 'pathway-plans',
    by: 'head-of-looked-after-children',
    said: { rating: 'amber', percent: 85, text: 'Eleven young people are still to be seen.' },
    expectedIn: 7,
  },
  {
    action: 'conference-chairs',
    by: 'head-of-independent-review',
    said: { rating: 'amber', percent: 50, text: 'One chair begins next month; the second post is out again.' },
    expectedIn: 32,
  },
] as const;

async function answerRound({ engine }: Services, inspection: InspectionRef, today: CivilDate): Promise<void> {
  const askedAt = await whenAsked(engine, inspection);
  if (askedAt === undefined) return;
  const view = await engine.view(inspection);
  const inDays = workingDaysFrom(today);
  for (const { action, by, said, expectedIn } of ANSWERS) {
    const milestone = milestoneIn(view, `improvement-actions/${action}`);
    if (milestone?.status !== 'open' || (milestone.progress?.at ?? '') >= askedAt) continue;
    const report = { milestone: milestone.id, ...said, forecast: inDays(expectedIn) };
    await engine.command(inspection, 'progress', report, { id: STARTER, role: by });
  }
}

const ASKED_WITHIN = 50;
const AGAIN_MS = 100;

/** When the round began to ask, which it does a moment after the start; undefined where it is over. */
async function whenAsked(engine: Services['engine'], inspection: InspectionRef): Promise<string | undefined> {
  for (let turn = 0; turn < ASKED_WITHIN; turn++) {
    const round = milestoneIn(await engine.view(inspection), ROUND);
    if (round === undefined || round.round !== undefined) return round?.round?.askedAt;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return undefined;
}

const LATER = {
  milestone: 'improvement-actions/local-offer',
  by: 'head-of-early-help',
  inWorkingDays: 20,
  reason: 'Parents and carers have asked for two more meetings before it goes to print.',
} as const;

async function askForLaterDate({ engine }: Services, inspection: InspectionRef, today: CivilDate): Promise<void> {
  const milestone = milestoneIn(await engine.view(inspection), LATER.milestone);
  if (milestone?.status !== 'open' || milestone.extensionRequested !== undefined) return;
  const request = { milestone: milestone.id, to: workingDaysFrom(today)(LATER.inWorkingDays), reason: LATER.reason };
  await engine.command(inspection, 'requestExtension', request, { id: STARTER, role: LATER.by });
}

const milestoneIn = (view: LifecycleView, id: string): ViewedMilestone | undefined =>
  view.milestones.find((each) => each.id === id);
