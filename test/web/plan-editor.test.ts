import { describe, expect, test } from 'vitest';
import { revisionOf } from '../../domain/revisions/revision.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const MANAGER = 'assistant-director@middlesbrough.example.org';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const as = { id: ADMINISTRATOR, role: 'democratic-services' };

let administrator: Visitor;
let manager: Visitor;
let owner: Visitor;
let stranger: Visitor;
/** Of which nobody has a draft. */
let shared: InspectionRef;
const board = boardForAll(async (rig) => {
  await rig.start('examples/stockton-on-tees-2010.yaml');
  await rig.start('examples/middlesbrough-2016.yaml');
  administrator = await rig.signedIn(ADMINISTRATOR);
  manager = await rig.signedIn(MANAGER);
  owner = await rig.signedIn('head-of-early-help@middlesbrough.example.org');
  stranger = await rig.signedIn('democratic-services@stockton-on-tees.example.org');
  shared = await rig.start('examples/middlesbrough-2016.yaml', { received: '2026-10-02' });
});

/** A plan of its own for each test. */
async function plan(): Promise<{ id: InspectionRef; at: string }> {
  const id = await board().start('examples/middlesbrough-2016.yaml', { received: '2026-10-01' });
  return { id, at: `/inspections/${id}/plan/edit` };
}

const facts = async (id: InspectionRef) => (await board().engine.inspect(id)).state.facts;
const actions = async (id: InspectionRef) => (await facts(id)).inspection.actions;

/** The form of a page: where it is sent to, and what it holds by itself. */
async function formOn(
  who: Visitor,
  page: string,
  action = page.replace(/\?.*/, ''),
): Promise<{ to: string; hidden: Record<string, string> }> {
  const html = await who.text(page);
  const all = [...html.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  const [, to = '', body = ''] = all.find(([, each = '']) => each.replace(/\?.*/, '') === action) ?? [];
  if (to === '') throw new Error(`no form on ${page}: ${html.slice(0, 3000)}`);
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return {
    to: to.replaceAll('&amp;', '&'),
    hidden: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
  };
}

type Fields = Record<string, string | string[]>;

function bodyOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each);
  return form;
}

async function fill(who: Visitor, page: string, fields: Fields): Promise<Response> {
  const { to, hidden } = await formOn(who, page);
  return who.post(to, bodyOf({ ...hidden, ...fields }));
}

const date = (name: string, day: string): Fields => {
  const [year = '', month = '', of = ''] = day.split('-');
  return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
};

const row = (n: number, title: string, more: Fields = {}): Fields => ({
  ...{ [`title-${n}`]: title, [`theme-${n}`]: 'so-1', [`recommendations-${n}`]: 'i, II' },
  ...date(`due-${n}`, '2027-03-26'),
  ...more,
});

const carryOut = (who: Visitor, at: string, fields: Fields = { reason: 'The board said so' }) =>
  fill(who, `${at}/changes`, fields);

/** Puts a title into a draft: the action of the supervision standard gets another. */
const retitled = async (who: Visitor, at: string, title: string) =>
  fill(who, `${at}/change/action/supervision-standard`, {
    ...{ title, theme: 'so-1', owner: '', recommendations: 'i' },
    measure: 'Share of open cases with supervision recorded in the last month',
  });

