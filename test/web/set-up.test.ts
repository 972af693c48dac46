import { expect, test } from 'vitest';
import { setUpAddress } from '../../client/web/set-up/link.ts';
import { problemsOfPage } from '../support/html-validator.ts';
import { boardForAll, boardRig, type BoardRig } from '../support/board.ts';
import { council as example } from '../support/facts.ts';

const EMAIL = 'democratic-services@anyborough.example.org';
const ANSWERS = {
  council: 'Anyborough Council',
  division: 'england-and-wales',
  email: EMAIL,
  title: 'Democratic Services Manager',
};
const DAY_MS = 86_400_000;
const pathAt = ({ parts }: BoardRig, now = new Date()): string => new URL(setUpAddress(parts, now)).pathname;
/** One board for all that is refused: nothing is ever kept in it. */
const empty = boardForAll(() => Promise.resolve());
const councils = async ({ register }: BoardRig): Promise<string[]> =>
  (await register.board.authorityFiles()).map(({ id }) => id);

test('its pages are valid, with mistakes and without', async () => {
  const board = empty();
  const path = pathAt(board);
  const sent = [{}, ANSWERS, { ...ANSWERS, change: 'yes' }].map((each) => board.visitor().post(path, each));
  for (const answer of [board.visitor().get(path), ...sent])
    expect(await problemsOfPage(await (await answer).text())).toEqual([]);
});

test('whoever has the address sets the council up, and is its administrator at once', async () => {
  const board = await boardRig();
  const path = pathAt(board);
  const somebody = board.visitor();
  expect(await somebody.text('/sign-in')).toContain('No council is set up here yet');
  const asked = await somebody.post(path, ANSWERS);
  expect(asked.status).toBe(200);
  expect(await asked.text()).toContain('Anyborough Council');
  expect(await councils(board)).toEqual([]);
  const back = await (await somebody.post(path, { ...ANSWERS, change: 'yes' })).text();
  expect(back).toContain('value="Anyborough Council"');
  const done = await somebody.post(path, { ...ANSWERS, confirmed: 'yes' });
  expect([done.status, done.headers.get('Location')]).toEqual([303, '/administration/anyborough']);
  expect(await somebody.text('/administration/anyborough')).toContain('Before your first inspection');
  const [change] = await board.register.board.authorityChanges('anyborough', { limit: 2 });
  expect(change).toMatchObject({ number: 1, by: EMAIL, before: null });
  expect(board.mail.received).toEqual([]);
  // They come in by mail from now on, as everybody does.
  await board.signedIn(EMAIL);
  expect(await board.visitor().text('/sign-in')).not.toContain('No council is set up');
  expect(board.errors).toEqual([]);
});

test('of two who press at once one sets a council up, and a second press makes no second one', async () => {
  const board = await boardRig();
  const path = pathAt(board);
  const sent = ['Anyborough Council', 'Anyborough Council', 'Otherborough Council'].map((council) =>
    board.visitor().post(path, { ...ANSWERS, council, confirmed: 'yes' }),
  );
  const all = (await Promise.all(sent)).map(({ status }) => status);
  expect(all.toSorted((a, b) => a - b)).toEqual([303, 409, 409]);
  expect(await councils(board)).toHaveLength(1);
  expect((await board.visitor().get(path)).status).toBe(409);
});

test.each([
  ['another secret', (board: BoardRig) => pathAt({ ...board, parts: { ...board.parts, secret: 'another'.repeat(6) } })],
  ['an address of eight days ago', (board: BoardRig) => pathAt(board, new Date(Date.now() - 8 * DAY_MS))],
  ['a later end', (board: BoardRig) => pathAt(board).replace(/\d+\./, `${Date.now() + 90 * DAY_MS}.`)],
  ['nothing signed', () => '/set-up/9999999999999'],
])('%s opens nothing', async (_, pathOf) => {
  const board = empty();
  const path = pathOf(board);
  expect((await board.visitor().get(path)).status).toBe(404);
  expect((await board.visitor().post(path, { ...ANSWERS, confirmed: 'yes' })).status).toBe(404);
  expect(await councils(board)).toEqual([]);
});

test('where a council is on record nobody sets up a first one; beside a demonstration somebody does', async () => {
  const board = await boardRig();
  const now = new Date().toISOString();
  await board.register.board.keepAuthority({ ...example, id: 'shown', demonstration: true }, now);
  expect((await board.visitor().get(pathAt(board))).status).toBe(200);
  await board.register.board.keepAuthority(example, now);
  const answer = await board.visitor().post(pathAt(board), { ...ANSWERS, confirmed: 'yes' });
  expect(answer.status).toBe(409);
});

test.each([
  ['council', '', 'Enter what the council is called'],
  ['council', '!!!', 'Enter a name with letters in it'],
  ['council', 'x'.repeat(1001), 'shorten it'],
  ['division', '', 'Choose whose bank holidays count'],
  ['division', 'france', 'Choose whose bank holidays count'],
  ['email', 'nobody', 'Enter an email address'],
  ['directorEmail', 'a@b', 'Enter an email address'],
  ['title', '', 'Enter what your role is called'],
])('%s “%s” is refused beside its field, and nothing is kept', async (name, given, said) => {
  const board = empty();
  const answer = await board.visitor().post(pathAt(board), { ...ANSWERS, [name]: given, confirmed: 'yes' });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toMatch(new RegExp(`<a href="#${name}">[^<]*${said}`));
  expect(html).toContain(`id="${name}-error"`);
  expect(await councils(board)).toEqual([]);
});

test('hostile text stays text', async () => {
  const board = empty();
  const answer = await board
    .visitor()
    .post(pathAt(board), { ...ANSWERS, council: '<script>alert(1)</script> "Council"', title: "O'<b>Neil" });
  expect(answer.status).toBe(200);
  const html = await answer.text();
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('<b>Neil');
});

test('with the council’s own sign-in, the administrator goes there', async () => {
  const notAsked = () => Promise.reject(new Error('nobody asks it here'));
  const board = await boardRig(undefined, { identityProvider: { begin: notAsked, finish: notAsked } });
  const done = await board.visitor().post(pathAt(board), { ...ANSWERS, confirmed: 'yes' });
  expect(done.headers.get('Location')).toBe('/sign-in?next=/administration/anyborough');
});
