import { expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { STATUS_GROUPS } from '../../domain/milestone/statuses.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const PEOPLE = {
  owner: 'head-of-safeguarding@middlesbrough.example.org',
  director: 'executive-director@middlesbrough.example.org',
  manager: 'assistant-director@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  administrator: 'democratic-services@middlesbrough.example.org',
  stranger: 'head-of-safeguarding@stockton-on-tees.example.org',
} as const;
type Who = keyof typeof PEOPLE;

const as = { id: PEOPLE.administrator, role: 'democratic-services' };
const owner = { id: PEOPLE.owner, role: 'head-of-safeguarding' };
const today = localDate(new Date().toISOString());
/** The report came so long ago that the actions of three months are late, and those of four and six are to come. */
const DAYS_AGO = 115;

const visitors = new Map<Who, Visitor>();
const who = (name: Who): Visitor => visitors.get(name) as Visitor;
let id: InspectionRef = 'none/none';

const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -DAYS_AGO) });
  await rig.start('examples/stockton-on-tees-2010.yaml');
  for (const [name, email] of Object.entries(PEOPLE) as [Who, string][]) visitors.set(name, await rig.signedIn(email));
});

/** Gives a command, and waits until lists show it. */
async function given<N extends CommandName>(name: N, payload: CommandPayload<N>, actor: Actor = as): Promise<void> {
  const [authority = '', reference = ''] = id.split('/');
  const { seq } = await board().engine.command(id, name, payload, actor);
  expect(await board().register.reached(authority, reference, seq, 20_000)).toBe(true);
}

/** The titles of duties under a heading of My duties, in their order; none where there is no such heading. */
function under(html: string, heading: string): string[] {
  const [, after = ''] = html.split(new RegExp(`<h2[^>]*>${heading}`));
  const [part = ''] = after.split('<h2');
  return [...part.matchAll(/<th scope="row"[^>]*><a[^>]*>([^<]*)<\/a>/g)].map(([, title = '']) => title.slice(0, 30));
}

test.each<[Who, string]>([
  ['owner', '/my-duties'],
  ['stranger', '/my-duties'],
  ['manager', '/waiting'],
  ['member', '/waiting'],
])('the board’s own address leads the %s to their first page, and a question to the list', async (name, first) => {
  const answer = await who(name).get('/');
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, first]);
  expect((await who(name).get('/?status=all')).status).toBe(200);
  expect(await who(name).text('/overdue')).toContain('<h1 class="govuk-heading-l">Overdue</h1>');
});

test('an administrator’s first page is what is overdue, as it has been', async () => {
  const html = await who('administrator').text('/');
  expect(html).toContain('<h1 class="govuk-heading-l">Overdue</h1>');
  expect(html).toContain('Put one supervision and recording standard');
});

test('an owner finds what is late first, then what is asked of them, then the rest, each with the form that comes next', async () => {
  const html = await who('owner').text('/my-duties');
  expect(under(html, 'Late')).toEqual(['Put one supervision and record']);
  expect(under(html, 'Later').length).toBe(3);
  expect(under(html, 'Asked of you')).toEqual([]);
  const duty = `/inspections/${id}/milestones/improvement-actions/supervision-standard`;
  expect(html).toContain(`href="${duty}/do/progress">Report progress`);
  expect(html).toContain(`href="${duty}/do/complete">Mark as done`);
  expect(html).toMatch(/\d+ working days late/);
  expect(html).toContain('the council’s own promise');
  expect(html).toContain(id);
  // Nothing of anybody else's.
  expect(html).not.toContain('Agree a shared early help vision');
  expect(html).not.toContain('Agree a performance and quality');
});

test('the rounds of one cycle stand in one row, the others behind it', async () => {
  const html = await who('manager').text('/my-duties');
  expect(html.match(/>Written update to all members, no\. \d+<\/a>/g)?.length).toBeLessThan(
    html.match(/Written update to all members, no\. \d+/g)?.length ?? 0,
  );
  expect(html).toMatch(/and \d+ more like it, up to \w+ \d+ \w+ \d{4}/);
});

