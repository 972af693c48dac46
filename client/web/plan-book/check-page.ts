import { roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Clash, Holds } from '../../../domain/revisions/rebased.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import { planItems } from '../../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { keptChoices } from '../../own-book/own-choices.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { reportInWords } from '../../plan-book/report-words.ts';
import { mustNameWhatIsThere } from '../../what-is-named.ts';
import { AGREED, MINUTE, REASON } from '../plan/why-fields.ts';
import { type FilledForm, type FormProblem, readForm, shownFields } from '../forms/form.ts';
import { draftIn, formIdOf, markOfShown, onceByForm, type SentFields, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AtPlan } from './at-plan.ts';
import { fieldLabel } from '../plan/field-labels.ts';
import { type Readers, titleIn, valueOf } from '../../../domain/revisions/values.ts';
import { changedItems } from '../plan/words.ts';
import { type BroughtBook, broughtBook, chosenReports, MAX_REPORTS, type SaidOfLines } from './brought.ts';

const RECORDED_WITHIN_MS = 5000;
/** More than this nobody reads; the rest is counted. */
const MAX_LISTED = 400;

/** A workbook that waits to be carried out, and what of it has been. */
export interface Kept {
  read: BookRead;
  done: string[];
  /** What was said when some of it had been carried out. */
  notice: string | undefined;
}

/** Where a plan's workbook goes out and comes back. */
export const bookPath = ({ seen }: AtPlan): string => `/inspections/${seen.id}/plan/workbook`;

/** Undefined where none waits. */
export function keptIn({ book, done = [], notice }: Typed): Kept | undefined {
  if (typeof book !== 'string') return undefined;
  return {
    read: JSON.parse(book) as BookRead,
    done: [done].flat(),
    notice: typeof notice === 'string' ? notice : undefined,
  };
}

const namesIn = (fields: SentFields, name: string): Set<string> =>
  new Set([fields[name] ?? []].flat().filter((each): each is string => typeof each === 'string'));

const saidIn = (fields: SentFields, { name }: Clash): Holds | undefined =>
  (['yours', 'theirs'] as const).find((each) => each === textIn(fields, name));

const saidBy = (fields: SentFields, { done }: Kept): SaidOfLines => ({
  leave: namesIn(fields, 'leave'),
  also: namesIn(fields, 'also'),
  done: new Set(done),
  holds: (clash) => saidIn(fields, clash),
});

const NOTHING: FilledForm = { values: {}, typed: {}, problems: [] };

const lookedAt = ({ context, parts, seen, plan }: AtPlan, kept: Kept, fields: SentFields): Promise<BroughtBook> =>
  broughtBook(
    parts,
    { read: kept.read, plan, membership: seen.membership, email: context.get('session').person.email },
    saidBy(fields, kept),
  );

const fieldsOf = ({ looked, reviser }: BroughtBook) =>
  looked.changes.length === 0 || reviser === undefined
    ? []
    : [REASON, MINUTE, ...(looked.needsAgreement ? [AGREED] : [])];

/** Of what is shown: nothing else is carried out by its button. */
const markOf = ({ plan }: AtPlan, kept: Kept): string =>
  markOfShown({ book: JSON.stringify(kept.read), done: kept.done, revision: String(revisionOf(plan.facts)) });

