import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { boardForAll, confirmationOn, signInLink, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const PLAN = 'milestones/plan-submission/written-action-plan';
const REST = `title: An inspection
authority: middlesbrough
framework: ilacs-2018
fieldwork: { from: 2026-10-05, until: 2026-10-09 }
report: { received: 2026-11-02 }
`;
const LONG = 'Why was the plan late? '.repeat(300).trim();

let id = '';
let who: Visitor;
let ahead = 0;
const board = boardForAll(
  async (rig) => {
    id = await rig.start('examples/middlesbrough-2016.yaml');
    who = await rig.signedIn(ADMINISTRATOR);
  },
  { clock: () => new Date(Date.now() + ahead) },
);

test('a leaver’s whole work: what changes hands is shown before it does, and then it has', async () => {
  const { action } = await opened(who, `/inspections/${id}/do/reassignMany`);
  const checkPage = await sentTo(who, action, { from: 'head-of-performance', to: 'head-of-early-help', strand: '' });
  const shown = await who.text(checkPage);
  expect(shown).toContain('What changes hands');
  expect(shown).toMatch(/: from Head of Performance[^<]* to Head of Early Help[^<]*<\/li>/);
  const answer = await who.send(action, confirmationOn(shown));
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, `/inspections/${id}?done=reassignMany`]);
  const again = await opened(who, `/inspections/${id}/do/reassignMany`);
  const refused = await who.send(again.action, { from: 'head-of-performance', to: 'head-of-early-help' });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('there is nothing to pass on')]);
});

