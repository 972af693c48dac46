import { Hono } from 'hono';
import { formNamed } from '../forms/command-form.ts';
import { actingRole } from '../forms/offered.ts';
import { questionTexts } from '../../question-texts.ts';
import { tabsOf } from '../inspection/tabs.ts';
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
      const { rows, total, leftOut } = await openInspections(
        parts,
        context.get('session').person,
        context.get('now'),
        query.page,
      );
      const { views, silent } = await viewsOf(parts, rows);
      return page(context, 'questions.html', {
        title: 'Questions',
        inspections: await Promise.all(
          views.map(async (each) => ({
            ...each,
            questions: await questionTexts(parts.register, each.id, each.view.questions),
          })),
        ),
        ...{ silent, leftOut },
        pagination: pagination('/questions', query, total, INSPECTIONS_A_PAGE),
      });
    })
    .get('/inspections/:authority/:reference/questions', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      const { questions, milestones } = running.view;
      const texts = await questionTexts(parts.register, seen.id, questions);
      return page(context, 'inspection-questions.html', {
        title: 'Questions',
        ...seen,
        tabs: tabsOf(seen, 'questions', { runs: true }),
        questions: texts.map((each) => {
          const duty = milestones.find((one) => one.id === `member-briefings/question-${each.id}`);
          return {
            ...each,
            due: duty?.due,
            mayWithdraw: actingRole(seen.membership, running, 'withdrawQuestion', each.id).possible,
            mayAnswer: actingRole(seen.membership, running, 'answer', each.id).possible,
          };
        }),
        mayAsk: actingRole(seen.membership, running, 'ask').possible,
        notice: formNamed(context.req.query('done'))?.done,
      });
    });
}
