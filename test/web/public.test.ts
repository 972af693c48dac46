import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PublicPage } from '../../domain/publication/public-page.ts';
import { allRoles } from '../../domain/authority/partners.ts';
import { boardForAll, confirmationOn, type Visitor } from '../support/board.ts';
import { council } from '../support/facts.ts';
import { publicPages } from '../../client/web/public-pages.ts';
import { yearOfFigures } from '../support/year-of-figures.ts';
import { cli } from '../support/cli.ts';

const PAGE = '/inspections/anyborough/2025/public-page';
const PUBLIC = '/public/anyborough/2025';
const story = yearOfFigures();
const ADMINISTRATOR = { id: 'democratic-services@anyborough.example.org', role: 'democratic-services' };
let administrator: Visitor;
let owner: Visitor;

const board = boardForAll(async (rig) => {
  await rig.register.board.keepAuthority(council, new Date().toISOString());
  for (const reference of ['2025', '2024'])
    await rig.register.append({ authority: 'anyborough', reference, inspectionTitle: reference }, story.entries);
  await rig.register.append(
    { authority: 'anyborough', reference: '2023', inspectionTitle: '2023' },
    yearOfFigures().command({ name: 'withdraw', payload: { reason: 'The wrong year' } }, ADMINISTRATOR).entries,
  );
  administrator = await rig.signedIn('democratic-services@anyborough.example.org');
  owner = await rig.signedIn('team-manager@anyborough.example.org');
});

const formOn = (html: string): string => /<form method="post" action="([^"]+)" novalidate>/.exec(html)?.[1] ?? '';

/** Fills in the reason, reads the check page, presses its button. */
async function switched(
  who: Visitor,
  wanted: 'on' | 'off',
  reason: string,
): Promise<{ check: string; answer: Response }> {
  const checkPage = await sentTo(who, { wanted, reason });
  const check = await who.text(checkPage);
  return { check, answer: await who.send(formOn(check), confirmationOn(check)) };
}

/** Sends the form; returns the address of its check page. */
async function sentTo(who: Visitor, fields: Record<string, string>): Promise<string> {
  const answer = await who.send(formOn(await who.text(PAGE)), fields);
  expect(answer.status).toBe(303);
  return answer.headers.get('Location') ?? '';
}
const four = <T>(each: T): T[] => [each, each, each, each];
const nobody = () => board().visitor();
const dataOf = async (): Promise<PublicPage> =>
  (await (await nobody().get(`${PUBLIC}/data.json`)).json()) as PublicPage;
const statusOf = async (path: string): Promise<number> => (await nobody().get(path)).status;

test('off by default: not found, as what does not exist', async () => {
  const off = await nobody().get(PUBLIC);
  const none = await nobody().get('/public/anyborough/there-is-none');
  expect([off.status, none.status, await statusOf(`${PUBLIC}/data.json`)]).toEqual([404, 404, 404]);
  expect(await off.text()).toBe(await none.text());
  expect(await statusOf('/public/anyborough/%00')).toBe(404);
});

test('an owner sees that it is off, and can’t switch it; a reason is needed', async () => {
  expect(await owner.text(PAGE)).toContain('Administrators of the council switch it');
  expect((await owner.send(PAGE, { wanted: 'on', reason: 'x', confirmed: 'yes' })).status).toBe(403);
  const without = await administrator.send(PAGE, { wanted: 'on', reason: ' ' });
  expect(without.status).toBe(422);
  expect(await without.text()).toMatch(/href="#reason"[^]*id="reason-error"/);
  expect(await statusOf(PUBLIC)).toBe(404);
});

test('switched on: the titles are shown first, it is on record with who and why, and another inspection is not shown', async () => {
  const { check, answer } = await switched(administrator, 'on', 'Agreed by the board');
  expect(check).toContain('Check before you go on');
  for (const title of ['Audit of case files', 'Quality of practice', 'published as they are written'])
    expect(check).toContain(title);
  expect(answer.status).toBe(303);
  const page = await nobody().get(PUBLIC);
  expect(page.status).toBe(200);
  expect(page.headers.get('Cache-Control')).toBe('public, max-age=60');
  expect(page.headers.get('Set-Cookie')).toBeNull();
  expect(page.headers.get('X-Robots-Tag')).toBeNull();
  expect(await statusOf('/public/anyborough/2024')).toBe(404);
  const entry = (await board().register.history('anyborough', '2025')).at(-1);
  expect(entry).toMatchObject({
    kind: 'public-page-opened',
    actor: { id: 'democratic-services@anyborough.example.org', role: 'democratic-services' },
    text: 'The public page was switched on by Democratic Services Manager: Agreed by the board',
  });
  expect(await board().register.verify()).toMatchObject([{ ok: true }]);
});

