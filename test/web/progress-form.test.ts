import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, confirmationOn, signInLink, type Visitor } from '../support/board.ts';

const OWNER = 'head-of-looked-after-children@middlesbrough.example.org';
const OTHER = 'head-of-safeguarding@middlesbrough.example.org';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const as: Actor = { id: ADMINISTRATOR, role: 'democratic-services' };
const today = localDate(new Date().toISOString());
/** What the owner has in the example, the earliest first. */
const ACTIONS = ['statutory-visits', 'care-plan-audit', 'adoption-tracking', 'care-leavers'] as const;

let who: Visitor;
let other: Visitor;
let id: InspectionRef = 'none/none';
let path = '';
/** An inspection with a measure. */
let plan: InspectionRef = 'none/none';

const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -30) });
  path = `/my-duties/progress/${id}`;
  // Before anybody signs in: which councils there are is known to the pages for a second.
  plan = await rig.start('examples/every-key/inspection.yaml');
  [who, other] = [await rig.signedIn(OWNER), await rig.signedIn(OTHER)];
});

const reference = () => id.split('/')[1] ?? '';

async function given<N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<void> {
  const { seq } = await board().engine.command(id, name, payload, as);
  expect(await board().register.reached('middlesbrough', reference(), seq, 20_000)).toBe(true);
}

/** How many reports there are on an action, and what the newest says. */
async function reports(action: string) {
  const milestone = `improvement-actions/${action}`;
  const { entries, total } = await board().register.entriesOfKind(
    { authority: 'middlesbrough', reference: reference(), kind: 'progress-reported', milestone },
    { offset: 0, limit: 100 },
  );
  return { total, newest: entries.at(-1)?.data };
}

const totals = async () => Promise.all(ACTIONS.map(async (action) => (await reports(action)).total));

/** The form as it is opened: where it is sent, and what it carries by itself. */
async function opened(visitor: Visitor = who, at = path): Promise<{ html: string; action: string; carried: string[] }> {
  const html = await visitor.text(at);
  const action = /<form method="post" action="(\/my-duties\/progress\/[^"]+)"/.exec(html)?.[1] ?? '';
  const carried = [...html.matchAll(/name="unchanged" value="([^"]+)"/g)].map(([, name = '']) => name);
  return { html, action, carried };
}

/** Sends the form as a browser does, with what is carried in it several times. */
async function press(
  action: string,
  button: string,
  fields: Record<string, string>,
  unchanged: readonly string[] = [],
) {
  const form = new FormData();
  form.set('formToken', await who.token());
  for (const [name, value] of Object.entries({ ...fields, press: button })) form.append(name, value);
  for (const name of unchanged) form.append('unchanged', name);
  return who.post(action, form);
}

const typed = (name: string, on: string) => {
  const [year = '', month = '', day = ''] = on.split('-');
  return { [`forecast--${name}-day`]: day, [`forecast--${name}-month`]: month, [`forecast--${name}-year`]: year };
};

beforeAll(async () => {
  await given('openRound', { by: addDays(today, 10), title: 'the board' });
});

test('the form has a fieldset for each open action of theirs, with the council’s ratings and their rules, and nobody else’s', async () => {
  const { html, carried } = await opened();
  for (const name of ACTIONS) expect(html).toContain(`name="rating--${name}"`);
  expect(html).not.toContain('rating--supervision-standard');
  expect(html).toContain('There are difficulties that may keep it from being done by its date');
  expect(html).toContain('There is no report on it yet.');
  expect(html).toContain('Progress for: the board');
  // Nothing can have changed where nothing was said yet.
  expect(carried).toEqual([]);
  expect(html).not.toContain('No change');
});

test('nothing entered is said, and a value that can’t be used is told beside its field, with a link to it; nothing is sent', async () => {
  const { action } = await opened();
  const empty = await press(action, 'send', {});
  expect([empty.status, await empty.text()]).toEqual([
    422,
    expect.stringContaining('Say how at least one action stands'),
  ]);
  const wrong = await press(action, 'send', {
    'rating--statutory-visits': 'green',
    'percent--care-plan-audit': '140',
    'text--care-plan-audit': 'Nearly all plans are audited.',
    ...typed('care-leavers', '2026-02-31'),
  });
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toMatch(/<a href="#percent--care-plan-audit">Audit the care plans[^<]*[Ee]nter 100 or fewer<\/a>/);
  expect(html).toMatch(/<a href="#forecast--care-leavers-day">/);
  // Kept as typed.
  expect(html).toContain('value="140"');
  expect(html).toContain('Nearly all plans are audited.');
  expect(html).toMatch(/name="rating--statutory-visits" type="radio" value="green" checked/);
  expect(await totals()).toEqual([0, 0, 0, 0]);
});

