import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import { createCalendar, type WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import { type Facts, triggerOf } from '../../domain/facts/facts.ts';
import type { PlannedMilestone } from '../../domain/milestone/milestone.ts';
import { plan } from '../../domain/plan/plan.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import type { FileProblem } from './file-problems.ts';
import type { LoadedInspection } from './loaded-inspection.ts';
import type { DataPath, YamlFile } from './yaml-file.ts';

/** So many working days after a due day must be known as well: reminders and escalation are counted on from it. */
const MARGIN = 30;
/** How many rounds of each cycle are looked at. */
const ROUNDS = 2;

/** The lists of a file whose entries are duties, each on its own. */
const LISTS = ['actions', 'decisions', 'commitments', 'questions', 'training'] as const;

/**
 * The parts of a file from which a date follows that can't be worked out, because bank holidays are not known for so
 * long: each at its place, with the years that are known. Empty where everything can be planned.
 */
export function planProblems(loaded: Omit<LoadedInspection, 'fileHash'>, file: YamlFile): FileProblem[] {
  const calendar = createCalendar(loaded.calendar);
  const why = (inspection: Inspection) => refusalOf({ ...loaded, inspection }, calendar);
  if (why(loaded.inspection) === undefined) return [];
  const { inspection } = loaded;
  const bare: Inspection = {
    ...inspection,
    actions: [],
    decisions: [],
    callIns: [],
    commitments: [],
    questions: [],
    training: [],
  };
  const base = why(bare);
  const problems = base === undefined ? [] : [file.problem(['report'], base)];
  for (const list of LISTS) {
    inspection[list]?.forEach((entry, index) => {
      const sentence = why({ ...bare, [list]: [entry] });
      if (sentence !== undefined && sentence !== base) problems.push(file.problem(placeOf(list, index), sentence));
    });
  }
  return problems;
}

function placeOf(list: (typeof LISTS)[number], index: number): DataPath {
  return list === 'actions' ? [list, index, 'due'] : [list, index];
}

/** Why what follows from an inspection can't be planned; undefined where it can. */
function refusalOf(loaded: Omit<LoadedInspection, 'fileHash'>, calendar: WorkingCalendar): string | undefined {
  const { inspection, authority, rules, pack, workingDays, instruments, constitution = null } = loaded;
  const facts: Facts = { inspection, authority, rules, pack, constitution, workingDays, instruments };
  const today = triggerOf(inspection, 'report-received', 'report-published')?.date ?? inspection.fieldwork.until;
  const years = `bank holidays are known from ${calendar.from} to ${calendar.until}`;
  try {
    const late = plan(facts, calendar, { cycles: { today, ahead: ROUNDS } }).find((each) => !hasMargin(each, calendar));
    return late === undefined
      ? undefined
      : `"${late.title}" would be due on ${late.due}, for which its reminders can't be worked out: ${years}`;
  } catch (error) {
    if (error instanceof CalendarError) return `its date can't be worked out: ${years}, and it would lie beyond them`;
    throw error;
  }
}

function hasMargin({ due }: PlannedMilestone, calendar: WorkingCalendar): boolean {
  try {
    calendar.addWorkingDays(due, MARGIN);
    calendar.addWorkingDays(due, -MARGIN);
    return true;
  } catch (error) {
    if (error instanceof CalendarError) return false;
    throw error;
  }
}