/** What a workbook would change and report, and what of it is to be carried out. */
export async function showBook(at: AtPlan, form: string, kept: Kept, fields: SentFields = {}, filled = NOTHING) {
  const { context, seen, plan } = at;
  const { facts } = plan;
  const { authority, inspection } = facts;
  const brought = await lookedAt(at, kept, fields);
  const { read, all, looked, reports, reviser } = brought;
  const after = planWith(inspection, all.edits);
  const readers: Readers = { facts, plans: [after, inspection] };
  const leave = namesIn(fields, 'leave');
  const items = changedItems(readers, changesOf(inspection, all.edits), after).map((item) => {
    const name = `${item.what}/${item.id}`;
    const edit = read.edits.find((each) => each.name === name);
    return {
      ...{ ...item, name, isLeft: leave.has(name) },
      cells:
        edit === undefined
          ? []
          : [...new Set([...Object.values(edit.cells), ...(item.kind === 'change' ? [] : [edit.at])])],
      problems: looked.problems
        .filter(({ what, id }) => what === item.what && id === item.id)
        .map(({ problem }) => problem),
    };
  });
  const listed = new Set(items.map(({ name }) => name));
  const problems: FormProblem[] = [
    ...filled.problems,
    ...(looked.refusal === undefined ? [] : [{ text: looked.refusal }]),
    ...looked.problems.map(({ what, id, problem }) => ({
      text: `${planItems(what).title} “${titleIn(readers, what, id)}”: ${problem}`,
      ...(listed.has(`${what}/${id}`) ? { href: `#${what}-${id}` } : {}),
    })),
  ];
  const shownReports = reports.map(({ report, overtaken, refused }) => ({
    ...{ name: report.name, title: report.title, at: report.at, overtaken, refused },
    words: reportInWords(report, facts),
    isLeft: leave.has(report.name),
    isAlso: namesIn(fields, 'also').has(report.name),
  }));
  const told = new Map<string, string[]>();
  for (const { role, about } of looked.told) told.set(role, [...(told.get(role) ?? []), about]);
  return page(
    context,
    'plan-workbook-check.html',
    {
      title: 'Look at what the workbook changes',
      ...{ id: seen.id, inspection: seen.summary.title, problems, notice: kept.notice, form },
      ...{ action: `${bookPath(at)}/confirm?form=${form}`, back: bookPath(at) },
      ...{
        made: read.sent,
        own: read.own !== undefined,
        asBefore: read.own !== undefined && keptChoices(read.own.chosen) !== undefined,
        revision: revisionOf(facts),
        notes: read.notes,
        unusable: read.problems,
      },
      ...{ items: items.slice(0, MAX_LISTED), more: Math.max(0, items.length - MAX_LISTED) },
      ...{ reports: shownReports.slice(0, MAX_LISTED), moreReports: Math.max(0, shownReports.length - MAX_LISTED) },
      mayRevise: reviser !== undefined,
      lost: all.lost.map((each) => ({ ...each, word: planItems(each.what).title })),
      clashes: all.clashes.map((clash, index) => clashShown(clash, index, readers, fields)),
      moves: looked.moves.slice(0, MAX_LISTED),
      told: [...told].map(([role, about]) => ({ who: roleTitle(authority, role), about })),
      warnings: looked.warnings,
      today: localDate(context.get('now')),
      fields: shownFields(fieldsOf(brought), { typed: filled.typed, problems: filled.problems }),
      mark: markOf(at, kept),
      isNothing: items.length === 0 && all.clashes.length === 0 && reports.length === 0,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

function clashShown(clash: Clash, index: number, readers: Readers, fields: SentFields) {
  const { what, field } = clash;
  const value = (each: unknown) => (field === undefined ? '' : valueOf(readers, what, field, each));
  return {
    ...{ name: clash.name, title: clash.title, anchor: `clash-${index + 1}`, word: planItems(what).title },
    said: saidIn(fields, clash) ?? 'theirs',
    label: field === undefined ? 'The workbook withdraws it, and others have changed it' : fieldLabel(what, field),
    yours: field === undefined ? 'It is withdrawn' : value(clash.yours),
    theirs: field === undefined ? 'It stays in the plan, as they have changed it' : value(clash.theirs),
  };
}

/** Carries out what was chosen: one revision, and each report by itself; what was taken is kept as done. */
export async function carryOutBook(at: AtPlan, fields: SentFields): Promise<Response> {
  const { context, parts, pages, seen, plan } = at;
  const form = formIdOf(context, parts);
  const kept = keptIn((await draftIn(context, parts)) ?? {});
  if (kept === undefined) return context.redirect(bookPath(at), 303);
  const to = `${bookPath(at)}?form=${form}&check=yes`;
  const brought = await lookedAt(at, kept, fields);
  const { looked, reviser } = brought;
  const filled = readForm(fieldsOf(brought), fields);
  if (textIn(fields, 'shown') !== markOf(at, kept)) filled.problems.push({ text: OTHERWISE });
  const isRevision = looked.changes.length > 0 && reviser !== undefined;
  if (isRevision && (looked.problems.length > 0 || looked.refusal !== undefined))
    filled.problems.push({
      text: 'It can’t be carried out like this. Leave out what is marked, or correct it in the workbook',
    });
  const chosen = chosenReports(brought, saidBy(fields, kept)).slice(0, MAX_REPORTS);
  if (filled.problems.length === 0 && !isRevision && chosen.length === 0)
    filled.problems.push({ text: 'Nothing is left that could be carried out' });
  if (filled.problems.length > 0) return showBook(at, form, kept, fields, filled);
  const { email } = context.get('session').person;
  const done: string[] = [];
  const said: string[] = [];
  if (isRevision) {
    const { reason, minute, agreedBy } = filled.values;
    const payload = {
      ...{ edits: brought.over.edits, expect: revisionOf(plan.facts), reason: String(reason) },
      ...(typeof minute === 'string' ? { minute } : {}),
      ...(typeof agreedBy === 'string' ? { agreedBy } : {}),
    };
    try {
      await onceByForm(context, parts, { what: 'revise', request: payload }, async (updateId) => {
        await mustNameWhatIsThere(parts.register, seen.id, 'revise', payload);
        const options = updateId === undefined ? {} : { updateId };
        const { seq } = await parts.engine.command(seen.id, 'revise', payload, { id: email, role: reviser }, options);
        await parts.register.reached(seen.summary.authority, seen.summary.reference, seq, RECORDED_WITHIN_MS);
        return String(payload.expect + 1);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return showBook(at, form, kept, fields, { ...filled, problems: [{ text: error.message }] });
    }
    said.push(`The plan is at revision ${payload.expect + 1}.`);
  }
  done.push(...kept.read.edits.map(({ name }) => name));
  const refused: string[] = [];
  let taken = 0;
  for (const { report, role } of chosen) {
    const { name, command, payload, title } = report;
    try {
      await onceByForm(context, parts, { what: name, request: payload }, async (updateId) => {
        const options = updateId === undefined ? {} : { updateId };
        return String((await parts.engine.command(seen.id, command, payload, { id: email, role }, options)).seq);
      });
      taken++;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(`${title}: not taken. ${error.message}`);
    }
  }
  // What was left out is not asked about again; what was too much at once is.
  const later = chosenReports(brought, saidBy(fields, kept))
    .slice(MAX_REPORTS)
    .map(({ report }) => report.name);
  done.push(...brought.reports.map(({ report }) => report.name).filter((name) => !later.includes(name)));
  if (taken > 0) said.push(taken === 1 ? 'One report is on record.' : `${taken} reports are on record.`);
  pages.forget();
  const typed: Typed = {
    ...{ book: JSON.stringify(kept.read), done: [...kept.done, ...done], notice: [...said, ...refused].join(' ') },
  };
  await parts.register.board.keepDraft({ form, typed, now: context.get('now') });
  return context.redirect(to, 303);
}

const OTHERWISE =
  'The plan has changed since this page was opened, or another workbook was brought by it. Nothing was carried out: look at what changes now, and press once more';
