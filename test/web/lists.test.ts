import { describe, expect, test } from 'vitest';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { addDays, formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const NURSE = 'nurse@middlesbrough-nhs.example.org';

let id: InspectionRef = 'none/none';
let stockton: InspectionRef = 'none/none';
let ended: InspectionRef = 'none/none';
let actions: string[] = [];
let administrator: Visitor, stranger: Visitor, nurse: Visitor;
const board = boardForAll(async (rig) => {
  ended = await rig.start('examples/middlesbrough-2016.yaml', { reference: 'ended-one' });
  id = await rig.start('examples/middlesbrough-2016.yaml', { reference: 'lists-one' });
  stockton = await rig.start('examples/stockton-on-tees-2010.yaml', { reference: 'strange-one' });
  const { facts } = await rig.engine.facts(id);
  const authority = authoritySchema.parse({
    ...facts.authority,
    partners: [
      {
        ...{ id: 'nhs', name: 'Middlesbrough NHS Trust', lead: 'assistant-director', chain: { head: 'nurse' } },
        roles: [{ id: 'nurse', title: 'Nurse', email: NURSE }],
      },
    ],
  });
  const as = { id: 'test', role: 'democratic-services' };
  const { milestones } = await rig.engine.view(id);
  actions = milestones.filter(({ strand }) => strand === 'improvement-actions').map((each) => each.id);
  await rig.engine.command(id, 'changeAuthority', { authority }, as);
  await rig.register.board.keepAuthority(authority, new Date().toISOString());
  const { seq } = await rig.engine.command(id, 'reassign', { milestone: actions[0] ?? '', to: 'nurse' }, as);
  await rig.register.reached('middlesbrough', 'lists-one', seq, 20_000);
  // What has to be met before an inspection may close.
  const open = [...actions, ...milestones.filter(({ strand }) => strand === 'plan-submission').map((each) => each.id)];
  for (const milestone of open) await rig.engine.command(ended, 'waive', { milestone, reason: 'done elsewhere' }, as);
  const closed = await rig.engine.command(ended, 'close', { reason: 'everything is done' }, as);
  await rig.register.reached('middlesbrough', 'ended-one', closed.seq, 20_000);
  administrator = await rig.signedIn('democratic-services@middlesbrough.example.org');
  stranger = await rig.signedIn('democratic-services@stockton-on-tees.example.org');
  nurse = await rig.signedIn(NURSE);
});

const links = (html: string): string[] =>
  [...(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '').matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);

test('the duties of an inspection can be downloaded while it is open: all of them, and no other’s', async () => {
  const downloads = (html: string) => links(html).filter((href) => href.startsWith('/overdue.csv'));
  const html = await administrator.text(`/inspections/${id}/duties`);
  const [href = '/none', ...others] = downloads(html);
  expect([href.includes('inspection=lists-one'), others]).toEqual([true, []]);
  const [, ...lines] = (await administrator.text(href.replaceAll('&amp;', '&'))).trim().split(/\r?\n/);
  expect(lines).toHaveLength(Number(/(\d+) duties,/.exec(html)?.[1]));
  expect(downloads(await administrator.text(`/inspections/${ended}/duties`))).toEqual([]);
});

describe('a search', () => {
  const search = (who: Visitor, words: string) => who.text(`/search?q=${encodeURIComponent(words)}`);

  test.each<[string, string, () => string]>([
    ['a duty by a word of its title, begun', 'superv standard', () => `/inspections/${id}/milestones/`],
    ['one of an inspection that has ended', 'supervision standard', () => `/inspections/${ended}/milestones/`],
    ['a duty by its reference', 'statutory-visits', () => `/inspections/${id}/milestones/improvement-actions/`],
    ['an inspection by its reference', 'LISTS-one', () => `/inspections/${id}`],
    ['the same, whole', 'middlesbrough/lists-one', () => `/inspections/${id}`],
    ['an inspection that has ended', 'ended-one', () => `/inspections/${ended}`],
    ['a role', 'virtual school', () => '/overdue?authority=middlesbrough&amp;owner=virtual-school-head&amp;status=all'],
    [
      'a person',
      'democratic-services@middlesbrough',
      () => '/overdue?authority=middlesbrough&amp;owner=democratic-services&amp;status=all',
    ],
    ['a partner’s role', 'nhs nurse', () => '/overdue?authority=middlesbrough&amp;owner=nurse&amp;status=all'],
  ])('finds %s: %s', async (_what, words, expected) => {
    const found = links(await search(administrator, words));
    expect(found.some((href) => href.startsWith(expected()))).toBe(true);
  });

  test('finds a recommendation in its words, with the inspection that it stands in', async () => {
    const { facts } = await board().engine.facts(id);
    const [first] = facts.inspection.recommendations;
    const html = await search(administrator, first?.text.split(' ').slice(0, 4).join(' ') ?? 'none');
    expect(html).toMatch(/<h2[^>]*>Recommendations<\/h2>/);
    expect(links(html)).toContain(`/inspections/${id}/plan`);
    expect(links(html)).toContain(`/inspections/${ended}`);
  });

  test.each([
    ['wildcards', '%'],
    ['wildcards among letters', 'sup%rvisio_'],
    ['quotes and operators', `'); DROP TABLE milestone; -- ' | & ! :* <-> \\`],
    ['markup', '<script>alert(1)</script>'],
    ['a template', '{{ person.email }}'],
    ['no letter at all', '…—„“'],
    ['a word too long for anybody', 'x'.repeat(100)],
    ['letters of other scripts', 'Ŵyn ﷽ 漢字 '.repeat(3)],
  ])('takes %s for words, and says that nothing is there', async (_what, words) => {
    const answer = await administrator.get(`/search?q=${encodeURIComponent(words)}`);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('No results for “');
    expect(html).not.toContain('<script>');
    expect(board().errors).toEqual([]);
  });

  test.each([
    ['longer than anybody types', 'x'.repeat(101)],
    ['with a character that no text has', 'a\u0007b'],
  ])('says what is wrong with words %s', async (_what, words) => {
    const answer = await administrator.get(`/search?q=${encodeURIComponent(words)}`);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('100 characters or fewer');
  });

  test('finds nothing of another council', async () => {
    for (const words of ['lists-one', 'supervision', 'middlesbrough', 'virtual school', 'nurse'])
      expect([words, (await search(stranger, words)).includes('middlesbrough/')]).toEqual([words, false]);
    expect(links(await search(stranger, 'strange-one'))).toContain(`/inspections/${stockton}`);
    expect(await search(administrator, 'strange-one')).toContain('No results');
  });

  test('finds a partner’s officer their own duties, and nothing else', async () => {
    const { milestones } = await board().engine.view(id);
    const title = (milestone: string | undefined) => milestones.find((each) => each.id === milestone)?.title ?? 'none';
    const own = `/inspections/${id}/milestones/${actions[0]}`;
    expect(links(await search(nurse, title(actions[0])))).toEqual([own]);
    for (const words of [title(actions[1]), 'lists-one executive', 'virtual school', 'inspection of services'])
      expect(links(await search(nurse, words)).filter((href) => href !== own)).toEqual([]);
  });

  test('finds what somebody has written, a measure and a decision: what it is, with a link to where it stands', async () => {
    const as = { id: 'x', role: 'democratic-services' };
    const say = async <N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<void> => {
      const { seq } = await board().engine.command(id, name, payload, as);
      await board().register.reached('middlesbrough', 'lists-one', seq, 60_000);
    };
    const before = 'The words before it say nothing of it, and there are many of them. '.repeat(4);
    await say('ask', { id: 'zq', by: 'ward 1', text: 'How many zebracrossings are there?' });
    await say('answer', { question: 'zq', text: `${before}Four zebraanswers, all repainted.` });
    await say('progress', { milestone: actions[0] ?? '', text: 'The zebraprogress is slow.' });
    await say('writePart', { part: 'risk', text: 'The risk is zebrarisk.' });
    await say('decide', {
      id: 'zd',
      title: 'Adopt the zebraplan',
      takenOn: new Date().toISOString().slice(0, 10),
      key: false,
      urgent: false,
    });
    const daysAgo = (n: number) => addDays(localDate(new Date().toISOString()), -n);
    await say('publishDecision', { decision: 'zd', on: daysAgo(0) });
    await say('callIn', { decision: 'zd', by: 'ward 1', reasons: 'The zebracost was left out.' });
    await say('hold', {
      milestone: actions.at(-1) ?? '',
      reason: 'The zebragrant is awaited.',
      reviewOn: daysAgo(-30),
    });
    await say('ask', { id: 'zo', by: 'ward 1', text: 'An older zebraquestion?', on: daysAgo(9) });
    const measure = {
      ...{ id: 'zm', title: 'Zebrameasure', unit: '%', direction: 'up' as const, source: 'an audit' },
      ...{ target: { value: 95, by: '2031-03-31' }, themes: [], recommendations: [], actions: [], values: [] },
    };
    await say('revise', { edits: [{ kind: 'put', what: 'measure', item: measure }], reason: 'x' });
    const found = async (who: Visitor, words: string) => (await search(who, words)).replaceAll(/\s+/g, ' ');
    const EXPECTED: [words: string, what: string, href: string, said: string][] = [
      ['zebracross', 'Question', `/inspections/${id}/questions#zq`, 'How many zebracrossings are there?'],
      [
        'zebraanswers four',
        'Answer to a question',
        `/inspections/${id}/questions#zq`,
        'Four zebraanswers, all repainted.',
      ],
      ['zebraprog', 'Report on progress', `/inspections/${id}/milestones/${actions[0]}`, 'The zebraprogress is slow.'],
      ['zebrarisk', 'Written for the reports', `/inspections/${id}/reports`, 'The risk is zebrarisk.'],
      ['zebraplan', 'Decision', `/inspections/${id}/decisions/zd`, 'Adopt the zebraplan'],
      ['zebracost', 'Call-in received', `/inspections/${id}/decisions/zd`, 'The zebracost was left out.'],
      [
        'zebragrant',
        'Duty put on hold',
        `/inspections/${id}/milestones/${actions.at(-1)}`,
        'The zebragrant is awaited.',
      ],
      // The day of which it speaks, not that on which it went on record.
      ['zebraquestion', 'Question', `/inspections/${id}/questions#zo`, `, ${formatDate(daysAgo(9))}<br>`],
      ['zebrameasure', 'Measure', `/inspections/${id}/plan#measures`, 'Zebrameasure'],
    ];
    for (const [words, what, href, said] of EXPECTED) {
      const html = await found(administrator, words);
      expect([words, html.includes(`<strong>${what}</strong>`)]).toEqual([words, true]);
      expect([words, links(html)]).toEqual([words, expect.arrayContaining([href])]);
      expect(html).toContain(said);
      // Neither another council's people nor a partner's find any of it, not on the partner's own duty either.
      for (const who of [stranger, nurse]) expect(await found(who, words)).toContain('No results for “');
    }
    expect(await found(administrator, 'zebraanswers')).toContain('>… ');
    expect((await board().register.verify()).every(({ ok }) => ok)).toBe(true);
  });

  test('is offered on every page', async () => {
    for (const [who, path] of [
      [administrator, '/inspections'],
      [administrator, `/inspections/${id}`],
      [nurse, '/my-duties'],
    ] as const)
      expect(await who.text(path)).toMatch(/<form method="get" action="\/search"/);
  });
});

describe('the list of duties', () => {
  test('says who holds the owner’s role now, the kind of date and the reference, and keeps what was chosen in its address', async () => {
    const html = await administrator.text('/overdue?status=all&strength=commitment&sort=-title');
    expect(html).toContain('head-of-early-help@middlesbrough.example.org');
    expect(html).toMatch(/data-label="Kind of date">the council’s own promise</);
    expect(html).not.toMatch(/data-label="Kind of date"><strong>set by law/);
    expect(html).toMatch(/Reference <span dir="auto">lists-one<\/span>/);
    expect(html).toMatch(/aria-sort="descending"><a[^>]*>Duty /);
    // Once more the other way; another column first the usual way; both with what was chosen.
    expect(links(html)).toContain('/overdue?strength=commitment&amp;status=all&amp;sort=title');
    expect(links(html)).toContain('/overdue?strength=commitment&amp;status=all&amp;sort=ownerTitle');
    expect(await administrator.text('/overdue?status=all&strength=statutory')).toMatch(/<strong>set by law<\/strong>/);
  });

  test('shows the rounds of a cycle that come next as one row, which leads to each of them', async () => {
    const cycles = async (path: string) =>
      [...(await administrator.text(path)).matchAll(/<th scope="row"[^>]*><a[^>]*>(Written update[^<]*)<\/a>/g)].length;
    const open = '/overdue?status=open&strand=member-briefings&inspection=lists-one';
    expect(await cycles(open)).toBe(1);
    expect(await cycles(`${open}&rounds=each`)).toBeGreaterThanOrEqual(1);
  });

  test('leaves out what makes no sense in its address', async () => {
    const answer = await administrator.get('/overdue?sort=no-such&strength=%27&cycle=%22%3E&rounds=2&inspection=NO%20');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/aria-sort="ascending"><a[^>]*>Due /);
  });
});

