import { expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { COMMAND_NAMES, type CommandName, type CommandPayload, definitionOf } from '../../domain/commands/commands.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { isFixed } from '../../domain/milestone/strengths.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { formsIn } from '../support/forms-of-pages.ts';

const COUNCIL = 'middlesbrough';
const as = { id: 'democratic-services@middlesbrough.example.org', role: 'democratic-services' };
const today = localDate(new Date().toISOString());
const closed = inspectionRef(COUNCIL, 'closed');
const home = `/inspections/${closed}`;
const actions: string[] = [];
let administrator: Visitor;
let closing = '';

/** An inspection that is closed while a round of progress is open and a question unanswered; and another that stays open. */
const board = boardForAll(async (rig) => {
  const received = addDays(today, -115);
  await rig.start('examples/middlesbrough-2016.yaml', { reference: 'closed', received });
  await rig.start('examples/middlesbrough-2016.yaml', { reference: 'next' });
  const given = async <N extends CommandName>(name: N, payload: CommandPayload<N>) => {
    const { seq } = await rig.engine.command(closed, name, payload, as);
    await rig.register.reached(COUNCIL, 'closed', seq, 20_000);
  };
  const taken = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: addDays(today, -60), key: true };
  await given('decide', { ...taken, urgent: false });
  await given('ask', { id: 'asked', by: 'Councillor', text: 'When?' });
  await given('openRound', { title: 'Before Cabinet', by: addDays(today, 20) });
  const { milestones } = await rig.engine.view(closed);
  actions.push(...milestones.filter(({ strand }) => strand === 'improvement-actions').map(({ id }) => id));
  const [done = '', left = ''] = actions;
  for (const milestone of [done, left]) await given('progress', { milestone, percent: 40, text: 'Begun.' });
  await given('complete', { milestone: done });
  for (const each of milestones)
    if (isPending(each) && isFixed(each)) await given('waive', { milestone: each.id, reason: 'Agreed' });
  administrator = await rig.signedIn(as.id);
  closing = await closeOnPages();
});

/** Closes it by its form; the check page of that. */
async function closeOnPages(): Promise<string> {
  const form = `${home}/do/close`;
  const fields = { reason: 'It is over', 'to-all': 'inspection:next' };
  const nowhere = await administrator.send(form, { ...fields, 'to-all': 'inspection:nowhere' });
  expect(nowhere.status).toBe(422);
  expect(await nowhere.text()).toContain('there is no such inspection');
  const opened = await administrator.text(form);
  expect(opened).toMatch(/<option value="inspection:next"[^>]*>It goes on under [^<]+ \(next\)</);
  expect(opened).not.toContain('value="inspection:closed"');
  const checked = await administrator.send(form, fields);
  const html = await administrator.text(checked.headers.get('Location') ?? '');
  expect((await administrator.confirm(checked)).status).toBe(303);
  return html;
}

/** Every page below an address that links lead to, with its answer; of a list as it begins. */
async function pagesBelow(who: Visitor, base: string): Promise<Map<string, { status: number; html: string }>> {
  const found = new Map<string, { status: number; html: string }>();
  const queue = [base];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue;
    const answer = await who.get(path);
    const isPage = (answer.headers.get('Content-Type') ?? '').startsWith('text/html');
    const html = isPage ? await answer.text() : '';
    found.set(path, { status: answer.status, html });
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#?]+)/g))
      if (href === base || href.startsWith(`${base}/`)) queue.push(href);
  }
  return found;
}

/** What somebody can send from a page, but for what is on every page. */
const sentFrom = (html: string): string[] =>
  formsIn(html, '')
    .map(({ action }) => action.replace(/\?.*/, ''))
    .filter((action) => action !== '/sign-out');

test('before it is closed, what lapses is shown with its owner and date, and who is told', () => {
  const [, lapsed = ''] = closing.split('What is no longer to be done here</h2>');
  expect(lapsed).toMatch(
    /<li><span dir="auto">[^<]+<\/span>: <span dir="auto">[^<]+<\/span>, due on \w+ \d+ \w+ \d{4}</,
  );
  expect(lapsed).toContain('told that there is nothing left to do');
  expect(lapsed).toContain('told that it goes on under another inspection');
});

test('no page of a closed inspection leads to what would be refused, or says that something is not planned', async () => {
  const found = await pagesBelow(administrator, home);
  // Who may read it in public is said of a closed one too, and its last reports are kept.
  const stillSent = new Map([
    [`${home}/public-page`, [`${home}/public-page`]],
    [`${home}/frozen`, [`${home}/frozen`, `${home}/frozen/check`]],
  ]);
  expect(found.size).toBeGreaterThan(20);
  for (const [path, { status, html }] of found) {
    expect(status, path).toBe(200);
    expect(html, path).not.toContain('for want of a fact');
    expect(sentFrom(html), path).toEqual(stillSent.get(path) ?? []);
  }
  expect(board().errors).toEqual([]);
});

test('the form of every command says that it is closed, in place of what could be typed', async () => {
  const ABOUT = { milestone: actions[1], decision: 'd1', question: 'asked', session: undefined, inspection: '' };
  const paths = COMMAND_NAMES.flatMap((name) => {
    const { subject, form } = definitionOf(name);
    const about = ABOUT[subject];
    if (form !== 'offered' || about === undefined) return [];
    if (subject === 'milestone') return [`${home}/milestones/${about}/do/${name}`];
    return [`${home}/do/${name}${about === '' ? '' : `/${about}`}`];
  });
  paths.push(`${home}/milestones/${actions[1]}/addEvidence`, `${home}/plan/edit`, `${home}/plan/edit/add/action`);
  expect(paths.length).toBeGreaterThan(30);
  for (const path of paths) {
    const answer = await administrator.get(path);
    const html = await answer.text();
    expect([200, 422], path).toContain(answer.status);
    expect(html, path).toContain('is closed; nothing more can be done to it.');
    expect(sentFrom(html), path).toEqual([]);
  }
});

test('what has moved keeps its owner', async () => {
  const [, moved = ''] = (await administrator.text(`${home}/progress`)).split('What has moved</h2>');
  const owners = [...moved.matchAll(/data-label="Owner"[^>]*>([^<]*)</g)].map(([, owner]) => owner);
  expect(owners).toHaveLength(2);
  for (const owner of owners) expect(owner).not.toBe('');
});
