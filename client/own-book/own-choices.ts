import { z } from 'zod';
import type { ChosenColumns } from './find-table.ts';
import { OWN_FIELD_NAMES } from './own-fields.ts';
import type { ChosenPeople } from './own-people.ts';

/** What somebody has said of a workbook that its heads and cells don't say. */
export interface OwnChoices {
  /** The sheet that has the table of actions. */
  sheet?: string | undefined;
  columns: ChosenColumns;
  people: ChosenPeople;
  /** Accountable for themes that are new: a role. */
  officer?: string | undefined;
}

export const NO_CHOICES: OwnChoices = { columns: {}, people: {} };

const kept = z.strictObject({
  columns: z.partialRecord(z.enum(OWN_FIELD_NAMES), z.string().nullable()),
  people: z.record(z.string(), z.string()),
});

/** What was said before, of which what is said now takes precedence. Sheets and themes are those of one file. */
export const choicesOver = (before: OwnChoices, now: OwnChoices): OwnChoices => ({
  ...now,
  columns: { ...before.columns, ...now.columns },
  people: { ...before.people, ...now.people },
});

/** As it is kept for the next workbook; undefined where there is nothing to keep. */
export function keptChoices({ columns, people }: OwnChoices): string | undefined {
  const isNothing = Object.keys(columns).length === 0 && Object.keys(people).length === 0;
  return isNothing ? undefined : JSON.stringify({ columns, people });
}

/** What was kept; nothing where it can't be read. */
export function choicesKept(text: unknown): OwnChoices {
  if (typeof text !== 'string') return NO_CHOICES;
  try {
    return kept.safeParse(JSON.parse(text)).data ?? NO_CHOICES;
  } catch {
    return NO_CHOICES;
  }
}