test('three actions by one form: each has its report, pressed twice has one effect, and what was answered is shown', async () => {
  const { action } = await opened();
  const fields = {
    'rating--statutory-visits': 'green',
    'rating--care-plan-audit': 'amber',
    'percent--care-plan-audit': '40',
    'text--adoption-tracking': 'All cases are tracked from today.',
  };
  const [first, second] = await Promise.all([press(action, 'send', fields), press(action, 'send', fields)]);
  for (const answer of [first, second, await press(action, 'send', fields)])
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${path}?sent=3`]);
  expect(await totals()).toEqual([1, 1, 1, 0]);
  expect((await reports('care-plan-audit')).newest).toMatchObject({ rating: 'amber', percent: 40 });
  const { html } = await opened(who, `${path}?sent=3`);
  expect(html).toContain('Your 3 reports are on record.');
  expect(html).toContain('Answered already');
  expect(html).toContain('“All cases are tracked from today.”');
  expect(html).toContain('name="rating--care-leavers"');
  expect(html).not.toContain('name="rating--statutory-visits"');
  // With other words under the same form, it says so, and the others of it are not in the way.
  const otherwise = await press(action, 'send', {
    ...fields,
    'rating--statutory-visits': 'red',
    'percent--care-leavers': '5',
  });
  expect([otherwise.status, await otherwise.text()]).toEqual([
    422,
    expect.stringContaining('This form has been sent already'),
  ]);
  expect(await totals()).toEqual([1, 1, 1, 1]);
});

test('no change: one press for one of them, one press for all that were reported on before; what was typed stays', async () => {
  await given('openRound', { by: addDays(today, 12), title: 'scrutiny' });
  const { action, html, carried } = await opened();
  expect(carried.toSorted()).toEqual([...ACTIONS].toSorted());
  expect(html).toContain('No change since');
  const one = await press(action, 'send', { 'rating--care-leavers': ':no-change' });
  expect(one.headers.get('Location')).toBe(`${path}?sent=1`);
  expect((await reports('care-leavers')).newest).toMatchObject({ noChange: true });

  const next = await opened();
  const words = { 'text--adoption-tracking': 'Two cases are late.' };
  const all = await press(next.action, 'no-change', words, next.carried);
  const kept = all.headers.get('Location') ?? '';
  expect(kept).toContain('sent=2');
  expect(await totals()).toEqual([2, 2, 1, 2]);
  expect((await reports('statutory-visits')).newest).toMatchObject({ noChange: true });
  const left = await opened(who, kept);
  expect(left.html).toContain('Two cases are late.');
  expect(left.html).toContain('Your 2 reports are on record.');
  // Pressed again, by whoever was too quick.
  await press(next.action, 'no-change', words, next.carried);
  expect(await totals()).toEqual([2, 2, 1, 2]);
  expect((await press(left.action, 'send', words)).headers.get('Location')).toBe(`${path}?sent=1`);
  expect(await totals()).toEqual([2, 2, 2, 2]);
});

test('what gets late by what they say is shown before it counts, and what is confirmed is what was shown', async () => {
  await given('openRound', { by: addDays(today, 14), title: 'the inspectorate' });
  const { action } = await opened();
  const late = {
    'rating--care-leavers': 'red',
    ...typed('care-leavers', addDays(today, 500)),
    'rating--statutory-visits': 'green',
  };
  const sent = await press(action, 'send', late);
  const checkPage = sent.headers.get('Location') ?? '';
  expect([sent.status, checkPage]).toEqual([303, `${action}&check=yes`]);
  const html = await who.text(checkPage);
  expect(html).toMatch(/this action gets late/);
  expect(html).toMatch(/Extend the partnership[\s\S]*working days late/);
  expect(await totals()).toEqual([2, 2, 2, 2]);
  const confirm = () => who.send(action, confirmationOn(html));
  for (const answer of [await confirm(), await confirm()])
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${path}?sent=2`]);
  expect(await totals()).toEqual([3, 2, 2, 3]);
  expect((await who.send(action, { confirmed: 'yes', shown: 'another' })).status).toBe(409);
});