describe('a plan is written on the pages', () => {
  test('six actions with one page and one check page', async () => {
    const { id, at } = await plan();
    const before = (await actions(id)).length;
    const rows = Object.assign({}, ...[1, 2, 3, 4, 5, 6].map((n) => row(n, `New action ${n}`))) as Fields;
    const kept = await fill(manager, `${at}/actions`, { ...rows, 'owner-2': 'head-of-performance', go: 'changes' });
    expect([kept.status, kept.headers.get('Location')]).toEqual([303, `${at}/changes`]);
    const html = await manager.text(`${at}/changes`);
    expect(html).toContain('Action: New action 6');
    expect(html).toContain('Due: Friday 26 March 2027');
    expect(html).toMatch(/Who will be told.*Head of Performance/s);
    expect(html).not.toContain('yaml:');
    const done = await carryOut(manager, at);
    expect([done.status, done.headers.get('Location')]).toEqual([
      303,
      `/inspections/${id}/plan/revisions/2?done=revise`,
    ]);
    const now = await actions(id);
    expect(now).toHaveLength(before + 6);
    expect(now.find(({ id: name }) => name === 'new-action-2')).toEqual({
      ...{ id: 'new-action-2', title: 'New action 2', theme: 'so-1', owner: 'head-of-performance' },
      ...{ recommendations: ['i', 'ii'], due: '2027-03-26' },
    });
    expect(await manager.text(`/inspections/${id}/plan/revisions/2?done=revise`)).toContain('The plan is revised.');
    // Nothing is left in the draft.
    expect(await manager.text(at)).toContain('The plan is at revision 2.');
  });

  test('change, move, split, withdraw and undo, in one revision', async () => {
    const { id, at } = await plan();
    const change = (path: string, fields: Fields) => fill(administrator, `${at}/${path}`, fields);
    await retitled(administrator, at, 'Put one standard in place');
    await change('move/chronologies', {
      theme: 'so-2',
      owner: 'head-of-safeguarding',
      recommendations: ['iii', 'xiii'],
    });
    await change('split/care-plan-audit', {
      ...{ 'title-1': 'Audit the care plans', 'title-2': 'Put right those that fall short' },
      ...{ 'owner-1': 'head-of-looked-after-children', 'owner-2': 'head-of-looked-after-children' },
      ...{ 'recommendations-1': 'vii', 'recommendations-2': 'vii', 'theme-1': 'so-1', 'theme-2': 'so-1' },
      go: 'plan',
    });
    await change('withdraw/action/participation', { to: '', reason: 'too much' });
    await change('withdraw/theme/so-4', { to: 'so-5', reason: 'so-5 says the same' });
    const { to, hidden } = await formOn(administrator, at);
    expect(hidden['what']).toBe('action');
    await administrator.post(to, bodyOf({ ...hidden, what: 'action', id: 'participation' }));
    const html = await administrator.text(`${at}/changes`);
    expect(html).not.toContain('participation');
    expect(html).toMatch(/Put one standard in place.*, was Put one supervision/s);
    const done = await carryOut(administrator, at, { reason: 'x', minute: 'Minute 7' });
    expect([done.status, await done.text()]).toEqual([303, '']);
    const { inspection, revision } = await facts(id);
    const byId = new Map(inspection.actions.map((each) => [each.id, each]));
    expect(revision).toBe(2);
    expect(byId.get('supervision-standard')).toMatchObject({ title: 'Put one standard in place', due: { n: 3 } });
    expect(byId.get('chronologies')).toMatchObject({ theme: 'so-2', owner: 'head-of-safeguarding' });
    expect(byId.get('audit-the-care-plans')).toMatchObject({
      ...{ theme: 'so-1', replaces: ['care-plan-audit'], recommendations: ['vii'], due: { n: 6, unit: 'month' } },
    });
    expect(byId.has('participation')).toBe(true);
    expect(byId.get('reviewing-officer-capacity')).toMatchObject({ theme: 'so-5' });
    expect(inspection.withdrawn).toMatchObject([
      { what: 'theme', id: 'so-4', reason: 'so-5 says the same' },
      {
        what: 'action',
        id: 'care-plan-audit',
        replacedBy: ['audit-the-care-plans', 'put-right-those-that-fall-short'],
      },
    ]);
    expect(await administrator.text(`/inspections/${id}/plan/revisions`)).toContain('x (Minute 7)');
    expect(await administrator.text(`/inspections/${id}/plan/revisions/compare?from=1&to=2`)).toMatch(
      /Side by side.*Put one supervision.*Put one standard in place/s,
    );
  });

  test('a later date that was granted stands in the forms: it is kept where it is left, and parts begin with it', async () => {
    const { id, at } = await plan();
    const found = (await actions(id)).find(({ id: name }) => name === 'supervision-standard');
    if (found === undefined) throw new Error('the example has changed');
    const edits = [{ kind: 'put' as const, what: 'action' as const, item: { ...found, due: '2027-03-01' } }];
    await board().engine.command(id, 'revise', { edits, reason: 'A day' }, as);
    const later = {
      milestone: 'improvement-actions/supervision-standard',
      to: '2027-05-04',
      reason: 'Two posts are vacant',
    };
    const { seq } = await board().engine.command(id, 'extend', later, as);
    await board().register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
    const shows = (html: string, name: string) =>
      ['day', 'month', 'year']
        .map((part) => new RegExp(`name="${name}-${part}"[^>]* value="(\\d+)"`).exec(html)?.[1])
        .join(' ');
    expect(shows(await administrator.text(`${at}/change/action/supervision-standard`), 'due')).toBe('4 5 2027');
    expect(shows(await administrator.text(`${at}/split/supervision-standard`), 'due-1')).toBe('4 5 2027');
    const { title: _title, measure = '' } = found;
    const kept = { theme: 'so-1', owner: '', recommendations: 'i', measure, ...date('due', '2027-05-04') };
    await fill(administrator, `${at}/change/action/supervision-standard`, { title: 'One standard', ...kept });
    const html = await administrator.text(`${at}/changes`);
    expect(html).toContain('One standard');
    expect(html).not.toContain('What moves');
    await carryOut(administrator, at);
    const now = (await actions(id)).find(({ id: name }) => name === 'supervision-standard');
    expect(now).toMatchObject({ title: 'One standard', due: '2027-03-01' });
    const { view } = await board().engine.inspect(id);
    expect(view.milestones.find((each) => each.id === later.milestone)).toMatchObject({ due: '2027-05-04' });
  });

  test('what would be left with nothing is said first, and the list shows how each action stands', async () => {
    const { id, at } = await plan();
    const LEFT = 'would be left with no action that answers it: add one to the plan.';
    const milestone = 'improvement-actions/statutory-visits';
    const waive = `/inspections/${id}/milestones/${milestone}/do/waive`;
    const page = await fill(administrator, waive, { reason: 'the team has gone' });
    expect(await administrator.text(page.headers.get('Location') ?? '')).toMatch(
      new RegExp(`Look at these first</h2>\\s*<ul[^>]*><li dir="auto">Recommendation xii ${LEFT}`),
    );
    await board().engine.command(id, 'waive', { milestone, reason: 'the team has gone' }, as);
    await board().engine.command(id, 'complete', { milestone: 'improvement-actions/care-plan-audit' }, as);
    const list = await administrator.text(at);
    const line = (action: string) => new RegExp(`<tr[^>]* id="action-${action}">.*?</tr>`, 's').exec(list)?.[0] ?? '';
    const shown = ['No longer applies', 'Done', '/move/', '/split/', '/withdraw/'];
    const shows = (action: string) => shown.filter((each) => line(action).includes(each));
    expect(shows('statutory-visits')).toEqual(['No longer applies', '/move/', '/withdraw/']);
    expect(shows('care-plan-audit')).toEqual(['Done', '/move/']);
    expect(shows('chronologies')).toEqual(['/move/', '/split/', '/withdraw/']);
    // It takes nothing in any more.
    const withdraw = `${at}/withdraw/action/supervision-standard`;
    const asked = await administrator.text(withdraw);
    expect([asked.includes('value="chronologies"'), asked.includes('value="statutory-visits"')]).toEqual([true, false]);
    await fill(administrator, withdraw, { to: '', reason: 'too much' });
    expect(await administrator.text(`${at}/changes`)).toContain(`Recommendation i ${LEFT}`);
  });

  test('themes, recommendations and measures by the same', async () => {
    const { id, at } = await plan();
    await fill(manager, `${at}/add/theme`, { title: 'Practice leadership', officer: 'head-of-performance' });
    await fill(manager, `${at}/add/recommendation`, {
      id: 'XVII',
      text: 'Lead\r\npractice',
      themes: 'practice-leadership',
    });
    const sent = await fill(manager, `${at}/add/measure`, {
      ...{ title: 'Visits in time', unit: '%', direction: 'up', target: '95', source: 'Case system' },
      ...{ recommendations: 'xvii', themes: 'practice-leadership', ...date('targetBy', '2027-03-31') },
    });
    expect(sent.status).toBe(303);
    expect((await carryOut(manager, at)).status).toBe(303);
    const { themes, recommendations, measures } = (await facts(id)).inspection;
    expect(themes.at(-1)).toMatchObject({ id: 'practice-leadership', recommendations: ['xvii'] });
    expect(recommendations.at(-1)).toEqual({ id: 'xvii', text: 'Lead practice' });
    expect(measures).toMatchObject([{ id: 'visits-in-time', target: { value: 95, by: '2027-03-31' } }]);
  });

  test('promises in plain words, approvals, whose duties a kind is, and who must accept', async () => {
    const { id, at } = await plan();
    const kept = async (path: string, fields: Fields) => {
      const sent = await fill(manager, `${at}/${path}`, fields);
      expect([path, sent.status, sent.status === 303 ? '' : await sent.text()]).toEqual([path, 303, '']);
    };
    await kept('add/promise', {
      ...{ title: 'Improvement board', act: 'Bring a report to the board.', every: 'the first Tuesday of every month' },
      ...{ owner: 'head-of-performance', source: 'The report of 10 May 2016', round: 'yes' },
    });
    // Of the same name, which is no round of the first.
    await kept('add/promise', {
      ...{ title: 'Improvement board', act: 'Send it.', to: 'the Department for Education' },
      ...date('due', '2027-03-26'),
    });
    const [theirs] = (await facts(id)).inspection.commitments;
    await kept('change/promise/cabinet-update', {
      ...{ title: 'Progress report to the Executive', follows: 'cabinet-update', every: 'every 6 weeks' },
      ...{ body: 'executive', owner: 'executive-director', source: theirs?.source ?? '' },
    });
    await kept('withdraw/promise/member-briefing', { reason: 'members are briefed already' });
    await kept('add/approval', { rule: 'written-action-plan', body: 'executive', key: 'yes' });
    await kept('owners', {
      'plan-submission': 'assistant-director',
      'cabinet-updates': '',
      'member-briefings': 'assistant-director',
    });
    await kept('change/theme/so-2', {
      ...{ title: 'Data', officer: 'head-of-performance', recommendations: 'iii' },
      ...{ acceptedBy: 'body:executive', acceptedWithin: '15' },
    });
    const html = (await manager.text(`${at}/changes`)).replaceAll(/<[^>]+>/g, '');
    for (const line of [
      'Promise: Improvement board',
      'How often: the first Tuesday of every month',
      'Owners are asked for progress before it: yes: 10 working days to answer, 2 before the report is due',
      'How often: every 6 weeks, was as its rule says',
      'Which body it goes to: Executive, was none',
      'Approval: Written action plan to Ofsted, by Executive',
      'Owner of: Executive updates',
      'Whose duties they are: Assistant Director',
      'Who must accept its actions: Executive, was none',
    ])
      expect(html).toContain(line);
    expect((await carryOut(manager, at)).status).toBe(303);
    const { commitments, approvals, owners, themes, withdrawn } = (await facts(id)).inspection;
    expect(commitments).toEqual([
      { ...theirs, every: { n: 6, unit: 'week', convention: 'after' }, body: 'executive' },
      {
        ...{ id: 'improvement-board', title: 'Improvement board', act: 'Bring a report to the board.' },
        ...{ every: { which: 'first', weekday: 'tuesday', convention: 'after' }, owner: 'head-of-performance' },
        ...{ source: 'The report of 10 May 2016', round: { days: 10, ahead: 2 } },
      },
      {
        ...{ id: 'another-improvement-board', title: 'Improvement board', act: 'Send it.', due: '2027-03-26' },
        to: 'the Department for Education',
      },
    ]);
    expect(approvals).toEqual([{ rule: 'written-action-plan', body: 'executive', key: true }]);
    expect(owners).toEqual({ 'plan-submission': 'assistant-director', 'member-briefings': 'assistant-director' });
    expect(themes.find((each) => each.id === 'so-2')?.acceptedBy).toEqual({ body: 'executive', within: 15 });
    expect(withdrawn).toMatchObject([{ what: 'promise', id: 'member-briefing' }]);
    expect(await manager.text(`/inspections/${id}/plan/revisions/2`)).toContain(
      'Written action plan to Ofsted, by Executive',
    );
  });

  test.each<[string, Fields, string, string]>([
    ['that can’t be read', { every: 'every 3 moths' }, 'every', 'can’t be read; write it like “every 3 months”'],
    ['that comes how often?', {}, 'every', 'Enter how often it comes, or the day on which it comes once'],
    ['both ways', { every: 'monthly', ...date('due', '2027-03-26') }, 'due', 'not both'],
    ['with another day', { ...date('due', '2027-02-31') }, 'due-day', 'enter a date that exists'],
    ['to two', { every: 'monthly', body: 'executive', to: 'the Department' }, 'to', 'not both'],
    ['at nobody’s meetings', { every: 'each meeting' }, 'body', 'Choose the body whose meetings these are'],
    ['without words', { title: '', every: 'monthly' }, 'title', 'Enter what is promised'],
    [
      'on a rule’s date',
      { follows: 'cabinet-update', ...date('due', '2027-03-26') },
      'due',
      'has its date from the rule',
    ],
    ['of no rule', { follows: 'no-such-rule', every: 'monthly' }, 'follows', 'Choose one from the list'],
    ['without a key decision', { every: 'monthly', generalException: 'x' }, 'generalException', 'Only a key decision'],
  ])('a promise %s is told at its field, and nothing is kept', async (_what, fields, field, text) => {
    const at = `/inspections/${shared}/plan/edit`;
    const answer = await fill(manager, `${at}/add/promise`, { title: 'Report', act: 'Report.', ...fields });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toMatch(new RegExp(`<a href="#${field}(-day)?">[^<]*${text.slice(0, 30)}`));
    expect(await manager.text(at)).not.toContain('Your draft holds');
  });
});

