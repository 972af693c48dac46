import { capitalised } from '../../../domain/words.ts';
import { Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { dutyOfAction } from '../../../domain/plan/action-duty.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { RevisionProblem } from '../../../domain/revisions/problems.ts';
import { planItems } from '../../../domain/revisions/plan-items.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import { planFrom } from '../../plan/proposal.ts';
import { type LookedAt, lookAt } from '../../plan/proposed.ts';
import { mustNameWhatIsThere } from '../../what-is-named.ts';
import { type FilledForm, type FormField, readForm, shownFields } from '../forms/form.ts';
import { draftIn, markOfShown, onceByForm, shownAgain, textIn, typedIn } from '../forms/sent.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { type AtWork, editPath, opened, received, type Sent } from '../plan/at.ts';
import { type Editor, isOlder } from '../plan/editor.ts';
import { AGREED, MINUTE, REASON } from '../plan/why-fields.ts';
import { type Readers, titleIn } from '../../../domain/revisions/values.ts';
import { changedItems } from '../plan/words.ts';
import { frameOf, othersIn } from './plan-edit.ts';

const PATH = '/inspections/:authority/:reference/plan/edit/changes';
const RECORDED_WITHIN_MS = 5000;
/** More than this nobody reads; the rest is counted. */
const MAX_LISTED = 200;

/** Whether a draft changes what others have set is known from the plan alone. */
const fieldsOf = (needsAgreement: boolean): FormField[] => [REASON, MINUTE, ...(needsAgreement ? [AGREED] : [])];

/** What a draft changes, whom it moves and who is told, and carrying it out. */
export function planChangesRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, (context) =>
      opened(context, parts, async (at) => {
        if (at.editor.draft === undefined) return context.redirect(editPath(at.editor), 303);
        const typed = shownAgain((await draftIn(context, parts)) ?? {});
        return show(parts, at, { values: {}, typed, problems: [] });
      }),
    )
    .post(PATH, (context) => received(context, parts, (sent) => carryOut(parts, pages, sent)));
}

/** Of what is shown: nothing else is carried out by its button. */
const markOf = ({ draft }: Editor): string =>
  draft === undefined ? '' : markOfShown({ revision: String(draft.revision), edits: JSON.stringify(draft.edits) });

async function carryOut(parts: AppParts, pages: MilestonePages, sent: Sent): Promise<Response> {
  const { context, editor, fields } = sent;
  const { seen, draft, role } = editor;
  if (draft === undefined) return context.redirect(editPath(editor), 303);
  const newer = () => context.redirect(`${editPath(editor)}/newer`, 303);
  // Of a plan that runs no more nothing is looked at; the lifecycle knows whether it was this very form that has revised it.
  const looked = isOlder(editor) ? undefined : await looking(parts, editor);
  const filled = readForm(fieldsOf(looked?.needsAgreement ?? textIn(fields, 'agreedBy') !== ''), fields);
  if (textIn(fields, 'shown') !== markOf(editor)) filled.problems.push({ text: OTHERWISE });
  if (filled.problems.length > 0) return looked === undefined ? newer() : show(parts, sent, filled, looked);
  const payload = {
    ...{ edits: draft.edits, expect: draft.revision, reason: String(filled.values['reason']) },
    ...(typeof filled.values['minute'] === 'string' ? { minute: filled.values['minute'] } : {}),
    ...(typeof filled.values['agreedBy'] === 'string' ? { agreedBy: filled.values['agreedBy'] } : {}),
  };
  const actor = { id: context.get('session').person.email, role };
  try {
    const to = await onceByForm(context, parts, { what: '', request: typedIn(fields) }, async (updateId) => {
      await mustNameWhatIsThere(parts.register, seen.id, 'revise', payload);
      const options = updateId === undefined ? {} : { updateId };
      const { seq } = await parts.engine.command(seen.id, 'revise', payload, actor, options);
      await parts.register.reached(seen.summary.authority, seen.summary.reference, seq, RECORDED_WITHIN_MS);
      return `/inspections/${seen.id}/plan/revisions/${draft.revision + 1}?done=revise`;
    });
    await parts.register.board.planDrafts.throwAway(editor.key, draft.edition);
    pages.forget();
    return context.redirect(to, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'wrong-revision' || looked === undefined) return newer();
    filled.problems.push({ text: error.message });
    return show(parts, sent, filled, looked);
  }
}