test('saved, and come back later, from another browser: it is there as typed, until it is sent', async () => {
  const { action } = await opened();
  const fields = { 'percent--care-plan-audit': '55', 'text--care-plan-audit': 'Half way.' };
  const saved = await press(action, 'save', fields);
  expect([saved.status, saved.headers.get('Location')]).toEqual([303, `${path}?saved=yes`]);
  const elsewhere = await board().signedIn(OWNER);
  const { html } = await opened(elsewhere);
  expect(html).toContain('Here is what you saved at');
  expect(html).toContain('Half way.');
  expect((await opened(other)).html).not.toContain('Half way.');
  expect(await totals()).toEqual([3, 2, 2, 3]);
  const again = await opened();
  expect((await press(again.action, 'send', fields)).status).toBe(303);
  expect((await opened()).html).not.toContain('Here is what you saved at');
});

test('a session that has ended loses nothing of what was typed', async () => {
  const { action } = await opened();
  const late = board().visitor();
  const kept = await late.post(action, { 'text--adoption-tracking': 'Typed at five o’clock.', press: 'send' });
  const next = new URL(kept.headers.get('Location') ?? '', 'http://board.example.org').searchParams.get('next') ?? '';
  const link = await signInLink(late, board().mail, OWNER, next);
  const back = await late.post(new URL(link).pathname, {});
  expect(await late.text(back.headers.get('Location') ?? '')).toContain('Typed at five o’clock.');
  expect((await reports('adoption-tracking')).total).toBe(2);
});

test('one of three has gone meanwhile: the others are taken, and what was typed about it is given back', async () => {
  const { action } = await opened();
  await given('reassign', { milestone: 'adoption-tracking', to: 'head-of-early-help', reason: 'leave' });
  const answer = await press(action, 'send', {
    'percent--care-plan-audit': '60',
    'percent--care-leavers': '10',
    'text--adoption-tracking': 'The last case is done.',
  });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('“adoption-tracking” is not among your open actions any more');
  expect(html).toContain('The last case is done.');
  expect(html).toContain('Your 2 reports are on record.');
  expect(await totals()).toEqual([3, 4, 2, 4]);
});

test('a measure’s value or a forecast of what has gone meanwhile is told, when it is sent and when it was put by', async () => {
  await given('openRound', { by: addDays(today, 15), title: 'the trust' });
  const { action } = await opened();
  // Answered elsewhere since it was put by, and passed on since it was put by.
  const fields = { 'text--care-leavers': 'Put by before.', ...typed('adoption-tracking', '2027-03-27') };
  expect((await press(action, 'save', { ...fields, 'measure-value--gone': '61.5' })).status).toBe(303);
  await given('progress', { milestone: 'improvement-actions/care-leavers', percent: 20 });
  const back = await opened();
  expect(back.html).toContain('“adoption-tracking” is not among your open actions any more');
  expect(back.html).toContain('27; 03; 2027');
  expect(back.html).toContain('“gone” is not among your measures any more');
  expect(back.html).toContain('Put by before.');
  expect(back.html).toContain('name="text--care-leavers"');
  const answer = await press(back.action, 'send', { 'percent--care-plan-audit': '70', ...fields });
  expect([answer.status, await answer.text()]).toEqual([
    422,
    expect.stringContaining('“adoption-tracking” is not among your open actions any more'),
  ]);
  // What was put by is not dropped without a word, and what was taken is in it no more.
  const kept = await opened();
  expect(kept.html).toContain('27; 03; 2027');
  expect(kept.html).not.toContain('Put by before.</textarea>');
  expect(await totals()).toEqual([3, 5, 2, 6]);
});

