import { Hono } from 'hono';
import { actingRole } from '../forms/offered.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import { editsBetween } from '../../../domain/revisions/edits.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { planAt, type PlanRevision, planRevisions } from '../../plan/plan-revisions.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import type { Readers } from '../../../domain/revisions/values.ts';
import { changedItems } from '../plan/words.ts';
import type { Context } from 'hono';

const I = '/inspections/:authority/:reference/plan';

/** What a plan that names no list of its own has of it. */
const NOTHING: Partial<PlanPart> = { approvals: [], measures: [] };

/** The revisions of a plan: all of them, one in words, and two side by side; and the page after a start, on which a plan is begun. */
export function planRevisionRoutes(parts: AppParts): Hono<Env> {
  const seenPlan = async (context: Context<Env>) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const { facts } = running;
    const present = revisionOf(facts);
    const revisions = await planRevisions(parts.register, seen.id, running.state);
    const frame = { inspection: seen.summary.title, id: seen.id };
    const mayWrite = actingRole(seen.membership, running, 'revise').possible;
    return { frame, facts, running, revisions, present, mayWrite };
  };
  return new Hono<Env>()
    .get(`${I}/revisions`, async (context) => {
      const { frame, facts, running, revisions, present, mayWrite } = await seenPlan(context);
      const first = { revision: 1, on: localDate(running.view.startedAt), reason: 'The plan of the start' };
      return page(context, 'plan-revisions.html', {
        title: 'Revisions of the plan',
        ...frame,
        ...{ present, mayWrite },
        revisions: [
          ...revisions.map((each) => ({
            ...each,
            on: localDate(each.at),
            who: roleTitle(facts.authority, each.role),
            n: new Set(each.changes.map(({ what, id }) => `${what} ${id}`)).size,
          })),
          first,
        ].toSorted((one, other) => other.revision - one.revision),
        numbers: numbersTo(present),
      });
    })
    .get(`${I}/revisions/compare`, async (context) => {
      const { frame, facts, revisions, present } = await seenPlan(context);
      const [from, to] = [numberIn(context, 'from', 1, present), numberIn(context, 'to', present, present)];
      const [before, after] = [planAt(facts, revisions, from), planAt(facts, revisions, to)];
      const changes = changesOf(before, editsBetween(before, { ...NOTHING, ...after }));
      const readers: Readers = { facts, plans: [after, before] };
      return page(context, 'plan-compare.html', {
        title: `Revisions ${from} and ${to} compared`,
        ...frame,
        ...{ from, to, present },
        items: changedItems(readers, changes, after),
        numbers: numbersTo(present),
      });
    })
    .get(`${I}/revisions/:number`, async (context) => {
      const { frame, facts, revisions, present } = await seenPlan(context);
      const number = Number(context.req.param('number'));
      const revision = revisions.find((each) => each.revision === number);
      if (revision === undefined) throw notFound();
      const readers = readersOf(facts, revisions, number);
      return page(context, 'plan-revision.html', {
        title: `Revision ${number}`,
        ...frame,
        notice: context.req.query('done') === 'revise' ? 'The plan is revised.' : undefined,
        revision: { ...revision, who: roleTitle(facts.authority, revision.role) },
        items: changedItems(readers, revision.changes, readers.plans[0] ?? facts.inspection),
        present,
      });
    })
    .get(`${I}/begin`, async (context) => {
      const { frame, mayWrite } = await seenPlan(context);
      return page(context, 'plan-begin.html', {
        title: 'Write the plan now, or later',
        ...frame,
        mayWrite,
        notice: context.req.query('done') === 'started' ? 'The inspection has been started.' : undefined,
      });
    });
}

const numbersTo = (present: number): number[] => Array.from({ length: present }, (_, index) => present - index);

/** A revision that the address names; the other where it names none that there is. */
function numberIn(context: Context<Env>, name: string, otherwise: number, present: number): number {
  const n = Number(context.req.query(name));
  return Number.isSafeInteger(n) && n >= 1 && n <= present ? n : otherwise;
}

/** The plans in which a revision's things have their titles: after it, where that is known still, and before. */
function readersOf(facts: Readers['facts'], revisions: PlanRevision[], number: number): Readers {
  const known = [number, number - 1].flatMap((each) => {
    try {
      return [planAt(facts, revisions, each)];
    } catch {
      return [];
    }
  });
  return { facts, plans: [...known, facts.inspection] };
}
