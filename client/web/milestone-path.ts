import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import type { MilestoneRow } from '../../domain/milestone/columns.ts';

/** The address of a milestone's page, by its inspection and its id. */
export const milestonePath = (inspection: InspectionRef, milestone: string): string =>
  `/inspections/${inspection}/milestones/${milestone}`;

/** The same of a row of a list. */
export const pathOfRow = (row: {
  authority: string;
  reference: string;
  milestone: MilestoneRow['milestone'];
}): string => milestonePath(inspectionRef(row.authority, row.reference), row.milestone);
