import { type Context, Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { FROZEN_KINDS, isFrozenKind } from '../../../domain/documents/frozen.ts';
import { sizeInWords } from '../../../domain/evidence/kinds.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { freeze, frozenAs } from '../../documents/freeze.ts';
import type { WantedDocument } from '../../documents/of-inspection.ts';
import { WORD_TYPE } from '../documents/document-routes.ts';
import { wordWriter } from '../documents/written-word.ts';
import { download } from '../evidence/download.ts';
import { actingRole } from '../forms/offered.ts';
import { onceByForm, sentForm, textIn } from '../forms/sent.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { runningInspection, type RunningInspection, seenInspection, type SeenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page, type Shown } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, notYours } from '../problems.ts';

const PATH = '/inspections/:authority/:reference/frozen';

interface At {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection | null;
}

/** Documents that are frozen: the list of them, freezing one more, having one again, and whether a file is one of them. */
export function frozenRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const words = wordWriter(parts);
  const at = async (context: Context<Env>): Promise<At> => {
    const seen = await seenInspection(context, parts);
    return { context, seen, running: await runningInspection(parts, seen.id) };
  };
  return new Hono<Env>()
    .get(PATH, async (context) => show(parts, await at(context)))
    .get(`${PATH}/:sha256{[0-9a-f]{64}}`, async (context) => {
      const { summary } = await seenInspection(context, parts);
      const { authority } = summary;
      const sha256 = context.req.param('sha256');
      const found = (await parts.register.frozen.list(summary)).find(({ file }) => file.sha256 === sha256);
      const kept = found === undefined ? undefined : await parts.register.evidence.find(authority, sha256);
      if (found === undefined || kept === undefined) throw notFound();
      return download({ name: found.file.name, type: WORD_TYPE, content: kept.content });
    })
    .post(PATH, async (context) => {
      const found = await at(context);
      const { seen, running } = found;
      if (running === null) throw notFound();
      const { role, permitted } = actingRole(seen.membership, running, 'writePart');
      if (!permitted) throw notYours('Whoever writes the council’s reports freezes them.');
      const fields = await sentForm(context);
      const { asked, problems } = askedIn(context, fields);
      if (asked === undefined) return show(parts, found, { problems, given: fields });
      const { authority } = seen.membership;
      const calendar = await pages.calendars.of(authority);
      const now = context.get('now');
      const to = await onceByForm(context, parts, { what: '', request: asked }, async () => {
        const done = await freeze(
          parts.register,
          { ref: seen.id, ...running, calendar },
          {
            ...{ asked, now, actor: { id: context.get('session').person.email, role } },
            write: (document) => words.write(document, authority.id, now),
          },
        );
        if (done === undefined) throw notFound();
        return `/inspections/${seen.id}/frozen?done=frozen`;
      });
      return context.redirect(to, 303);
    })
    .post(`${PATH}/check`, async (context) => {
      const found = await at(context);
      const { file } = await sentForm(context);
      if (!(file instanceof File) || file.size === 0)
        return show(parts, found, { problems: [{ text: 'Choose the file', href: '#file', field: 'file' }] });
      const { id } = found.seen.membership.authority;
      const one = await frozenAs(parts.register, new Uint8Array(await file.arrayBuffer()), [id]);
      return show(parts, found, { checked: { name: file.name, one } });
    });
}

interface Problem {
  text: string;
  href: string;
  field: 'what' | 'since' | 'file';
}

function askedIn(
  context: Context<Env>,
  fields: Parameters<typeof textIn>[0],
): { asked: WantedDocument | undefined; problems: Problem[] } {
  const [what = '', decision] = textIn(fields, 'what').split(':');
  const since = textIn(fields, 'since');
  const problems: Problem[] = [];
  if (!isFrozenKind(what) || (what === 'decision' && (decision ?? '') === ''))
    problems.push({ text: 'Choose which document is to be frozen', href: '#what', field: 'what' });
  if (since !== '' && !(isCivilDate(since) && since <= localDate(context.get('now'))))
    problems.push({
      text: 'What happened since: enter a day before today, or leave it empty',
      href: '#since',
      field: 'since',
    });
  if (problems.length > 0 || !isFrozenKind(what)) return { asked: undefined, problems };
  return { asked: { kind: what, decision, since: since === '' ? undefined : since }, problems };
}

interface Said {
  problems?: Problem[];
  given?: Parameters<typeof textIn>[0];
  checked?: { name: string; one: Awaited<ReturnType<typeof frozenAs>> };
}

async function show(
  parts: AppParts,
  { context, seen, running }: At,
  { problems = [], given = {}, checked }: Said = {},
) {
  const { authority } = seen.membership;
  const all = await parts.register.frozen.list(seen.summary);
  const chosen = textIn(given, 'what');
  const option = (value: string, text: string) => ({ value, text, selected: value === chosen });
  const shown: Shown = {
    title: 'Frozen documents',
    ...seen,
    tabs: tabsOf(seen, 'reports', { runs: running !== null }),
    problems,
    error: Object.fromEntries(problems.map(({ field, text }) => [field, { text }])),
    since: textIn(given, 'since'),
    notice: context.req.query('done') === 'frozen' ? 'The document is frozen.' : undefined,
    mayFreeze: running !== null && actingRole(seen.membership, running, 'writePart').permitted,
    choices: [
      option('', 'Choose one'),
      ...namesOf(FROZEN_KINDS).flatMap((kind) =>
        kind === 'decision'
          ? (running?.view.decisions ?? []).map(({ id, title }) =>
              option(`decision:${id}`, `${FROZEN_KINDS.decision}: ${title}`),
            )
          : [option(kind, FROZEN_KINDS[kind])],
      ),
    ],
    all: all.map(({ kind, by, file, ...each }) => ({
      ...{ ...each, what: FROZEN_KINDS[kind], who: roleTitle(authority, by) },
      ...{ sha256: file.sha256, size: sizeInWords(file.bytes) },
    })),
    checked:
      checked === undefined
        ? undefined
        : {
            name: checked.name,
            one:
              checked.one === undefined
                ? undefined
                : {
                    ...{
                      ...checked.one,
                      what: FROZEN_KINDS[checked.one.kind],
                      who: roleTitle(authority, checked.one.by),
                    },
                    of: inspectionRef(checked.one.authority, checked.one.reference),
                  },
          },
  };
  return page(context, 'frozen.html', shown, problems.length > 0 ? 422 : 200);
}