test('actions with their dates, ratings and status by theme and recommendation, and what it is as of', async () => {
  const page = await dataOf();
  expect(page).toMatchObject({ title: 'Anyborough 2025', status: 'Open' });
  expect(
    page.actions.map(({ title, theme, recommendations, originalDate, date, status, rating }) => [
      title,
      theme,
      recommendations.join(),
      originalDate,
      date,
      status,
      rating,
    ]),
  ).toEqual([
    ['Consult the staff', 'A stable workforce', '2', '2025-06-30', '2025-06-30', 'Done', 'Complete'],
    ['Fill the vacant posts', 'A stable workforce', '2', '2025-05-30', '2025-11-28', 'Overdue', 'Not rated'],
    ['Audit of case files', 'Quality of practice', '1', '2025-04-30', '2025-04-30', 'Done', 'Complete'],
    ['Train every supervisor', 'Quality of practice', '1', '2025-05-30', '2025-05-30', 'Done', 'Complete'],
    ['Pilot the new model', 'Quality of practice', '', '2025-12-31', '2025-12-31', 'No longer applies', 'Not rated'],
  ]);
  const html = await nobody().text(PUBLIC);
  expect(html).toContain(`as of entry ${page.register.number}, hash ${page.register.hash}`);
});

test('no name, title or address of any role of the council, no reason and no note is anywhere in it', async () => {
  const shown = `${await nobody().text(PUBLIC)} ${await (await nobody().get(`${PUBLIC}/data.json`)).text()}`;
  const said = allRoles(council).flatMap(({ id, title, email }) => [id, title, email ?? id]);
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((each) => shown.includes(each))).toEqual([]);
  for (const word of ['@', 'no candidates', 'the service has ended', 'Agreed by the board'])
    expect(shown).not.toContain(word);
});

test('it can be checked against the register: as it was published, and not with a word changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-public-'));
  const page = await dataOf();
  const check = async (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return cli(['public', 'check', join(folder, name), '--json'], board().environment);
  };
  expect(await check('page.json', page)).toMatchObject({ code: 0, err: '' });
  // What comes later changes nothing of a page that names its entry.
  await switched(administrator, 'off', 'For an hour');
  await switched(administrator, 'on', 'Agreed again');
  expect(await check('later.json', page)).toMatchObject({ code: 0 });
  const [first, ...others] = page.actions;
  const changed = { ...page, actions: [{ ...first, date: '2025-05-30' }, ...others] };
  expect(await check('changed.json', changed)).toMatchObject({ code: 1 });
  expect(await check('hash.json', { ...page, register: { ...page.register, hash: '0'.repeat(64) } })).toMatchObject({
    code: 1,
  });
  expect(await check('nothing.json', {})).toMatchObject({ code: 2 });
});

