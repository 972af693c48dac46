import { expect, test } from 'vitest';
import { beginDemonstration } from '../../client/demonstration/begin.ts';
import { standingOf } from '../../client/demonstration/standing.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { MilestoneRow } from '../../domain/milestone/columns.ts';
import { problemsOfPage } from '../support/html-validator.ts';
import { boardForAll, signInLinkIn, type Visitor } from '../support/board.ts';

const COUNCIL = 'exampleton';
const REFERENCES = ['2016', 'area-send', 'childrens-services'];
const said: string[] = [];
/** How it stood after a start that was cut off. */
const cutOff: Record<'died' | 'standing', unknown> = { died: undefined, standing: undefined };
let administrator: Visitor;
let owner: Visitor;

const board = boardForAll(async ({ engine, register, signedIn }) => {
  const now = new Date().toISOString();
  // Killed before anybody could answer in the round.
  const { start, restart, standing, view, newest } = engine;
  const dying = { start, restart, standing, view, newest, command: () => Promise.reject(new Error('killed')) };
  cutOff.died = await beginDemonstration({ engine: dying, register }, now, () => undefined).catch(String);
  cutOff.standing = await standingOf(register);
  await beginDemonstration({ engine, register }, now, (line) => said.push(line));
  administrator = await signedIn('democratic-services@exampleton.example.org');
  owner = await signedIn('head-of-early-help@exampleton.example.org');
});

