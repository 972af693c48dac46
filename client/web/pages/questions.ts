import { Hono } from 'hono';
import { actingRole } from '../forms/milestone-forms.ts';
import { INSPECTION_FORMS } from '../forms/inspection-forms.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, pagination } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import { viewsOf } from '../views.ts';
import { INSPECTIONS_A_PAGE, openInspections } from './decisions.ts';

/** Members' questions, and the answers that all members get. */
export function questionRoutes(parts: WebParts): Hono<Env> {
  return new Hono<Env>()
    .get('/questions', async (context) => {
      const query = listQuery(context);
      const { rows, total } = await openInspections(
        parts,
        context.get('session').person,
        context.get('now'),
        query.page,
      );
      const views = await viewsOf(parts, rows);
      return page(context, 'questions.html', {
        title: 'Questions',
        inspections: views.map((each) => ({ ...each, questions: each.view.questions })),
        pagination: pagination('/questions', query, total, INSPECTIONS_A_PAGE),
      });
    })
    .get('/inspections/:authority/:reference/questions', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      const { questions, milestones } = running.view;
      const open = seen.summary.status === 'open';
      return page(context, 'inspection-questions.html', {
        title: 'Questions',
        ...seen,
        questions: questions.map((each) => {
          const duty = milestones.find((one) => one.id === `member-briefings/question-${each.id}`);
          return {
            ...each,
            due: duty?.due,
            mayAnswer: open && actingRole(seen.membership, running.facts, 'answer', duty).permitted,
          };
        }),
        mayAsk: open && actingRole(seen.membership, running.facts, 'ask').permitted,
        notice: INSPECTION_FORMS.find((form) => form.name === context.req.query('done'))?.done,
      });
    });
}
