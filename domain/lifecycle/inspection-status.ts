import { mapTable, namesOf } from '../closed-table.ts';

/** Where an inspection stands. */
export type InspectionStatus = 'open' | 'closed' | 'cancelled' | 'withdrawn';

interface Status {
  words: string;
  /** It is on lists. What should never have been started is found by its own name, or by asking for what was withdrawn. */
  listed: boolean;
  /** Is anybody still to be told of its duties: once it is closed, where the unfinished ones go. */
  tells: boolean;
}

export const INSPECTION_STATUSES: Record<InspectionStatus, Status> = {
  open: { words: 'Open', listed: true, tells: true },
  closed: { words: 'Closed', listed: true, tells: true },
  /** Ended from outside, by an operator of the engine. */
  cancelled: { words: 'Cancelled', listed: true, tells: false },
  /** Started by mistake: its record is kept whole. */
  withdrawn: { words: 'Withdrawn', listed: false, tells: false },
};

export const isListed = ({ status }: { status: InspectionStatus }): boolean => INSPECTION_STATUSES[status].listed;

/** Those that are on no list. */
export const UNLISTED = namesOf(INSPECTION_STATUSES).filter((status) => !isListed({ status }));

/** Of which status owners are told of single duties. */
export const TELLS = mapTable(INSPECTION_STATUSES, ({ tells }) => tells);
