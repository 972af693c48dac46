import { expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { COUNTED, COUNTED_NAMES, STATUS_GROUPS } from '../../domain/milestone/statuses.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const COUNCIL = 'middlesbrough';
const as = { id: 'democratic-services@middlesbrough.example.org', role: 'democratic-services' };
const today = localDate(new Date().toISOString());

let administrator: Visitor;
const id: InspectionRef = inspectionRef(COUNCIL, 'counted');
const other: InspectionRef = inspectionRef(COUNCIL, 'counted-too');
const ended: InspectionRef = inspectionRef(COUNCIL, 'ended');

/** One council with duties that stand in every way: late, on hold, submitted, done, no longer applying; and an inspection that has ended. */
const board = boardForAll(async (rig) => {
  const given = async <N extends CommandName>(of: InspectionRef, name: N, payload: CommandPayload<N>) => {
    const { seq } = await rig.engine.command(of, name, payload, as);
    await rig.register.reached(COUNCIL, of.split('/')[1] ?? '', seq, 20_000);
  };
  for (const each of [id, other, ended]) {
    const [, reference = ''] = each.split('/');
    await rig.start('examples/middlesbrough-2016.yaml', { reference, received: addDays(today, -115) });
  }
  const { milestones } = await rig.engine.view(id);
  const actions = milestones.filter(
    (each) => each.strand === 'improvement-actions' && each.dueAt > milestones[0]!.dueAt,
  );
  const [held, done, waived] = actions.slice(-3).map((each) => each.id);
  // Nobody has to accept an action here: what waits for somebody's word is the plan, which goes to the inspectorate.
  const submitted = milestones.find((each) => each.strand === 'plan-submission')?.id;
  const [reason, review] = ['As agreed', addDays(today, 20)];
  await given(id, 'hold', { milestone: held ?? '', reason, awaiting: 'Is there money?', reviewOn: review });
  await given(id, 'submit', { milestone: submitted ?? '' });
  await given(id, 'complete', { milestone: done ?? '' });
  await given(id, 'waive', { milestone: waived ?? '', reason });
  for (const each of (await rig.engine.view(ended)).milestones)
    if (isPending(each)) await given(ended, 'waive', { milestone: each.id, reason });
  await given(ended, 'close', { reason });
  administrator = await rig.signedIn(as.id);
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const text = (cell: string): string =>
  cell
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
/** The cells of a page's tables under a heading. */
const cellsOf = (html: string, label: string): string[] =>
  [...html.matchAll(new RegExp(`data-label="${label}"[^>]*>([^]*?)</td>`, 'g'))].map(([, cell = '']) => text(cell));
const numbersOf = (html: string, label: string): number[] =>
  cellsOf(html, label).map((cell) => Number(/^\d+/.exec(cell)?.[0]));
/** What is counted beside its name above a list. */
const countsOf = (html: string): Record<string, number> =>
  Object.fromEntries(
    [...html.matchAll(/<span class="board-counts__n">(\d+)<\/span>([^<]*)</g)].map(([, n, words = '']) => [
      words,
      Number(n),
    ]),
  );
const rowsOfCsv = (csv: string): number => csv.trim().split(/\r?\n/).length - 1;

/** As the engine has it, which is what each page is compared with. */
async function expected(): Promise<Record<'toDo' | 'late' | 'submitted', number>> {
  const all = (await Promise.all([id, other].map((each) => board().engine.view(each)))).flatMap(
    (view) => view.milestones,
  );
  return {
    toDo: all.filter(isPending).length,
    late: all.filter((each) => each.overdue).length,
    submitted: all.filter(({ status }) => status === 'submitted').length,
  };
}

test('duties stand in every way that is compared', async () => {
  const { toDo, late, submitted } = await expected();
  const list = countsOf(await administrator.text('/overdue?status=all'));
  expect([late > 0, submitted, list[COUNTED.held.words]]).toEqual([true, 1, 1]);
  expect(toDo).toBeGreaterThan(late + 1);
});

test('what is to do is the same number on every page, in downloads, by the API and in figures', async () => {
  const { toDo, late, submitted } = await expected();
  const [people, waiting, lists, inspections, figures] = await Promise.all(
    [`/administration/${COUNCIL}/people`, '/waiting', '/overdue?status=to-do', '/inspections', '/figures'].map((path) =>
      administrator.text(path),
    ),
  );
  const ofInspections = await Promise.all(
    [id, other].map(async (each) => countsOf(await administrator.text(`/inspections/${each}/duties`))),
  );
  const api = async (path: string) => (await (await administrator.get(`/api/v1/${path}`)).json()) as { total: number };
  const csv = async (status: string) => rowsOfCsv(await administrator.text(`/overdue.csv?status=${status}`));
  const load = figures?.split('Load by officer</h2>')[1] ?? '';
  expect({
    people: sum(numbersOf(people ?? '', 'To do')),
    waiting: sum(numbersOf(waiting ?? '', 'To do')),
    list: countsOf(lists ?? '')[STATUS_GROUPS['to-do'].words],
    inspections: sum(numbersOf(inspections ?? '', 'To do')),
    tabs: sum(ofInspections.map((each) => each[STATUS_GROUPS['to-do'].words] ?? 0)),
    figures: Number(/(\d+) to do,/.exec(figures ?? '')?.[1]),
    load: sum(numbersOf(load, 'To do')),
    api: (await api('milestones?status=to-do')).total,
    csv: await csv('to-do'),
  }).toEqual({
    ...{ people: toDo, waiting: toDo, list: toDo, inspections: toDo, tabs: toDo, figures: toDo, load: toDo },
    ...{ api: toDo, csv: toDo },
  });
  expect({
    waiting: sum(numbersOf(waiting ?? '', 'Late')),
    list: countsOf(lists ?? '')[COUNTED.overdue.words],
    inspections: sum(numbersOf(inspections ?? '', 'Overdue')),
    tabs: sum(ofInspections.map((each) => each[COUNTED.overdue.words] ?? 0)),
    load: sum(numbersOf(load, 'Of these late')),
    api: (await api('milestones')).total,
    csv: await csv('overdue'),
  }).toEqual({ ...{ waiting: late, list: late, inspections: late, tabs: late, load: late, api: late, csv: late } });
  expect({
    people: cellsOf(people ?? '', 'To do').filter((cell) =>
      cell.endsWith(`and 1 ${STATUS_GROUPS.awaiting.words.toLowerCase()}`),
    ).length,
    waiting: sum(numbersOf(waiting ?? '', STATUS_GROUPS.awaiting.words)),
    list: countsOf(lists ?? '')[COUNTED.submitted.words],
    tabs: sum(ofInspections.map((each) => each[COUNTED.submitted.words] ?? 0)),
  }).toEqual({ people: submitted, waiting: submitted, list: submitted, tabs: submitted });
});

test('a list that is narrowed to what is counted holds as many duties as its link says', async () => {
  const links = countsOf(await administrator.text('/overdue?status=all'));
  for (const name of COUNTED_NAMES) {
    const [n, rows] = [links[COUNTED[name].words], rowsOfCsv(await administrator.text(`/overdue.csv?status=${name}`))];
    expect([name, rows]).toEqual([name, n]);
    const shown = await administrator.text(`/overdue?status=${name}&rounds=each`);
    expect([name, Number(/(\d+) dut(?:y|ies),/.exec(shown)?.[1] ?? 0)]).toEqual([name, n]);
  }
});

test.each([
  '/overdue',
  '/waiting',
  '/coming-up',
  '/my-duties',
  '/decisions',
  '/questions',
  `/administration/${COUNCIL}/people`,
])('%s says that it leaves out the inspection that has ended, and leads to it', async (path) => {
  const html = await administrator.text(path);
  expect(html).toMatch(
    /<a class="govuk-link" href="\/inspections\?ended=only">1 inspection that has ended<\/a> is left out/,
  );
  const there = await administrator.text('/inspections?ended=only');
  expect(there).toContain(`href="/inspections/${ended}"`);
  expect(there).not.toContain(`href="/inspections/${id}"`);
});
