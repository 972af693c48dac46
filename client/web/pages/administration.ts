import { type Context, Hono } from 'hono';
import { periodInWords, RETENTION } from '../../../domain/retention.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { authorityText } from '../../files/authority-text.ts';
import { FileProblems, linesWrong } from '../../files/file-problems.ts';
import type { BroughtFiles } from '../administration/brought-files.ts';
import { bringFile } from '../administration/carry-out.ts';
import { administered, administeredBy, type Council } from '../administration/council.ts';
import { firstSteps } from '../administration/first-steps.ts';
import { electionsPage } from '../administration/elections-page.ts';
import { integrationsPage } from '../administration/integrations-page.ts';
import { historyList, peopleList } from '../administration/lists.ts';
import { rulesPage } from '../administration/rules-page.ts';
import { type SectionName, SECTIONS } from '../administration/sections.ts';
import { shownOf } from '../administration/shown.ts';
import { bodiesPage, partnersPage, ratingsPage, settingsPage, type TablePage } from '../administration/tables.ts';
import { draftIn, onceByForm, sentForm, shownAgain, textIn, toCheckOf } from '../forms/sent.ts';
import { leftOutOf } from '../left-out.ts';
import { page, type Shown } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { textOfFile } from '../start/text-of-file.ts';
import { daysPage } from './administration-days.ts';
import { holdersIn } from './administration-keys.ts';
import { standingsOf } from './administration-webhooks.ts';
import { hearings } from './administration-parts.ts';
import { showTemplate } from './administration-template.ts';

const CHANGES_PER_PAGE = 20;
/** How a file is named that has no name of its own. */
const PASTED = 'authority.yaml';

/** What an administrator sees of a council: a page for each part of what it has on file. */
export function administrationRoutes(parts: AppParts, brought: BroughtFiles): Hono<Env> {
  const routes = new Hono<Env>();
  const { board } = parts.register;
  for (const [path, shown] of Object.entries(sectionPages(parts)))
    routes.get(`/administration/:authority/${path}`, async (context) =>
      shown(context, await administered(context, parts)),
    );
  return routes
    .get('/administration', (context) => {
      const [first, ...others] = administeredBy(context.get('session').person);
      if (first !== undefined && others.length === 0)
        return context.redirect(`/administration/${first.authority.id}`, 303);
      const councils = [first, ...others].flatMap((each) => each?.authority ?? []);
      return page(context, 'administration.html', { title: 'Administration', name: 'Your councils', councils });
    })
    .get('/administration/:authority', async (context) => {
      const council = await administered(context, parts);
      const { authority, home } = council;
      const which = { authorities: [authority.id] };
      const { total } = await board.inspections(context.get('now'), which, { offset: 0, limit: 0 });
      const shown = {
        steps: total === 0 ? firstSteps(council) : [],
        title: 'Administration',
        name: authority.name,
        home,
        sections: namesOf(SECTIONS).map((path) => ({ path, ...SECTIONS[path] })),
      };
      return page(context, 'administration.html', shown);
    })
    .get('/administration/:authority/file/:name{.+\\.yaml}', async (context) => {
      const { authority, keptAt } = await administered(context, parts);
      if (context.req.param('name') !== `${authority.id}.yaml`) throw notFound();
      const head = `${authority.name}, as of ${formatInstant(keptAt)}`;
      return context.body(authorityText(authority, head), 200, {
        'Content-Type': 'application/yaml; charset=utf-8',
        'Content-Disposition': `attachment; filename="${authority.id}.yaml"`,
      });
    })
    .post('/administration/:authority/file', async (context) => {
      const council = await administered(context, parts);
      const fields = await sentForm(context);
      const pasted = textIn(fields, 'text');
      try {
        const given = fields['file'] instanceof File && fields['file'].size > 0 ? fields['file'] : undefined;
        const text = given === undefined ? pasted : await textOfFile(given);
        if (text.trim() === '')
          return await fileOf(context, council, [{ text: 'Choose a file, or paste one', href: '#file' }]);
        const read = await brought.authority(text, given?.name ?? PASTED);
        const path = `${council.home}/do/file`;
        return await toCheckOf(context, parts, path, { file: JSON.stringify(read) });
      } catch (error) {
        if (!(error instanceof FileProblems)) throw error;
        const said = linesWrong(error).map((text) => ({ text, href: '#text' }));
        return fileOf(context, council, said, pasted);
      }
    })
    .post('/administration/:authority/tell', async (context) => {
      const { authority, actor, home } = await administered(context, parts);
      await sentForm(context);
      const to = await onceByForm(context, parts, { what: '' }, async () => {
        const { told, left } = await bringFile(parts, authority.id, actor);
        return `${home}/file?done=tell&told=${told}&left=${left}`;
      });
      return context.redirect(to, 303);
    });
}

