import type { MilestoneRow, PlacedRow } from '../../domain/milestone/columns.ts';
import { council } from './facts.ts';

export function row(parts: Partial<MilestoneRow> = {}): MilestoneRow {
  return {
    milestone: 'plan-submission/written-action-plan',
    strand: 'plan-submission',
    title: 'Written action plan',
    due: '2016-06-30',
    dueAt: '2016-06-30T23:00:00.000Z',
    dueVersion: 1,
    status: 'open',
    owner: 'head-of-service',
    ownerTitle: 'Head of Service',
    beside: [],
    strength: 'statutory',
    provisional: false,
    explanation: ['The report was published on Friday 19 February 2016.'],
    endedAt: null,
    holdReviewOn: null,
    body: null,
    firstDue: '2016-06-30',
    timesGranted: 0,
    slippage: 'none',
    rating: null,
    percent: null,
    forecast: null,
    reportedOn: null,
    standIn: null,
    cycle: null,
    theme: null,
    themeTitle: null,
    recommendations: null,
    ...parts,
  };
}

/** A row with the inspection that it belongs to. */
export const placed = (parts: Partial<PlacedRow> = {}): PlacedRow => ({
  ...row(parts),
  authority: council.id,
  reference: '2016',
  inspectionTitle: 'Anyborough 2016',
  division: 'england-and-wales',
  inspectionOpen: true,
  ...parts,
});
