import { type InspectionRef, inspectionRef, partsOf } from '../domain/inspection-ref.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import type { Database, Queries } from './database.ts';
import { type KeptState, keptState } from './kept-states.ts';

/** An inspection that the register has, with the number of the newest entry that its lifecycle wrote. */
export interface RecordedInspection {
  inspection: InspectionRef;
  status: InspectionStatus;
  /** 0 where it has none. */
  seq: number;
}

/** What `duecourse recover` reads and makes up, and what a comparison of the register with the engine rests on. */
export interface RecoveryRegister {
  /** Null where nothing of the inspection is known. */
  recorded(inspection: InspectionRef): Promise<RecordedInspection | null>;
  /** Every inspection that is open here, in order; of one authority, or of all. */
  open(authority?: string): Promise<RecordedInspection[]>;
  /** Null where no state is kept (yet), or where the inspection has ended. */
  kept(authority: string, reference: string): Promise<KeptState | null>;
}

export function recoveryOf(database: Database): RecoveryRegister {
  return {
    async recorded(inspection) {
      const { authority, reference } = partsOf(inspection);
      return (await recorded(database, 'i.authority = $1 AND i.reference = $2', [authority, reference]))[0] ?? null;
    },
    open: (authority) =>
      recorded(database, `i.status = 'open' AND ($1::text IS NULL OR i.authority = $1)`, [authority ?? null]),
    kept: (authority, reference) => keptState(database, { authority, reference }),
  };
}

/** The keys of a lifecycle's own entries end in their numbers: read from the index alone. */
async function recorded({ query }: Queries, where: string, values: unknown[]): Promise<RecordedInspection[]> {
  const rows = await query<{ authority: string; reference: string; status: InspectionStatus; seq: string | null }>(
    `SELECT i.authority, i.reference, i.status,
       (SELECT max(substr(e.key, 11)::bigint) FROM entry e
        WHERE e.authority = i.authority AND e.reference = i.reference AND e.key LIKE 'lifecycle/%') AS seq
     FROM inspection i WHERE ${where} ORDER BY 1, 2`,
    values,
  );
  return rows.map(({ authority, reference, status, seq }) => ({
    inspection: inspectionRef(authority, reference),
    status,
    seq: Number(seq ?? 0),
  }));
}
