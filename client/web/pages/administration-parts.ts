import { type Context, Hono } from 'hono';
import { officers } from '../../../domain/authority/officers.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { CalendarError } from '../../../domain/calendar/calendar-error.ts';
import { addDays, formatDate } from '../../../domain/calendar/civil-date.ts';
import { calendarsOf } from '../../calendars.ts';
import { loadBankHolidays } from '../../files/bank-holidays.ts';
import type { BroughtFiles } from '../administration/brought-files.ts';
import { administered, type Council } from '../administration/council.ts';
import { dutyKinds } from '../administration/duty-kinds.ts';
import { SECTIONS } from '../administration/sections.ts';
import { shownOf } from '../administration/shown.ts';
import { bodyPage } from '../administration/tables.ts';
import { whoHears } from '../administration/who-hears.ts';
import { type FormField, hrefOf, readForm, shownFields } from '../forms/form.ts';
import { draftIn, sentForm, shownAgain, textIn, toCheckOf } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { textOfFile } from '../start/text-of-file.ts';
import { FileProblems } from '../../files/file-problems.ts';

/** The meetings of a body: as they are, and from a file. */
export function administrationPartRoutes(parts: AppParts, brought: BroughtFiles): Hono<Env> {
  return new Hono<Env>()
    .get('/administration/:authority/bodies/:body', async (context) => {
      const council = await administered(context, parts);
      const shown = bodyPage(council, context.req.param('body'));
      if (shown === undefined) throw notFound();
      return page(context, 'administration-table.html', { ...shownOf(context, council), ...shown });
    })
    .get('/administration/:authority/bodies/:body/file', async (context) => {
      const council = await administered(context, parts);
      const { text, only, how } = shownAgain((await draftIn(context, parts)) ?? {});
      return meetingsForm(context, council, { text, only, how });
    })
    .post('/administration/:authority/bodies/:body/file', async (context) => {
      const council = await administered(context, parts);
      bodyNamed(council, context);
      return bringMeetings(parts, brought, context, council);
    });
}

/** The body that the address names. @throws PageProblem 404 */
export function bodyNamed({ authority }: Council, context: Context<Env>) {
  const body = authority.bodies.find(({ id }) => id === context.req.param('body'));
  if (body === undefined) throw notFound();
  return body;
}

interface MeetingsTyped {
  text?: string;
  only?: string;
  how?: string;
  problems?: { text: string; href?: string }[];
}

function meetingsForm(context: Context<Env>, council: Council, { problems = [], ...typed }: MeetingsTyped) {
  const body = bodyNamed(council, context);
  const back = `${council.home}/bodies/${body.id}`;
  return page(
    context,
    'administration-meetings.html',
    { title: 'Upload meetings from a file', body: body.name, back, action: `${back}/file`, problems, ...typed },
    problems.length > 0 ? 422 : 200,
  );
}

/** Reads the meetings of a file, and leads to the page on which they are confirmed. */
async function bringMeetings(parts: AppParts, brought: BroughtFiles, context: Context<Env>, council: Council) {
  const fields = await sentForm(context);
  const [text, only, how] = ['text', 'only', 'how'].map((name) => textIn(fields, name)) as [string, string, string];
  const again = (problems: { text: string; href?: string }[]) =>
    meetingsForm(context, council, { text, only, how, problems });
  try {
    const given = fields['file'] instanceof File && fields['file'].size > 0 ? fields['file'] : undefined;
    const read = given === undefined ? text : await textOfFile(given);
    if (read.trim() === '') return await again([{ text: 'Choose a file, or paste one', href: '#file' }]);
    const { until } = loadBankHolidays(council.authority.division);
    const { dates, problems, isEndless } = await brought.meetings({ text: read, only, from: council.today, until });
    if (problems.length > 0) return await again(problems.map((each) => ({ text: each, href: '#file' })));
    if (dates.length === 0)
      return await again([{ text: 'There is no meeting from today on in the file', href: '#file' }]);
    const path = `${council.home}/do/bring-meetings/${context.req.param('body') ?? ''}`;
    return await toCheckOf(context, parts, path, {
      dates: dates.join(' '),
      how,
      endless: isEndless === true ? 'yes' : '',
    });
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    return again(error.problems.map(({ expected }) => ({ text: expected, href: '#file' })));
  }
}

/** Working days ahead of today on which the duty is due that is shown first. */
const AHEAD_DAYS = 28;

const DUE: FormField = {
  ...{ name: 'due', kind: 'date', label: 'Due on', optional: true },
  hint: 'Left empty: in four weeks.',
};

/** Who would be told of a duty of a role's, and on which day. */
export async function hearings({ register }: AppParts, context: Context<Env>, council: Council) {
  const { authority, today } = council;
  const owner = context.req.query('owner') ?? '';
  const filled = readForm([DUE], context.req.query());
  const { due: typed } = filled.values;
  const isWrong = filled.problems.length > 0;
  const due = isWrong ? undefined : typeof typed === 'string' ? typed : addDays(today, AHEAD_DAYS);
  const roles = officers(authority);
  const isRole = roles.some(({ id }) => id === owner);
  const kinds = dutyKinds();
  const kind = kinds.find(({ value }) => value === context.req.query('kind'));
  const calendar = await calendarsOf(register).of(authority);
  const found =
    due === undefined || !isRole
      ? []
      : hearingsBy(() => whoHears(authority, { owner, due, ladder: kind?.ladder }, calendar));
  if (found === undefined)
    filled.problems.push({
      text: `${DUE.label}: enter a date before ${formatDate(calendar.until)}, until which bank holidays are known`,
      href: hrefOf(DUE),
      field: DUE.name,
    });
  return page(
    context,
    'administration-who-hears.html',
    {
      ...shownOf(context, council),
      title: SECTIONS['who-hears'].title,
      owners: [
        { value: '', text: 'Choose one' },
        ...roles.map(({ id, title }) => ({ value: id, text: title, selected: id === owner })),
      ],
      kinds: [
        { value: '', text: 'Any with the usual reminders' },
        ...kinds.map(({ value, text }) => ({ value, text, selected: value === kind?.value })),
      ],
      fields: shownFields([DUE], filled),
      on: due,
      problems: filled.problems,
      hearings: found ?? [],
      ownerTitle: isRole ? roleTitle(authority, owner) : '',
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** Undefined where bank holidays are not known so far. */
function hearingsBy<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}
