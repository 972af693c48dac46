import { describe, expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { boardForAll, boardRig, signInLink, signInLinkIn } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';

/** The clock of the board, which tests may turn on. */
let ahead = 0;
const clock = () => new Date(Date.now() + ahead);

const board = boardForAll(
  async ({ register }) => {
    await register.board.keepAuthority(
      loadStart('examples/middlesbrough-2016.yaml').facts.authority,
      new Date().toISOString(),
    );
  },
  { clock },
);

describe('by a link in a mail', () => {
  test('opening the link signs nobody in; its button does, once; then it leads where they wanted to go', async () => {
    const who = board().visitor();
    const refused = await who.get('/my-duties');
    expect(refused.status).toBe(303);
    expect(refused.headers.get('Location')).toBe('/sign-in?next=%2Fmy-duties');
    const link = new URL(await signInLink(who, board().mail, ADMINISTRATOR, '/my-duties'));
    expect(link.origin).toBe('http://board.example.org');

    const opened = await who.get(link.pathname);
    expect(opened.status).toBe(200);
    expect((await who.get('/overdue')).status).toBe(303);
    const pressed = await who.post(link.pathname, {});
    expect(pressed.status).toBe(303);
    expect(pressed.headers.get('Location')).toBe('/my-duties');
    expect((await who.get('/overdue')).status).toBe(200);

    const thief = board().visitor();
    expect((await thief.get(link.pathname)).status).toBe(404);
    expect((await thief.post(link.pathname, {})).status).toBe(404);
    expect((await thief.get('/overdue')).status).toBe(303);
  });

  test('two who press at the same time: one gets in', async () => {
    const who = board().visitor();
    const link = new URL(await signInLink(who, board().mail, 'lead-member@middlesbrough.example.org'));
    const answers = await Promise.all([1, 2, 3, 4].map(() => board().visitor().post(link.pathname, {})));
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([303, 404, 404, 404]);
  });

  test('after 15 minutes it opens nothing, and it says what to do', async () => {
    const who = board().visitor();
    const link = new URL(await signInLink(who, board().mail, 'scrutiny-officer@middlesbrough.example.org'));
    ahead = 15 * 60_000 + 1000;
    try {
      const answer = await who.post(link.pathname, {});
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Ask for a new one');
    } finally {
      ahead = 0;
    }
    expect((await who.post(link.pathname, {})).status).toBe(303);
  });

  test('a forged or a changed token is nobody’s', async () => {
    const who = board().visitor();
    const link = new URL(await signInLink(who, board().mail, 'scrutiny-chair@middlesbrough.example.org'));
    const last = link.pathname.at(-1) === 'A' ? 'B' : 'A';
    for (const path of [`${link.pathname.slice(0, -1)}${last}`, `${link.pathname}A`, '/sign-in/', '/sign-in/%00']) {
      const thief = board().visitor();
      const answer = await thief.post(path, {});
      // Where there is no such page, everybody is led to sign in.
      if (answer.status !== 404) expect(answer.headers.get('Location')).toBe('/sign-in');
      expect((await thief.get('/overdue')).status).toBe(303);
    }
    expect(board().errors).toEqual([]);
  });

  test('somebody unknown reads the same as somebody known, and gets no mail', async () => {
    const before = board().mail.received.length;
    const pages = await Promise.all(
      ['nobody@example.org', 'virtual-school-head@middlesbrough.example.org'].map(async (email) => {
        const answer = await board().visitor().post('/sign-in', { email });
        return { status: answer.status, text: (await answer.text()).replaceAll(email, 'ADDRESS') };
      }),
    );
    expect(pages[0]).toEqual(pages[1]);
    await expect.poll(() => board().mail.received.length).toBe(before + 1);
    expect(board().mail.received.at(-1)?.to).toBe('virtual-school-head@middlesbrough.example.org');
  });

  test.each([
    '/.//evil.example.com',
    '//evil.example.com/',
    'https://evil.example.com',
    '/\\evil.example.com',
    '/%0d%0aSet-Cookie:x',
    '\tjavascript:x',
    '/a\r\nX: y',
  ])('nobody is led away by %j', async (next) => {
    const own = await boardRig();
    await own.register.board.keepAuthority(
      loadStart('examples/middlesbrough-2016.yaml').facts.authority,
      new Date().toISOString(),
    );
    const who = own.visitor();
    const link = new URL(await signInLink(who, own.mail, ADMINISTRATOR, next));
    const answer = await who.post(link.pathname, {});
    expect(answer.status).toBe(303);
    const to = new URL(answer.headers.get('Location') ?? '', 'http://board.example.org');
    expect(to.origin).toBe('http://board.example.org');
    expect(answer.headers.get('X')).toBeNull();
  });

  test('asked for by a stranger without end, a person is kept out by none of it, and gets a few mails, not all', async () => {
    const email = 'head-of-performance@middlesbrough.example.org';
    const before = board().mail.received.length;
    const stranger = board().visitor();
    for (let turn = 0; turn < 20; turn++) expect((await stranger.post('/sign-in', { email })).status).toBe(200);
    const who = board().visitor();
    expect((await who.post('/sign-in', { email })).status).toBe(200);
    const link = new URL(await signInLinkIn(board().mail, email, before));
    expect((await who.post(link.pathname, {})).status).toBe(303);
    expect((await who.get('/overdue')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(
      board()
        .mail.received.slice(before)
        .filter((each) => each.to === email),
    ).toHaveLength(5);
  });

  test('a flood from one place is refused, with when to come back; a known browser and a good link get in all the same', async () => {
    const own = await boardRig();
    const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
    await own.register.board.keepAuthority(authority, new Date().toISOString());
    const known = await own.signedIn(ADMINISTRATOR);
    await known.post('/sign-out', {});
    const holder = own.visitor();
    const link = new URL(await signInLink(holder, own.mail, 'lead-member@middlesbrough.example.org'));
    let refused: Response | undefined;
    for (let turn = 0; turn < 400 && refused === undefined; turn++) {
      const answer = await own.visitor().post('/sign-in', { email: 'nobody@example.org' });
      if (answer.status === 429) refused = answer;
    }
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(refused?.headers.get('Cache-Control')).toBe('no-store');
    // Made-up links from there are refused as well, but not the good one.
    expect((await own.visitor().post('/sign-in/made-up', {})).status).toBe(429);
    expect((await holder.post(link.pathname, {})).status).toBe(303);
    expect((await known.post('/sign-in', { email: ADMINISTRATOR })).status).toBe(200);
  });

  test('nothing of signing in is kept by a browser or on the way', async () => {
    const who = board().visitor();
    const link = new URL(await signInLink(who, board().mail, 'scrutiny-chair@middlesbrough.example.org'));
    const answers = [
      await who.get('/my-duties'),
      await who.get('/sign-in'),
      await who.post('/sign-in', { email: 'x' }),
      await who.get('/sign-in/forged'),
      await who.get(link.pathname),
      await who.post(link.pathname, {}),
      await who.get('/sign-in'),
      await who.post('/sign-out', {}),
    ];
    for (const answer of answers) expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('a session', () => {
  test('its cookie is for this site only, and no script reads it', async () => {
    const who = board().visitor();
    const link = new URL(await signInLink(who, board().mail, 'head-of-safeguarding@middlesbrough.example.org'));
    const [cookie = ''] = (await who.post(link.pathname, {})).headers.getSetCookie();
    expect(cookie).toMatch(/^duecourse_session=/);
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Expires=']) expect(cookie).toContain(part);
  });

  test('over https the cookie never goes in the open', async () => {
    const secure = await boardRig(undefined, { boardUrl: 'https://board.example.org' });
    await secure.register.board.keepAuthority(
      loadStart('examples/middlesbrough-2016.yaml').facts.authority,
      new Date().toISOString(),
    );
    const who = secure.visitor();
    const link = new URL(await signInLink(who, secure.mail, ADMINISTRATOR));
    const answer = await who.post(link.pathname, {});
    expect(answer.headers.getSetCookie()[0]).toContain('Secure');
    expect(answer.headers.get('Strict-Transport-Security')).toContain('max-age=31536000');
  });

  test('behind a proxy that ends the TLS, forms from the board’s own address are taken, and no others', async () => {
    const behind = await boardRig(undefined, { boardUrl: 'https://board.example.org' });
    await behind.register.board.keepAuthority(
      loadStart('examples/middlesbrough-2016.yaml').facts.authority,
      new Date().toISOString(),
    );
    const ask = (origin: string) => behind.visitor().post('/sign-in', { email: ADMINISTRATOR }, { Origin: origin });
    expect((await ask('https://board.example.org')).status).toBe(200);
    for (const origin of ['https://evil.example.com', 'https://board.example.org.evil.example.com', 'null'])
      expect((await ask(origin)).status).toBe(403);
  });

  test('a cookie that was changed, made up, or signed by another is nobody’s', async () => {
    const who = await board().signedIn('head-of-independent-review@middlesbrough.example.org');
    const good = who.cookies.get('duecourse_session') ?? '';
    expect((await who.get('/overdue')).status).toBe(200);
    const [value = '', signature = ''] = decodeURIComponent(good).split('.');
    for (const forged of [
      encodeURIComponent(`${value}x.${signature}`),
      encodeURIComponent(`${value}.${signature.slice(0, -2)}==`),
      encodeURIComponent(value),
      'x',
      '',
    ]) {
      const thief = board().visitor();
      const answer = await thief.request('/overdue', { headers: { Cookie: `duecourse_session=${forged}` } });
      expect(answer.status).toBe(303);
    }
  });

  test('signing out ends it everywhere it was copied to', async () => {
    const who = await board().signedIn('assistant-director@middlesbrough.example.org');
    const copied = `duecourse_session=${who.cookies.get('duecourse_session') ?? ''}`;
    expect(
      (
        await board()
          .visitor()
          .request('/overdue', { headers: { Cookie: copied } })
      ).status,
    ).toBe(200);
    expect((await who.post('/sign-out', {})).status).toBe(200);
    expect(
      (
        await board()
          .visitor()
          .request('/overdue', { headers: { Cookie: copied } })
      ).status,
    ).toBe(303);
  });

  test('somebody whom the authority’s file no longer lists sees nothing from that moment on', async () => {
    const own = await boardRig();
    const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
    await own.register.board.keepAuthority(authority, new Date().toISOString());
    const who = await own.signedIn('head-of-early-help@middlesbrough.example.org');
    expect(await who.text('/overdue')).toContain('Middlesbrough Council');
    const roles = authority.roles.map((role) =>
      role.id === 'head-of-early-help' ? { ...role, email: 'successor@middlesbrough.example.org' } : role,
    );
    await own.register.board.keepAuthority({ ...authority, roles }, new Date().toISOString());
    await expect
      .poll(async () => (await who.text('/overdue')).includes('Middlesbrough Council'), { timeout: 3000 })
      .toBe(false);
  });
});
