import { type Context, Hono } from 'hono';
import { OutsideProblem } from '../../../platform/outside/outside.ts';
import { FileProblems } from '../../files/file-problems.ts';
import { loadBankHolidays } from '../../files/bank-holidays.ts';
import { calendarTyped } from '../administration/bodies-forms.ts';
import type { BroughtFiles } from '../administration/brought-files.ts';
import { administered, type Council } from '../administration/council.ts';
import { sentForm, textIn, toCheckOf } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { bodyNamed } from './administration-parts.ts';

/** A calendar of meetings: a year of a body's is some 10 kB. */
const BOUNDS = { maxBytes: 2 * 1024 * 1024, patienceMs: 10_000, headers: { accept: 'text/calendar' } };
const STATUS_OK = 200;

interface Typed {
  address: string;
  only: string;
  missing: string;
}

type Problem = { text: string; href: string };

/** The meetings of a body from the address of a calendar: looked at when somebody asks for it, and shown before they count. */
export function administrationCalendarRoutes(parts: AppParts, brought: BroughtFiles): Hono<Env> {
  const { board } = parts.register;
  return new Hono<Env>()
    .get('/administration/:authority/bodies/:body/calendar', async (context) => {
      const council = await administered(context, parts);
      bodyNamed(council, context);
      const kept = (await board.savedForm(keptBy(context)))?.typed ?? {};
      const [address = '', only = '', missing = ''] = ['address', 'only', 'missing'].map((name) =>
        [kept[name] ?? ''].flat().join(' '),
      );
      return calendarForm(context, council, { address, only, missing });
    })
    .post('/administration/:authority/bodies/:body/calendar', async (context) => {
      const council = await administered(context, parts);
      bodyNamed(council, context);
      return look(parts, brought, context, council);
    });
}

/** The address is kept for whoever has typed it, to look again by one press. */
const keptBy = (context: Context<Env>) => ({ email: context.get('session').person.email, page: context.req.path });

function calendarForm(context: Context<Env>, council: Council, typed: Typed, problems: Problem[] = []) {
  const body = bodyNamed(council, context);
  const back = `${council.home}/bodies/${body.id}`;
  return page(
    context,
    'administration-calendar.html',
    { title: 'Look at a calendar', body: body.name, back, action: `${back}/calendar`, problems, ...typed },
    problems.length > 0 ? 422 : 200,
  );
}

/** Asks the address once, and leads to the page on which what it says is confirmed. */
async function look(parts: AppParts, brought: BroughtFiles, context: Context<Env>, council: Council) {
  const fields = await sentForm(context);
  const [address, only, missing] = ['address', 'only', 'missing'].map((name) => textIn(fields, name)) as [
    string,
    string,
    string,
  ];
  const typed = { address, only, missing };
  const again = (problems: readonly string[]) =>
    calendarForm(
      context,
      council,
      typed,
      problems.map((text) => ({ text, href: '#address' })),
    );
  try {
    const { status, text } = await parts.outside.ask(address, BOUNDS);
    if (status !== STATUS_OK) return await again([`There is no calendar at the address: it answered ${status}`]);
    const { until } = loadBankHolidays(council.authority.division);
    const found = await brought.calendar({ text, only, from: council.today, until });
    if (found.problems.length > 0) return await again(found.problems);
    if (found.dates.length === 0) return await again(['There is no meeting from today on in the calendar']);
    const path = `${council.home}/do/calendar-meetings/${context.req.param('body') ?? ''}`;
    await parts.register.board.saveForm({ ...keptBy(context), typed, now: context.get('now') });
    return await toCheckOf(context, parts, path, calendarTyped(found, missing));
  } catch (error) {
    if (error instanceof OutsideProblem) return again([error.message]);
    if (error instanceof FileProblems) return again(error.problems.map(({ expected }) => expected));
    throw error;
  }
}
