import { Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { strandOwner } from '../../../domain/facts/facts.ts';
import { putting, type Step, withdrawing } from '../../../domain/revisions/steps.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import { PROMISED_STRANDS } from '../../../domain/schemas/promise.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import { type FilledForm, type FormField, readForm, shownFields } from '../forms/form.ts';
import { draftIn, shownAgain } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { type AtWork, editPath, keepStep, opened, received, STALE } from '../plan/at.ts';
import { officerOptions } from '../plan/choices.ts';
import { notAmongChoices } from '../plan/item-forms.ts';
import { frameOf } from './plan-edit.ts';

const PATH = '/inspections/:authority/:reference/plan/edit/owners';

/** The kinds of duties of which the plan says whose they are, where nothing else says it. */
const OWNED: readonly StrandName[] = [...PROMISED_STRANDS, 'call-in-window'];

/** Whose duties each kind is, all on one form: each kind's own role, or the one that has them where nobody is named. */
export function planOwnersRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, (context) =>
      opened(context, parts, async (at) => {
        const draft = await draftIn(context, parts);
        return show(at, {
          typed: draft === undefined ? { ...at.standing.plan.owners } : shownAgain(draft),
          problems: [],
        });
      }),
    )
    .post(PATH, (context) =>
      received(context, parts, (sent) => {
        const fields = fieldsOf(sent);
        const filled = readForm(fields, sent.fields);
        filled.problems.push(...notAmongChoices(fields, filled.values), ...(sent.isStale ? [STALE] : []));
        if (filled.problems.length > 0) return show(sent, filled);
        const to = `${editPath(sent.editor)}?done=kept&kind=owner`;
        return keepStep(parts, sent, { step: stepOf(filled.values), to });
      }),
    );
}

const fieldsOf = ({ editor, standing }: AtWork): FormField[] => {
  const { authority, inspection } = editor.running.facts;
  return OWNED.map((strand) => {
    const { [strand]: _named, ...others } = inspection.owners;
    const otherwise = strandOwner({ authority, inspection: { ...inspection, owners: others } }, strand);
    const first = `Nobody named: ${roleTitle(authority, otherwise)} has them`;
    return {
      ...{ name: strand, kind: 'choice', label: strandTitle(strand, authority), optional: true },
      choices: officerOptions(authority, first, standing.plan.owners[strand]),
    };
  });
};

const stepOf =
  (values: FilledForm['values']): Step =>
  (plan, base) =>
    OWNED.reduce((rest, strand) => {
      const role = values[strand];
      return typeof role === 'string' && role !== ''
        ? putting('owner', { strand, role })(rest, base)
        : withdrawing('owner', strand)(rest, base);
    }, plan);

function show(at: AtWork, { typed, problems }: Pick<FilledForm, 'typed' | 'problems'>) {
  const { context, editor, standing } = at;
  return page(
    context,
    'plan-owners.html',
    {
      ...{ title: 'Say whose duties each kind is', problems },
      ...frameOf(editor),
      action: `${editPath(editor)}/owners`,
      revision: standing.revision,
      fields: shownFields(fieldsOf(at), { typed, problems }),
    },
    problems.length > 0 ? 422 : 200,
  );
}