describe('nothing is lost, and nothing counts twice', () => {
  test('bad rows are told beside their fields, with what was typed', async () => {
    const { at } = await plan();
    const answer = await fill(manager, `${at}/actions`, {
      ...row(1, 'A good one'),
      ...row(2, 'No owner', { 'theme-2': '', 'due-2-day': '31', 'due-2-month': '2' }),
      ...row(3, 'Wrong number', { 'recommendations-3': 'xixi' }),
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toMatch(/<a href="#owner-2">Action 2: choose who owns it/);
    expect(html).toContain('<a href="#due-2-day">Action 2: due: enter a date that exists');
    expect(html).toContain('There is no recommendation xixi in the plan');
    expect(html).toContain('value="A good one"');
    expect(await manager.text(at)).not.toContain('Your draft holds');
  });

  test('the owners to choose from are officers: no councillor, and nobody chosen beforehand', async () => {
    const { at } = await plan();
    const html = await manager.text(`${at}/actions`);
    const [, select = ''] = /<select[^>]* name="owner-1"[^>]*>(.*?)<\/select>/s.exec(html) ?? [];
    expect(select).not.toContain('lead-member');
    expect(select).toContain('head-of-performance');
    expect(select.match(/value="[^"]*" selected/g)).toEqual(['value="" selected']);
  });

  test('a form that is sent twice has one effect, on the draft and on the plan', async () => {
    const { id, at } = await plan();
    const { to, hidden } = await formOn(manager, `${at}/actions`);
    const body = () => bodyOf({ ...hidden, ...row(1, 'Only once'), go: 'changes' });
    const twice = await Promise.all([manager.post(to, body()), manager.post(to, body())]);
    const again = await manager.post(to, body());
    expect([...twice, again].map(({ status }) => status)).toEqual([303, 303, 303]);
    const check = await formOn(manager, `${at}/changes`);
    const press = () => manager.post(check.to, bodyOf({ ...check.hidden, reason: 'x' }));
    const pressed = [...(await Promise.all([press(), press()])), await press()];
    expect(pressed.map((each) => each.headers.get('Location'))).toEqual(
      Array.from({ length: 3 }, () => `/inspections/${id}/plan/revisions/2?done=revise`),
    );
    expect((await actions(id)).filter(({ title }) => title === 'Only once')).toHaveLength(1);
    expect(revisionOf(await facts(id))).toBe(2);
  });

  test('whose session has ended finds what they typed, and their draft, when they have signed in again', async () => {
    const { at } = await plan();
    const who = await board().signedIn(MANAGER);
    await retitled(who, at, 'Kept in the draft');
    const { to, hidden } = await formOn(who, `${at}/actions`);
    who.cookies.clear();
    const sent = await who.post(to, bodyOf({ ...hidden, ...row(4, 'Typed before') }));
    const [, next = ''] = /^\/sign-in\?next=(.+)$/.exec(sent.headers.get('Location') ?? '') ?? [];
    const back = await board().signedIn(MANAGER);
    expect(await back.text(decodeURIComponent(next))).toContain('value="Typed before"');
    expect(await back.text(at)).toMatch(/Your draft holds 1 change,.*Kept in the draft/s);
  });

  test('nothing is carried out that was not shown', async () => {
    const { id, at } = await plan();
    await retitled(manager, at, 'As shown');
    const check = await formOn(manager, `${at}/changes`);
    await retitled(manager, at, 'Changed in another tab');
    const answer = await manager.post(check.to, bodyOf({ ...check.hidden, reason: 'x' }));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Changed in another tab')]);
    expect(revisionOf(await facts(id))).toBe(1);
  });

  test('a draft is thrown away once somebody has confirmed it', async () => {
    const { at } = await plan();
    await retitled(manager, at, 'To be thrown away');
    expect(await manager.text(`${at}/discard`)).toContain('It has 1 change');
    expect((await fill(manager, `${at}/discard`, {})).headers.get('Location')).toBe(`${at}?done=thrown`);
    expect(await manager.text(at)).not.toContain('To be thrown away');
  });
});

describe('two people at once', () => {
  test('each is told of the other: who, what and since when', async () => {
    const { at } = await plan();
    await retitled(manager, at, 'The manager’s words');
    const html = await administrator.text(at);
    expect(html).toMatch(/Assistant Director[^<]* writes on this plan too, since [^<]*: Action: The manager’s words/);
    expect(html).not.toContain('Your draft holds');
  });

  test('a draft from an older plan shows what others changed, asks where both changed the same, and undoes nothing unseen', async () => {
    const { id, at } = await plan();
    await retitled(manager, at, 'The manager’s words');
    await fill(manager, `${at}/change/theme/so-2`, { title: 'Data that is used', officer: 'head-of-performance' });
    const { inspection } = await facts(id);
    const [action] = inspection.actions;
    const theme = inspection.themes.find((each) => each.id === 'so-2');
    if (action === undefined || theme === undefined) throw new Error('the example has changed');
    const edits = [
      {
        kind: 'put' as const,
        what: 'action' as const,
        item: { ...action, title: 'Others’ words', measure: 'Others’ measure' },
      },
      { kind: 'put' as const, what: 'theme' as const, item: { ...theme, until: '2027-06-30' } },
    ];
    // While the check page stands open.
    const check = await formOn(manager, `${at}/changes`);
    const { seq } = await board().engine.command(id, 'revise', { edits, reason: 'Meanwhile' }, as);
    await board().register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
    const late = await manager.post(check.to, bodyOf({ ...check.hidden, reason: 'x' }));
    expect(late.headers.get('Location')).toBe(`${at}/newer`);
    expect((await manager.get(at)).headers.get('Location')).toBe(`${at}/newer`);
    const html = await manager.text(`${at}/newer`);
    expect(html).toMatch(/Revision 2: .*Meanwhile/s);
    expect(html).toContain('Yours: The manager’s words');
    expect(html).toContain('As the plan is now: Others’ words');
    expect((await fill(manager, `${at}/newer`, {})).status).toBe(422);
    const name = 'action/supervision-standard/title';
    expect((await fill(manager, `${at}/newer`, { [name]: 'yours' })).status).toBe(303);
    expect((await carryOut(manager, at)).status).toBe(303);
    const after = (await facts(id)).inspection;
    expect(after.actions[0]).toMatchObject({ title: 'The manager’s words' });
    expect(after.themes.find((each) => each.id === 'so-2')).toMatchObject({
      ...{ title: 'Data that is used', until: '2027-06-30' },
    });
  });

  test('what others have withdrawn meanwhile: each change of the draft that falls away is named, with the way to go on', async () => {
    const { id, at } = await plan();
    await retitled(manager, at, 'The manager’s words');
    const [action] = (await facts(id)).inspection.actions;
    if (action === undefined) throw new Error('the example has changed');
    const edits = [{ kind: 'withdraw' as const, what: 'action' as const, id: action.id }];
    const { seq } = await board().engine.command(id, 'revise', { edits, reason: 'No longer needed' }, as);
    await board().register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
    const html = (await manager.text(`${at}/newer`)).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(html).toContain('What falls away of it: others have withdrawn what it is about');
    expect(html).toMatch(/What falls away .* Action: .* Changed What is to be done: The manager’s words/);
    expect(html).toContain('add it anew, under another name');
    expect(html).toContain('Nothing is left of it to be carried out. Going on throws the draft away.');
    expect((await fill(manager, `${at}/newer`, {})).status).toBe(303);
    expect((await facts(id)).inspection.actions.map((each) => each.id)).not.toContain(action.id);
  });

  test('both press at the same moment: one revision; the other sees at once what has changed, and keeps the draft', async () => {
    const { at } = await plan();
    await retitled(manager, at, 'The manager’s words');
    await fill(administrator, `${at}/change/theme/so-2`, {
      title: 'Data that is used',
      officer: 'head-of-performance',
    });
    const [one, other] = [await formOn(manager, `${at}/changes`), await formOn(administrator, `${at}/changes`)];
    const answers = await Promise.all([
      manager.post(one.to, bodyOf({ ...one.hidden, reason: 'x' })),
      administrator.post(other.to, bodyOf({ ...other.hidden, reason: 'y' })),
    ]);
    const places = answers.map((answer) => answer.headers.get('Location'));
    expect(places.filter((place) => place === `${at}/newer`)).toHaveLength(1);
    const second = places[0] === `${at}/newer` ? manager : administrator;
    const html = await second.text(`${at}/newer`);
    expect(html).toContain(second === manager ? 'Data that is used' : 'The manager’s words');
    expect(html).not.toContain('on record any more');
  });

  test('a form that was opened before others revised the plan begins the draft from what it showed', async () => {
    const { id, at } = await plan();
    const { to, hidden } = await formOn(manager, `${at}/change/theme/so-2`);
    const theme = (await facts(id)).inspection.themes.find((each) => each.id === 'so-2');
    if (theme === undefined) throw new Error('the example has changed');
    const edits = [{ kind: 'put' as const, what: 'theme' as const, item: { ...theme, until: '2027-06-30' } }];
    const { seq } = await board().engine.command(id, 'revise', { edits, reason: 'Meanwhile' }, as);
    await board().register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
    const fields = { title: 'Mine', officer: theme.officer, recommendations: 'iii' };
    expect((await manager.post(to, bodyOf({ ...hidden, ...fields }))).status).toBe(303);
    expect((await manager.get(at)).headers.get('Location')).toBe(`${at}/newer`);
    await fill(manager, `${at}/newer`, {});
    expect((await carryOut(manager, at)).status).toBe(303);
    expect((await facts(id)).inspection.themes.find((each) => each.id === 'so-2')).toMatchObject({
      ...{ title: 'Mine', until: '2027-06-30' },
    });
  });
});

describe('what would be refused, and to whom', () => {
  test('nothing is withdrawn without a reason, which stands in the check, on record and on the duty’s page', async () => {
    const { id, at } = await plan();
    const path = `${at}/withdraw/action/participation`;
    const without = await fill(manager, path, { to: '', reason: ' ' });
    expect([without.status, await without.text()]).toEqual([
      422,
      expect.stringContaining('<a href="#reason">Say why it is withdrawn</a>'),
    ]);
    expect((await fill(manager, path, { to: '', reason: 'young people wanted another way' })).status).toBe(303);
    await retitled(manager, at, 'Other words');
    expect(await manager.text(`${at}/changes`)).toMatch(/Why it is withdrawn.*young people wanted another way/s);
    const done = await carryOut(manager, at, { reason: 'The board said so' });
    expect([done.status, await done.text()]).toEqual([303, '']);
    expect((await facts(id)).inspection.withdrawn).toMatchObject([{ reason: 'young people wanted another way' }]);
    const page = await manager.text(`/inspections/${id}/milestones/improvement-actions/participation`);
    expect(page).toMatch(/recorded on [^<]* by Assistant Director[^<]*: young people wanted another way/);
  });

  test.each(['2016-03-01', '2140-03-01'])('a day on which nothing can be due is told at its field: %s', async (due) => {
    const at = `/inspections/${shared}/plan/edit`;
    const changed = { title: '', theme: 'so-1', ...date('due', due), recommendations: 'xiii' };
    for (const path of ['change/action/chronologies', 'add/action']) {
      const html = await (await fill(manager, `${at}/${path}`, changed)).text();
      expect(html).toContain('<a href="#title">Enter what is to be done</a>');
      expect(html).toMatch(/<a href="#due-day">Due: it would be due on /);
      expect(html).toMatch(/id="due-error"[^]*it would be due on /);
    }
    const added = await fill(manager, `${at}/actions`, { ...row(1, ''), ...row(2, 'Two'), ...date('due-1', due) });
    const rows = await added.text();
    expect(added.status).toBe(422);
    expect(rows).toContain('<a href="#title-1">Action 1: enter what is to be done</a>');
    expect(rows).toMatch(/<a href="#due-1-day">Action 1: due: it would be due on /);
    expect(await manager.text(at)).not.toContain('Your draft holds');
  });

  test('what has passed since it was put into the draft stands beside its item in plain words, and there is no button', async () => {
    const { id, at } = await plan();
    const action = (await actions(id)).find((each) => each.id === 'chronologies');
    if (action === undefined) throw new Error('the example has changed');
    const [authority = '', reference = ''] = id.split('/');
    const edits = [{ kind: 'put' as const, what: 'action' as const, item: { ...action, due: '2016-03-01' } }];
    await board().register.board.planDrafts.keep(
      { authority, reference, email: MANAGER },
      { role: 'assistant-director', revision: 1, edits },
      { after: 0, now: new Date().toISOString() },
    );
    await fill(manager, `${at}/withdraw/recommendation/iv`, { reason: 'answered elsewhere' });
    const html = await manager.text(`${at}/changes`);
    expect(html).toMatch(
      /id="action-chronologies".*?It would be due on Tuesday 1 March 2016, which has passed\..*?<\/section>/s,
    );
    expect(html).toContain('It can’t be carried out like this.');
    expect(html).not.toContain('>Carry out<');
    expect(html).not.toMatch(/yaml|so-1|:1:/);
  });

  test('without a reason nothing is carried out', async () => {
    const { id, at } = await plan();
    await retitled(manager, at, 'Other words');
    const answer = await carryOut(manager, at, { reason: ' ', minute: 'Minute 9' });
    const html = await answer.text();
    expect([answer.status, html]).toEqual([422, expect.stringContaining('<a href="#reason">Say why</a>')]);
    expect(html).toContain('value="Minute 9"');
    expect(revisionOf(await facts(id))).toBe(1);
  });

  test('whoever may not revise the plan writes on none, and another council’s people find none', async () => {
    const { id, at } = await plan();
    for (const path of ['', '/actions', '/add/theme', '/changes', '/newer', '/discard']) {
      expect([path, (await owner.get(`${at}${path}`)).status]).toEqual([path, 403]);
      expect([path, (await stranger.get(`${at}${path}`)).status]).toEqual([path, 404]);
    }
    expect((await owner.send(`${at}/actions`, { 'title-1': 'x' })).status).toBe(403);
    expect((await owner.get(`/inspections/${id}/plan/revisions`)).status).toBe(200);
    expect(await owner.text(`/inspections/${id}/plan/revisions`)).not.toContain('/plan/edit');
    expect(board().errors).toEqual([]);
  });
});