const rowsOf = (reference: string): Promise<MilestoneRow[]> => board().register.milestones(COUNCIL, reference);
const started = async (): Promise<number[]> => {
  const histories = await Promise.all(REFERENCES.map((each) => board().register.history(COUNCIL, each)));
  return histories.map((entries) => entries.filter(({ kind }) => kind === 'inspection-started').length);
};
/** All that was ever recorded of the three. */
const entries = async (): Promise<number> => {
  const histories = await Promise.all(REFERENCES.map((each) => board().register.history(COUNCIL, each)));
  return histories.flat().filter(({ kind }) => !kind.startsWith('mail')).length;
};
const quarter = (instant: string): string => {
  const day = localDate(instant);
  return `${day.slice(0, 4)} ${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
};

test('a demonstration that was cut off is completed, and three inspections stand at three stages', async () => {
  expect(cutOff).toEqual({ died: 'Error: killed', standing: 'unfinished' });
  expect(await standingOf(board().register)).toBe('whole');
  expect(said).toHaveLength(REFERENCES.length);
  expect(await started()).toEqual([1, 1, 1]);
  const listed = await board().register.list(new Date().toISOString());
  const overdue = Object.fromEntries(listed.map((each) => [each.reference, each.overdue]));
  expect(overdue['childrens-services']).toBeGreaterThan(0);
  expect(overdue['area-send']).toBeGreaterThan(0);
  // Its report came forty working days ago: nothing of it is late yet.
  expect(overdue['2016']).toBe(0);
});

test('a round is open in which some have answered and some have not', async () => {
  const view = await board().engine.view('exampleton/childrens-services');
  const round = view.milestones.find(({ id }) => id === 'progress-rounds/board');
  const askedAt = round?.round?.askedAt ?? 'not asked';
  const actions = view.milestones.filter(({ strand, status }) => strand === 'improvement-actions' && status === 'open');
  const answered = actions.filter(({ progress }) => (progress?.at ?? '') >= askedAt).map(({ id }) => id);
  expect(answered.toSorted()).toEqual([
    'improvement-actions/assessments-in-time',
    'improvement-actions/conference-chairs',
    'improvement-actions/pathway-plans',
  ]);
  expect(actions.length).toBeGreaterThan(answered.length);
});

test('a decision can be called in, a later date is asked for, what was done waits for a yes', async () => {
  const view = await board().engine.view('exampleton/area-send');
  const rows = view.milestones.map(({ id, status }) => [id, status]);
  expect(rows).toContainEqual(['call-in-window/therapy-contract', 'open']);
  expect(rows).toContainEqual(['improvement-actions/quality-check--acceptance-1', 'open']);
  expect(rows).toContainEqual(['improvement-actions/drop-in', 'held']);
  const asked = view.milestones.find(({ id }) => id === 'improvement-actions/local-offer');
  expect(asked?.extensionRequested?.by).toBe('head-of-early-help');
});

test('the record holds figures of a year: what was met in four quarters, in time and late', async () => {
  const met = (await rowsOf('childrens-services')).flatMap(({ endedAt, dueAt, status }) =>
    endedAt === null || status === 'lapsed' ? [] : [{ quarter: quarter(endedAt), inTime: endedAt <= dueAt }],
  );
  expect(new Set(met.map((each) => each.quarter)).size).toBeGreaterThanOrEqual(4);
  expect(met.filter(({ inTime }) => inTime).length).toBeGreaterThan(10);
  expect(met.filter(({ inTime }) => !inTime).length).toBeGreaterThan(1);
});

test('the page of figures has four quarters and more, counted from what was recorded on its day', async () => {
  const body = await administrator.text('/figures');
  const quarters = new Set(
    [...body.matchAll(/(?:January to March|April to June|July to September|October to December) \d{4}/g)].map(
      ([each]) => each,
    ),
  );
  expect(quarters.size).toBeGreaterThanOrEqual(4);
  const [first] = await board().register.history(COUNCIL, 'childrens-services');
  expect(Date.now() - Date.parse(first?.at ?? '')).toBeGreaterThan(300 * 86_400_000);
});

test('begun again, it stays as it is', async () => {
  const before = await entries();
  const again: string[] = [];
  await beginDemonstration(board(), new Date().toISOString(), (line) => again.push(line));
  expect([again, await entries(), await started()]).toEqual([[], before, [1, 1, 1]]);
});

test('every page says what it is; its administrator alone is shown how to remove it', async () => {
  for (const path of ['/overdue', '/inspections', '/my-duties', '/rules', '/inspections/exampleton/2016']) {
    expect(await administrator.text(path)).toContain('This council is invented');
    expect(await administrator.text(path)).toContain('href="/demonstration"');
    expect(await owner.text(path)).toContain('This council is invented');
    expect(await owner.text(path)).not.toContain('href="/demonstration"');
  }
  for (const path of ['childrens-services/report', 'area-send/decisions/therapy-contract/record'])
    expect(await owner.text(`/inspections/exampleton/${path}`)).toContain('This council is invented');
  expect((await owner.get('/demonstration')).status).toBe(404);
  expect((await owner.send('/demonstration', {})).status).toBe(404);
  expect(await entries()).toBeGreaterThan(0);
});

test('its own pages are valid HTML', async () => {
  for (const html of [await administrator.text('/demonstration'), await board().visitor().text('/sign-in')])
    expect(await problemsOfPage(html)).toEqual([]);
});

test('whoever is to sign in sees as whom to look around, and a link comes by one press', async () => {
  const visitor = board().visitor();
  const html = await visitor.text('/sign-in');
  const [, email = ''] = /name="email" value="(scrutiny-chair@[^"]+)"/.exec(html) ?? [];
  const { mail } = board();
  const before = mail.received.length;
  const answer = await (await visitor.post('/sign-in', { email, next: '/' })).text();
  expect(answer).toContain('outbox/index.html');
  expect(await signInLinkIn(mail, email, before)).toContain('/sign-in/');
});

test('removed by one press, nothing of it is on a list, nobody is written to, and it does not come back', async () => {
  const { mail, register, engine } = board();
  const page = await administrator.text('/demonstration');
  const action = /<form method="post" action="([^"]+)">\s*<input type="hidden" name="formToken"/.exec(page)?.[1] ?? '';
  const sent = mail.received.length;
  const pressed = await administrator.send(action, {});
  expect([pressed.status, pressed.headers.get('Location')]).toEqual([303, '/demonstration']);
  expect((await administrator.send(action, {})).status).toBe(303);
  await Promise.all(REFERENCES.map((each) => engine.result(`exampleton/${each}`)));
  expect(mail.received.slice(sent)).toEqual([]);
  const listed = await register.board.inspections(
    new Date().toISOString(),
    { authorities: [COUNCIL] },
    { offset: 0, limit: 10 },
  );
  expect(listed.total).toBe(0);
  for (const path of ['/', '/overdue', '/inspections', '/my-duties', '/decisions', '/questions', '/undeliverable'])
    expect(await administrator.text(path)).not.toMatch(/href="\/inspections\/exampleton/);
  const after = await administrator.text('/demonstration');
  expect(after).toContain('Nothing has been started');
  expect(after).toContain('./duecourse init');
  expect(await administrator.text('/inspections')).toContain('nothing has been started here');
  expect(await standingOf(register)).toBe('removed');
  expect(await board().visitor().text('/sign-in')).not.toContain('scrutiny-chair');
  const before = await entries();
  await beginDemonstration(board(), new Date().toISOString(), () => undefined);
  expect(await entries()).toBe(before);
  expect(board().errors).toEqual([]);
});