test('a later date that was declined is said, until it is asked for again', async () => {
  const milestone = 'improvement-actions/chronologies';
  await given('requestExtension', { milestone, to: addDays(today, 120), reason: 'The trainer is ill' }, owner);
  expect(under(await who('owner').text('/my-duties'), 'Asked of you')).toEqual([]);
  await given('declineExtension', { milestone, reason: 'The board has promised the date' });
  const html = await who('owner').text('/my-duties');
  expect(under(html, 'Asked of you')).toEqual(['Train social workers in the us']);
  expect(html).toMatch(/Democratic Services Manager declined a later date on [^:]*: The board has promised the date\./);
  await given('requestExtension', { milestone, to: addDays(today, 100), reason: 'The trainer is ill' }, owner);
  expect(under(await who('owner').text('/my-duties'), 'Asked of you')).toEqual([]);
});

test('what was submitted stands apart; sent back, it says by whom and why', async () => {
  const milestone = 'plan-submission/written-action-plan';
  const titles = async (heading: string) => under(await who('director').text('/my-duties'), heading);
  await given('submit', { milestone }, { id: PEOPLE.director, role: 'executive-director' });
  expect(await titles(STATUS_GROUPS.awaiting.words)).toHaveLength(1);
  // Pressed by a slip, it is taken back from here.
  expect(await who('director').text('/my-duties')).toContain(`/milestones/${milestone}/do/reopen"`);
  await given('sendBack', { milestone, reason: 'The figures are missing', to: addDays(today, 30) });
  expect(await titles(STATUS_GROUPS.awaiting.words)).toEqual([]);
  expect(await titles('Asked of you')).toHaveLength(1);
  expect(await who('director').text('/my-duties')).toMatch(/Sent back by Ofsted on [^:]*: The figures are missing\./);
});

test('a round asks for progress on all of their open actions, by one link, until they have answered', async () => {
  await given('openRound', { by: addDays(today, 10), title: 'the board' });
  const form = `href="/my-duties/progress/${id}"`;
  const html = await who('owner').text('/my-duties');
  expect(html).toContain('how your 4 open actions stand');
  expect(html).toContain(form);
  await given('progress', { milestone: 'supervision-standard', rating: 'amber' }, owner);
  expect(await who('owner').text('/my-duties')).toContain('how your 4 open actions stand; 1 is answered');
  for (const milestone of ['assessment-review-points', 'chronologies', 'return-interviews'])
    await given('progress', { milestone, percent: 40 }, owner);
  expect(await who('owner').text('/my-duties')).not.toContain(form);
});

