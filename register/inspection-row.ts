import type { EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import type { EntryBody } from './append.ts';

/** What the table of inspections has of one when it becomes known. */
export interface NewInspection {
  title: string;
  division: string;
  startedAt: string;
}

/** Does an inspection become known by an entry of this kind? */
export const makesKnown = (kind: EntryKind): boolean => kind === 'inspection-started' || kind === 'entries-missing';

/**
 * An inspection as the entry says with which it becomes known: its start, or, where that is lost, the word that entries are
 * missing. Undefined for all other entries.
 */
export function newInspection({ kind, at, data }: EntryBody, title: string): NewInspection | undefined {
  if (!makesKnown(kind)) return undefined;
  return {
    title: textOr(data['title'], title),
    division: textOr(data['division'], ''),
    startedAt: kind === 'inspection-started' ? at : textOr(data['startedAt'], at),
  };
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