type SectionPage = (context: Context<Env>, council: Council) => Response | Promise<Response>;

/** The page of each part. */
function sectionPages(parts: AppParts): Record<SectionName, SectionPage> {
  const { board } = parts.register;
  const tableOf =
    (made: (council: Council) => TablePage | Promise<TablePage>): SectionPage =>
    async (context, council) =>
      show(context, council, 'administration-table.html', { ...(await made(council)) });
  return {
    async people(context, council) {
      const { id } = council.authority;
      const [loads, leftOut] = await Promise.all([
        board.waiting.loads(context.get('now'), [id]),
        leftOutOf(parts, context.get('now'), [id]),
      ]);
      const groups = peopleList(council, loads);
      return show(context, council, 'administration-people.html', { title: SECTIONS.people.title, groups, leftOut });
    },
    bodies: tableOf(bodiesPage),
    days: tableOf((council) => daysPage(parts, council)),
    elections: tableOf(electionsPage),
    rules: (context, council) => show(context, council, 'administration-rules.html', { ...rulesPage(council) }),
    settings: tableOf(settingsPage),
    ratings: tableOf(ratingsPage),
    partners: tableOf(partnersPage),
    'word-template': (context, council) => showTemplate(parts, context, council),
    integrations: tableOf(async (council) => {
      const { id } = council.authority;
      const [webhooks, mail, keys, feed] = await Promise.all([
        standingsOf(parts.register, council.authority),
        board.mailStanding(id),
        board.keysIn(id, holdersIn(council)),
        parts.register.keptFeed(),
      ]);
      return integrationsPage(council, { joined: parts.joined, mail, keys, feed, webhooks });
    }),
    'who-hears': (context, council) => hearings(parts, context, council),
    async file(context, council) {
      const { text = '' } = shownAgain((await draftIn(context, parts)) ?? {});
      return fileOf(context, council, [], text);
    },
    async history(context, council) {
      const asked = Number(context.req.query('page') ?? 1);
      const n = Number.isSafeInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
      const found = await board.authorityChanges(council.authority.id, {
        limit: CHANGES_PER_PAGE + 1,
        offset: (n - 1) * CHANGES_PER_PAGE,
      });
      return show(context, council, 'administration-history.html', {
        title: SECTIONS.history.title,
        changes: historyList(found.slice(0, CHANGES_PER_PAGE)),
        older: found.length > CHANGES_PER_PAGE ? n + 1 : undefined,
        kept: periodInWords(RETENTION['authority-change'].ms),
      });
    },
  };
}

function fileOf(context: Context<Env>, council: Council, problems: { text: string; href?: string }[] = [], text = '') {
  const { authority, keptAt } = council;
  return show(context, council, 'administration-file.html', {
    ...{ title: SECTIONS.file.title, id: authority.id, keptAt, problems, text },
  });
}

/** A page of a council's, with what was done by the form that led here. */
function show(context: Context<Env>, council: Council, template: string, shown: Shown) {
  const hasProblems = Array.isArray(shown['problems']) && shown['problems'].length > 0;
  return page(context, template, { ...shownOf(context, council), ...shown }, hasProblems ? 422 : 200);
}
