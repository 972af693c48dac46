import { type Context, Hono } from 'hono';
import { entryOf } from '../../../domain/closed-table.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { undoing } from '../../../domain/revisions/steps.ts';
import type { PlanDraft } from '../../../register/plan-drafts.ts';
import { onceByForm, sentForm, textIn, typedIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { type AtWork, editPath, keepStep, keptAt, opened, received } from '../plan/at.ts';
import { draftChanged, type Editor, editorOf } from '../plan/editor.ts';
import { draftedIn, listedSections, listingOf } from '../plan/listed.ts';
import { linesIn, lookedFor, outlineOf, type OutlineSection, placeIn, sectionsOnPage } from '../plan/outline.ts';
import { titleIn, titleOfItem } from '../../../domain/revisions/values.ts';
import { listQuery, pagination } from '../lists.ts';
import { idOfEdit } from '../../../domain/revisions/edits.ts';
import { PLAN_ITEM_KINDS, planItems } from '../../../domain/revisions/plan-items.ts';

const I = '/inspections/:authority/:reference/plan/edit';

const DONE = {
  kept: 'It is kept in your draft.',
  undone: 'It is as it was before.',
  thrown: 'Your draft is thrown away. The plan is as it was.',
  newer: 'Your draft stands on the plan as it is now.',
};

/** The plan under somebody's hands: what is in it, what their draft makes of it, and who else writes on it. */
export function planEditRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get(I, (context) => opened(context, parts, show))
    .post(I, (context) =>
      received(context, parts, (sent) => {
        const what = PLAN_ITEM_KINDS.find((each) => each === textIn(sent.fields, 'what'));
        const id = textIn(sent.fields, 'id');
        const isThere = sent.standing.edits.some((each) => each.what === what && idOfEdit(each) === id);
        if (what === undefined || !isThere) throw notFound();
        return keepStep(parts, sent, { step: undoing(what, id), to: keptAt(sent.editor, 'undone', { what, id }) });
      }),
    )
    .get(`${I}/discard`, async (context) => {
      const editor = await editorOf(context, parts);
      if (editor.draft === undefined) return context.redirect(editPath(editor), 303);
      return page(context, 'plan-discard.html', {
        title: 'Throw your draft away?',
        ...frameOf(editor),
        draft: { ...editor.draft, n: editor.draft.edits.length },
      });
    })
    .post(`${I}/discard`, async (context) => {
      const editor = await editorOf(context, parts);
      const fields = await sentForm(context);
      const to = await onceByForm(context, parts, { what: '', request: typedIn(fields) }, async () => {
        const { draft, key } = editor;
        if (draft !== undefined && !(await parts.register.board.planDrafts.throwAway(key, draft.edition)))
          throw draftChanged();
        return `${editPath(editor)}?done=thrown`;
      });
      return context.redirect(to, 303);
    });
}

/** What every page of the editor shows. */
export const frameOf = (editor: Editor) => ({
  inspection: editor.seen.summary.title,
  id: editor.seen.id,
  back: editPath(editor),
});

/** More of what somebody else changes than this is read on their own page. */
const MAX_TITLES = 5;

/** Who else writes on the plan: who, what, since when. */
export function othersIn(editor: Editor) {
  const { facts } = editor.running;
  const readers = { facts, plans: [facts.inspection] };
  return editor.others.map((draft: PlanDraft) => ({
    ...draft,
    who: roleTitle(facts.authority, draft.role),
    titles: draft.edits.slice(0, MAX_TITLES).map((edit) => {
      const title =
        edit.kind === 'put' ? titleOfItem(readers, edit.what, edit.item) : titleIn(readers, edit.what, edit.id);
      return `${planItems(edit.what).title}: ${title}${edit.kind === 'withdraw' ? ' (to be withdrawn)' : ''}`;
    }),
    more: Math.max(0, draft.edits.length - MAX_TITLES),
  }));
}

/** Lines of the list on a page: more can't be read, nor loaded on a phone. */
const LINES_A_PAGE = 100;
/** Of the draft's changes so many stand at the top; the check page has all of them. */
const MAX_DRAFTED = 20;

/** Which part of the list, and which page of it, an address asks for: in its own words, or by something that stands there. */
function askedIn(context: Context<Env>, sections: readonly OutlineSection[]) {
  const query = listQuery(context);
  const { theme, kind, at = '' } = context.req.query();
  const keys = new Set(sections.map(({ key }) => key));
  const chosen = [`theme=${theme}`, `kind=${kind}`].find((key) => keys.has(key));
  const [what = '', id = ''] = at.split('/');
  const place = placeIn(sections, what, id);
  if (place === undefined) return { query, only: chosen, words: query.q ?? '' };
  const isOnePage = linesIn(sections) <= LINES_A_PAGE;
  const line = isOnePage ? place.inAll : place.inSection;
  const only = isOnePage ? undefined : place.section.key;
  return { query: { ...query, q: undefined, page: Math.floor(line / LINES_A_PAGE) + 1 }, only, words: '' };
}

function show(at: AtWork) {
  const { context, editor, standing } = at;
  const listing = listingOf(at);
  const { facts } = editor.running;
  const all = outlineOf(standing);
  const { query, only, words } = askedIn(context, all);
  const found = lookedFor(
    all,
    { only, words },
    { authority: facts.authority, themes: [...standing.plan.themes, ...standing.base.themes] },
  );
  const total = linesIn(found);
  const back = editPath(editor);
  const shownPage = { offset: (query.page - 1) * LINES_A_PAGE, limit: LINES_A_PAGE };
  const [name = '', value = ''] = only?.split('=') ?? [];
  return page(context, 'plan-edit.html', {
    title: 'Write the plan',
    ...frameOf(editor),
    notice: entryOf(DONE, context.req.query('done') ?? ''),
    revision: standing.revision,
    draft:
      editor.draft === undefined
        ? undefined
        : {
            ...editor.draft,
            n: editor.draft.edits.length,
            lines: draftedIn(listing, MAX_DRAFTED),
            more: Math.max(0, editor.draft.edits.length - MAX_DRAFTED),
          },
    others: othersIn(editor),
    words,
    only: only === undefined ? undefined : { name, value, title: all.find(({ key }) => key === only)?.title },
    choices: [
      { href: back, text: 'The whole plan', current: only === undefined },
      ...all.map(({ key, title, lines }) => ({
        href: `${back}?${key}`,
        text: `${title} (${lines.length})`,
        current: key === only,
      })),
    ],
    sections: listedSections(sectionsOnPage(found, shownPage), listing),
    total,
    pagination: pagination(back, { ...query, ...(name === '' ? {} : { [name]: value }) }, total, LINES_A_PAGE),
  });
}
