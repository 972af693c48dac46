import { type SharedStanding, standingOf } from '../../domain/closing/closable.ts';
import { sharedActionsOf, sharedName } from '../../domain/facts/shared-actions.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { PlacedRow } from '../../domain/milestone/columns.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Edit } from '../../domain/revisions/edits.ts';
import { problemsInWords, type RevisionProblem } from '../../domain/revisions/problems.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import type { SharedAction } from '../../domain/schemas/plan.ts';
import type { Register } from '../../register/register.ts';

/** An action of another inspection, as it stands there. */
export interface SharedRow {
  /** What it is called here: `inspection/action`. */
  name: string;
  inspection: InspectionRef;
  action: string;
  /** The recommendations here that it answers. */
  recommendations: string[];
  /** Its duty there; null where that inspection has none, or none any more. */
  duty: PlacedRow | null;
}

type Reading = Pick<Register, 'milestones'>;

/** The actions of other inspections of the council that answer an inspection's recommendations, as the register has them. */
export async function sharedWith(
  register: Reading,
  authority: string,
  inspection: Pick<Inspection, 'recommendations'>,
): Promise<SharedRow[]> {
  return Promise.all(
    sharedActionsOf(inspection).map(async (each) => {
      const name = sharedName(each);
      return {
        ...{ name, inspection: inspectionRef(authority, each.inspection), action: each.action },
        recommendations: inspection.recommendations
          .filter(({ answeredIn = [] }) => answeredIn.some((other) => sharedName(other) === name))
          .map(({ id }) => id),
        duty: await dutyOf(register, authority, each),
      };
    }),
  );
}

/** The same for a program. */
export const sharedData = ({ duty, ...row }: SharedRow) => ({
  ...row,
  title: duty?.title ?? null,
  owner: duty?.owner ?? null,
  due: duty?.due ?? null,
  status: duty?.status ?? null,
});

/** How they stand, for whether all recommendations are met. */
export const standingOfShared = (rows: readonly SharedRow[]): SharedStanding =>
  new Map(rows.map(({ name, duty }) => [name, duty === null ? 'open' : standingOf(duty.status)]));

/** The recommendations of a revision that name an action of another inspection which is not there. */
export async function missingShared(
  register: Reading,
  authority: string,
  edits: readonly Edit[],
): Promise<RevisionProblem[]> {
  const named = edits.flatMap((edit) =>
    edit.kind === 'put' && edit.what === 'recommendation'
      ? (edit.item.answeredIn ?? []).map((each) => ({ id: edit.item.id, each }))
      : [],
  );
  const found = await Promise.all(
    named.map(async ({ id, each }) => ({ id, each, duty: await dutyOf(register, authority, each) })),
  );
  return found
    .filter(({ duty }) => duty === null)
    .map(({ id, each }) => ({
      ...{ what: 'recommendation', id },
      problem: `the register has no action "${each.action}" of ${inspectionRef(authority, each.inspection)}`,
    }));
}

/** @throws Refusal naming each action of another inspection that is not there */
export async function mustBeShared(register: Reading, ref: InspectionRef, edits: readonly Edit[]): Promise<void> {
  const problems = await missingShared(register, partsOf(ref).authority, edits);
  if (problems.length > 0) throw new Refusal('wrong-plan', problemsInWords(problems));
}

async function dutyOf(
  register: Reading,
  authority: string,
  { inspection, action }: SharedAction,
): Promise<PlacedRow | null> {
  const [row] = await register.milestones(authority, inspection, dutyOfAction(action));
  return row ?? null;
}
