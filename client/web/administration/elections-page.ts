import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { Council } from './council.ts';
import { type ElectionPeriod, periodName } from './election-forms.ts';
import { SECTIONS } from './sections.ts';
import type { TablePage } from './tables.ts';

const HEADS = ['Election', 'First day', 'Last day'];

/** The periods before elections: those that are still to end, then those that are over. */
export function electionsPage({ authority, today }: Council): TablePage {
  const all = authority.preElectionPeriods ?? [];
  const row = (period: ElectionPeriod) => ({
    cells: [period.election, formatDate(period.from), formatDate(period.until)],
    links: [
      { path: `do/change-election/${periodName(period)}`, text: 'Change' },
      { path: `do/remove-election/${periodName(period)}`, text: 'Remove' },
    ],
  });
  const past = all.filter(({ until }) => until < today).toReversed();
  const tableOf = (caption: string, periods: ElectionPeriod[], empty: string) => ({
    ...{ caption, heads: HEADS, links: true, rows: periods.map(row), empty },
  });
  return {
    title: SECTIONS.elections.title,
    sentence:
      'Before an election councils take care with what they publish. No date moves by it: whoever starts an inspection is told what is to be published in such a period, and so are you when you add one.',
    buttons: [{ path: 'do/add-election', text: 'Add a period' }],
    tables: [
      tableOf(
        'Now and to come',
        all.filter(({ until }) => until >= today),
        'None is on file.',
      ),
      ...(past.length === 0 ? [] : [tableOf('Over', past, '')]),
    ],
  };
}
