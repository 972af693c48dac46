import { Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { planItems, type PlanPart } from '../../../domain/revisions/plan-items.ts';
import { fallenOf } from '../../../domain/revisions/fallen.ts';
import { type Clash, type Holds, rebased } from '../../../domain/revisions/rebased.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import { BadRequest } from '../../bad-request.ts';
import { planAt, type PlanRevision, planRevisions } from '../../plan/plan-revisions.ts';
import { onceByForm, type SentFields, sentForm, textIn, typedIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { editPath } from '../plan/at.ts';
import { draftChanged, type Editor, editorOf, isOlder } from '../plan/editor.ts';
import { fieldLabel } from '../plan/field-labels.ts';
import { type Readers, titleIn, valueOf } from '../../../domain/revisions/values.ts';
import { changedItems } from '../plan/words.ts';
import { frameOf } from './plan-edit.ts';
import type { Context } from 'hono';

const PATH = '/inspections/:authority/:reference/plan/edit/newer';

/** A draft that was begun from an older plan: what others have changed since, and what then becomes of the draft. */
export function planNewerRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, async (context) => {
      const editor = await editorOf(context, parts);
      return isOlder(editor) ? show(parts, context, editor, {}) : context.redirect(editPath(editor), 303);
    })
    .post(PATH, async (context) => {
      const editor = await editorOf(context, parts);
      const fields = await sentForm(context);
      const { draft, present, key, role } = editor;
      const to = `${editPath(editor)}?done=newer`;
      if (draft === undefined || !isOlder(editor)) return context.redirect(to, 303);
      const over = await carriedOver(parts, editor, fields);
      const isOther = textIn(fields, 'present') !== String(present);
      const unsaid = over?.clashes.filter((clash) => saidIn(fields, clash) === undefined) ?? [];
      if (over === undefined || isOther || unsaid.length > 0) return show(parts, context, editor, fields);
      await onceByForm(context, parts, { what: '', request: typedIn(fields) }, async () => {
        const { planDrafts } = parts.register.board;
        const next = { role, revision: present, edits: over.edits };
        const isKept =
          over.edits.length === 0
            ? await planDrafts.throwAway(key, draft.edition)
            : await planDrafts.keep(key, next, { after: draft.edition, now: context.get('now') });
        if (!isKept) throw draftChanged();
        return to;
      });
      return context.redirect(to, 303);
    });
}

const saidIn = (fields: SentFields, { name }: Clash): Holds | undefined =>
  (['yours', 'theirs'] as const).find((each) => each === textIn(fields, name));

/** Undefined where the plan that the draft was begun from can't be had any more. */
async function carriedOver(parts: AppParts, editor: Editor, fields: SentFields) {
  const { draft, running, seen } = editor;
  const { facts } = running;
  const revisions = await planRevisions(parts.register, seen.id, running.state);
  const base = baseOf(editor, revisions);
  if (draft === undefined || base === undefined) return undefined;
  const plans = { base, present: facts.inspection };
  const gone = facts.inspection.withdrawn ?? [];
  const over = rebased(
    draft.edits,
    plans,
    (clash) => saidIn(fields, clash),
    (what) => gone.filter((each) => each.what === what).map(({ id }) => id),
  );
  return {
    ...over,
    base,
    fallen: fallenOf(draft.edits, plans, over),
    since: revisions.filter(({ revision }) => revision > draft.revision),
  };
}

function baseOf({ draft, running }: Editor, revisions: readonly PlanRevision[]): PlanPart | undefined {
  try {
    return draft === undefined ? undefined : planAt(running.facts, revisions, draft.revision);
  } catch (error) {
    if (error instanceof BadRequest) return undefined;
    throw error;
  }
}

async function show(parts: AppParts, context: Context<Env>, editor: Editor, fields: SentFields): Promise<Response> {
  const { facts } = editor.running;
  const { authority, inspection } = facts;
  const over = await carriedOver(parts, editor, fields);
  const isSent = textIn(fields, 'present') !== '';
  const isOther = isSent && textIn(fields, 'present') !== String(editor.present);
  const readers: Readers = {
    facts,
    plans: [
      inspection,
      ...(over === undefined
        ? []
        : [over.base, planWith(inspection, over.edits), planWith(over.base, editor.draft?.edits ?? [])]),
    ],
  };
  const clashes = (over?.clashes ?? []).map((clash, at) => {
    const said = saidIn(fields, clash);
    const { what, field } = clash;
    const value = (each: unknown) => (field === undefined ? '' : valueOf(readers, what, field, each));
    return {
      ...clash,
      title: titleIn(readers, what, clash.id),
      ...{ anchor: `clash-${at + 1}`, said, word: planItems(what).title },
      label: field === undefined ? 'You withdraw it, and others have changed it' : fieldLabel(what, field),
      yours: field === undefined ? 'It is withdrawn' : value(clash.yours),
      theirs: field === undefined ? 'It stays in the plan, as they have changed it' : value(clash.theirs),
      error: isSent && said === undefined ? 'Choose which is to hold' : undefined,
    };
  });
  const problems = [
    ...(isOther ? [{ text: 'The plan was changed once more meanwhile. Look at what follows now.' }] : []),
    ...clashes.flatMap(({ error, anchor, title }) =>
      error === undefined ? [] : [{ text: `${error}: ${title}`, href: `#${anchor}` }],
    ),
  ];
  return page(
    context,
    'plan-newer.html',
    {
      title: 'The plan has changed since you began',
      ...frameOf(editor),
      ...{ problems, clashes, present: editor.present, draft: editor.draft },
      isKnown: over !== undefined,
      fallen: fallenShown(editor, over, readers),
      rest: over?.edits.length ?? 0,
      since: (over?.since ?? []).map((each) => ({
        ...each,
        who: roleTitle(authority, each.role),
        items: changedItems(readers, each.changes, inspection),
      })),
    },
    problems.length > 0 ? 422 : 200,
  );
}

/** What falls away of the draft, thing by thing with every line of it, by why it does. */
function fallenShown({ draft }: Editor, over: Awaited<ReturnType<typeof carriedOver>>, readers: Readers) {
  if (over === undefined || draft === undefined) return { withdrawn: [], there: [] };
  const { base, fallen } = over;
  const drafted = planWith(base, draft.edits);
  return {
    withdrawn: changedItems(readers, fallen.withdrawn, drafted),
    there: changedItems(readers, fallen.there, drafted),
  };
}