describe('one rendered form has one effect', () => {
  test('a question: pressed twice at once, loaded again, and after going back', async () => {
    const before = await asked();
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const checkPage = await sentTo(who, action, { by: 'A. Member', text: 'How many posts are filled?' });
    const shown = confirmationOn(await who.text(checkPage));
    const confirm = () => who.send(action, shown);
    const [first, second] = await Promise.all([confirm(), confirm()]);
    const third = await confirm();
    for (const answer of [first, second, third])
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, `/inspections/${id}/questions?done=ask`]);
    expect(await asked()).toBe(before + 1);

    // Back from there: the page on which it was confirmed, which says that it is done; its form is still theirs to look at.
    const back = await who.get(checkPage);
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('You have done this already');
    expect(await asked()).toBe(before + 1);
  });

  test('with other words under the same form, it is refused, and says so', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    await confirmedBy(who, action, { by: 'A. Member', text: 'The first?' });
    const before = await asked();
    await sentTo(who, action, { by: 'A. Member', text: 'The second?' });
    const refused = await who.send(action, { confirmed: 'yes' });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('This form has been sent already');
    expect(await asked()).toBe(before);
  });

  test('what is confirmed is what was shown: not what another tab, or a stranger, has sent by the form since', async () => {
    const before = await asked();
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const shown = confirmationOn(await who.text(await sentTo(who, action, { by: 'A. Member', text: 'As shown?' })));
    const stranger = board().visitor();
    await stranger.post(action, { by: 'Nobody', text: 'Planted?' });
    expect(await who.text(`${action}&check=yes`)).toContain('As shown?');
    await sentTo(who, action, { by: 'A. Member', text: 'From another tab?' });
    const refused = await who.send(action, shown);
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('This is not what you were shown'),
    ]);
    expect(await asked()).toBe(before);
    expect((await who.send(action, confirmationOn(await who.text(`${action}&check=yes`)))).status).toBe(303);
    expect(await asked()).toBe(before + 1);
  });

  test('sent twice at once with other words, one has its effect, and the other is told so', async () => {
    const before = await asked();
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const answers = await Promise.all(
      ['Tab A?', 'Tab B?'].map((text) => who.send(action, { by: 'A. Member', text, confirmed: 'yes' })),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['303', '409']);
    expect(await asked()).toBe(before + 1);
  });

  test('two forms have two effects, with the same words too', async () => {
    const before = await asked();
    for (let turn = 0; turn < 2; turn++) {
      const { action } = await opened(who, `/inspections/${id}/do/ask`);
      await confirmedBy(who, action, { by: 'A. Member', text: 'Again?' });
    }
    expect(await asked()).toBe(before + 2);
  });

  test('a start: pressed three times at once, it is started once, and each is led there', async () => {
    const text = readFileSync(join(packageRoot(), 'examples/middlesbrough-2016.yaml'), 'utf8').replace(
      'reference: 2016',
      `reference: once-${Date.now().toString(36)}`,
    );
    const checkPage = (await who.send('/start', { text })).headers.get('Location') ?? '';
    const html = await who.text(checkPage);
    expect(html).toContain('Check before you start');
    const action = /action="(\/start\/confirm\?form=[^"]+)"/.exec(html)?.[1] ?? '';
    const answers = await Promise.all([1, 2, 3].map(() => who.send(action, { text })));
    const places = answers.map((each) => `${each.status} ${each.headers.get('Location')}`);
    expect(new Set(places).size).toBe(1);
    expect(places[0]).toMatch(/^303 \/inspections\/middlesbrough\/once-\w+\?done=started$/);
    // Back from there: the page is still to be seen, and does not start it again.
    const back = await who.text(checkPage);
    expect(back).toContain('You have started this inspection already');
    expect(back).toMatch(/href="\/inspections\/middlesbrough\/once-\w+">See it/);
    expect(back).not.toContain('/start/confirm');
    // From another page that was open, or one whose answer was lost, they are led to what they started.
    const again = await who.send('/start/confirm', { text });
    expect(`${again.status} ${again.headers.get('Location')}`).toBe(places[0]);
    // Somebody else, and another file of the same reference, is told that there is one.
    const manager = await board().signedIn('assistant-director@middlesbrough.example.org');
    const theirs = await manager.send('/start/confirm', { text });
    expect([theirs.status, (await theirs.text()).includes('This council has, or had')]).toEqual([422, true]);
    const other = await who.send('/start/confirm', { text: text.replace(/^title: .*$/m, 'title: Another one') });
    expect([other.status, (await other.text()).includes('This council has, or had')]).toEqual([422, true]);
  });

  test.each([
    ['/feeds', { subject: 'person' }, /\/feeds\/([\w-]{43})\.ics/, /href="\/feeds\/revoke\//g],
    ['/api', { name: 'a program' }, /<code class="board-address">([\w-]{43})<\/code>/, /href="\/api\/revoke\//g],
  ])('a key of %s: loaded again, it is the same one', async (page, fields, key, listed) => {
    const before = [...(await who.text(page)).matchAll(listed)].length;
    const { action } = await opened(who, page);
    const made = await Promise.all(
      [1, 2].map(async () => key.exec(await (await who.send(action, fields)).text())?.[1]),
    );
    expect(made[0]).toMatch(/./);
    expect(made[1]).toBe(made[0]);
    const html = await who.text(page);
    expect([...html.matchAll(listed)]).toHaveLength(before + 1);
    // Revoked twice is revoked.
    const [, check = ''] = /href="([^"]*\/revoke\/[^"]+)"/.exec(html) ?? [];
    const [, revoke = '', keyId = ''] =
      /action="([^"]*revoke[^"]*)".*?name="id" value="([^"]+)"/s.exec(await who.text(check)) ?? [];
    for (let turn = 0; turn < 2; turn++) expect((await who.send(revoke, { id: keyId })).status).toBe(303);
    expect([...(await who.text(page)).matchAll(listed)]).toHaveLength(before);
  });

  test('many files: pressed twice, they are started by one job', async () => {
    const { action } = await opened(who, '/start/many');
    const form = new FormData();
    form.set('formToken', await who.token());
    form.append('files', new File(['no: sense'], 'a.yaml'));
    const checks = [await who.post(action, form), await who.post(action, form)].map((each) =>
      each.headers.get('Location'),
    );
    expect(checks[1]).toBe(checks[0]);
    const good = new FormData();
    good.set('formToken', await who.token());
    const text = `reference: twice-${Date.now().toString(36)}\n${REST}`;
    good.append('files', new File([text], 'a.yaml'));
    const html = await who.text((await who.post(action, good)).headers.get('Location') ?? '');
    const [, confirm = ''] = /action="(\/start\/many\/confirm[^"]+)"/.exec(html) ?? [];
    const [, shown = ''] = /name="shown" value="([^"]+)"/.exec(html) ?? [];
    const [, indexes = ''] = /name="good" value="([^"]+)"/.exec(html) ?? [];
    const pressed = { shown, good: indexes };
    const jobs = [await who.send(confirm, pressed), await who.send(confirm, pressed)].map((each) =>
      each.headers.get('Location'),
    );
    expect(jobs[0]).toMatch(/^\/start\/many\/[\w-]+$/);
    expect(jobs[1]).toBe(jobs[0]);
  });
});

