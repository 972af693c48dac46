import { type Context, Hono } from 'hono';
import { FileProblems } from '../../files/file-problems.ts';
import { stream } from 'hono/streaming';
import type { MilestonePages } from '../lists.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { draftIn, formIdIn, formIdOf, markOfShown, sentForm, sentOtherwise, textIn } from '../forms/sent.ts';
import { NameTaken } from '../once.ts';
import { page, rendered } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { detailOf, notFound } from '../problems.ts';
import { renderTemplate } from '../render.ts';
import { startInspection } from '../../start-inspection.ts';
import { type Job, jobs } from '../start/jobs.ts';
import { checkMany, isGood } from '../start/check-many.ts';
import { mustBeStarter } from '../start/startable.ts';
import { textOfFile } from '../start/text-of-file.ts';
import type { GivenFile } from '../start/uploads.ts';

const MAX_FILES = 200;
const NOT_TEXT = 'It is not text saved as UTF-8: save it so, and choose it again.';
/** Where the page is cut: what is before goes out at once, what is after when all is done. */
const CUT = '<!-- progress -->';

/** Many inspections from their files at once, with progress: the page grows while they are started. */
export function startManyRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const running = jobs();
  return new Hono<Env>()
    .get('/start/many', async (context) => {
      mustBeStarter(context.get('session').person);
      const draft = context.req.query('check') === 'yes' ? await draftIn(context, parts) : undefined;
      if (draft !== undefined) return checked(parts, context, draft);
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
      const form = formIdOf(context, parts);
      await parts.register.board.keepDraft({ form, typed: await typedOf(files), now: context.get('now') });
      return context.redirect(`/start/many?form=${form}&check=yes`, 303);
    })
    .post('/start/many/confirm', async (context) => {
      const { person } = context.get('session');
      mustBeStarter(person);
      const sent = await sentForm(context);
      const [shown, good] = [textIn(sent, 'shown'), textIn(sent, 'good')];
      const draft = (await draftIn(context, parts)) ?? {};
      // Those alone that were shown as good: what was wrong then is not started, whatever it is now.
      const wanted = new Set(good.split(' '));
      const files = filesIn(draft).files.filter((_file, index) => wanted.has(String(index)));
      if (files.length === 0 || markOfShown({ ...draft, good }) !== shown) throw sentOtherwise();
      const now = context.get('now');
      const asked = { email: person.email, form: formIdIn(context, parts), request: shown };
      const job = beginning(() =>
        running.begin(
          asked,
          files.map((file) => file.name),
          async (index) => {
            const file = files[index];
            if (file === undefined) throw new Error('a file is gone');
            return startInspection(parts, await parts.uploads.read('start', file, { person, now }));
          },
          (error) => detailOf(error, parts.onError, 'Something went wrong; nothing was started.'),
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

/** What would follow from each file, with progress: the page grows while they are read. */
function checked(parts: AppParts, context: Context<Env>, draft: Typed) {
  const { files, unread } = filesIn(draft);
  const { session } = context.var;
  const [before = '', after = ''] = rendered(context, 'start-many-check.html', {
    title: 'Check before you start',
    total: files.length + unread.length,
  }).split(CUT);
  const about = { person: session.person, now: context.get('now') };
  context.header('Content-Type', 'text/html; charset=utf-8');
  return stream(context, async (out) => {
    await out.write(before);
    const all = await checkMany(parts, files, about, {
      async done(n) {
        await out.write(renderTemplate('start-many-line.html', { done: n, total: files.length }));
      },
      gone: () => out.aborted,
    });
    if (out.aborted) return;
    const good = all.flatMap((each, index) => (isGood(each) ? [String(index)] : [])).join(' ');
    const startable = all.filter(isGood);
    const hear = [...new Set(startable.map(({ ownersHear }) => ownersHear))];
    const shown = {
      good: startable,
      ownersHear: hear.length === 1 ? hear[0] : 'by mail as soon as their council’s sending hours let it go',
      indexes: good,
      wrong: [...unread.map((name) => ({ name, problems: [NOT_TEXT] })), ...all.filter((each) => !isGood(each))],
      action: `/start/many/confirm?form=${context.req.query('form') ?? ''}`,
      formToken: session.formToken,
      mark: markOfShown({ ...draft, good }),
    };
    await out.write(renderTemplate('start-many-checked.html', shown));
    await out.write(after);
  });
}

/** Files as they are kept until they are confirmed; of one that is no text, its name and what is wrong with it. */
async function typedOf(files: readonly File[]): Promise<Typed> {
  const kept: Record<'names' | 'texts' | 'unread', string[]> = { names: [], texts: [], unread: [] };
  for (const file of files)
    try {
      kept.texts.push(await textOfFile(file));
      kept.names.push(file.name);
    } catch (error) {
      if (!(error instanceof FileProblems)) throw error;
      kept.unread.push(file.name);
    }
  return kept;
}

/** The files of what was kept; none where nothing was. */
function filesIn({ names = [], texts = [], unread = [] }: Typed): { files: GivenFile[]; unread: string[] } {
  const given = [texts].flat();
  return {
    files: [names].flat().map((name, index) => ({ name, text: given[index] ?? '' })),
    unread: [unread].flat(),
  };
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
