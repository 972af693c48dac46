import type { CommandPayload } from '../../domain/commands/commands.ts';
import type { Edit } from '../../domain/revisions/edits.ts';
import type { OwnChoices } from '../own-book/own-choices.ts';
import type { OwnField } from '../own-book/own-fields.ts';
import type { Sent } from './sent.ts';

/** Something in a workbook that can't be used: where, and a clause that says why. */
export interface CellProblem {
  at: string;
  problem: string;
}

/** Something of the plan that a workbook adds, changes or withdraws, against what went out. */
export interface BookEdit {
  /** By which it is chosen: 'action/a12'. */
  name: string;
  edit: Edit;
  /** Where its row is, and where each field stands that is changed. */
  at: string;
  cells: Partial<Record<string, string>>;
}

/** What a workbook reports on an action, or of a measure. */
export type BookReport = {
  /** By which it is chosen: 'progress/a12', 'value/m1'. */
  name: string;
  /** What the action or measure is called. */
  title: string;
  at: string;
} & (
  | { command: 'progress'; id: string; payload: CommandPayload<'progress'> }
  | { command: 'recordMeasure'; id: string; payload: CommandPayload<'recordMeasure'> }
);

/** How a workbook was read that a council has made itself. */
export interface OwnReading {
  sheet: string;
  /** What stands above its columns. */
  heads: string[];
  /** Which of them is taken as what. */
  columns: Partial<Record<OwnField, string>>;
  /** Names in it that are nobody’s whom we know. */
  unknown: string[];
  /** What somebody has said of it. */
  chosen: OwnChoices;
}

/** What a workbook says that was not in it when it went out. */
export interface BookRead {
  sent: Pick<Sent, 'inspection' | 'revision' | 'madeAt' | 'plan' | 'actions' | 'measures'>;
  edits: BookEdit[];
  reports: BookReport[];
  /** What can't be used, cell by cell. */
  problems: CellProblem[];
  notes: string[];
  /** How one was read that the council has made itself, against the plan as it stands; absent of one of ours. */
  own?: OwnReading;
}