describe('what was typed is not lost', () => {
  test('a session that ends meanwhile: after signing in again, the form is there with all of it', async () => {
    const email = 'assistant-director@middlesbrough.example.org';
    const own = await board().signedIn(email);
    const { action } = await opened(own, `/inspections/${id}/do/ask`);
    const formToken = await own.token();
    await own.post('/sign-out', {});
    const sent = await own.post(action, { by: 'A. Member', text: LONG, formToken });
    expect(sent.status).toBe(303);
    const signIn = await own.text(sent.headers.get('Location') ?? '');
    const next = /name="next" value="([^"]+)"/.exec(signIn)?.[1] ?? '';
    expect(next).toBe(action);

    // Somebody else at this browser is not shown it.
    const other = await board().signedIn('scrutiny-chair@middlesbrough.example.org');
    expect(await other.text(next)).not.toContain('Why was the plan late?');

    const link = new URL(await signInLink(own, board().mail, email, next));
    const back = await own.post(link.pathname, {});
    expect(back.headers.get('Location')).toBe(action);
    const html = await own.text(action);
    expect(html).toContain(LONG);
    expect(html).toContain('A. Member');
    // And it is carried out from there as if nothing had been.
    const before = await asked();
    await confirmedBy(own, action, { by: 'A. Member', text: LONG });
    expect(await asked()).toBe(before + 1);
  });

  test('nor at the check: they come back to what they had to confirm', async () => {
    const own = await board().signedIn('assistant-director@middlesbrough.example.org');
    const { action } = await opened(own, `/inspections/${id}/do/ask`);
    const checkPage = await sentTo(own, action, { by: 'A. Member', text: 'At the check?' });
    const formToken = await own.token();
    await own.post('/sign-out', {});
    const sent = await own.post(action, { confirmed: 'yes', formToken });
    expect(decodeURIComponent(sent.headers.get('Location') ?? '')).toBe(`/sign-in?next=${checkPage}&kept=yes`);
    const page = await (await own.get(sent.headers.get('Location') ?? '')).text();
    expect(page).toContain('You had been signed out. What you typed is kept');
    expect(await (await own.get('/sign-in?next=%2Fmy-duties')).text()).not.toContain('is kept');
    const again = await board().signedIn('assistant-director@middlesbrough.example.org');
    const html = await again.text(checkPage);
    expect(html).toContain('At the check?');
    expect(html).toContain('Confirm: ');
  });

  test('an inspection file that was pasted', async () => {
    const own = await board().signedIn(ADMINISTRATOR);
    const { action } = await opened(own, '/start');
    const formToken = await own.token();
    await own.post('/sign-out', {});
    const sent = await own.post(action, { text: 'reference: 1\n# mine', formToken });
    expect(decodeURIComponent(sent.headers.get('Location') ?? '')).toBe(`/sign-in?next=${action}&kept=yes`);
    expect(await (await board().signedIn(ADMINISTRATOR)).text(action)).toContain('reference: 1\n# mine');
  });

  test('nothing is kept for whoever made up a form of theirs, and nothing of them is read', async () => {
    const stranger = board().visitor();
    for (const query of ['', '?form=', '?form=a.b.c', `?form=${'x'.repeat(77)}`]) {
      const sent = await stranger.post(`/inspections/${id}/do/ask${query}`, { text: LONG });
      expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/sign-in']);
    }
  });

  test('ten hours later a session is over, and what was typed before is gone with it', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const checkPage = await sentTo(who, action, { by: 'A. Member', text: 'Kept for ten hours?' });
    expect(await who.text(checkPage)).toContain('Kept for ten hours?');
    ahead = 10 * 3_600_000 + 1000;
    try {
      const later = await board().signedIn(ADMINISTRATOR);
      await sentTo(later, (await opened(later, `/inspections/${id}/do/ask`)).action, { by: 'x', text: 'x' });
      expect(await later.text(checkPage)).not.toContain('Kept for ten hours?');
    } finally {
      ahead = 0;
      who = await board().signedIn(ADMINISTRATOR);
    }
  });

  test.each([
    ['a text', 10_000, { by: 'A. Member', text: 'x'.repeat(10_407) }, '10,407'],
    ['a line', 1000, { by: 'y'.repeat(1001), text: 'Why?' }, '1,001'],
  ])('%s over its limit is refused with the count, and is still there', async (_what, _most, fields, count) => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const answer = await who.send(action, fields);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(`${count} characters`);
    for (const value of Object.values(fields)) expect(html).toContain(value);
  });

  test('“Back” on the check page leads to the form with what was typed', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const checkPage = await sentTo(who, action, { by: 'A. Member', text: 'And back again?' });
    const [, back = ''] = /govuk-back-link" href="([^"]+)"/.exec(await who.text(checkPage)) ?? [];
    expect(await who.text(back)).toContain('And back again?');
  });
});

