import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { internalNames, linesNaming } from '../support/internal-names.ts';
import { problemsOfPage } from '../support/html-validator.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { type BoardRig, boardRig, signInLink, type Visitor } from '../support/board.ts';

/** An inspectorate's report, as somebody pastes it. */
const REPORT = `Inspection of Anyborough local authority children’s services

Inspection dates: 4 to 15 July 2022

What needs to improve?

• The quality of <plans>.
`;
const ends: (() => Promise<unknown>)[] = [];
let board: BoardRig;
let administrator: Visitor;
let id: InspectionRef;

beforeAll(async () => {
  board = await boardRig((end) => ends.unshift(end));
  id = await board.start('examples/middlesbrough-2016.yaml');
  administrator = await board.signedIn('democratic-services@middlesbrough.example.org');
}, 300_000);

afterAll(async () => {
  for (const end of ends) await end();
});

describe('every page', () => {
  const paths: [string, string][] = [
    ['overdue', '/'],
    ['overdue, for everybody', '/overdue'],
    ['all duties', '/?status=all&page=1'],
    ['nothing found', '/?q=there-is-no-such-thing'],
    ['a list sorted, of one kind of date', '/?status=all&sort=-ownerTitle&strength=commitment&rounds=each'],
    ['your views', '/views'],
    ['search', '/search'],
    ['what was found', '/search?q=2016'],
    ['nothing found by a search', '/search?q=%25_there-is-no-such-thing'],
    ['coming up', '/coming-up'],
    ['another month', '/coming-up?month=2016-06'],
    ['my duties', '/my-duties'],
    ['what waits', '/waiting'],
    ['an inspection’s progress', '/inspections/ID/progress'],
    ['progress, of which they own none', '/my-duties/progress/ID'],
    ['inspections', '/inspections'],
    ['an inspection', '/inspections/ID'],
    ['its plan', '/inspections/ID/plan'],
    ['one theme of it', '/inspections/ID/plan?theme=so-1'],
    ['its timeline', '/inspections/ID/timeline'],
    ['a quarter of it', '/inspections/ID/timeline?zoom=quarter&from=2016-06-30'],
    ['its duties', '/inspections/ID/duties'],
    ['its duties of a kind', '/inspections/ID/duties?strand=improvement-actions&status=overdue'],
    ['its facts', '/inspections/ID/facts'],
    ['its reports', '/inspections/ID/reports'],
    ['its frozen documents', '/inspections/ID/frozen'],
    ['its history', '/inspections/ID/history'],
    ['its report', '/inspections/ID/report'],
    ['its briefing', '/inspections/ID/briefing'],
    ['its board pack', '/inspections/ID/board-pack'],
    ['its decisions', '/inspections/ID/decisions'],
    ['its questions', '/inspections/ID/questions'],
    ['a milestone', '/inspections/ID/milestones/plan-submission/written-action-plan'],
    ['submit', '/inspections/ID/milestones/plan-submission/written-action-plan/do/submit'],
    ['reassign', '/inspections/ID/milestones/plan-submission/written-action-plan/do/reassign'],
    ['decide', '/inspections/ID/do/decide'],
    ['ask', '/inspections/ID/do/ask'],
    ['close', '/inspections/ID/do/close'],
    ['decisions', '/decisions'],
    ['questions', '/questions'],
    ['undeliverable', '/undeliverable'],
    ['rules', '/rules'],
    ['the rule book', '/rule-book'],
    ['a rule pack', '/rules/ilacs-2018'],
    ['a constitution', '/rules/constitutions/middlesbrough'],
    ['figures', '/figures?years=3'],
    ['figures to print', '/figures/print'],
    ['health', '/health'],
    ['help', '/help'],
    ['feeds', '/feeds'],
    ['for programs', '/api'],
    ['start', '/start'],
    ['start by a form', '/start/guided?authority=middlesbrough&framework=ilacs-2018'],
    ['start many', '/start/many'],
    ['the administration', '/administration/middlesbrough'],
    ['people and roles', '/administration/middlesbrough/people'],
    ['marking somebody away', '/administration/middlesbrough/do/away/head-of-early-help'],
    ['naming a permanent stand-in', '/administration/middlesbrough/do/stand-in/head-of-early-help'],
    ['adding a role', '/administration/middlesbrough/do/add-role'],
    ['bodies', '/administration/middlesbrough/bodies'],
    ['a body', '/administration/middlesbrough/bodies/executive'],
    ['a cycle of meetings', '/administration/middlesbrough/do/add-cycle/executive'],
    ['meetings from a file', '/administration/middlesbrough/bodies/executive/file'],
    ['meetings from a calendar', '/administration/middlesbrough/bodies/executive/calendar'],
    ['days', '/administration/middlesbrough/days'],
    ['bank holidays', '/administration/middlesbrough/bank-holidays'],
    ['periods before elections', '/administration/middlesbrough/elections'],
    ['constitution and own rules', '/administration/middlesbrough/rules'],
    ['when it is asked whether what was done still holds', '/administration/middlesbrough/do/sustained'],
    ['integrations', '/administration/middlesbrough/integrations'],
    ['the Word template', '/administration/middlesbrough/word-template'],
    ['sending times', '/administration/middlesbrough/settings'],
    ['ratings', '/administration/middlesbrough/ratings'],
    ['partners', '/administration/middlesbrough/partners'],
    ['who hears what', '/administration/middlesbrough/who-hears?owner=lead-member'],
    ['passing on', '/administration/middlesbrough/pass-on/head-of-early-help'],
    ['my settings', '/settings'],
    ['the council’s file', '/administration/middlesbrough/file'],
    ['who changed what', '/administration/middlesbrough/history'],
    ['accessibility', '/accessibility'],
  ];
  test.each(paths)('%s: %s is valid, and says what it is', async (_name, path) => {
    const answer = await administrator.get(path.replace('ID', id));
    expect(answer.status).toBe(200);
    await stands(answer);
  });

  /** Pages that show names of the inside as what they are: of rules, and of what programs send. */
  const OF_NAMES = ['/rules', '/rules/ilacs-2018', '/rule-book', '/rules/constitutions/middlesbrough', '/api'];
  test.each(paths.filter(([, path]) => !OF_NAMES.includes(path)))(
    '%s: %s calls everything what people call it',
    async (_name, path) => {
      const html = await administrator.text(path.replace('ID', id));
      const { state, view } = await board.engine.inspect(id);
      const names = internalNames(
        state.facts,
        view.milestones.map((each) => each.id),
      );
      expect(linesNaming(names, [textOf(html)])).toEqual([]);
    },
  );
});

