import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Happened } from '../../domain/schemas/inspection.ts';
import { nearestHint } from '../../domain/nearest.ts';
import type { FileProblem } from './file-problems.ts';
import type { LoadedInspection } from './loaded-inspection.ts';
import type { YamlFile } from './yaml-file.ts';

/** More than so many are not told at once. */
const MAX_TOLD = 20;

/**
 * What a file says has happened and can't have: no such duty, not allowed to that role, done already. It is found by
 * starting the inspection in thought; each is told at its place, and the rest is entered without it.
 *
 * @param now the instant as of which it is entered, UTC
 */
export function historyProblems(loaded: LoadedInspection, file: YamlFile, now: string): FileProblem[] {
  const { inspection, authority, rules, pack, workingDays, constitution = null, calendar } = loaded;
  const open = (happened: Happened[]): LifecycleState =>
    openLifecycle(
      {
        facts: {
          inspection: { ...inspection, happened },
          authority,
          rules,
          pack,
          workingDays,
          constitution,
        },
        calendar: keepCalendar(calendar),
        startedBy: { id: 'file', role: authority.chain.administrator },
      },
      now,
    );
  // What is refused without any of it is not about it.
  if (inspection.happened.length === 0 || refusalOf(() => open([])) !== undefined) return [];
  const problems: FileProblem[] = [];
  let kept = inspection.happened.map((past, index) => ({ past, index }));
  const refusalUpTo = (count: number) => refusalOf(() => open(kept.slice(0, count).map(({ past }) => past)));
  while (problems.length < MAX_TOLD && refusalUpTo(kept.length) !== undefined) {
    let [good, bad] = [0, kept.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (refusalUpTo(middle) === undefined) good = middle;
      else bad = middle;
    }
    const refused = kept[bad - 1];
    const refusal = refusalUpTo(bad);
    if (refused === undefined || refusal === undefined) break;
    problems.push(
      refusal instanceof Refusal && refusal.code === 'unknown-milestone'
        ? file.problem(
            ['happened', refused.index, 'milestone'],
            `expected a duty that follows from this file; see them with: duecourse preview ${file.file}${nearestHint(refused.past.milestone, Object.keys(open([]).kept))}`,
          )
        : file.problem(['happened', refused.index], refusal.message),
    );
    kept = kept.filter((each) => each !== refused);
  }
  return problems;
}

function refusalOf(call: () => unknown): Refusal | CalendarError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal || error instanceof CalendarError) return error;
    throw error;
  }
}
