import type { Authority } from '../../../domain/schemas/authority.ts';
import { FileProblems, toldOf, type ToldProblems } from '../../files/file-problems.ts';
import { authorityIn } from '../../files/load.ts';
import { YamlFile } from '../../files/yaml-file.ts';
import { type CalendarDays, calendarIn, type MeetingDays, type MeetingFile, meetingsIn } from './meeting-file.ts';

/** A file that somebody brings: the council's own, or one of meetings. */
export type BroughtFile =
  | { is: 'authority'; text: string; name: string }
  | ({ is: 'meetings' } & MeetingFile)
  | ({ is: 'calendar' } & MeetingFile);

/** What crosses from one thread to another: errors would lose what they are. */
export type BroughtAnswer =
  | { is: 'authority'; authority: Authority }
  | ({ is: 'bad-file' } & ToldProblems)
  | ({ is: 'meetings' } & MeetingDays)
  | ({ is: 'calendar' } & CalendarDays);

/** Reads a file that somebody brought; run in a thread of its own, by its file. */
export function answerTo(file: BroughtFile): BroughtAnswer {
  if (file.is === 'calendar') return { is: 'calendar', ...calendarIn(file) };
  if (file.is === 'meetings') return { is: 'meetings', ...meetingsIn(file) };
  try {
    return { is: 'authority', authority: authorityIn(YamlFile.of(file.text, file.name)) };
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    return { is: 'bad-file', ...toldOf(error) };
  }
}
