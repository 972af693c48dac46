import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { type Authority, authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { loadInspection } from '../files/load.ts';
import { startOf } from '../files/load-start.ts';
import { loadBankHolidays } from '../files/bank-holidays.ts';
import { YamlFile } from '../files/yaml-file.ts';

/** What an inspection starts from, but for who starts it. */
type Start = Omit<LifecycleStart, 'startedBy'>;

/** The demonstration's council, and its inspections as they stand on the day on which it is begun. */
export interface Story {
  authority: Authority;
  inspections: Start[];
}

const FOLDER = join('examples', 'demonstration');
const DIVISION = 'england-and-wales';
/** The report of the public example came so many working days ago. */
const SINCE_REPORT = '@D-40';

/** A day counted in working days from that on which the demonstration is begun: @D-12, @D+5, or @D for the day itself. */
const RELATIVE_DAY = /@D(?:(?<sign>[+-])(?<days>\d+))?\b/g;

/** @param today the day on which it is begun, in London */
export function story(today: CivilDate): Story {
  const dated = datedFrom(today);
  const file = (name: string): string => dated(textOf(FOLDER, name));
  const read = (text: string, name: string): YamlFile => YamlFile.of(text, join(FOLDER, name));
  const authority = read(file('authority.yaml.in'), 'authority.yaml.in').parse(authoritySchema);
  const start = (text: string, name: string): Start => startOf(loadInspection(read(text, name), authority));
  return {
    authority,
    inspections: [
      ...['childrens-services.yaml.in', 'area-send.yaml.in'].map((name) => start(file(name), name)),
      start(`${ofThisYear(dated)}\n${file('middlesbrough-2016-since.yaml.in')}`, 'middlesbrough-2016-since.yaml.in'),
    ],
  };
}

const textOf = (...path: string[]): string => readFileSync(join(packageRoot(), ...path), 'utf8');

/** The public example, its report having come forty working days ago. */
function ofThisYear(dated: (text: string) => string): string {
  const text = textOf('examples', 'middlesbrough-2016.yaml');
  return text.replace(/^ {2}published: \d{4}-\d\d-\d\d$/m, `  received: ${dated(SINCE_REPORT)}`);
}

/** Puts civil dates in the place of days that are counted from a day on. */
function datedFrom(today: CivilDate): (text: string) => string {
  const from = workingDaysFrom(today);
  return (text) =>
    text.replaceAll(RELATIVE_DAY, (_all, sign: string | undefined, days: string | undefined) =>
      days === undefined ? today : from(sign === '-' ? -Number(days) : Number(days)),
    );
}

/** So many of the council's working days from a day on. */
export function workingDaysFrom(day: CivilDate): (days: number) => CivilDate {
  const calendar = createCalendar(loadBankHolidays(DIVISION));
  return (days) => calendar.addWorkingDays(day, days);
}
