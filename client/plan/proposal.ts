import { localDate } from '../../domain/calendar/london.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { calendarOf, type LifecycleState } from '../../domain/lifecycle/state.ts';
import { changesOf } from '../../domain/revisions/changes.ts';
import { type Consequences, consequencesOf } from '../../domain/revisions/consequences.ts';
import { fileWarnings } from '../../domain/preview/warnings.ts';
import { type Edit, editsBetween, revised } from '../../domain/revisions/edits.ts';
import { doneIn, type RevisionProblem, revisionProblems } from '../../domain/revisions/problems.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';
import type { Register } from '../../register/register.ts';
import type { Services } from '../connect.ts';
import { type PlanRevision, planRevisions } from './plan-revisions.ts';
import { missingShared, type SharedRow, sharedWith } from './shared-actions.ts';

/** How long what the lifecycle has said is waited for in the register, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

/** A plan as it runs, with the lifecycle around it and the revisions before it. */
export interface ReadPlan {
  state: LifecycleState;
  facts: LifecycleState['facts'];
  view: Awaited<ReturnType<Services['engine']['view']>>;
  revisions: PlanRevision[];
  /** Actions of other inspections that answer its recommendations. */
  shared: SharedRow[];
  /** Open inspections whose recommendations its own actions answer. */
  countingOn: Awaited<ReturnType<Register['countingOn']>>;
}

/** Reads a plan, once all that is known of it is on record. */
export async function planFrom(
  { engine, register }: { engine: Pick<Services['engine'], 'inspect'>; register: Register },
  ref: InspectionRef,
): Promise<ReadPlan> {
  const { state, view } = await engine.inspect(ref);
  const { authority, reference } = partsOf(ref);
  await register.reached(authority, reference, state.seq, RECORDED_WITHIN_MS);
  const [revisions, shared, countingOn] = await Promise.all([
    planRevisions(register, ref),
    sharedWith(register, authority, state.facts.inspection),
    register.countingOn({ authority, reference }),
  ]);
  return { state, facts: state.facts, view, revisions, shared, countingOn };
}

/** What a proposed plan would do, and what is wrong with it. */
export interface Proposal extends Omit<Consequences, 'givenUp'> {
  edits: Edit[];
  problems: RevisionProblem[];
  /** What somebody should know before it is carried out: a sentence each. */
  warnings: string[];
}

/** How a plan is proposed. */
interface Proposing {
  reason: string;
  role: string;
  agreedBy?: string | undefined;
  /** Edits that come to it, where it is said why something is withdrawn. */
  said?: readonly Edit[];
}

/** What a proposed plan would do; where something is wrong with it, that, and no consequences. */
export async function proposalOf(
  register: Pick<Register, 'milestones'>,
  { state, facts, view, countingOn }: ReadPlan,
  proposed: Partial<PlanPart>,
  { reason, role, agreedBy, said }: Proposing,
): Promise<Proposal> {
  const edits = editsBetween(facts.inspection, proposed, said);
  const changes = changesOf(facts.inspection, edits);
  const nothing = { edits, changes, moves: [], accepted: [], told: [], warnings: [] };
  if (changes.length === 0) return { ...nothing, problems: [] };
  const problems = [
    ...revisionProblems({
      ...{ facts, edits, agreedBy, calendar: calendarOf(state), today: localDate(view.now), done: doneIn(state) },
    }),
    ...(await missingShared(register, facts.authority.id, edits)),
  ];
  if (problems.length > 0) return { ...nothing, problems };
  const given = { actor: { id: 'proposal', role }, now: view.now };
  const { givenUp, ...consequences } = consequencesOf(state, { edits, reason, agreedBy }, given);
  return {
    ...consequences,
    edits,
    problems: [],
    warnings: [
      ...givenUp,
      ...lostElsewhere(edits, facts.authority.id, countingOn),
      ...newWarnings(state, edits, view.now),
    ],
  };
}

/** What is odd in the plan as revised, and was not before: an action whose event is not on file has no date, and no duty. */
function newWarnings(state: LifecycleState, edits: readonly Edit[], now: string): string[] {
  const { facts } = state;
  const calendar = calendarOf(state);
  const inspection = revised(facts.inspection, edits, { on: localDate(now), reason: '' });
  const known = new Set(fileWarnings(facts, calendar).map(({ text }) => text));
  return fileWarnings({ ...facts, inspection }, calendar).flatMap(({ text }) => (known.has(text) ? [] : [text]));
}

/** Which other inspections would be left without an action that they count on. */
function lostElsewhere(edits: readonly Edit[], authority: string, countingOn: ReadPlan['countingOn']): string[] {
  const gone = new Set(edits.flatMap((edit) => (edit.kind === 'withdraw' && edit.what === 'action' ? [edit.id] : [])));
  return countingOn
    .filter(({ action }) => gone.has(action))
    .map(
      ({ action, reference }) =>
        `The action ${action} also answers a recommendation of ${inspectionRef(authority, reference)}: revise that plan as well.`,
    );
}