describe('the check page', () => {
  test('shows the present date and what moves', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/correct`);
    const page = await sentTo(who, action, date('received', '2016-03-07', { reason: 'the post room’s stamp' }));
    const html = await who.text(page);
    expect(html).toContain('What moves');
    expect(html).toMatch(/: from \w+ \d+ \w+ 20\d\d to \w+ \d+ \w+ 20\d\d</);
    const waive = await who.text(
      await sentTo(who, (await opened(who, `/inspections/${id}/${PLAN}/do/reassign`)).action, {
        to: 'assistant-director',
      }),
    );
    expect(waive).toContain('Due now');
    expect(waive).not.toContain('What moves');
  });

  test('what is new is no date that moves', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const html = await who.text(await sentTo(who, action, { by: 'A. Member', text: 'Who is told?' }));
    expect(html).toMatch(/What is to be done from now on<\/h2>\s*<ul[^>]*><li>[^\n]*: due on /);
    for (const other of ['What moves', 'What changes hands', 'no longer']) expect(html).not.toContain(other);
  });

  test('what the inspection would refuse is told before there is anything to confirm', async () => {
    const { action } = await opened(who, `/inspections/${id}/${PLAN}/do/submit`);
    const answer = await who.send(action, date('on', '2099-01-01'));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('There is a problem');
  });

  test('mistakes of every kind are told at once', async () => {
    const { action } = await opened(who, `/inspections/${id}/do/ask`);
    const answer = await who.send(action, { by: '', text: `a\u0001b`, ...date('on', '2026-13-45') });
    const html = await answer.text();
    for (const said of ['U+0001', 'date that exists']) expect(html).toContain(said);
    expect((html.match(/govuk-error-message/g) ?? []).length).toBeGreaterThanOrEqual(3);
  });
});

const date = (field: string, on: string, others: Record<string, string> = {}): Record<string, string> => {
  const [year = '', month = '', day = ''] = on.split('-');
  return { ...others, [`${field}-year`]: year, [`${field}-month`]: month, [`${field}-day`]: day };
};

/** A page's own form as somebody opens it: where it is sent to. */
async function opened(visitor: Visitor, path: string): Promise<{ action: string }> {
  const html = await visitor.text(path);
  const action = [...html.matchAll(/<form method="post" action="([^"]+)"/g)]
    .map(([, each = '']) => each)
    .find((each) => each.startsWith(`${path}?form=`));
  if (action === undefined) throw new Error(`there is no form on ${path}: ${html.slice(0, 1000)}`);
  return { action };
}

/** Sends a form that has nothing wrong; returns the address of its check page. */
async function sentTo(visitor: Visitor, action: string, fields: Record<string, string>): Promise<string> {
  const answer = await visitor.send(action, fields);
  const to = answer.headers.get('Location') ?? '';
  expect([answer.status, to, answer.status === 303 ? '' : await answer.text()]).toEqual([
    303,
    `${action}&check=yes`,
    '',
  ]);
  return to;
}

async function confirmedBy(visitor: Visitor, action: string, fields: Record<string, string>): Promise<void> {
  const html = await visitor.text(await sentTo(visitor, action, fields));
  expect((await visitor.send(action, confirmationOn(html))).status).toBe(303);
}

async function asked(): Promise<number> {
  const entries = await board().register.history('middlesbrough', id.split('/')[1] ?? '');
  return entries.filter((entry) => entry.kind === 'question-asked').length;
}