test('another owner’s action is not taken, whatever is sent; who owns none is told so, and another council’s find nothing', async () => {
  await given('openRound', { by: addDays(today, 16), title: 'full Council' });
  const { action } = await opened();
  const answer = await press(action, 'send', { 'rating--supervision-standard': 'green' });
  expect(answer.status).toBe(422);
  expect((await reports('supervision-standard')).total).toBe(0);
  const administrator = await board().signedIn(ADMINISTRATOR);
  expect(await administrator.text(path)).toContain('You have no open action in this inspection');
  expect((await administrator.send(path, { 'rating--care-leavers': 'green', press: 'send' })).status).toBe(403);
  expect((await who.get('/my-duties/progress/middlesbrough/another')).status).toBe(404);
  expect((await who.get('/my-duties/progress/stockton-on-tees/2010')).status).toBe(404);
  expect((await reports('care-leavers')).total).toBe(6);
});

test('a measure of theirs stands on the same form with its last value and target; a value that is none is told beside it', async () => {
  const officer = await board().signedIn('head-of-safeguarding@anyborough.example.org');
  const at = `/my-duties/progress/${plan}`;
  const { html, action } = await opened(officer, at);
  expect(html).toContain('Open cases with supervision recorded in the last month');
  expect(html).toMatch(/Last value: 61 % on [^.]*\. To be reached: 95 % by /);
  const wrong = await officer.send(action, { 'measure-value--supervision-recorded': 'many', press: 'send' });
  expect([wrong.status, await wrong.text()]).toEqual([
    422,
    expect.stringContaining('href="#measure-value--supervision-recorded"'),
  ]);
  const sent = await officer.send(action, { 'measure-value--supervision-recorded': '72.5', press: 'send' });
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${at}?sent=1`]);
  expect((await opened(officer, at)).html).toContain('Last value: 72.5 %');
});

test('what others have said since the form was opened is shown before it is spoken over; the same sent twice changes nothing', async () => {
  const older = await opened();
  const seen = /name="seen" value="([^"]+)"/.exec(older.html)?.[1] ?? '';
  const before = await totals();
  await given('progress', { milestone: 'improvement-actions/care-leavers', rating: 'amber', percent: 60 });
  const fields = { seen, 'rating--care-leavers': 'green', 'percent--care-plan-audit': '33' };
  const asked = await press(older.action, 'send', fields);
  const html = await asked.text();
  expect(asked.status).toBe(422);
  expect(html).toMatch(
    /not taken\. Others have reported meanwhile\. There is a newer report[^<]*Democratic Services Manager[^<]*Amber; 60 per cent done/,
  );
  expect(html).toMatch(/name="rating--care-leavers" type="radio" value="green" checked/);
  expect(html).toContain('Your report is on record.');
  const [visits = 0, plans = 0, tracking = 0, leavers = 0] = before;
  expect(await totals()).toEqual([visits, plans + 1, tracking, leavers + 1]);
  // Now they have seen it.
  const now = /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const after = await press(older.action, 'send', { seen: now, 'rating--care-leavers': 'green' });
  expect(after.headers.get('Location')).toBe(`${path}?sent=1`);
  expect(await totals()).toEqual([visits, plans + 1, tracking, leavers + 2]);
  // Gone back, the browser fills in a new form with what was typed before.
  const again = await opened();
  const twice = await press(again.action, 'send', {
    'rating--care-leavers': 'green',
    'percent--care-plan-audit': '33',
  });
  expect(twice.headers.get('Location')).toBe(`${path}?sent=0&same=2`);
  expect(await totals()).toEqual([visits, plans + 1, tracking, leavers + 2]);
  expect(await who.text(`${path}?sent=0&same=2`)).toContain('2 say what is on record already: nothing was changed');
});

test('what was put by from one tab is there still when another, opened before, says that nothing has changed', async () => {
  const older = await opened();
  const [name = ''] = older.carried;
  expect(name).not.toBe('');
  const fields = { [`percent--${name}`]: '77', [`text--${name}`]: 'Nearly there.' };
  await press((await opened()).action, 'save', fields);
  const { total } = await reports(name);
  await press(older.action, 'no-change', {}, older.carried);
  // Of what words were put by about, it is not said that nothing has changed.
  expect((await reports(name)).total).toBe(total);
  const { html, action } = await opened();
  expect(html).toContain('Nearly there.');
  expect((await press(action, 'send', fields)).status).toBe(303);
  expect((await reports(name)).newest).toMatchObject({ text: 'Nearly there.', percent: 77 });
  expect((await opened()).html).not.toContain('Here is what you saved at');
});
