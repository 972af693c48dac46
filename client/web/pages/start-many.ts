import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { MilestonePages } from '../lists.ts';
import { page, rendered } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound, notYours, problemOf } from '../problems.ts';
import { renderTemplate } from '../render.ts';
import { startInspection } from '../../start-inspection.ts';
import { type Job, jobs } from '../start/jobs.ts';
import { readUpload, startableIn } from '../start/uploaded.ts';

const MAX_FILES = 200;
/** Where the page is cut: what is before goes out at once, what is after when all is done. */
const CUT = '<!-- progress -->';

/** Many inspections from their files at once, with progress: the page grows while they are started. */
export function startManyRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const running = jobs();
  return new Hono<Env>()
    .get('/start/many', (context) => {
      if (startableIn(context.get('session').person).length === 0)
        throw notYours('Managers and administrators start inspections.');
      return page(context, 'start-many.html', { title: 'Start many inspections', problems: [] });
    })
    .post('/start/many', async (context) => {
      const { person } = context.get('session');
      if (startableIn(person).length === 0) throw notYours('Managers and administrators start inspections.');
      const body = await context.req.parseBody({ all: true });
      const files = [body['files']].flat().filter((each): each is File => each instanceof File && each.size > 0);
      if (files.length === 0 || files.length > MAX_FILES)
        return page(
          context,
          'start-many.html',
          {
            title: 'Start many inspections',
            problems: [{ text: `Choose from 1 to ${MAX_FILES} files`, href: '#files' }],
          },
          422,
        );
      const texts = await Promise.all(files.map((file) => file.text()));
      const now = context.get('now');
      const job = running.begin(
        person.email,
        files.map((file) => file.name),
        async (index) => {
          const { start } = await readUpload(texts[index] ?? '', files[index]?.name ?? '', person, {
            register: parts.register,
            now,
          });
          return startInspection(parts, start);
        },
        (error) => {
          const problem = problemOf(error);
          if (problem === undefined) parts.onError(error instanceof Error ? error : new Error(String(error)));
          return problem?.detail ?? 'Something went wrong; nothing was started.';
        },
      );
      return context.redirect(`/start/many/${job.id}`, 303);
    })
    .get('/start/many/:job', (context) => {
      const job = running.find(context.req.param('job'), context.get('session').person.email);
      if (job === undefined) throw notFound();
      const [before = '', after = ''] = rendered(context, 'start-many-progress.html', {
        title: 'Starting inspections',
        total: job.items.length,
      }).split(CUT);
      context.header('Content-Type', 'text/html; charset=utf-8');
      return stream(context, async (out) => {
        await out.write(before);
        await tell(
          job,
          (text) => out.write(text).then(() => undefined),
          () => out.aborted,
        );
        pages.forget();
        await out.write(
          renderTemplate('start-many-report.html', {
            items: job.items,
            failed: job.items.filter((each) => each.state === 'failed'),
          }),
        );
        await out.write(after);
      });
    });
}

/** A line at each step forward, until all is done or nobody watches any more. */
async function tell(job: Job, write: (text: string) => Promise<void>, gone: () => boolean): Promise<void> {
  let told = -1;
  while (!gone()) {
    const done = job.done();
    if (done !== told) await write(renderTemplate('start-many-line.html', { done, total: job.items.length }));
    told = done;
    if (job.finished) return;
    await job.changed();
  }
}
