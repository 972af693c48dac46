import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { loadStart } from '../../client/files/load-start.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import { PDF } from '../support/evidence-files.ts';
import { type BoardRig, boardForAll, type Visitor } from '../support/board.ts';
import { largeStart } from '../support/large.ts';

const WHO = {
  owner: 'head-of-early-help@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  manager: 'assistant-director@middlesbrough.example.org',
  administrator: 'democratic-services@middlesbrough.example.org',
  stranger: 'democratic-services@stockton-on-tees.example.org',
} as const;
type Who = keyof typeof WHO;
const OURS: readonly Who[] = ['owner', 'member', 'manager', 'administrator'];
const TABS = {
  '': 'Overview',
  '/plan': 'Plan',
  '/timeline': 'Timeline',
  '/duties': 'Duties',
  '/decisions': 'Decisions',
  '/questions': 'Questions',
  '/reports': 'Reports',
  '/history': 'History',
  '/facts': 'Facts',
};
const ACTIONS = 3000;

const visitors = new Map<Who, Visitor>();
let id: InspectionRef;
let large: InspectionRef;
let clerk: Visitor;

const board = boardForAll(async (rig) => {
  const today = localDate(new Date().toISOString());
  id = await started(rig, measured(loadStart('examples/middlesbrough-2016.yaml', { received: addDays(today, -130) })));
  await rig.start('examples/stockton-on-tees-2010.yaml');
  for (const [who, email] of Object.entries(WHO) as [Who, string][]) visitors.set(who, await rig.signedIn(email));
});

/** An inspection under a reference of its own, once all that it begins with is on record. */
async function started(rig: BoardRig, start: Omit<LifecycleStart, 'startedBy'>): Promise<InspectionRef> {
  const reference = `page-${randomBytes(4).toString('hex')}`;
  const { authority, inspection } = start.facts;
  await rig.register.board.keepAuthority(authority, new Date().toISOString());
  const ref = await rig.engine.start({
    ...start,
    facts: { ...start.facts, inspection: { ...inspection, reference } },
    startedBy: { id: 'test', role: authority.chain.administrator },
  });
  const { seq } = await rig.engine.view(ref);
  await rig.register.reached(authority.id, reference, seq, 60_000);
  return ref;
}

/** With a measure of one of its actions, which has a baseline and two values. */
function measured({ facts, ...start }: Omit<LifecycleStart, 'startedBy'>): Omit<LifecycleStart, 'startedBy'> {
  const measures: Inspection['measures'] = [
    {
      ...{ id: 'visits', title: 'Statutory visits made in time', unit: '%', direction: 'up', source: 'Case system' },
      ...{ baseline: { value: 70, on: '2026-01-31' }, target: { value: 95, by: '2027-03-31' } },
      ...{ themes: [], recommendations: [], actions: ['statutory-visits'] },
      values: [
        { on: '2026-02-28', value: 72.5 },
        { on: '2026-03-31', value: 81 },
      ],
    },
  ];
  return { ...start, facts: { ...facts, inspection: { ...facts.inspection, measures } } };
}

function visitor(who: Who): Visitor {
  const found = visitors.get(who);
  if (found === undefined) throw new Error(`nobody is ${who}`);
  return found;
}

/** A page's text as it is read, without its marks. */
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** The row of a table that begins with these words, cell by cell. */
function rowOf(html: string, words: string): string[] {
  const row = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)]
    .map(([, each = '']) => each)
    .find((each) => each.includes(words));
  return [...(row ?? '').matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell).trim());
}

const THEME = 'To deliver high quality timely services';

describe('every tab', () => {
  test.each(Object.entries(TABS))(
    '%s: %s is there for each of the council’s people, and marked',
    async (path, name) => {
      for (const who of OURS) {
        const answer = await visitor(who).get(`/inspections/${id}${path}`);
        expect([who, answer.status]).toEqual([who, 200]);
        const html = await answer.text();
        const tabs = /<nav class="board-tabs"[^>]*>(.*?)<\/nav>/s.exec(html)?.[1] ?? '';
        const current = [...tabs.matchAll(/<a [^>]*href="([^"]+)" aria-current="page">([^<]+)</g)];
        expect(current.map(([, href, text]) => [href, text])).toEqual([[`/inspections/${id}${path}`, name]]);
        for (const other of Object.keys(TABS)) expect(tabs).toContain(`href="/inspections/${id}${other}"`);
      }
      expect((await visitor('stranger').get(`/inspections/${id}${path}`)).status).toBe(404);
      expect(board().errors).toEqual([]);
    },
  );
});