test('whose session has ended at the check comes back to what they had to confirm, and then it is confirmed', async () => {
  const own = await board().signedIn(ADMINISTRATOR.id);
  const checkPage = await sentTo(own, { wanted: 'off', reason: 'For the school holidays' });
  const shown = confirmationOn(await own.text(checkPage));
  const formToken = await own.token();
  await own.post('/sign-out', {});
  const sent = await own.post(formOn(await administrator.text(checkPage)), { ...shown, formToken });
  expect(decodeURIComponent(sent.headers.get('Location') ?? '')).toBe(`/sign-in?next=${checkPage}&kept=yes`);
  const again = await board().signedIn(ADMINISTRATOR.id);
  const html = await again.text(checkPage);
  expect(html).toContain('For the school holidays');
  expect(html).toContain('Confirm: switch the public page off');
  // “Back” leads to the form with what was typed.
  expect(await again.text(/govuk-back-link" href="([^"]+)"/.exec(html)?.[1] ?? '')).toContain(
    'For the school holidays',
  );
  expect(await statusOf(PUBLIC)).toBe(200);
  expect((await again.send(formOn(html), confirmationOn(html))).status).toBe(303);
  expect(await statusOf(PUBLIC)).toBe(404);
  expect(await again.text(checkPage)).toContain('You have done this already');
  // Something else was sent by the form since: that is not what was shown.
  const other = await sentTo(again, { wanted: 'on', reason: 'The holidays are over' });
  const first = confirmationOn(await again.text(other));
  await again.send(other.replace('&check=yes', ''), { wanted: 'on', reason: 'Something else' });
  expect((await again.send(other.replace('&check=yes', ''), first)).status).toBe(409);
  expect(await statusOf(PUBLIC)).toBe(404);
  expect((await switched(again, 'on', 'The holidays are over')).answer.status).toBe(303);
});

test.each([
  ['2019', { to: 'dropped', said: 'Ermintrude has left' }, 'it is dropped'],
  ['2020', { to: 'business-as-usual', said: 'head-of-service' }, 'it goes on as business as usual'],
  ['2021', { to: 'inspection', said: '2027' }, 'it goes on under another inspection'],
  ['2018', { to: 'inspection', said: '2024' }, 'it goes on under another inspection'],
] as const)('of a closed inspection (%s) it says what was not finished, and what becomes of it', async (...given) => {
  const [reference, home, outcome] = given;
  const { register } = board();
  const closed = yearOfFigures()
    .command({ name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } }, ADMINISTRATOR)
    .command({ name: 'close', payload: { reason: 'over', homes: [{ action: 'rest', ...home }] } }, ADMINISTRATOR);
  const place = { authority: 'anyborough', reference };
  await register.append({ ...place, inspectionTitle: reference }, closed.entries);
  const switching = { isOpen: true, who: 'Administrator', reason: 'x', actor: ADMINISTRATOR };
  await register.publication.set({ ...place, ...switching, at: new Date().toISOString() });
  const path = `/public/anyborough/${reference}`;
  const page = (await (await nobody().get(`${path}/data.json`)).json()) as PublicPage;
  expect(page.status).toBe('Closed');
  expect(page.actions.map(({ title, status, outcome: became }) => [title, status, became])).toEqual([
    ['Consult the staff', 'Done', undefined],
    ['Fill the vacant posts', 'Not finished', outcome],
    ['Audit of case files', 'Done', undefined],
    ['Train every supervisor', 'Done', undefined],
    ['Pilot the new model', 'No longer applies', undefined],
  ]);
  const html = await nobody().text(path);
  expect(html).toContain(`>Not finished: ${outcome}<`);
  expect(html).not.toMatch(/Ermintrude|Head of Service/);
  const file = join(mkdtempSync(join(tmpdir(), 'duecourse-public-')), 'page.json');
  writeFileSync(file, JSON.stringify(page));
  expect(await cli(['public', 'check', file], board().environment)).toMatchObject({ code: 0, err: '' });
});

test('another inspection is named by its title while its own page is public, and what was published can be checked all the same', async () => {
  const dataIn = async (): Promise<PublicPage> =>
    (await (await nobody().get('/public/anyborough/2018/data.json')).json()) as PublicPage;
  const outcomes = async (): Promise<string[]> => (await dataIn()).actions.flatMap(({ outcome }) => outcome ?? []);
  const [none, its] = ['it goes on under another inspection', 'it goes on under the inspection “Anyborough 2025”'];
  const { publication } = board().register;
  const other = { authority: 'anyborough', reference: '2024', who: 'Administrator', reason: 'x', actor: ADMINISTRATOR };
  const pages = [await dataIn()];
  for (const [isOpen, expected] of [
    [true, its],
    [false, none],
    [true, its],
  ] as const) {
    await publication.set({ ...other, isOpen, at: new Date().toISOString() });
    expect(await outcomes()).toEqual([expected]);
    pages.push(await dataIn());
  }
  await publication.set({ ...other, isOpen: false, at: new Date().toISOString() });
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-public-'));
  for (const [at, page] of pages.entries()) {
    const file = join(folder, `${at}.json`);
    writeFileSync(file, JSON.stringify(page));
    expect(await cli(['public', 'check', file], board().environment)).toMatchObject({ code: 0, err: '' });
  }
});

test('what is erased is gone from it at once, whatever the inspection’s own last entry is', async () => {
  const { register } = board();
  const title = 'The complaint of Ermintrude Quillfeather';
  const [first, ...others] = story.entries;
  if (first === undefined) throw new Error('nothing has happened');
  const named = [{ ...first, data: { ...first.data, title } }, ...others];
  const place = { authority: 'anyborough', reference: '2022' };
  await register.append({ ...place, inspectionTitle: title }, named);
  const at = new Date().toISOString();
  const isOpen = { isOpen: true, who: 'Administrator', reason: 'x', actor: ADMINISTRATOR, at };
  expect(await register.publication.set({ ...place, ...isOpen })).toBe('switched');
  const path = '/public/anyborough/2022';
  const before = await nobody().text(path);
  expect(before).toContain('Ermintrude Quillfeather');
  expect(await nobody().text(path)).toBe(before);
  const request = { authority: 'anyborough', spellings: ['Ermintrude Quillfeather'], reason: 'asked for', at };
  expect(await register.erase({ ...request, actor: ADMINISTRATOR }, 'carry out')).toMatchObject({ carriedOut: true });
  for (const each of [path, `${path}/data.json`]) expect(await nobody().text(each)).not.toContain('Quillfeather');
});

test('so many ask at once, and each is answered; beyond what may wait they are asked to come again', async () => {
  const { register } = board();
  const all = await Promise.all(Array.from({ length: 150 }, () => statusOf(PUBLIC)));
  expect(new Set(all)).toEqual(new Set([200]));
  const read = publicPages({ register }, () => new Date(), { atOnce: 1, waiting: 3, characters: 1 });
  const place = { authority: 'anyborough', reference: '2025' };
  const answers = await Promise.allSettled(Array.from({ length: 10 }, async () => read(place)));
  expect(answers.map(({ status }) => status)).toEqual([
    ...four('fulfilled'),
    ...four('rejected'),
    'rejected',
    'rejected',
  ]);
  for (const answer of answers.slice(4)) expect(answer).toMatchObject({ reason: { status: 503 } });
  await expect(read(place)).resolves.toMatchObject({ html: await nobody().text(PUBLIC) });
});

test('pressed twice it has one effect; switched off it is gone at once, and that is on record too', async () => {
  const html = await administrator.text(PAGE);
  const action = formOn(html);
  const form = { wanted: 'off', reason: 'It names somebody', confirmed: 'yes' };
  const answers = await Promise.all([administrator.send(action, form), administrator.send(action, form)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await statusOf(PUBLIC)).toBe(404);
  expect(await statusOf(`${PUBLIC}/data.json`)).toBe(404);
  const kinds = (await board().register.history('anyborough', '2025')).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith('public-page'))).toEqual(
    ['opened', 'closed', 'opened', 'closed', 'opened', 'closed'].map((each) => `public-page-${each}`),
  );
  // Somebody with an old page is told.
  expect((await administrator.send(PAGE, { ...form, reason: 'again' })).status).toBe(409);
});

test('of an inspection that was withdrawn nothing is offered, it is said why, and nothing is switched', async () => {
  const path = '/inspections/anyborough/2023/public-page';
  const html = await administrator.text(`${path}?done=on`);
  expect(html).toContain('The inspection is withdrawn, because it was started by mistake');
  expect(html).not.toMatch(/name="wanted"|What would be published now|The public page is/);
  const before = await board().register.history('anyborough', '2023');
  for (const wanted of ['on', 'off']) {
    for (const confirmed of ['', 'yes']) {
      const answer = await administrator.send(path, { wanted, reason: 'Agreed by the board', confirmed });
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('The inspection is withdrawn');
    }
  }
  // Withdrawn while somebody has the check page before them.
  const change = { authority: 'anyborough', reference: '2023', isOpen: true, who: 'Administrator', reason: 'x' };
  const at = new Date().toISOString();
  expect(await board().register.publication.set({ ...change, at, actor: ADMINISTRATOR })).toBe('withdrawn');
  expect(await board().register.history('anyborough', '2023')).toEqual(before);
});