/** What a page says, a line for each of its parts. */
const textOf = (html: string): string =>
  html.replaceAll(/<(style|script|svg)\b[^]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, '\n');

describe('the pages on the way', () => {
  const plan = () => `/inspections/${id}/milestones/plan-submission/written-action-plan`;

  test('signing in: the form, its mistake, what to do next, the link, a link that is used up, and out again', async () => {
    const who = board.visitor();
    await stands(await who.get('/sign-in?next=%2Fmy-duties'));
    await stands(await who.post('/sign-in', { email: 'no address' }));
    const link = new URL(await signInLink(who, board.mail, 'lead-member@middlesbrough.example.org', '/my-duties'));
    await stands(await board.visitor().post('/sign-in', { email: 'nobody@example.org' }));
    await stands(await who.get(link.pathname));
    expect((await who.post(link.pathname, {})).status).toBe(303);
    await stands(await who.get(link.pathname));
    await stands(await who.post('/sign-out', {}));
  });

  test('a change: mistakes, the check before it counts, what the inspection refuses, what is said when it is done', async () => {
    const path = `${plan()}/do/reassign`;
    await stands(await administrator.send(`${plan()}/do/hold`, {}));
    // What stands open and has to be met first is said above the form.
    await stands(await administrator.send(`/inspections/${id}/do/close`, {}));
    await stands(await checkPage(path, { to: 'assistant-director', reason: 'leave' }));
    const refused = await administrator.carryOut(`${plan()}/do/submit`, {
      'on-day': '1',
      'on-month': '1',
      'on-year': '2099',
    });
    expect(refused.status).toBe(422);
    await stands(refused);
    const done = await administrator.carryOut(path, { to: 'assistant-director', reason: 'leave' });
    expect(done.status).toBe(303);
    await stands(await administrator.get(done.headers.get('Location') ?? ''));
    await stands(await administrator.post(path, { to: 'assistant-director', formToken: 'another' }));
  });

  test('a decision and a question, from nothing to their end', async () => {
    const decide = {
      title: 'Approve the plan',
      id: 'd1',
      'takenOn-day': '2',
      'takenOn-month': '11',
      'takenOn-year': '2026',
    };
    for (const [path, fields] of [
      [`/inspections/${id}/do/decide`, decide],
      [`/inspections/${id}/do/ask`, { by: 'A member', text: 'How many posts are filled?' }],
    ] as const) {
      await stands(await checkPage(path, fields));
      const done = await administrator.carryOut(path, fields);
      expect(done.status).toBe(303);
      await stands(await administrator.get(done.headers.get('Location') ?? ''));
    }
    await stands(await administrator.get(`/inspections/${id}/decisions/d1`));
    await stands(await administrator.get(`/inspections/${id}/decisions/d1/record`));
    await stands(await administrator.get('/decisions'));
    await stands(await administrator.get('/questions'));
  });

  test('help: every link of it leads to a page, and to a part of itself that is there', async () => {
    const html = await administrator.text('/help');
    const [, main = ''] = html.split('<main');
    const links = [...main.matchAll(/<a class="govuk-link" href="([^"]+)"/g)].map(([, href = '']) => href);
    expect(links.length).toBeGreaterThan(10);
    for (const href of new Set(links))
      if (href.startsWith('#')) expect(html).toContain(`id="${href.slice(1)}"`);
      else expect([href, await statusAt(href)]).toEqual([href, 200]);
  });

  test('starting: what is wrong with a file, everything that follows from a good one, many at once', async () => {
    const file = readFileSync(join(packageRoot(), 'examples/middlesbrough-2016.yaml'), 'utf8');
    const wrong = await administrator.send('/start', { text: file.replace('framework: sif-2013', 'framework: none') });
    expect(wrong.status).toBe(422);
    await stands(wrong);
    await stands(await checkPage('/start', { text: file }));
    const read = await administrator.send('/start/report', { text: REPORT });
    const found = read.headers.get('Location') ?? '';
    await stands(await administrator.get(found));
    const chosen = { authority: 'middlesbrough', framework: 'ilacs-2018', report: found.split('form=')[1] ?? '' };
    await stands(await administrator.get(`/start/guided?${new URLSearchParams(chosen).toString()}`));
    const dates = { 'fieldworkFrom-day': '4', 'fieldworkFrom-month': '7', 'fieldworkFrom-year': '2022' };
    const filled = { ...chosen, ...dates, title: 'x', reference: 'read', 'published-day': '1', 'published-month': '9' };
    const until = { 'fieldworkUntil-day': '15', 'fieldworkUntil-month': '7', 'fieldworkUntil-year': '2022' };
    const listed = await administrator.send('/start/guided', { ...filled, ...until, 'published-year': '2022' });
    await stands(await administrator.get(listed.headers.get('Location') ?? ''));
    await stands(await administrator.send('/start/report', { text: '' }));
    await stands(await administrator.send('/start/guided', { authority: 'middlesbrough', framework: 'ilacs-2018' }));
    const form = new FormData();
    form.set('formToken', await administrator.token());
    form.append('files', new File(['no: sense'], 'no-sense.yaml'));
    const job = await administrator.post('/start/many', form);
    await stands(await administrator.get(job.headers.get('Location') ?? ''));
  });

  test('a feed and a key, when they are made; what is not there, or not theirs', async () => {
    await stands(await administrator.send('/feeds', { subject: 'person' }));
    await stands(await administrator.get('/feeds'));
    await stands(await administrator.send('/api', { name: 'a program' }));
    await stands(await administrator.send('/api', { name: '' }));
    await stands(await administrator.get('/no-such-page'));
    await stands(await administrator.get('/inspections/middlesbrough/none'));
    const refused = await (await board.signedIn('virtual-school-head@middlesbrough.example.org')).get('/start');
    expect(refused.status).toBe(403);
    await stands(refused);
    await stands(await board.visitor().get('/unsubscribe/forged'));
  });
});

/** The page on which a form that is filled in is looked through. */
async function checkPage(path: string, fields: Record<string, string>): Promise<Response> {
  const sent = await administrator.send(path, fields);
  expect(sent.status).toBe(303);
  return administrator.get(sent.headers.get('Location') ?? '');
}

/** What a page answers, or the one that it leads to. */
async function statusAt(href: string): Promise<number> {
  const answer = await administrator.get(href);
  const to = answer.headers.get('Location');
  return answer.status === 303 && to !== null ? (await administrator.get(to)).status : answer.status;
}

/** A page is valid, says what it is, and every style that it names is there. */
async function stands(answer: Response): Promise<void> {
  const html = await answer.text();
  expect(board.errors).toEqual([]);
  expect(answer.headers.get('Content-Type')?.toLowerCase()).toBe('text/html; charset=utf-8');
  expect(await problemsOfPage(html)).toEqual([]);
  expect(html).toMatch(/<h1[ >]/);
  expect(html).not.toContain('undefined');
  expect(html).not.toContain('[object');
  for (const [, style = ''] of html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g))
    expect([style, (await board.visitor().get(style)).status]).toEqual([style, 200]);
}