const OTHERWISE =
  'Your draft was changed since this page was opened. Nothing was carried out: look at what changes now, and press once more.';

const looking = async (parts: AppParts, { seen, draft, role }: Editor): Promise<LookedAt> =>
  lookAt(parts.register, await planFrom(parts, seen.id), draft?.edits ?? [], role);

async function show(parts: AppParts, at: AtWork, filled: FilledForm, known?: LookedAt): Promise<Response> {
  const { context, editor, standing } = at;
  const { authority } = editor.running.facts;
  const looked = known ?? (await looking(parts, editor));
  const { changes, moves, accepted, told, warnings, needsAgreement, refusal } = looked;
  const after = planWith(standing.base, standing.edits);
  const readers: Readers = { facts: editor.running.facts, plans: [after, standing.base] };
  const today = localDate(context.get('now'));
  const titled = (role: string | null) => (role === null ? undefined : roleTitle(authority, role));
  const items = changedItems(readers, changes, after).map((item) => ({
    ...item,
    ...movedIn(looked, item.what === 'action' ? dutyOfAction(item.id) : ''),
    problems: looked.problems.filter(({ what, id }) => what === item.what && id === item.id).map(sentence),
    href:
      item.what === 'owner'
        ? `${editPath(editor)}/owners`
        : item.kind === 'withdraw'
          ? undefined
          : `${editPath(editor)}/change/${item.what}/${item.id}`,
  }));
  const own = new Set(items.map(({ what, id }) => `${what} ${id}`));
  const elsewhere = looked.problems
    .filter(({ what, id }) => !own.has(`${what} ${id}`))
    .map((each) => ({ ...each, title: named(readers, each), problem: sentence(each) }));
  const isPossible = looked.problems.length === 0 && refusal === undefined;
  const problems = [
    ...filled.problems,
    ...(refusal === undefined ? [] : [{ text: refusal }]),
    ...looked.problems.map((each) => ({
      text: `${planItems(each.what).title} “${named(readers, each)}”: ${each.problem}`,
      href: `#${own.has(`${each.what} ${each.id}`) ? `${each.what}-${each.id}` : 'elsewhere'}`,
    })),
  ];
  return page(
    context,
    'plan-changes.html',
    {
      title: 'Look at what changes',
      ...frameOf(editor),
      ...{ items, elsewhere, warnings, isPossible, problems, today },
      others: othersIn(editor),
      moves: listed(
        moves.filter(
          ({ milestone }) => !items.some(({ what, id }) => what === 'action' && dutyOfAction(id) === milestone),
        ),
      ),
      accepted: accepted.map((each) => ({ ...each, from: titled(each.from), to: titled(each.to) })),
      told: listed(byRole(told).map(({ role, about }) => ({ who: titled(role), about: listed(about) }))),
      fields: isPossible
        ? shownFields(fieldsOf(needsAgreement), { typed: filled.typed, problems: filled.problems })
        : [],
      mark: markOf(editor),
      revision: standing.revision,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

const named = (readers: Readers, { what, id }: RevisionProblem): string => titleIn(readers, what, id);

/** A clause as a sentence of its own. */
const sentence = ({ problem }: RevisionProblem): string => `${capitalised(problem)}.`;

/** What moves by a change of an action itself stands with it. */
function movedIn({ moves }: LookedAt, duty: string) {
  const move = moves.find(({ milestone }) => milestone === duty);
  return move === undefined ? {} : { move };
}

const listed = <T>(all: readonly T[]): { shown: T[]; more: number } => ({
  shown: all.slice(0, MAX_LISTED),
  more: Math.max(0, all.length - MAX_LISTED),
});

function byRole(told: LookedAt['told']): { role: string; about: string[] }[] {
  const roles = new Map<string, string[]>();
  for (const { role, about } of told) roles.set(role, [...(roles.get(role) ?? []), about]);
  return [...roles].map(([role, about]) => ({ role, about }));
}