/** A form that is sent with several duties. */
async function send(who: Visitor, path: string, fields: Record<string, string>, duties: readonly string[] = []) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, formToken: await who.token() })) form.append(name, value);
  for (const duty of duties) form.append('duty', duty);
  return who.post(path, form);
}

const formOn = (html: string, page = '/chosen'): string =>
  (new RegExp(`<form method="post" action="(${page}[^"]*)"`).exec(html)?.[1] ?? 'none').replaceAll('&amp;', '&');
const hidden = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  );
const at = (answer: Response): string => answer.headers.get('Location') ?? 'nowhere';

/** Chooses duties on a list and fills in what is asked; the check page that this leads to. */
async function toCheck(what: string, duties: readonly string[], fields: Record<string, string>, from = '/overdue') {
  const list = await administrator.text(from);
  const chosen = await send(administrator, formOn(list), { what, from: hidden(list, 'from')[0] ?? '' }, duties);
  expect(chosen.status).toBe(303);
  const form = await administrator.text(at(chosen));
  for (const duty of duties) expect(hidden(form, 'duty')).toContain(duty);
  const carried = { filled: 'yes', what, from: hidden(form, 'from')[0] ?? '' };
  const filled = await send(administrator, formOn(form), { ...carried, ...fields }, duties);
  return { filled, form, carried };
}

