import type { Context } from 'hono';
import { refusalOf } from '../../../domain/commands/apply.ts';
import type { Edit } from '../../../domain/revisions/edits.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { edited, planWith, type Step } from '../../../domain/revisions/steps.ts';
import type { DraftKey, PlanDraft } from '../../../register/plan-drafts.ts';
import { planAt, planRevisions } from '../../plan/plan-revisions.ts';
import { actingRole } from '../forms/offered.ts';
import { type SentFields, textIn } from '../forms/sent.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';

/** Somebody with a plan in hand: the plan as it runs, their own draft of it, and who else writes on it. */
export interface Editor {
  seen: SeenInspection;
  running: RunningInspection;
  key: DraftKey;
  role: string;
  /** Of the plan as it runs. */
  present: number;
  draft: PlanDraft | undefined;
  others: PlanDraft[];
}

/** A plan as a draft stands on it. */
export interface Standing {
  revision: number;
  /** The plan at that revision. */
  base: PlanPart;
  edits: readonly Edit[];
  /** The plan as the draft proposes it. */
  plan: PlanPart;
}

/** @throws PageProblem 404; Refusal where they may not revise the plan, or nobody may any more */
export async function editorOf(context: Context<Env>, parts: AppParts): Promise<Editor> {
  const seen = await seenInspection(context, parts);
  const running = await runningInspection(parts, seen.id);
  if (running === null) throw notFound();
  const { role } = actingRole(seen.membership, running, 'revise');
  const refusal = refusalOf('revise', '', running.state, { actor: { id: 'board', role }, now: running.view.now });
  if (refusal !== undefined) throw refusal;
  const { authority, reference } = seen.summary;
  const key = { authority, reference, email: context.get('session').person.email };
  const drafts = await parts.register.board.planDrafts.of(key);
  const isOwn = ({ email }: PlanDraft) => email === key.email.toLowerCase();
  return {
    ...{ seen, running, key, role },
    present: revisionOf(running.facts),
    draft: drafts.find(isOwn),
    others: drafts.filter((each) => !isOwn(each)),
  };
}

/** Was the draft begun from a plan that runs no more? */
export const isOlder = ({ draft, present }: Editor): boolean => draft !== undefined && draft.revision !== present;

/**
 * The plan that somebody sees in the editor.
 *
 * @param shown the revision that the form they have sent showed, where they have no draft yet
 */
export async function standingOf(parts: AppParts, editor: Editor, shown?: number): Promise<Standing> {
  const { draft, present, running, seen } = editor;
  const revision = draft?.revision ?? shown ?? present;
  const { facts } = running;
  const base =
    revision === present
      ? facts.inspection
      : planAt(facts, await planRevisions(parts.register, seen.id, running.state), revision);
  const edits = draft?.edits ?? [];
  return { revision, base, edits, plan: planWith(base, edits) };
}

/** The revision that a form was made from. */
export function shownRevision(fields: SentFields): number | undefined {
  const n = Number(textIn(fields, 'revision'));
  return Number.isSafeInteger(n) && n >= 1 ? n : undefined;
}

/** Bytes of a draft: some two thousand new actions. What is beyond that is written in two revisions. */
const MAX_BYTES = 1_000_000;
/** Own tabs that write at the same moment are few. */
const MAX_TURNS = 10;

/**
 * One more step of somebody's draft; of two at the same moment both are in it.
 *
 * @param reason of what the step withdraws
 */
export async function take(
  parts: AppParts,
  context: Context<Env>,
  editor: Editor,
  { base, revision }: Pick<Standing, 'base' | 'revision'>,
  step: Step,
  reason?: string,
): Promise<void> {
  const { planDrafts } = parts.register.board;
  const { key, role } = editor;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const email = key.email.toLowerCase();
    const own = turn === 0 ? editor.draft : (await planDrafts.of(key)).find((each) => each.email === email);
    if (own !== undefined && own.revision !== revision) break;
    const edits = edited(base, own?.edits ?? [], step, reason);
    if (JSON.stringify(edits).length > MAX_BYTES)
      throw new PageProblem(
        413,
        'The draft is full',
        'Nothing was changed. Carry out what is in it first, and then go on.',
      );
    if (edits.length === 0) {
      if (own === undefined || (await planDrafts.throwAway(key, own.edition))) return;
      continue;
    }
    const kept = { after: own?.edition ?? 0, now: context.get('now') };
    if (await planDrafts.keep(key, { role, revision, edits }, kept)) return;
  }
  throw draftChanged();
}

/** Somebody has changed the same draft in another window meanwhile. */
export const draftChanged = (): PageProblem =>
  new PageProblem(
    409,
    'Your draft was changed at the same moment',
    'Nothing of this was kept. Open the plan again, look at it, and try once more.',
  );
