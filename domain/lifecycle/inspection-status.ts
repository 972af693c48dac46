/** Where an inspection stands. */
export type InspectionStatus = 'open' | 'closed' | 'cancelled';

export const INSPECTION_STATUSES: Record<InspectionStatus, { words: string }> = {
  open: { words: 'Open' },
  closed: { words: 'Closed' },
  cancelled: { words: 'Cancelled' },
};