/** Presses the button of a check page; what it leads to. */
async function confirm(html: string): Promise<Response> {
  const form = new FormData();
  for (const name of ['confirmed', 'shown', 'goes']) for (const value of hidden(html, name)) form.append(name, value);
  form.append('formToken', await administrator.token());
  return administrator.post(formOn(html), form);
}

/** Who is told, as a check page says it: a line for each. */
const toldOn = (html: string): string[] =>
  [...((html.split('Who is told</h2>')[1] ?? '').split('</ul>')[0]?.matchAll(/<li>(.*?)<\/li>/g) ?? [])].map(
    ([, each = '']) => each.replaceAll(/<[^>]+>/g, ''),
  );

const ownerOf = async (milestone: string) =>
  (await board().engine.view(id)).milestones.find((each) => each.id === milestone)?.owner;
const entriesOf = async (kind: string) =>
  (await board().register.history('middlesbrough', 'lists-one')).filter((entry) => entry.kind === kind);

const PLAN = 'plan-submission/written-action-plan';
const LATER = { 'to-day': '3', 'to-month': '6', 'to-year': '2031', reason: 'recruitment takes longer' };

describe('several duties at once', () => {
  const whole = (milestone: string | undefined) => `${id}/${milestone}`;

  test('one is refused, the others are carried out; pressed twice, by two at once, it has one effect', async () => {
    const duties = [actions[1], PLAN, actions[2]].map(whole);
    const before = (await entriesOf('milestone-reassigned')).length;
    const from = '/overdue?status=all&inspection=lists-one';
    const { filled } = await toCheck('reassign', duties, { to: 'nurse', reason: 'agreed on Monday' }, from);
    const html = await administrator.text(at(filled));
    expect(html).toContain('2 of 3 can be done');
    expect(html).toMatch(/Not done:<\/strong> <span dir="auto">[^<]*asked of the council itself/);
    expect(html).toContain('Passes from ');
    expect(html).toContain('Confirm for 2 duties');
    expect(toldOn(html).filter((each) => each.includes('told that it changed hands, about 2 duties of'))).toHaveLength(
      1,
    );
    expect(await ownerOf(actions[1] ?? '')).not.toBe('nurse');
    const [first, second] = await Promise.all([confirm(html), confirm(html)]);
    const third = await confirm(html);
    for (const answer of [first, second, third]) expect([answer.status, at(answer)]).toEqual([303, at(first)]);
    const done = await administrator.text(at(first));
    expect(done).toContain('2 done, 1 not done.');
    expect(done).toContain(`href="/inspections/${id}/milestones/${actions[1]}"`);
    expect(links(done)).toContain('/overdue?status=all&amp;inspection=lists-one');
    expect(await Promise.all([actions[1], actions[2], PLAN].map((each) => ownerOf(each ?? '')))).toEqual([
      ...[
        'nurse',
        'nurse',
        (await entriesOf('milestone-planned')).find(({ milestone }) => milestone === PLAN)?.row?.owner,
      ],
    ]);
    expect(await entriesOf('milestone-reassigned')).toHaveLength(before + 2);
    expect(board().errors).toEqual([]);
  });

  test('what is missing is said at its field, and what was chosen is still there', async () => {
    const duties = [whole(actions[3])];
    const { filled } = await toCheck('reassign', duties, { to: '' });
    expect(filled.status).toBe(422);
    const html = await filled.text();
    expect(html).toMatch(/<a href="#to">/);
    expect(hidden(html, 'duty')).toEqual(duties);
    const extended = await toCheck('extend', duties, { ...LATER, 'to-month': '13' });
    expect([extended.filled.status, (await extended.filled.text()).includes('href="#to-day"')]).toEqual([422, true]);
  });

  test('a later date for an action, and none for what the law has set', async () => {
    const { filled } = await toCheck('extend', [whole(actions[3]), whole(PLAN)], LATER);
    const html = await administrator.text(at(filled));
    expect(html).toContain('1 of 2 can be done');
    expect(html).toContain('due on Tuesday 3 June 2031 instead of');
    expect(toldOn(html)).toHaveLength(1);
    // Back to the form with what was typed, and on from there under another form.
    const again = await administrator.text(formOn(html));
    expect(again).toContain('value="2031"');
    expect(formOn(again)).not.toBe(formOn(html));
    expect(await administrator.text(at(await confirm(html)))).toContain('1 done');
    const { milestones } = await board().engine.view(id);
    expect(milestones.find((each) => each.id === actions[3])?.due).toBe('2031-06-03');
  });

  test('where everything is refused no button is shown, and none has an effect', async () => {
    const { filled } = await toCheck('extend', [whole(PLAN)], LATER);
    const html = await administrator.text(at(filled));
    expect(html).toContain('Nothing of this can be done');
    expect(html).not.toContain('confirmed');
    expect(html).not.toContain('Who is told');
    const before = (await entriesOf('milestone-extended')).length;
    const forced = await send(administrator, at(filled), { confirmed: 'yes', shown: 'x', goes: whole(PLAN) });
    expect(forced.status).toBe(409);
    expect(await entriesOf('milestone-extended')).toHaveLength(before);
  });

  test('progress is asked for once in each inspection', async () => {
    const { filled } = await toCheck('openRound', [actions[3], actions[4]].map(whole), {
      ...{ 'by-day': '3', 'by-month': '6', 'by-year': '2031', title: 'the board in June' },
    });
    const html = await administrator.text(at(filled));
    expect(hidden(html, 'goes')).toEqual([id]);
    expect(toldOn(html)).not.toEqual([]);
    for (const each of toldOn(html)) expect(each).toContain(`: asked for progress, in ${id}, by mail at`);
    expect(await administrator.text(at(await confirm(html)))).toContain('1 done.');
    expect((await board().engine.view(id)).milestones.some((each) => each.title.includes('the board in June'))).toBe(
      true,
    );
  });

  test('the chosen as a table, those alone', async () => {
    const answer = await send(administrator, '/chosen/export', {}, [whole(actions[3]), whole(PLAN)]);
    expect(answer.headers.get('Content-Type')).toContain('text/csv');
    const text = await answer.text();
    expect(text.trim().split('\r\n').length === 3 || text.trim().split('\n').length === 3).toBe(true);
    expect(text).toContain('Written action plan');
  });

  test.each<[string, () => string[], number]>([
    ['nothing', () => [], 422],
    ['another council’s', () => [`${stockton}/plan-submission/written-action-plan`], 404],
    ['what is not there', () => [whole('improvement-actions/none')], 404],
    ['what is no duty', () => ['../../etc/passwd'], 404],
    ['more than a page', () => Array.from({ length: 51 }, (_, n) => whole(`improvement-actions/a${n}`)), 422],
  ])('choosing %s', async (_what, duties, status) => {
    expect((await send(administrator, '/chosen', { what: 'reassign' }, duties())).status).toBe(status);
    expect((await send(administrator, '/chosen/export', {}, duties())).status).toBe(status);
    expect(board().errors).toEqual([]);
  });

  test('all on a page are chosen by one link; who may change nothing is offered the table alone', async () => {
    const all = await administrator.text('/overdue?status=all&chosen=all');
    expect(all.match(/name="duty"[^>]* checked/g)).toHaveLength((all.match(/name="duty"/g) ?? []).length);
    expect(all).toContain('name="what"');
    const owner = await board().signedIn('head-of-early-help@middlesbrough.example.org');
    const list = await owner.text('/overdue?status=all');
    expect(list).toContain('formaction="/chosen/export"');
    expect(list).not.toContain('name="what"');
  });
});

