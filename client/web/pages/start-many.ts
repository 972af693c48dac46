import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { MilestonePages } from '../lists.ts';
import { formIdIn, sentForm, sentOtherwise } from '../forms/sent.ts';
import { NameTaken } from '../once.ts';
import { page, rendered } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, problemOf } from '../problems.ts';
import { renderTemplate } from '../render.ts';
import { startInspection } from '../../start-inspection.ts';
import { type Job, jobs } from '../start/jobs.ts';
import { mustBeStarter } from '../start/startable.ts';
import { textOfFile } from '../start/text-of-file.ts';

const MAX_FILES = 200;
/** Where the page is cut: what is before goes out at once, what is after when all is done. */
const CUT = '<!-- progress -->';

/** Many inspections from their files at once, with progress: the page grows while they are started. */
export function startManyRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const running = jobs();
  return new Hono<Env>()
    .get('/start/many', (context) => {
      mustBeStarter(context.get('session').person);
      return page(context, 'start-many.html', { title: 'Start many inspections', problems: [] });
    })
    .post('/start/many', async (context) => {
      const { person } = context.get('session');
      mustBeStarter(person);
      const files = [(await sentForm(context))['files'] ?? []]
        .flat()
        .filter((each): each is File => each instanceof File && each.size > 0);
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
      const now = context.get('now');
      const asked = { email: person.email, form: formIdIn(context, parts), request: await markOf(files) };
      const job = beginning(() =>
        running.begin(
          asked,
          files.map((file) => file.name),
          async (index) => {
            const file = files[index];
            if (file === undefined) throw new Error('a file is gone');
            const { start } = await parts.uploads.read(await textOfFile(file), file.name, person, now);
            return startInspection(parts, start);
          },
          (error) => {
            const problem = problemOf(error);
            if (problem === undefined) parts.onError(error instanceof Error ? error : new Error(String(error)));
            return problem?.detail ?? 'Something went wrong; nothing was started.';
          },
        ),
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

/** Tells these files from any others: their names, and what is in them. */
async function markOf(files: readonly File[]): Promise<string> {
  const mark = createHash('sha256');
  for (const file of files) {
    const bytes = Buffer.from(await file.arrayBuffer());
    mark.update(`${JSON.stringify([file.name, bytes.length])}\n`).update(bytes);
  }
  return mark.digest('base64url');
}

/** @throws PageProblem 409 where the form was sent before with other files: they would not be carried out, and nobody would know */
function beginning(begin: () => Job): Job {
  try {
    return begin();
  } catch (error) {
    throw error instanceof NameTaken ? sentOtherwise() : error;
  }
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