describe('the overview', () => {
  test('says what is late and what is next, and how far each theme is right after a change', async () => {
    const administrator = visitor('administrator');
    const before = await administrator.text(`/inspections/${id}`);
    expect(rowOf(before, THEME)[1]).toBe('0 of 6');
    const late = Number(/(\d+) overdue/.exec(textOf(before))?.[1]);
    expect(late).toBeGreaterThan(0);
    const done = await administrator.carryOut(
      `/inspections/${id}/milestones/improvement-actions/supervision-standard/do/complete`,
      { evidence: 'https://www.example.org/minutes' },
    );
    expect(done.status).toBe(303);
    const after = await administrator.text(`/inspections/${id}`);
    expect(rowOf(after, THEME)[1]).toBe('1 of 6');
    expect(rowOf(after, THEME)).toContain('Head of Assessment and Safeguarding');
    expect(Number(/(\d+) overdue/.exec(textOf(after))?.[1])).toBe(late - 1);
  });

  test('offers changes to whoever may make them, and to nobody else', async () => {
    for (const who of OURS) {
      const html = await visitor(who).text(`/inspections/${id}`);
      const isAdministrator = who === 'administrator';
      expect([who, html.includes('/do/withdraw"')]).toEqual([who, isAdministrator]);
      expect([who, html.includes('/do/openRound"')]).toEqual([who, isAdministrator || who === 'manager']);
    }
  });
});

describe('the plan', () => {
  test('has every recommendation in its words, under its theme, with the actions that answer it', async () => {
    const text = textOf(await visitor('member').text(`/inspections/${id}/plan`));
    const [theme, recommendation, action] = [
      'For performance data to be used across the service',
      'Improve performance management and quality assurance systems',
      'Agree a performance and quality assurance framework',
    ].map((words) => text.lastIndexOf(words));
    expect(theme).toBeGreaterThan(-1);
    expect(recommendation).toBeGreaterThan(theme ?? 0);
    expect(action).toBeGreaterThan(recommendation ?? 0);
  });

  test('shows one theme alone where it is asked for', async () => {
    const html = await visitor('member').text(`/inspections/${id}/plan?theme=so-2`);
    expect(html.includes('improvement-actions/performance-framework"')).toBe(true);
    expect(html.includes('improvement-actions/supervision-standard"')).toBe(false);
  });
});