test('what they have marked as done stands below for a week, with the way to take it back', async () => {
  const milestone = 'improvement-actions/return-interviews';
  const lately = async (name: Who = 'owner') => (await who(name).text('/my-duties')).split('id="lately"')[1] ?? '';
  expect(await lately()).toBe('');
  await given('complete', { milestone, on: addDays(today, -1) }, owner);
  expect(await lately()).toMatch(/>\s*Done\s*<[\s\S]*\/do\/reopen">Open it again/);
  expect(await lately()).toContain('Offer a return home interview');
  // Not what others have done, nor what was opened again.
  expect(await lately('manager')).toBe('');
  await given('reopen', { milestone, reason: 'a slip' }, owner);
  expect(await lately()).toBe('');
});

/** What stands under a heading of what waits: each item without its markup; none where there is no such heading. */
function waiting(html: string, heading: string): string[] {
  const [, after = ''] = html.split(new RegExp(`<h2[^>]*>${heading} \\(`));
  const [part = ''] = after.split('<h2');
  return [...part.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) =>
    item
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

test('what waits for a manager: later dates, submissions and silence of their service, until they have seen to it', async () => {
  const page = async (name: Who = 'manager') => who(name).text('/waiting');
  const milestone = 'improvement-actions/chronologies';
  // It was asked for above.
  const [request = ''] = waiting(await page(), 'Later dates asked for');
  expect(request).toContain('Head of Assessment and Safeguarding asks for');
  expect(request).toContain('The trainer is ill.');
  expect(await page()).toContain(`href="/inspections/${id}/milestones/${milestone}/do/extend">Grant it`);
  await given('extend', { milestone, to: addDays(today, 90), reason: 'the trainer is ill' });
  expect(waiting(await page(), 'Later dates asked for')).toEqual([]);

  // The plan went to the inspectorate: whoever answers for it records that they accept it, or send it back.
  const plan = 'plan-submission/written-action-plan';
  expect(waiting(await page('director'), 'Submissions to accept')).toEqual([]);
  await given('submit', { milestone: plan });
  expect(waiting(await page('director'), 'Submissions to accept')).toHaveLength(1);
  expect(await page('director')).toContain(`href="/inspections/${id}/milestones/${plan}/do/accept">Accept`);
  expect(waiting(await page(), 'Submissions to accept')).toEqual([]);
  await given('accept', { milestone: plan });
  expect(waiting(await page('director'), 'Submissions to accept')).toEqual([]);

  const silence = waiting(await page(), 'Progress not answered');
  expect(silence.some((each) => each.startsWith('Virtual School Head : not answered on 2 actions'))).toBe(true);
  // Actions are counted, not their owners.
  const unanswered = silence.map((each) => Number(/not answered on (\d+) action/.exec(each)?.[1]));
  const counted = unanswered.reduce((sum, each) => sum + each, 0);
  expect(await page()).toContain(`>Progress not answered (${counted})</h2>`);
  expect(silence.some((each) => each.startsWith('Head of Assessment and Safeguarding'))).toBe(false);
  await given('closeRound', { milestone: 'progress-rounds/round-1', reason: 'it is over' });
  expect(waiting(await page(), 'Progress not answered')).toEqual([]);
});

test('how much each of their service has to do is counted, right after a change', async () => {
  const of = async (role: string): Promise<string[]> => {
    const html = await who('manager').text('/waiting');
    const [row = ''] = new RegExp(`<tr[^>]*><th[^>]*><span[^>]*>${role}[\\s\\S]*?</tr>`).exec(html) ?? [];
    return [...row.matchAll(/data-label="[^"]*">(?:<a[^>]*>)?(\d+)/g)].map(([, n = '']) => n);
  };
  expect(await of('Head of Assessment and Safeguarding')).toEqual(['4', '1', '0']);
  await given('complete', { milestone: 'improvement-actions/supervision-standard' }, owner);
  expect(await of('Head of Assessment and Safeguarding')).toEqual(['3', '0', '0']);
  // Nobody who does not answer to them.
  expect(await of('Executive Director')).toEqual([]);
});

test('what waits for a member: windows with the day on which they close, questions, briefings; nothing of a manager’s', async () => {
  const decided = { id: 'd1', title: 'Approve the plan', body: 'executive', key: true, urgent: false };
  await given('decide', { ...decided, takenOn: today, publishedOn: today });
  await given('ask', { id: 'q1', by: 'A. Member', text: 'How many posts are filled?' });
  const html = await who('member').text('/waiting');
  const [window = ''] = waiting(html, 'Decisions that can be called in');
  expect(window).toMatch(/^Approve the plan : can be called in until the end of its window, \w+day \d+ \w+ \d{4}/);
  expect(html).toContain(`href="/inspections/${id}/decisions/d1"`);
  expect(waiting(html, 'Questions not answered yet')).toHaveLength(1);
  expect(waiting(html, 'The next briefings').length).toBeGreaterThan(0);
  for (const others of ['Later dates asked for', 'Overdue \\(', 'Who has how much to do'])
    expect(html).not.toMatch(new RegExp(`>${others}`));
  await given('answer', { question: 'q1', text: 'All of them.' });
  await given('withdrawDecision', { decision: 'd1', reason: 'entered by mistake' });
  const after = await who('member').text('/waiting');
  expect(waiting(after, 'Questions not answered yet')).toEqual([]);
  expect(waiting(after, 'Decisions that can be called in')).toEqual([]);
});

test('what was called in waits for scrutiny with members, managers and administrators, until what it resolved is on record', async () => {
  const decided = { id: 'd2', title: 'Fund the plan', body: 'executive', key: true, urgent: false };
  await given('decide', { ...decided, takenOn: today, publishedOn: today });
  await given('callIn', { decision: 'd2', by: 'Five members', reasons: 'Its cost' });
  for (const asker of ['member', 'manager', 'administrator'] as const) {
    const html = await who(asker).text('/waiting');
    expect(waiting(html, 'Called in, for scrutiny to consider')).toEqual([
      expect.stringMatching(/^Fund the plan : It was called in on .*, and scrutiny has not considered it yet/),
    ]);
    expect(html).toContain(`href="/inspections/${id}/do/resolveCallIn/d2"`);
  }
  expect(await who('member').text(`/inspections/${id}`)).toContain('scrutiny has not considered it yet');
  const decisions = await who('member').text('/decisions');
  expect(decisions).toContain('Called in, for scrutiny to consider');
  expect(
    [decisions, await who('manager').text('/decisions')].map((each) => each.includes('Record a decision')),
  ).toEqual([false, true]);
  await given('resolveCallIn', { decision: 'd2', outcome: 'no-further-action' });
  expect(waiting(await who('member').text('/waiting'), 'Called in, for scrutiny to consider')).toEqual([]);
});

test('what an administrator sees to: what is overdue by role, and what is not right, of their own councils alone', async () => {
  const before = await who('administrator').text('/waiting');
  const late = waiting(before, 'Overdue').map((each) => Number(/: (\d+) overdue$/.exec(each)?.[1]));
  expect(late.length).toBeGreaterThan(1);
  // Duties are counted, not the roles that they are listed by.
  expect(before).toContain(`>Overdue (${late.reduce((sum, each) => sum + each, 0)})</h2>`);
  expect(waiting(before, 'Facts that are missing')).toEqual([]);
  // Of this one nobody has said when the report came.
  const lacking = await board().start('examples/middlesbrough-2016.yaml');
  const html = await who('administrator').text('/waiting');
  expect(waiting(html, 'Facts that are missing')).toEqual([
    expect.stringContaining('the day on which the report was received'),
  ]);
  expect(html).toContain(`href="/inspections/${lacking}/facts"`);
  const [doubtful = ''] = waiting(html, 'Dates that are not certain').filter((each) => each.includes(lacking));
  expect(doubtful).toMatch(/\d+ counted from another day than they should/);
  expect(html).not.toContain('stockton-on-tees');
});

test('an owner’s own page is led to from there, and nothing of another council’s is on anybody’s', async () => {
  const answer = await who('owner').get('/waiting');
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/my-duties']);
  const elsewhere = await board().signedIn('lead-member@stockton-on-tees.example.org');
  expect(await elsewhere.text('/waiting')).not.toContain('middlesbrough');
});

test('a round as managers and the board look at it: who has not answered, what has moved, what slips, each with its link', async () => {
  const path = `/inspections/${id}/progress`;
  await given('openRound', { by: addDays(today, 10), title: 'scrutiny' });
  const before = await who('manager').text(path);
  expect(before).toContain('Progress for: scrutiny');
  expect(before).toMatch(/0 of \d+ actions are answered/);
  expect(before).toContain('Nothing has moved since owners were asked');
  const milestone = 'improvement-actions/assessment-review-points';
  await given(
    'progress',
    { milestone, rating: 'red', forecast: addDays(today, 200), text: 'Two posts are vacant.' },
    owner,
  );
  const html = await who('manager').text(path);
  expect(html).toMatch(/1 of \d+ actions are answered/);
  const [, moved = ''] = html.split('What has moved</h2>');
  expect(moved).toContain(`href="/inspections/${id}/milestones/${milestone}"`);
  expect(moved).toMatch(/Red; expected by/);
  expect(moved).toContain('Two posts are vacant.');
  const [, slips = ''] = html.split('What slips</h2>');
  expect(slips).toContain('Will be late');
  expect(slips).toContain('Due later than first planned');
  expect(await who('owner').text(path)).toContain(`href="/my-duties/progress/${id}"`);
  expect(await who('manager').text(path)).toContain(`href="/inspections/${id}/do/openRound"`);
});
