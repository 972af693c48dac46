import { Refusal } from '../../domain/refusal.ts';
import type { Edit } from '../../domain/revisions/edits.ts';
import { idOfEdit } from '../../domain/revisions/edits.ts';
import { consequencesOf } from '../../domain/revisions/consequences.ts';
import type { RevisionProblem } from '../../domain/revisions/problems.ts';
import { changesOf } from '../../domain/revisions/changes.ts';
import { planWith } from '../../domain/revisions/steps.ts';
import type { Register } from '../../register/register.ts';
import { type Proposal, proposalOf, type ReadPlan } from './proposal.ts';

/** A proposal as its author is shown it before they carry it out. */
export interface LookedAt extends Proposal {
  /** Something in it was set by somebody outside the council: who has agreed has to be said. */
  needsAgreement: boolean;
  /** What the lifecycle refuses of no one thing in it. */
  refusal: string | undefined;
}

/** So many things are asked about one by one, where the whole is refused. */
const MAX_ASKED = 100;
/** Stands for what is said only when it is carried out. */
const AGREED = 'as said below';
const REASON = 'your reason';

/** What a draft would change, move and tell; what the lifecycle would refuse of it stands with the thing that it refuses. */
export async function lookAt(
  register: Pick<Register, 'milestones'>,
  read: ReadPlan,
  edits: readonly Edit[],
  role: string,
): Promise<LookedAt> {
  const proposed = planWith(read.facts.inspection, edits);
  const details = { reason: REASON, role, said: edits };
  const trial = async (agreedBy?: string): Promise<Proposal | Refusal> => {
    try {
      return await proposalOf(register, read, proposed, { ...details, agreedBy });
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  };
  const alone = await trial();
  const agreed = alone instanceof Refusal || alone.problems.length === 0 ? alone : await trial(AGREED);
  const needsAgreement = agreed !== alone && countOf(agreed) < countOf(alone);
  const found = needsAgreement ? agreed : alone;
  if (!(found instanceof Refusal)) return { ...found, needsAgreement, refusal: undefined };
  const problems = refusedOf(read, edits, { ...details, ...(needsAgreement ? { agreedBy: AGREED } : {}) });
  const changes = changesOf(read.facts.inspection, edits);
  const nothing = { moves: [], accepted: [], told: [], warnings: [] };
  return {
    ...nothing,
    ...{ edits: [...edits], changes, problems, needsAgreement },
    refusal: problems.length > 0 ? undefined : found.message,
  };
}

const countOf = (trial: Proposal | Refusal): number => (trial instanceof Refusal ? 0 : trial.problems.length);

/** Which things of a revision that is refused as a whole are refused by themselves. */
function refusedOf(
  { state, view }: ReadPlan,
  edits: readonly Edit[],
  { reason, role, agreedBy }: { reason: string; role: string; agreedBy?: string },
): RevisionProblem[] {
  const given = { actor: { id: 'proposal', role }, now: view.now };
  return edits.slice(0, MAX_ASKED).flatMap((edit): RevisionProblem[] => {
    try {
      consequencesOf(state, { edits: [edit], reason, ...(agreedBy === undefined ? {} : { agreedBy }) }, given);
      return [];
    } catch (error) {
      // That it needs another edit of the same revision is no fault of its own.
      if (!(error instanceof Refusal) || error.code === 'wrong-plan') return [];
      return [{ what: edit.what, id: idOfEdit(edit), problem: error.message.replace(/\.$/, '') }];
    }
  });
}
