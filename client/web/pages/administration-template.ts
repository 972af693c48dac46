import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { namesOf } from '../../../domain/closed-table.ts';
import { TEMPLATE_FIELDS } from '../../../domain/documents/template-fields.ts';
import { sizeInWords } from '../../../domain/evidence/kinds.ts';
import { periodInWords, RETENTION } from '../../../domain/retention.ts';
import { inShort } from '../../../domain/in-short.ts';
import { exampleTemplate } from '../../documents/template/example.ts';
import { TEMPLATE_LIMITS } from '../../documents/template/unfit.ts';
import { administered, type Council } from '../administration/council.ts';
import { SECTIONS } from '../administration/sections.ts';
import { shownOf } from '../administration/shown.ts';
import { templateUploads, type TemplateUploads } from '../administration/template-uploads.ts';
import { WORD_TYPE } from '../documents/document-routes.ts';
import { download } from '../evidence/download.ts';
import { onceByForm, sentApart, sentForm } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

const PATH = '/administration/:authority/word-template';
/** What a name of a file may have of letters. */
const MAX_NAME = 120;

/** The council's own Word template: looked at when it is put in place, had again, taken away, and its earlier ones. */
export function administrationTemplateRoutes(parts: AppParts): Hono<Env> {
  const { templates } = parts.register;
  const uploads = templateUploads();
  return new Hono<Env>()
    .get(`${PATH}/example`, async (context) => {
      await administered(context, parts);
      const content = Buffer.from(await exampleTemplate());
      return download({ name: 'template-to-begin-with.docx', type: WORD_TYPE, content });
    })
    .get(`${PATH}/files/:number{[0-9]{1,6}}`, async (context) => {
      const { authority } = await administered(context, parts);
      const kept = await templates.find(authority.id, Number(context.req.param('number')));
      if (kept === null) throw notFound();
      return download({ name: kept.name, type: WORD_TYPE, content: kept.content });
    })
    .post(PATH, async (context) => brought(parts, uploads, context, await administered(context, parts)))
    .post(`${PATH}/take-away`, async (context) => {
      const { authority, actor, home } = await administered(context, parts);
      await sentForm(context);
      const to = await onceByForm(context, parts, { what: 'take away' }, async () => {
        const kept = await templates.inForce(authority.id);
        const gone = { content: null, at: context.get('now'), by: actor.id };
        if (kept !== null) await templates.put(authority.id, { name: kept.name, ...gone });
        return `${home}/word-template?done=template-gone`;
      });
      return context.redirect(to, 303);
    });
}

async function brought(parts: AppParts, uploads: TemplateUploads, context: Context<Env>, council: Council) {
  const { authority, actor, home } = council;
  const { given } = await sentApart(context, (sent) => uploads.read(sent));
  const problems = given === null ? ['Choose a Word document'] : given.found.problems;
  if (given === null || problems.length > 0) return showTemplate(parts, context, council, problems);
  const content = Buffer.from(given.content);
  const request = createHash('sha256').update(content).digest('hex');
  const to = await onceByForm(context, parts, { what: '', request }, async () => {
    const name = inShort(given.name, MAX_NAME);
    await parts.register.templates.put(authority.id, { name, content, at: context.get('now'), by: actor.id });
    return `${home}/word-template?done=template`;
  });
  return context.redirect(to, 303);
}

/** The page, with what is wrong with what was sent. */
export async function showTemplate(
  { register }: Pick<AppParts, 'register'>,
  context: Context<Env>,
  council: Council,
  problems: readonly string[] = [],
) {
  const all = await register.templates.list(council.authority.id);
  const shown = all.map((each) => ({ ...each, said: each.size === null ? '' : sizeInWords(each.size) }));
  return page(
    context,
    'administration-word-template.html',
    {
      ...shownOf(context, council),
      title: SECTIONS['word-template'].title,
      problems: problems.map((text) => ({ text, href: '#file' })),
      inForce: shown.find(({ size, replacedAt }) => size !== null && replacedAt === null),
      all: shown,
      fields: namesOf(TEMPLATE_FIELDS).map((name) => ({ name: `{${name}}`, ...TEMPLATE_FIELDS[name] })),
      megabytes: TEMPLATE_LIMITS.fileBytes / 1024 / 1024,
      kept: periodInWords(RETENTION['word-template'].ms),
    },
    problems.length > 0 ? 422 : 200,
  );
}
