import { describe, expect, test } from 'vitest';
import { localDate } from '../../domain/calendar/london.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { partsOf, type InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { largeStart } from '../support/large.ts';
import { alone } from '../support/alone.ts';

const ACTIONS = 3000;
/** What a page may hold, in bytes: a phone in a lift has to load it. */
const MAX_PAGE = 1_000_000;

let id: InspectionRef = 'anyborough/none';
let administrator: Visitor;
const board = boardForAll(async (rig) => {
  const now = new Date().toISOString();
  const start = alone(largeStart({ actions: ACTIONS, roles: 500, received: addDays(localDate(now), -40) }));
  await rig.register.board.keepAuthority(start.facts.authority, now);
  id = await rig.engine.start(start);
  const { authority, reference } = partsOf(id);
  const { seq } = await rig.engine.view(id);
  if (!(await rig.register.reached(authority, reference, seq, 120_000))) throw new Error('it is not on record');
  administrator = await rig.signedIn('democratic-services@anyborough.example.org');
}, {});

describe(`the pages of an inspection of ${ACTIONS} actions`, () => {
  test.each([
    ['what is overdue', () => '/?status=all'],
    ['every inspection', () => '/inspections'],
    ['the inspection', () => `/inspections/${id}`],
    ['its duties', () => `/inspections/${id}/duties`],
    ['the last page of them', () => `/inspections/${id}/duties?page=16`],
    ['its plan', () => `/inspections/${id}/plan`],
    ['the plan to be written', () => `/inspections/${id}/plan/edit`],
    ['the last page of it', () => `/inspections/${id}/plan/edit?page=31`],
    ['one theme of it', () => `/inspections/${id}/plan/edit?theme=theme-7`],
    ['what is found in it', () => `/inspections/${id}/plan/edit?q=safeguarding`],
    ['new actions', () => `/inspections/${id}/plan/edit/actions`],
    ['a new measure', () => `/inspections/${id}/plan/edit/add/measure`],
    ['an action to be changed', () => `/inspections/${id}/plan/edit/change/action/a7`],
    ['an action to be withdrawn', () => `/inspections/${id}/plan/edit/withdraw/action/a7`],
    ['its timeline', () => `/inspections/${id}/timeline`],
    ['its progress', () => `/inspections/${id}/progress`],
    ['one duty', () => `/inspections/${id}/milestones/improvement-actions/a7`],
    ['a form', () => `/inspections/${id}/milestones/improvement-actions/a7/do/extend`],
    ['closing it', () => `/inspections/${id}/do/close`],
    ['its history', () => `/inspections/${id}/history`],
    ['its decisions', () => `/inspections/${id}/decisions`],
    ['its questions', () => `/inspections/${id}/questions`],
    ['what is coming up', () => '/coming-up'],
    ['one’s own duties', () => '/my-duties'],
    ['the quarterly update', () => `/inspections/${id}/report`],
    ['the briefing', () => `/inspections/${id}/briefing`],
    ['the board pack', () => `/inspections/${id}/board-pack`],
    ['health', () => '/health'],
  ])('%s: is there, and no larger than a page should be', async (_what, path) => {
    const answer = await administrator.get(path());
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html.length).toBeLessThan(MAX_PAGE);
    expect(board().errors).toEqual([]);
  });

  test('the inspection says to its administrator what it is large by, and shows all its duties over its pages', async () => {
    const shown = new Set<string>();
    expect(await administrator.text(`/inspections/${id}`)).toContain(
      'It holds 3,000 actions, and may begin with at most 4,000 actions',
    );
    const html = await administrator.text(`/inspections/${id}/duties`);
    const pages = Number(/page=(\d+)"[^>]*>\s*\1\s*<\/a>\s*<\/li>\s*<\/ul>/.exec(html)?.[1]);
    for (let n = 1; n <= pages; n++)
      for (const [, name = ''] of (await administrator.text(`/inspections/${id}/duties?page=${n}`)).matchAll(
        /milestones\/improvement-actions\/(a\d+)"/g,
      ))
        shown.add(name);
    expect(shown.size).toBe(ACTIONS);
  });

  test('its plan can be written: whatever is kept in the draft is said at the top, and stands on the page that it leads to', async () => {
    const base = `/inspections/${id}/plan/edit`;
    const sent = await administrator.send(`${base}/withdraw/action/a2999`, { to: '', reason: 'no longer needed' });
    const to = sent.headers.get('Location') ?? '';
    expect([sent.status, to]).toEqual([303, `${base}?done=kept&at=action/a2999#action-a2999`]);
    const html = await administrator.text(to.replace(/#.*/, ''));
    expect(html).toMatch(/Your draft holds 1 change,.*\?at=action\/a2999#action-a2999"/s);
    expect(html).toMatch(/<tr class="govuk-table__row" id="action-a2999">.*?To be withdrawn/s);
    expect(html.match(/<tr class="govuk-table__row" id="action-/g)?.length).toBeLessThanOrEqual(100);
    expect(html.length).toBeLessThan(MAX_PAGE);
    const check = await administrator.text(`${base}/changes`);
    expect(check.length).toBeLessThan(MAX_PAGE);
  });

  test('the API answers with it a page at a time, and takes a change', async () => {
    const key = await administrator.apiKey();
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' };
    const visitor = board().visitor();
    const first = await visitor.request('/api/v1/milestones?status=all&perPage=100', { headers });
    expect(await first.json()).toMatchObject({ total: expect.any(Number) as number });
    const history = await visitor.request(`/api/v1/inspections/${id}/history?page=30&perPage=100`, { headers });
    expect(((await history.json()) as { items: unknown[] }).items).toHaveLength(100);
    const done = await visitor.request(`/api/v1/inspections/${id}/complete`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ milestone: 'improvement-actions/a7' }),
    });
    expect(done.status).toBe(200);
    expect(await done.json()).toMatchObject({ milestone: { status: 'completed' } });
  });

  test('the spreadsheet and the calendar feed have all of it', async () => {
    const csv = await administrator.text('/overdue.csv?status=all');
    expect(csv.split(/\r?\n/).length).toBeGreaterThan(ACTIONS);
    const feed = await administrator.send('/feeds', { subject: 'authority:anyborough' });
    const path = /https?:\/\/[^/]+(\/feeds\/[\w-]{20,}\.ics)/.exec(await feed.text())?.[1] ?? '';
    const ics = await (await board().visitor().get(path)).text();
    expect(ics.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThanOrEqual(ACTIONS - 1);
  });
});