describe('an action’s page', () => {
  const page = (action: string) => `/inspections/${id}/milestones/improvement-actions/${action}`;

  test('has its theme, the recommendation in its words, and what shows that it is done', async () => {
    const html = await visitor('member').text(page('care-plan-audit'));
    expect(html.includes(`href="/inspections/${id}/plan?theme=so-1"`)).toBe(true);
    expect(textOf(html)).toContain('Support improved outcomes for children looked after by ensuring that care plans');
    expect(textOf(html)).toContain('What shows that it is done Share of audited care plans');
  });

  test('has its measures with a picture, and its table', async () => {
    const html = await visitor('member').text(page('statutory-visits'));
    expect(html.match(/<svg class="measure-chart"/g)).toHaveLength(1);
    expect(html.match(/class="measure-chart__point"/g)).toHaveLength(2);
    expect(rowOf(html, 'Tue 31 March 2026')).toEqual(['Tue 31 March 2026', '81 %', '', 'Case system']);
    expect(textOf(html)).toContain(
      'Newest value 81 % on Tue 31 March 2026: target not reached yet, better than the baseline',
    );
  });

  test('has what was entered wrongly put right by whoever may enter it: picture and table show what is right', async () => {
    const link = `/inspections/${id}/do/correctMeasure?measure=visits`;
    expect(await visitor('member').text(page('statutory-visits'))).not.toContain('correctMeasure');
    expect(await visitor('owner').text(page('statutory-visits'))).toContain(`href="${link}"`);
    expect(await visitor('owner').text(link)).toContain('<option value="visits" selected>');
    const { engine, register } = board();
    const payload = { measure: 'visits', of: '2026-03-31', value: 79.5, on: '2026-03-30', reason: 'the wrong month' };
    const { seq } = await engine.command(id, 'correctMeasure', payload, { id: 'x', role: 'head-of-early-help' });
    const [authority = '', reference = ''] = id.split('/');
    await register.reached(authority, reference, seq, 60_000);
    const html = await visitor('member').text(page('statutory-visits'));
    expect(html.match(/class="measure-chart__point"/g)).toHaveLength(2);
    expect(textOf(html)).not.toContain('81 %');
    expect(rowOf(html, 'Mon 30 March 2026')[1]).toBe('79.5 %');
    expect(textOf(await visitor('member').text(`/inspections/${id}/history`))).toContain(
      'the value 81 % for Tuesday 31 March 2026 was taken back',
    );
  });

  test('takes evidence where it stands, from whoever may give it, and lists it', async () => {
    const [, action = ''] = /<form method="post" action="([^"]+addEvidence[^"]*)"/.exec(
      await visitor('administrator').text(page('care-plan-audit')),
    ) ?? [''];
    const form = new FormData();
    form.set('formToken', await visitor('administrator').token());
    form.set('title', 'Audit of March');
    form.set('file', new File([new Uint8Array(PDF)], 'audit.pdf'));
    const sent = await visitor('administrator').post(action, form);
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${page('care-plan-audit')}?done=addEvidence`]);
    const html = await visitor('member').text(page('care-plan-audit'));
    expect(rowOf(html, 'Audit of March')[2]).toBe('Democratic Services Manager');
    expect(html.includes('/addEvidence')).toBe(false);
  });

  test('what was ended by mistake is opened again there, and before it counts it is said who is told', async () => {
    const administrator = visitor('administrator');
    const undo = `${page('supervision-standard')}/do/reopen`;
    expect((await administrator.text(page('supervision-standard'))).includes(undo)).toBe(true);
    expect((await visitor('member').text(page('supervision-standard'))).includes(undo)).toBe(false);
    const sent = await administrator.send(undo, { reason: 'it was another one' });
    const check = textOf(await administrator.text(sent.headers.get('Location') ?? ''));
    expect(check.slice(check.indexOf('Who is told'))).toMatch(
      /^Who is told .*Head of Assessment and Safeguarding ?: told that it is open again/,
    );
    expect((await administrator.confirm(sent)).status).toBe(303);
    expect(rowOf(await administrator.text(`/inspections/${id}`), THEME)[1]).toBe('0 of 6');
    const again = await administrator.carryOut(`${page('supervision-standard')}/do/complete`, {});
    expect(again.status).toBe(303);
  });

  test('what was submitted is accepted or sent back beside its evidence', async () => {
    const plan = `/inspections/${id}/milestones/plan-submission/written-action-plan`;
    const administrator = visitor('administrator');
    expect((await administrator.carryOut(`${plan}/do/submit`, {})).status).toBe(303);
    const html = await administrator.text(plan);
    const evidence = html.slice(html.indexOf('id="evidence"'), html.indexOf('Why this date'));
    expect(evidence.includes(`${plan}/do/accept`)).toBe(true);
    expect(evidence.includes(`${plan}/do/sendBack`)).toBe(true);
    const to = addDays(localDate(new Date().toISOString()), 30).split('-');
    const back = await administrator.carryOut(`${plan}/do/sendBack`, {
      ...{ reason: 'no dates in it', 'to-day': to[2] ?? '', 'to-month': to[1] ?? '', 'to-year': to[0] ?? '' },
    });
    expect(back.status).toBe(303);
    expect(textOf(await administrator.text(plan))).toContain('no dates in it');
  });
});

describe('the timeline', () => {
  test('says how many are overdue from before what it shows, and leads to them; nothing where none is', async () => {
    const today = localDate(new Date().toISOString());
    const path = `/inspections/${id}/timeline?zoom=quarter&from=`;
    const said = async (from: string) =>
      /(\d+) overdue from before this/.exec(await visitor('member').text(path + from))?.[1];
    const late = await visitor('member').text(`/inspections/${id}/duties?status=overdue`);
    const all = /(\d+) (?:duty|duties), overdue/.exec(late)?.[1];
    expect(Number(all)).toBeGreaterThan(0);
    expect(await said(addDays(today, 400))).toBe(all);
    expect(await said('1999-01-01')).toBeUndefined();
    expect(await visitor('member').text(path + addDays(today, 400))).toContain(
      `href="/inspections/${id}/duties?status=overdue"`,
    );
  });
});

describe('the duties', () => {
  test('are told apart by kind and by where they stand, those that have ended too', async () => {
    const html = await visitor('member').text(`/inspections/${id}/duties?strand=improvement-actions&status=completed`);
    expect(html.includes('milestones/improvement-actions/supervision-standard"')).toBe(true);
    expect(html.match(/<tr /g)).toHaveLength(2);
    const wrong = await visitor('member').get(`/inspections/${id}/duties?strand=nothing&status=like-it&page=x`);
    expect(wrong.status).toBe(200);
  });
});

describe('the reports', () => {
  test('lead to the update since a day of one’s choice; a day that makes no sense is a quarter ago', async () => {
    const administrator = visitor('administrator');
    const today = localDate(new Date().toISOString());
    const report = async (since: string) =>
      textOf(await administrator.text(`/inspections/${id}/report?since=${since}`));
    expect(await report(addDays(today, 1))).toBe(await report('nonsense'));
    expect(await report(today)).not.toBe(await report('nonsense'));
  });
});

describe(`an inspection of ${ACTIONS} actions`, () => {
  beforeAll(async () => {
    large = await started(board(), largeStart({ actions: ACTIONS, roles: 40, characters: 60, received: '2024-02-19' }));
    clerk = await board().signedIn('democratic-services@anyborough.example.org');
  }, 300_000);

  const bounds: [string, number][] = [
    ['', 60_000],
    ['/plan', 250_000],
    ['/plan?page=7', 250_000],
    ['/duties', 120_000],
    ['/timeline', 250_000],
    ['/timeline?zoom=quarter&from=2024-05-01', 250_000],
  ];
  test.each(bounds)('%s is no larger than %i bytes', async (path, bytes) => {
    const answer = await clerk.get(`/inspections/${large}${path}`);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(Buffer.byteLength(html)).toBeLessThan(bytes);
    expect(html.includes('undefined')).toBe(false);
    expect(board().errors).toEqual([]);
  });
});