describe('views under names of somebody’s own', () => {
  const chosen = '/overdue?strand=member-briefings&status=open&sort=-title';
  test('kept from a list, sent twice once; renamed, removed; nobody else’s', async () => {
    const list = await administrator.text(`${chosen}&page=1&made-up=yes`);
    const form = { name: '  Briefings <b>to</b> come ', chosen: hidden(list, 'chosen')[0] ?? '' };
    const action = formOn(list, '/views');
    for (const _time of [1, 2]) {
      const kept = await administrator.send(action, form);
      expect([kept.status, at(kept)]).toEqual([303, `${chosen}#views`]);
    }
    const shown = await administrator.text(chosen);
    expect(shown.match(/Briefings &lt;b&gt;to&lt;\/b&gt; come<\/a>/g)).toHaveLength(1);
    expect(shown).toMatch(/aria-current="true">Briefings/);
    const colleague = await board().signedIn('assistant-director@middlesbrough.example.org');
    expect(await colleague.text('/overdue')).not.toContain('Briefings &lt;b&gt;');
    // The same name, in other letters, is taken; what was to be kept is kept on the page.
    const again = await administrator.send('/views', { name: 'BRIEFINGS <b>to</b> COME', chosen: '/overdue?q=x' });
    expect(again.status).toBe(422);
    expect(await again.text()).toMatch(/a view of this name[\s\S]*name="chosen" value="\/overdue\?q=x"/);
    const [id = 'none'] = hidden(await administrator.text('/views'), 'id');
    expect(id).not.toBe('none');
    for (const path of ['/views/rename', '/views/remove'])
      expect([path, (await colleague.send(path, { id, name: 'mine' })).status]).toEqual([path, 404]);
    expect((await administrator.send('/views/rename', { id, name: 'x'.repeat(61) })).status).toBe(422);
    expect(at(await administrator.send('/views/rename', { id, name: 'Briefings' }))).toBe('/views?done=renamed');
    expect(await administrator.text('/overdue')).toContain('>Briefings</a>');
    expect(at(await administrator.send('/views/remove', { id }))).toBe('/views?done=removed');
    expect(await administrator.text('/views')).toContain('no view yet');
    expect(board().errors).toEqual([]);
  });

  test.each(['https://evil.example/?q=a', '//evil.example', 'javascript:alert(1)', '/sign-out?status=all'])(
    'an address that is none of a list is kept as what it chooses: %s',
    async (address) => {
      const kept = await administrator.send('/views', { name: `View of ${address}`, chosen: address });
      expect(at(kept)).toMatch(/^\/overdue(\?(q=a|status=all))?#views$/);
    },
  );

  test('a partner’s officer has no list to keep', async () => {
    expect((await nurse.send('/views', { name: 'x', chosen: '/' })).status).toBe(404);
  });
});

test('of inspections those that are open are counted alone, where they are asked for', async () => {
  const now = new Date().toISOString();
  const found = async (open: boolean) => {
    const which = { authorities: ['middlesbrough'], ...(open ? { open } : {}) };
    const { rows, total } = await board().register.board.inspections(now, which, { offset: 0, limit: 1000 });
    expect(total).toBe(rows.length);
    return rows.map(({ reference }) => reference);
  };
  expect(await found(false)).toEqual(expect.arrayContaining(['ended-one', 'lists-one']));
  expect(await found(true)).toContain('lists-one');
  expect(await found(true)).not.toContain('ended-one');
});
