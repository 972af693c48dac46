import { generateSignedCookie } from 'hono/cookie';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { addDays, type CivilDate } from '../../domain/calendar/civil-date.ts';
import { SECTIONS } from '../../client/web/administration/sections.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { YamlFile } from '../../client/files/yaml-file.ts';
import { authorityIn } from '../../client/files/load.ts';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { mailings } from '../../domain/lifecycle/mailings.ts';
import { nextSendingTime } from '../../domain/lifecycle/sending-hours.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { CERTIFICATE, outsideServer, saying } from '../support/outside-server.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const HOME = '/administration/middlesbrough';
const HEAD = 'head-of-early-help';
const today = localDate(new Date().toISOString());
/** Bank holidays as they are known here, as their source writes them. */
const KNOWN = {
  england: loadBankHolidays('england-and-wales')
    .holidays.filter(({ date }) => date >= '2025-01-01' && date <= '2027-12-31')
    .map(({ date, title }) => ({ title, date, notes: '', bunting: true })),
};
const people = new Map<string, Visitor>();
let id: InspectionRef = 'none/none';

/** The pages ask the server that is started below, under the name by which it is known. */
const OUTSIDE = { outside: outsideBy({ allow: 'any', ca: CERTIFICATE, lookup: saying(['127.0.0.1']).lookup }) };

const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -30) });
  await rig.start('examples/stockton-on-tees-2010.yaml');
  for (const name of [
    'democratic-services@middlesbrough',
    'assistant-director@middlesbrough',
    'head-of-early-help@middlesbrough',
    'lead-member@middlesbrough',
    'democratic-services@stockton-on-tees',
  ])
    people.set(name, await rig.signedIn(`${name}.example.org`));
}, OUTSIDE);

/** What a server outside, on this machine, answers just now. */
let answer: [number, string] = [200, ''];
let outsideAddress = '';
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const server = await outsideServer(
    (end) => ends.push(end),
    (_request, response) => response.writeHead(answer[0], { location: '/elsewhere' }).end(answer[1]),
  );
  outsideAddress = server.address;
});
afterAll(async () => {
  for (const end of ends) await end();
});

/** A calendar with an event on each day, written YYYYMMDD. */
const icsOf = (...days: string[]) =>
  [
    'BEGIN:VCALENDAR\r\nVERSION:2.0',
    ...days.map((day) => `BEGIN:VEVENT\r\nSUMMARY:Executive\r\nDTSTART;VALUE=DATE:${day}\r\nEND:VEVENT`),
    'END:VCALENDAR\r\n',
  ].join('\r\n');

const who = (name: string): Visitor => {
  const visitor = people.get(name);
  if (visitor === undefined) throw new Error(`nobody is ${name}`);
  return visitor;
};
const administrator = () => who('democratic-services@middlesbrough');
const inForce = async (): Promise<Authority> => {
  const kept = await board().register.board.keptAuthority('middlesbrough');
  if (kept === null) throw new Error('no file is kept');
  return kept.authority;
};
const inInspection = async (): Promise<Authority> => (await board().engine.facts(id)).facts.authority;
const on = (name: string, date: CivilDate) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const away = (delegate: string) => ({ ...on('from', today), ...on('until', addDays(today, 10)), delegate });

/** Sends a form of the administration as somebody does who opens it first, and confirms what it leads to. */
async function changed(path: string, fields: Record<string, string>, visitor = administrator()): Promise<Response> {
  const sent = await sentTo(path, fields, visitor);
  return sent.status === 303 ? confirmedOn(visitor, sent.headers.get('Location') ?? '') : sent;
}

async function sentTo(path: string, fields: Record<string, string>, visitor = administrator()): Promise<Response> {
  const html = await visitor.text(`${HOME}/do/${path}`);
  const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`there is no form at ${path}: ${html.slice(0, 3000)}`);
  return visitor.send(action, fields);
}

/** What the button of a check page sends, and where to. */
async function buttonOn(visitor: Visitor, path: string): Promise<{ action: string; fields: Record<string, string> }> {
  const html = await visitor.text(path);
  const action = /<form method="post" action="([^"]+)">\s*<input type="hidden" name="formToken"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`nothing can be confirmed at ${path}: ${html.slice(0, 4000)}`);
  const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return { action: action.replaceAll('&amp;', '&'), fields };
}

async function confirmedOn(visitor: Visitor, path: string): Promise<Response> {
  const { action, fields } = await buttonOn(visitor, path);
  return visitor.send(action, fields);
}

describe('who sees it', () => {
  test.each([
    ['/no-such-page', 404],
    [`${HOME}/no-such-page`, 404],
    [`${HOME}/do/none`, 404],
    ['/administration/stockton-on-tees', 404],
    ['/inspections/stockton-on-tees/2010', 404],
  ] as const)('%s: what can’t be shown is said under the menu', async (path, status) => {
    const answer = await administrator().get(path);
    const text = await answer.text();
    expect([answer.status, text.includes('aria-label="Pages"'), text.includes('Sign out')]).toEqual([
      status,
      true,
      true,
    ]);
  });

  test('so is what somebody may not see; nobody who has not signed in has a menu', async () => {
    const refused = await who('head-of-early-help@middlesbrough').get(`${HOME}/people`);
    expect([refused.status, (await refused.text()).includes('aria-label="Pages"')]).toEqual([403, true]);
    const open = await board().visitor().get('/public/no/such');
    expect([open.status, (await open.text()).includes('aria-label="Pages"')]).toEqual([404, false]);
  });

  test.each([
    ...['', '/people', '/history', '/file', '/file/middlesbrough.yaml', `/do/away/${HEAD}`, '/do/add-role'],
    ...['/bodies', '/bodies/executive', '/bodies/executive/file', '/days', '/bank-holidays', '/settings', '/ratings'],
    ...['/partners', '/who-hears', `/pass-on/${HEAD}`, '/do/add-cycle/executive'],
  ])('%s: administrators of the council alone', async (path) => {
    const statuses = await Promise.all(
      [...people.values()].map(async (each) => (await each.get(`${HOME}${path}`)).status),
    );
    expect(statuses).toEqual([200, 403, 403, 403, 404]);
  });

  test('the first page leads to every part, and each is there under its title', async () => {
    const first = await administrator().text(HOME);
    for (const name of namesOf(SECTIONS)) {
      const { title, sentence } = SECTIONS[name];
      expect([name, first.includes(`<a class="govuk-link" href="${HOME}/${name}">${title}</a>`)]).toEqual([name, true]);
      expect([name, first.includes(sentence)]).toEqual([name, true]);
      expect(/<h1[^>]*>([^<]+)</.exec(await administrator().text(`${HOME}/${name}`))?.[1]).toBe(title);
    }
  });

  test('the way there is offered to administrators, and leads to their council', async () => {
    expect(await administrator().text('/')).toContain('href="/administration"');
    expect(await administrator().text('/')).toContain(`href="${HOME}/people">Somebody is away</a>`);
    expect(await who('assistant-director@middlesbrough').text('/overdue')).not.toContain('Somebody is away');
    expect(await who('assistant-director@middlesbrough').text('/')).not.toContain('href="/administration"');
    expect((await administrator().get('/administration')).headers.get('Location')).toBe(HOME);
  });

  test.each([
    '/do/nothing',
    '/do/away/nobody',
    '/do/put-back/999',
    '/do/put-back/x',
    '/file/other.yaml',
    '/do/end-away/chief-executive',
  ])('%s is not there', async (path) => expect((await administrator().get(`${HOME}${path}`)).status).toBe(404));
});

describe('somebody is away', () => {
  test('marked in three presses from the list; a running inspection’s mail goes to the stand-in; ended early', async () => {
    const list = await administrator().text(`${HOME}/people`);
    // The first press.
    expect(list).toContain(`href="${HOME}/do/away/${HEAD}"`);
    // The second, and on the page that it leads to the third.
    const sent = await sentTo(`away/${HEAD}`, away('virtual-school-head'));
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain('1 open inspection goes by it from then on');
    expect(check).toMatch(
      /Virtual School Head<\/span> \(<[^>]+>virtual-school-head@middlesbrough\.example\.org<\/span>\) is told by mail at [^:]+(:\d\d)?[^:]*: <span[^>]*>they stand in for Head of Early Help: /,
    );
    expect(check).not.toContain('nobody is mailed because of it');
    expect(check).toContain('Virtual School Head reads the mail of Head of Early Help, and can’t act on their duties');
    const telling = vi.spyOn(board().engine, 'tellStandIns');
    onTestFinished(() => telling.mockRestore());
    const done = await confirmedOn(administrator(), sent.headers.get('Location') ?? '');
    expect(done.headers.get('Location')).toBe(`${HOME}/people?done=away&told=1&left=0`);
    expect(await administrator().text(`${HOME}/people?done=away&told=1&left=0`)).toContain(
      'Virtual School Head</span> stands in',
    );
    expect((await inInspection()).people).toEqual((await inForce()).people);
    expect(telling).toHaveBeenCalledTimes(1);
    await expect(telling.mock.results[0]?.value).resolves.toBeUndefined();

    const milestone =
      (await board().engine.view(id)).milestones.find(({ owner }) => owner === 'head-of-safeguarding')?.id ?? '';
    const as = { id: ADMINISTRATOR, role: 'democratic-services' };
    await board().engine.command(id, 'reassign', { milestone, to: HEAD, reason: 'a change' }, as);
    const { state } = await board().engine.inspect(id);
    const hours = { calendar: calendarOf(state), sending: state.facts.authority.sending };
    const next = mailings(state, nextSendingTime(new Date().toISOString(), hours), hours);
    const about = next.filter(({ told }) => told.some(({ to }) => to === HEAD)).map(({ digest }) => digest.recipient);
    expect(about).toMatchObject([
      {
        email: 'virtual-school-head@middlesbrough.example.org',
        coversFor: [{ title: 'Head of Early Help', until: addDays(today, 10), readsOnly: true }],
      },
    ]);

    const ended = await changed(`end-away/${HEAD}`, { which: today, ...on('back', today) });
    expect(ended.status).toBe(303);
    expect((await inInspection()).people?.find(({ email }) => email.startsWith(HEAD))?.away).toEqual([]);
  });

  test('a stand-in who is away too is warned of before it counts, whichever comes second', async () => {
    const warnedOf = async (path: string, delegate: string) => {
      const sent = await sentTo(path, away(delegate));
      return administrator().text(sent.headers.get('Location') ?? '');
    };
    const said =
      /Head of Early Help is away, and Virtual School Head, who was to stand in, is away too: what comes for Head of Early Help goes to [^<]+ \(executive-director@middlesbrough\.example\.org\) then\./;
    const OTHER = 'virtual-school-head';
    await changed(`away/${HEAD}`, away(OTHER));
    expect(await warnedOf(`away/${OTHER}`, 'executive-director')).toMatch(said);
    expect(await warnedOf('away/head-of-safeguarding', OTHER)).not.toContain('is away too');
    await changed(`end-away/${HEAD}`, { which: today, ...on('back', today) });
    await changed(`away/${OTHER}`, away('executive-director'));
    expect(await warnedOf(`away/${HEAD}`, OTHER)).toMatch(said);
    await changed(`end-away/${OTHER}`, { which: today, ...on('back', today) });
  });

  test('mistakes stand beside their field, in words', async () => {
    const first = await sentTo(`away/${HEAD}`, { ...away('virtual-school-head'), ...on('until', addDays(today, -3)) });
    const text = await first.text();
    expect(first.status).toBe(422);
    expect(text).toContain('id="until-error"');
    expect(text).toContain('is before the first day');
    const nobody = await sentTo(`away/${HEAD}`, away(''));
    expect(await nobody.text()).toContain('Choose who stands in');
    const wrong = await sentTo(`change-role/${HEAD}`, {
      title: 'x',
      email: 'no address',
      holder: 'same',
      capacity: 'owner',
    });
    expect(await wrong.text()).toMatch(/id="email-error"[\s\S]*enter an email address/);
  });
});

describe('roles', () => {
  test('added, changed and removed; hostile words are words', async () => {
    const title = '<script>alert(1)</script> {{ 7 * 7 }} & “Co”';
    const added = await changed('add-role', { title, email: 'new@middlesbrough.example.org', capacity: 'owner' });
    expect(added.status).toBe(303);
    const role = (await inForce()).roles.at(-1);
    expect(role).toEqual({
      id: 'script-alert-1-script-7-7-co',
      title,
      email: 'new@middlesbrough.example.org',
      capacity: 'owner',
    });
    const list = await administrator().text(`${HOME}/people`);
    expect(list).toContain('&lt;script&gt;alert(1)');
    expect(list).not.toContain('<script>');
    const removed = await confirmedOn(administrator(), `${HOME}/do/remove-role/${role?.id ?? ''}`);
    expect(removed.status).toBe(303);
    expect((await inForce()).roles.some(({ id: each }) => each === role?.id)).toBe(false);
  });

  test('one that owns something is not removed: the check says what it owns', async () => {
    const answer = await administrator().get(`${HOME}/do/remove-role/${HEAD}`);
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('which owns');
    expect(text).not.toContain('name="confirmed"');
  });

  test('nor one that something else names: the check says what to do first', async () => {
    const answer = await administrator().get(`${HOME}/do/remove-role/assistant-director`);
    const text = await answer.text();
    expect([answer.status, text]).toEqual([
      422,
      expect.stringContaining('answers to it: let them answer to another first'),
    ]);
    const list = await administrator().text(`${HOME}/people`);
    expect(list).not.toContain('do/remove-role/chief-executive');
  });

  test('a new holder: who is told of how much is shown beforehand, and they can sign in', async () => {
    const fields = {
      title: 'Head of Early Help',
      email: 'successor@middlesbrough.example.org',
      holder: 'other',
      reportsTo: 'assistant-director',
      capacity: 'owner',
    };
    const sent = await sentTo(`change-role/${HEAD}`, fields);
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toMatch(/successor@middlesbrough\.example\.org<\/span>\) is told, about \d+ dut/);
    expect((await confirmedOn(administrator(), sent.headers.get('Location') ?? '')).status).toBe(303);
    // What a process knows of who is somebody may be a second old.
    await sleep(1100);
    expect((await (await board().signedIn('successor@middlesbrough.example.org')).get('/my-duties')).status).toBe(200);
  });
});

describe('who is told of what stays late', () => {
  const chain = {
    director: 'executive-director',
    chiefExecutive: 'chief-executive',
    administrator: 'democratic-services',
    leadMember: 'lead-member',
  };

  test('nobody runs duecourse here who may not administer: the form says so, at its field', async () => {
    const answer = await sentTo('chain', { ...chain, administrator: 'head-of-safeguarding' });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toMatch(
      /href="#administrator">The holder of Head of [^<]* may act on its own duties, and not administer/,
    );
    expect(text).not.toContain('capacity:');
  });

  test('one role on both of the upper steps is warned of', async () => {
    const sent = await sentTo('chain', { ...chain, director: 'chief-executive' });
    expect(await administrator().text(sent.headers.get('Location') ?? '')).toContain(
      'Chief Executive is told at the second step of escalation and at the third',
    );
  });
});

describe('two at once, and twice', () => {
  test('pressed twice it is done once, and says so afterwards', async () => {
    const sent = await sentTo('add-role', { title: 'Clerk', capacity: 'owner' });
    const check = sent.headers.get('Location') ?? '';
    const { action, fields } = await buttonOn(administrator(), check);
    const [one, other] = await Promise.all([
      administrator().send(action, fields),
      administrator().send(action, fields),
    ]);
    expect([one.status, other.status]).toEqual([303, 303]);
    expect((await administrator().send(action, fields)).status).toBe(303);
    expect((await inForce()).roles.filter(({ title }) => title === 'Clerk')).toHaveLength(1);
    expect(await administrator().text(check)).toContain('You have done this already');
  });

  test('the second is told what the first changed, and nothing is lost', async () => {
    const second = await board().signedIn(ADMINISTRATOR);
    const mine = await sentTo('add-role', { title: 'Mine', capacity: 'owner' });
    const theirs = await sentTo('add-role', { title: 'Theirs', capacity: 'owner' }, second);
    const path = theirs.headers.get('Location') ?? '';
    const { action, fields } = await buttonOn(second, path);
    expect((await confirmedOn(administrator(), mine.headers.get('Location') ?? '')).status).toBe(303);
    const told = await second.send(action, fields);
    const text = await told.text();
    expect([told.status, text.includes('Somebody else has changed this meanwhile')]).toEqual([409, true]);
    expect(text).toContain('New role');
    expect((await inForce()).roles.map(({ title }) => title)).not.toContain('Theirs');
    expect((await confirmedOn(second, path)).status).toBe(303);
    expect((await inForce()).roles.map(({ title }) => title)).toEqual(expect.arrayContaining(['Mine', 'Theirs']));
    expect((await inInspection()).roles).toEqual((await inForce()).roles);
  });
});

describe('an old tab', () => {
  const path = 'change-role/head-of-performance';
  /** What the form is filled with and carries, as a browser sends it. */
  async function opened(visitor: Visitor) {
    const html = await visitor.text(`${HOME}/do/${path}`);
    const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(html)?.[1] ?? '';
    const filledFrom = /name="filledFrom" value="(\d+)"/.exec(html)?.[1] ?? '';
    const of = (await inForce()).roles.find(({ id: role }) => role === 'head-of-performance');
    const { title = '', email = '', reportsTo = '' } = of ?? {};
    const fields = { title, email, reportsTo, capacity: 'owner', holder: 'same', filledFrom };
    return { action, fields };
  }

  test('changes nothing that another has changed since; what both changed is said before it counts', async () => {
    const { action, fields } = await opened(administrator());
    await changed(path, { ...fields, title: 'Head of Data' });
    const email = 'data@middlesbrough.example.org';
    const sent = await administrator().send(action, { ...fields, email });
    const check = sent.headers.get('Location') ?? '';
    const text = await administrator().text(check);
    expect(text).toContain('Somebody else has changed this meanwhile');
    expect(text).not.toMatch(/data-label="(Now|From then on)"[^>]*>Head of/);
    expect((await confirmedOn(administrator(), check)).status).toBe(303);
    expect((await inForce()).roles).toContainEqual(expect.objectContaining({ title: 'Head of Data', email }));

    const again = await opened(administrator());
    await changed(path, { ...again.fields, title: 'Head of Insight' });
    const both = await administrator().send(again.action, { ...again.fields, title: 'Head of Analysis' });
    expect(await administrator().text(both.headers.get('Location') ?? '')).toContain(
      'Somebody else has changed “What the role is called” since you opened the form.',
    );
    const { filledFrom: _older, ...before } = fields;
    await changed(path, before);
  });
});

describe('history and the file', () => {
  test('a change is put back by its link, and that can be put back too', async () => {
    const before = await inForce();
    await changed('change-role/lead-member', {
      title: 'Cabinet Member',
      email: 'lead-member@middlesbrough.example.org',
      holder: 'same',
      capacity: 'member',
    });
    const history = await administrator().text(`${HOME}/history`);
    expect(history).toContain('Lead Member for Children’s Services');
    const [, number] = /do\/put-back\/(\d+)/.exec(history) ?? [];
    expect((await confirmedOn(administrator(), `${HOME}/do/put-back/${number ?? ''}`)).status).toBe(303);
    expect(await inForce()).toEqual(before);
    const again = await administrator().get(`${HOME}/do/put-back/${number ?? ''}`);
    expect([again.status, (await again.text()).includes('changed again since')]).toEqual([422, true]);
    expect(await inInspection()).toEqual(await inForce());
  });

  test('downloaded, it is the file in force; changed and brought, the difference is shown and applied', async () => {
    const text = await administrator().text(`${HOME}/file/middlesbrough.yaml`);
    expect(authorityIn(YamlFile.of(text, 'x.yaml'))).toEqual(await inForce());
    const body = text.replace('Scrutiny Officer', 'Statutory Scrutiny Officer');
    const page = await administrator().text(`${HOME}/file`);
    const action = /<form method="post" action="([^"]+\/file\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    const same = await administrator().send(action, { text });
    expect(await administrator().text(same.headers.get('Location') ?? '')).toContain('Nothing would be changed');
    const sent = await administrator().send(action, { text: body });
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain('Statutory Scrutiny Officer');
    expect((await confirmedOn(administrator(), sent.headers.get('Location') ?? '')).status).toBe(303);
    expect((await inForce()).roles.map(({ title }) => title)).toContain('Statutory Scrutiny Officer');
    const wrong = await administrator().send(action, { text: body.replace('capacity: owner', 'capacity: king') });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringMatching(/Line \d+: .*expected one of/)]);
    const other = await administrator().send(action, { text: text.replace('id: middlesbrough', 'id: other') });
    const refused = await administrator().get(other.headers.get('Location') ?? '');
    expect([refused.status, (await refused.text()).includes('This is the file of')]).toEqual([422, true]);
  });

  test('open inspections can be told again; those that know are left alone', async () => {
    const page = await administrator().text(`${HOME}/file`);
    const action = /action="([^"]+\/tell\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    const told = await administrator().send(action, {});
    expect(told.headers.get('Location')).toBe(`${HOME}/file?done=tell&told=1&left=0`);
    expect(board().errors).toEqual([]);
  });
});

describe('what was typed when a session had ended', () => {
  test.each<[string, () => string, Record<string, string>, string[]]>([
    ['the council’s file', () => `${HOME}/file`, { text: 'name: <Typed>' }, ['>name: &lt;Typed&gt;</textarea>']],
    [
      'meetings from a file',
      () => `${HOME}/bodies/executive/file`,
      { text: 'Date, typed', only: 'Cabinet only', how: 'replace' },
      ['>Date, typed</textarea>', 'value="Cabinet only"', 'value="replace" checked'],
    ],
    [
      'the public page',
      () => `/inspections/${id}/public-page`,
      { reason: 'agreed in March' },
      ['value="agreed in March"'],
    ],
  ])('%s: it stands in the form again', async (_what, path, fields, shown) => {
    const html = await administrator().text(path());
    const action = [...html.matchAll(/action="([^"?]+)\?form=([^"]+)"/g)].find(([, at]) => at === path());
    const sent = await board()
      .visitor()
      .post(`${path()}?form=${action?.[2] ?? ''}`, fields);
    const next = new URL(sent.headers.get('Location') ?? '', 'http://board.example.org').searchParams.get('next') ?? '';
    const again = await administrator().text(next);
    for (const each of shown) expect(again).toContain(each);
  });
});

describe('a leaver', () => {
  test('whoever would take it and is away is named, with who reads their mail, before it goes to them', async () => {
    const taker = 'virtual-school-head';
    await changed(`away/${taker}`, away(HEAD));
    const page = await administrator().text(`${HOME}/pass-on/${HEAD}`);
    const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    const sent = await administrator().send(action, { to: taker });
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain(
      'Virtual School Head is away: Head of Early Help, whose work is being passed on, reads their mail until',
    );
    expect(check).toMatch(
      /Virtual School Head<\/span>: told that .*; <span dir="auto">Head of Early Help<\/span> reads it in their place/,
    );
    await changed(`end-away/${taker}`, { which: today, ...on('back', today) });
  });

  test('passes on all that is theirs in three presses from the list: each duty is shown first, and it is done once', async () => {
    const from = 'head-of-performance';
    const counts = async () => {
      const loads = await board().register.board.waiting.loads(new Date().toISOString(), ['middlesbrough']);
      return new Map(loads.map(({ owner, open, submitted }) => [owner, open + submitted]));
    };
    const as = { id: ADMINISTRATOR, role: 'democratic-services' };
    for (const [other] of await counts())
      if (other !== from) {
        const { seq } = await board().engine.command(id, 'reassignMany', { from: other, to: from }, as);
        await board().register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
      }
    const before = (await counts()).get(from) ?? 0;
    expect(before).toBeGreaterThanOrEqual(14);
    const path = `${HOME}/pass-on/${from}`;
    // The first press.
    expect(await administrator().text(`${HOME}/people`)).toContain(`href="${path}"`);
    const page = await administrator().text(path);
    expect(page).not.toContain('value="lead-member"');
    const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    expect((await administrator().send(action, { to: '' })).status).toBe(422);
    // The second, and on the page that it leads to the third.
    const sent = await administrator().send(action, { to: 'virtual-school-head', reason: 'retires' });
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check.match(/<tr class="govuk-table__row"><th scope="row"/g)).toHaveLength(before);
    expect(check).toMatch(
      /Who is told<\/h2>[^]*Virtual School Head<\/span>: told that it changed hands, about \d+ duties of .*, by mail at (once|.+ 20\d\d)<\/li>/,
    );
    const done = await confirmedOn(administrator(), sent.headers.get('Location') ?? '');
    expect(done.headers.get('Location')).toBe(`${HOME}/people?done=pass-on&told=1&left=0`);
    // The list that they are led to has it already.
    expect((await counts()).get(from) ?? 0).toBe(0);
    const theirs = (await board().engine.view(id)).milestones.filter(({ owner }) => owner === from);
    expect(theirs).toEqual([]);
  });
});

describe('bodies, meetings and days', () => {
  const meetings = async () => (await inForce()).bodies.find(({ id: each }) => each === 'executive')?.meetings;

  test('a cycle is shown date by date before it is kept; one of its meetings is moved, cancelled, removed', async () => {
    const cycle = {
      way: 'weekday',
      which: 'second',
      weekday: 'tuesday',
      n: '2',
      ...on('from', '2027-01-01'),
      ...on('until', '2027-06-30'),
    };
    const sent = await sentTo('add-cycle/executive', cycle);
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    for (const day of ['Tuesday 12 January 2027', 'Tuesday 9 March 2027', 'Tuesday 11 May 2027'])
      expect(check).toContain(day);
    expect((await confirmedOn(administrator(), sent.headers.get('Location') ?? '')).status).toBe(303);
    expect(await meetings()).toEqual(['2016-05-10', '2027-01-12', '2027-03-09', '2027-05-11']);
    await changed('move-meeting/executive--2027-03-09', on('to', '2027-03-16'));
    await changed('cancel-meeting/executive--2027-05-11', { why: 'elections' });
    await confirmedOn(administrator(), `${HOME}/do/remove-meeting/executive--2027-01-12`);
    expect(await meetings()).toEqual([
      '2016-05-10',
      { on: '2027-03-09', movedTo: '2027-03-16' },
      { on: '2027-05-11', cancelled: 'elections' },
    ]);
    expect(await inInspection()).toEqual(await inForce());
    const wrong = await sentTo('add-cycle/executive', { ...cycle, which: '', ...on('until', '2026-01-01') });
    const text = await wrong.text();
    expect(text).toContain('Choose which weekday of the month');
    expect(text).toContain('is before the first meeting');
  });

  test('what is odd in the changed file, and was not before, is warned of before it counts: days off, meetings twice, rights that meet', async () => {
    await changed('add-cycle/executive', {
      ...{ way: 'weeks', n: '1', ...on('from', '2027-02-02'), ...on('until', '2027-02-09') },
    });
    const warned = async (form: string, fields: Record<string, string>): Promise<string> => {
      const sent = await sentTo(form, fields);
      const html = await administrator().text(sent.headers.get('Location') ?? '');
      return [...html.matchAll(/Warning<\/span>([^<]*)</g)].map(([, text = '']) => text).join(' ');
    };
    const move = async (to: CivilDate) => warned('move-meeting/executive--2027-02-09', on('to', to));
    expect(await move('2027-02-10')).toBe('');
    expect(await move('2026-12-25')).toContain('is to meet on Friday 25 December 2026, Christmas Day.');
    expect(await move('2027-02-13')).toContain('is to meet on Saturday 13 February 2027, a day of a weekend.');
    expect(await move('2027-02-02')).toContain('has two meetings on Tuesday 2 February 2027.');
    const member = { title: 'Lead Member', holder: 'other', capacity: 'member' };
    expect(
      await warned('change-role/lead-member', { ...member, email: 'democratic-services@middlesbrough.example.org' }),
    ).toContain('a councillor would have an officer’s rights');
    const twice = await sentTo('add-role', { title: 'Head of Early Help', capacity: 'owner' });
    const check = await administrator().text(twice.headers.get('Location') ?? '');
    expect(check).toContain('2 roles are called “Head of Early Help”');
    expect(check).toMatch(/<a class="govuk-link" href="[^"]*add-role[^"]*#title">Change the title<\/a>/);
    for (const day of ['02', '09'])
      await confirmedOn(administrator(), `${HOME}/do/remove-meeting/executive--2027-02-${day}`);
  });

  test('a CSV and an iCalendar file: what is in them is shown, added, or takes the place of what is to come', async () => {
    const path = `${HOME}/bodies/executive/file`;
    const action = async () => /action="([^"]+\/file\?form=[^"]+)"/.exec(await administrator().text(path))?.[1] ?? '';
    const csv = await administrator().send(await action(), { text: 'Date\n13/07/2027\n14/09/2027\n', how: 'add' });
    expect((await confirmedOn(administrator(), csv.headers.get('Location') ?? '')).status).toBe(303);
    expect((await meetings())?.slice(-2)).toEqual(['2027-07-13', '2027-09-14']);
    const ics =
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Executive\r\nDTSTART;VALUE=DATE:20270713\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    const file = new FormData();
    file.set('file', new File([ics], 'meetings.ics'));
    file.set('how', 'replace');
    file.set('formToken', await administrator().token());
    const brought = await administrator().post(await action(), file);
    expect((await confirmedOn(administrator(), brought.headers.get('Location') ?? '')).status).toBe(303);
    expect(await meetings()).toEqual(['2016-05-10', '2027-07-13']);
    const wrong = await administrator().send(await action(), { text: 'Date\nsoon\n', how: 'add' });
    expect([wrong.status, (await wrong.text()).includes('Row 2 has no date: soon')]).toEqual([422, true]);
  });

  test('a calendar at an address: asked once, shown before it counts, and none of what is no calendar', async () => {
    const path = `${HOME}/bodies/executive/calendar`;
    const before = await inForce();
    const look = async (address: string, missing = 'stay') => {
      const form = await administrator().text(path);
      const action = /action="([^"]+\/calendar\?form=[^"]+)"/.exec(form)?.[1] ?? '';
      return administrator().send(action, { address, missing });
    };
    answer = [200, icsOf('20270316', '20270720')];
    const sent = await look(`${outsideAddress}?key=s3cret`);
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain('Tuesday 16 March 2027');
    expect(await inForce()).toEqual(before);
    expect((await confirmedOn(administrator(), sent.headers.get('Location') ?? '')).status).toBe(303);
    expect(await meetings()).toEqual(
      expect.arrayContaining([...(before.bodies[0]?.meetings ?? []), '2027-03-16', '2027-07-20']),
    );
    // The address stands there again, for whoever typed it, to look again.
    expect(await administrator().text(path)).toContain('?key=s3cret');
    answer = [200, icsOf('20270318', '20270720')];
    const again = await look(outsideAddress, 'gone');
    await confirmedOn(administrator(), again.headers.get('Location') ?? '');
    expect(await meetings()).toContainEqual({ on: '2027-03-16', movedTo: '2027-03-18' });
    expect(await inInspection()).toEqual(await inForce());
    const refused: [[number, string], string][] = [
      [[200, '<html>Sign in</html>'], 'not an iCalendar file'],
      [[404, 'no'], 'it answered 404'],
      [[302, ''], 'leads on to another one'],
      [[200, `BEGIN:VCALENDAR${' '.repeat(3_000_000)}`], 'longer than 2048 kB'],
      [[200, icsOf()], 'no meeting from today on'],
    ];
    for (const [given, words] of refused) {
      answer = given;
      const wrong = await look(outsideAddress);
      expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining(words)]);
    }
    for (const address of ['http://calendar.example/', 'meetings', '']) expect((await look(address)).status).toBe(422);
    expect(board().errors).toEqual([]);
  });

  test('closure days move what counts working days, and that is shown first; sending times, ratings and partners', async () => {
    await changed('add-closure', { ...on('from', '2026-12-24'), ...on('until', '2026-12-31'), title: 'Christmas' });
    expect((await inForce()).closureDays.map(({ date }) => date)).toEqual([
      ...['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
    ]);
    await confirmedOn(administrator(), `${HOME}/do/remove-closure/2026-12-24`);
    const late = await sentTo('sending', { time: '19:00', from: '08:00', until: '18:00' });
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('There is a problem')]);
    await changed('sending', { time: '09:30', from: '08:00', until: '18:00', summary: '08:45' });
    expect((await inForce()).sending).toEqual({ time: '09:30', from: '08:00', until: '18:00', summary: '08:45' });
    await changed('add-rating', { name: 'Paused', meaning: 'Nobody works on it.', colour: 'grey', counts: 'at-risk' });
    expect((await inForce()).ratings?.map(({ id: each }) => each)).toEqual([
      'red',
      'amber',
      'green',
      'complete',
      'paused',
    ]);
    await confirmedOn(administrator(), `${HOME}/do/usual-ratings`);
    expect((await inForce()).ratings).toBeUndefined();
    await changed('add-partner', {
      name: 'The Trust',
      lead: 'assistant-director',
      head: 'Chief Nurse',
      email: 'nurse@trust.example.org',
    });
    expect((await inForce()).partners?.[0]).toMatchObject({ id: 'the-trust', chain: { head: 'chief-nurse' } });
    expect(await administrator().text(`${HOME}/people`)).toContain('Chief Nurse');
    expect(await inInspection()).toEqual(await inForce());
  });

  test('a period before an election moves nothing, says what is to be published within it, and is put back by the history', async () => {
    const [from, until] = [today, addDays(today, 300)];
    const typed = { ...on('from', from), ...on('until', until), election: 'local elections' };
    const before = await inForce();
    const sent = await sentTo('add-election', typed);
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain('No date moves, and nobody is mailed because of it.');
    expect(check).toContain('in which councils are to take care with what they publish. Its date stays');
    await confirmedOn(administrator(), sent.headers.get('Location') ?? '');
    expect((await inForce()).preElectionPeriods).toEqual([{ from, until, election: 'local elections' }]);
    expect(await inInspection()).toEqual(await inForce());
    expect(await administrator().text(`${HOME}/elections`)).toContain(`do/change-election/${from}--${until}`);
    const [, number = ''] = /do\/put-back\/(\d+)/.exec(await administrator().text(`${HOME}/history`)) ?? [];
    await confirmedOn(administrator(), `${HOME}/do/put-back/${number}`);
    expect(await inForce()).toEqual(before);
  });

  test('another constitution goes for what is started later: the check says which one each inspection keeps', async () => {
    const before = await inForce();
    const sent = await sentTo('constitution', { constitution: 'trafford' });
    const check = await administrator().text(sent.headers.get('Location') ?? '');
    expect(check).toContain('No date moves, and nobody is mailed because of it.');
    expect(check).toContain(
      'It keeps the constitution that it began with: Middlesbrough Council: call-in of executive decisions, version 1.',
    );
    await confirmedOn(administrator(), sent.headers.get('Location') ?? '');
    expect(await administrator().text(`${HOME}/rules`)).toContain('Trafford');
    expect((await board().engine.inspect(id)).state.facts.constitution?.id).toBe('middlesbrough');
    const [, number = ''] = /do\/put-back\/(\d+)/.exec(await administrator().text(`${HOME}/history`)) ?? [];
    await confirmedOn(administrator(), `${HOME}/do/put-back/${number}`);
    expect(await inForce()).toEqual(before);
  });

  test('what duecourse is joined to: whoever holds a role here is listed with their keys, and nobody else', async () => {
    const { board: kept } = board().register;
    const made = { kind: 'api' as const, madeAt: '2026-11-01T09:00:00.000Z' };
    const keyOf = (email: string, name: string, roles: string[] | null = null) =>
      kept.makeKey({ ...made, email, subject: { of: 'api', name, roles } });
    const secret = await keyOf('Democratic-Services@middlesbrough.example.org', 'Ours');
    await keyOf('guest@example.org', 'By a claim', ['middlesbrough/lead-member']);
    await keyOf('guest@example.org', 'Claimed elsewhere', ['middlesbrough-east/lead-member']);
    await keyOf('democratic-services@stockton-on-tees.example.org', 'Another council’s');
    await keyOf('guest@example.org', 'By a group', ['g-1']);
    const ofGroup = await kept.keysIn('middlesbrough', { emails: [], groups: ['g-1'] });
    const named = ofGroup.map(({ subject }) => (subject.of === 'api' ? subject.name : ''));
    expect(named.toSorted()).toEqual(['By a claim', 'By a group']);
    const text = await administrator().text(`${HOME}/integrations`);
    expect(
      ['Ours', 'By a claim', 'Claimed elsewhere', 'Another council’s', secret].map((each) => text.includes(each)),
    ).toEqual([true, true, false, false, false]);
    expect(text).toContain('last sent ');
  });

  test('a key that somebody else has made says when it was used, and is revoked here, once it was looked at', async () => {
    const { board: kept } = board().register;
    const made = { kind: 'api' as const, madeAt: '2026-11-01T09:00:00.000Z' };
    const keyOf = (email: string, name: string) =>
      kept.makeKey({ ...made, email, subject: { of: 'api', name, roles: null } });
    const secret = await keyOf('executive-director@middlesbrough.example.org', 'Power BI of a leaver');
    const others = await keyOf('democratic-services@stockton-on-tees.example.org', 'Another council’s');
    const asks = (key: string) =>
      administrator().request('/api/v1/inspections', { headers: { Authorization: `Bearer ${key}` } });
    const rowOf = async () => {
      const text = await administrator().text(`${HOME}/integrations`);
      return text.split('<tr').find((row) => row.includes('Power BI of a leaver')) ?? '';
    };
    expect(await rowOf()).toContain('never');
    expect((await asks(secret)).status).toBe(200);
    const row = await rowOf();
    expect(row).not.toContain('never');
    const [, path = ''] = /href="([^"]+\/keys\/[^"]+)"/.exec(row) ?? [];
    const check = await administrator().text(path);
    expect(check).toContain('Power BI of a leaver');
    expect(check).not.toContain('Last used</dt><dd class="govuk-summary-list__value" dir="auto">never');
    expect((await asks(secret)).status).toBe(200);
    const { id = '' } = (await kept.keyOf('api', others, made.madeAt)) ?? {};
    expect((await administrator().send(`${HOME}/keys/${id}`, {})).status).toBe(404);
    expect((await administrator().send(path, {})).status).toBe(303);
    expect(await rowOf()).toBe('');
    expect((await asks(secret)).status).toBe(401);
    expect((await asks(others)).status).toBe(200);
  });

  test('who hears what is shown for a role and a day', async () => {
    const text = await administrator().text(
      `${HOME}/who-hears?owner=virtual-school-head&due-day=17&due-month=2&due-year=2027`,
    );
    expect(text).toContain('Reminder: 20 working days left');
    expect(text).toContain('chief-executive@middlesbrough.example.org');
    // A rule with one reminder of its own, and nobody told afterwards.
    const [, kind = ''] = /<option value="(send-2016\/[^"]+)"/.exec(text) ?? [];
    const own = await administrator().text(
      `${HOME}/who-hears?owner=virtual-school-head&due-day=17&due-month=2&due-year=2027&kind=${encodeURIComponent(kind)}`,
    );
    expect(own).toContain('Reminder: 20 working days left');
    expect(own).not.toContain('chief-executive@middlesbrough.example.org');
    expect(
      (await administrator().get(`${HOME}/who-hears?owner=virtual-school-head&due-day=31&due-month=2&due-year=2027`))
        .status,
    ).toBe(422);
  });

  /** A list of bank holidays as it is published, with more days in England than are known. */
  function published(...dates: CivilDate[]) {
    const days = (extra: object[]) => ({
      events: [...(JSON.parse(JSON.stringify(KNOWN.england)) as object[]), ...extra],
    });
    const content = {
      'england-and-wales': {
        division: 'england-and-wales',
        ...days(dates.map((date) => ({ title: 'Jubilee', date, notes: '', bunting: true }))),
      },
      scotland: { division: 'scotland', ...days([]) },
      'northern-ireland': { division: 'northern-ireland', ...days([]) },
    };
    return { content: content as never, notes: [] };
  }

  test('bank holidays that were published are approved, with what moves', async () => {
    await board().register.keepFeed('test', published('2027-06-04'), '{}', new Date().toISOString());
    expect(await administrator().text(`${HOME}/days`)).toContain('Jubilee: a new bank holiday');
    const page = await administrator().text(`${HOME}/bank-holidays`);
    const { action, fields } = await buttonOn(administrator(), `${HOME}/bank-holidays`);
    expect(page).toContain('Friday 4 June 2027');
    const done = await administrator().send(action, { ...fields, believed: 'yes' });
    expect(done.headers.get('Location')).toBe(`${HOME}/days?done=approve&told=1&left=0`);
    expect(await administrator().text(`${HOME}/days`)).toContain('None: the council counts by what has been published');
  }, 300_000);

  test('a doubted list says so and by what; a council approves it for itself alone: for others it stays doubted', async () => {
    const { register } = board();
    const doubts = ['england-and-wales: 4 bank holidays of 2027 change'];
    const list = { ...published('2027-06-04', '2027-06-11'), doubts };
    await register.keepDoubtedFeed('test', list, '{}', new Date().toISOString());
    const good = (await register.keptFeed())?.content;
    for (const page of ['days', 'bank-holidays'])
      expect(await administrator().text(`${HOME}/${page}`)).toContain('4 bank holidays of 2027 change');
    const { action, fields } = await buttonOn(administrator(), `${HOME}/bank-holidays`);
    expect((await administrator().send(action, fields)).status).toBe(409);
    const done = await administrator().send(action, { ...fields, believed: 'yes' });
    expect(done.headers.get('Location')).toBe(`${HOME}/days?done=approve&told=1&left=0`);
    expect((await register.approvedHolidays('middlesbrough'))?.holidays).toEqual(
      expect.arrayContaining([expect.objectContaining({ date: '2027-06-11' })]),
    );
    expect(await register.keptFeed()).toMatchObject({ content: good, doubted: { doubts } });
    const others = await who('democratic-services@stockton-on-tees').text('/administration/stockton-on-tees/days');
    expect(others).toContain('4 bank holidays of 2027 change');
  }, 300_000);
});

describe('my settings', () => {
  const owner = () => who('assistant-director@middlesbrough');
  const AT = '/settings/middlesbrough/do';

  async function own(path: string, fields: Record<string, string>): Promise<Response> {
    const html = await owner().text(`${AT}/${path}`);
    const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(html)?.[1] ?? '';
    const sent = await owner().send(action, fields);
    return sent.status === 303 ? confirmedOn(owner(), sent.headers.get('Location') ?? '') : sent;
  }

  test('people say themselves how often their mail comes and when they are away; the record says that it was them', async () => {
    expect((await own('digest/assistant-director', { digest: 'weekly', weeklyOn: 'friday' })).status).toBe(303);
    expect((await own('away/assistant-director', away('virtual-school-head'))).headers.get('Location')).toBe(
      '/settings?done=away&told=1&left=0',
    );
    const person = (await inInspection()).people?.find(({ email }) => email.startsWith('assistant-director'));
    expect(person).toMatchObject({
      digest: 'weekly',
      weeklyOn: 'friday',
      away: [{ from: today, delegate: 'virtual-school-head' }],
    });
    const page = await owner().text('/settings');
    expect(page).toContain('Weekly, on Friday');
    expect(page).toContain('Virtual School Head</span> stands in');
    const history = await administrator().text(`${HOME}/history`);
    expect(history).toMatch(/<h2[^>]*>[^<]*<span[^>]*>assistant-director@middlesbrough\.example\.org<\/span>/);
    await expect
      .poll(async () => (await board().register.history('middlesbrough', id.split('/')[1] ?? '')).at(-1)?.actor?.role)
      .toBe('assistant-director');
  });

  test('that the file was changed meanwhile is told, and nothing of what others changed in it', async () => {
    await changed('change-role/chief-executive', {
      title: 'Head of Paid Service',
      email: 'chief-executive@middlesbrough.example.org',
      holder: 'same',
      capacity: 'manager',
    });
    const html = await owner().text(`${AT}/digest/assistant-director`);
    const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(html)?.[1] ?? '';
    const sent = await owner().send(action, { digest: 'weekly', weeklyOn: 'monday' });
    const { action: button, fields } = await buttonOn(owner(), sent.headers.get('Location') ?? '');
    const answer = await owner().send(button, { ...fields, number: '0' });
    const text = await answer.text();
    expect([answer.status, text.includes('Somebody else has changed this meanwhile')]).toEqual([409, true]);
    for (const others of ['Head of Paid Service', ADMINISTRATOR, 'Virtual School Head'])
      expect([others, text.includes(others)]).toEqual([others, false]);
    expect((await confirmedOn(owner(), sent.headers.get('Location') ?? '')).status).toBe(303);
  });

  test('of whom they were a second ago nobody says anything', async () => {
    const member = who('lead-member@middlesbrough');
    expect((await member.get(`${AT}/digest/lead-member`)).status).toBe(200);
    const fields = { title: 'Lead Member', holder: 'other', capacity: 'member' };
    await changed('change-role/lead-member', { ...fields, email: 'successor-member@middlesbrough.example.org' });
    expect((await member.get(`${AT}/digest/lead-member`)).status).toBe(404);
    await changed('change-role/lead-member', { ...fields, email: 'lead-member@middlesbrough.example.org' });
  });

  test('of an address that another reads as well administrators alone say anything, where roles are claimed', async () => {
    const email = 'performance@middlesbrough.example.org';
    const roles = ['head-of-performance', 'virtual-school-head'];
    const before = await inForce();
    for (const role of roles) {
      const title = before.roles.find((each) => each.id === role)?.title ?? '';
      await changed(`change-role/${role}`, { title, email, holder: 'other', capacity: 'owner' });
    }
    const claims = async (...held: string[]) => {
      const visitor = board().visitor();
      const session = `claims ${held.join(' ')}`;
      await board().register.board.beginSession({
        ...{ id: session, formToken: session, now: new Date().toISOString() },
        person: {
          email: 'a.person@middlesbrough.example.org',
          name: 'A',
          roles: held.map((each) => `middlesbrough/${each}`),
        },
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      });
      const [cookie = ''] = (await generateSignedCookie('duecourse_session', session, board().parts.secret)).split(';');
      const at = cookie.indexOf('=');
      visitor.cookies.set(cookie.slice(0, at), cookie.slice(at + 1));
      return visitor;
    };
    const one = await claims('virtual-school-head');
    expect((await one.get(`${AT}/digest/virtual-school-head`)).status).toBe(403);
    const page = await one.text('/settings');
    expect([page.includes('Others have the same address'), page.includes('/settings/copies')]).toEqual([true, false]);
    const sent = { authority: 'middlesbrough', role: 'virtual-school-head', wanted: 'no' };
    expect((await one.send('/settings/copies', sent)).status).toBe(404);
    expect((await (await claims(...roles)).get(`${AT}/digest/virtual-school-head`)).status).toBe(200);
  });

  test('of nobody else, and nothing else', async () => {
    for (const path of [
      `${AT}/away/${HEAD}`,
      `${AT}/change-role/assistant-director`,
      '/settings/stockton-on-tees/do/away/assistant-director',
    ])
      expect([path, (await owner().get(path)).status]).toEqual([path, 404]);
  });

  test('what others changed and an inspection has not heard of goes nowhere by it; how many are left is told, with a way to tell them', async () => {
    // Mail that the tests before have brought about may go meanwhile.
    const number = async () =>
      (await board().register.history('middlesbrough', id.split('/')[1] ?? '')).filter(
        ({ kind }) => kind === 'authority-changed',
      ).length;
    const file = await inForce();
    const roles = file.roles.map((role) => (role.id === 'lead-member' ? { ...role, title: 'Not told' } : role));
    const changedFile = { ...file, roles };
    await board().register.board.keepAuthority(changedFile, new Date().toISOString(), ADMINISTRATOR);
    const before = await number();
    const done = await own('digest/assistant-director', { digest: 'weekly', weeklyOn: 'tuesday' });
    const to = '/settings?done=digest&told=0&left=1&authority=middlesbrough&role=assistant-director';
    expect(done.headers.get('Location')).toBe(to);
    expect((await inForce()).people?.find(({ email }) => email.startsWith('assistant'))?.weeklyOn).toBe('tuesday');
    expect([await number(), (await inInspection()).roles.some(({ title }) => title === 'Not told')]).toEqual([
      before,
      false,
    ]);
    const page = await owner().text(to);
    expect(page).toContain('1 open inspection has not been reached');
    const action = /action="([^"]+\/tell\/assistant-director\?form=[^"]+)"/.exec(page)?.[1] ?? '';
    expect((await owner().send(action, {})).headers.get('Location')).toBe(to.replace('done=digest', 'done=tell'));
    const left = await own('digest/assistant-director', { digest: 'daily', weeklyOn: 'tuesday' });
    const whole = await administrator().text(`${HOME}/file`);
    const all = /action="([^"]+\/tell\?form=[^"]+)"/.exec(whole)?.[1] ?? '';
    expect((await administrator().send(all, {})).headers.get('Location')).toContain('told=1&left=0');
    expect(await inInspection()).toEqual(await inForce());
    const again = /action="([^"]+\/tell\/assistant-director\?form=[^"]+)"/.exec(
      await owner().text(left.headers.get('Location') ?? ''),
    )?.[1];
    expect((await owner().send(again ?? '', {})).headers.get('Location')).toBe('/settings?done=tell&told=1&left=0');
  });

  test('copies for information are stopped and sent again', async () => {
    const button = async () => /action="([^"]+\/copies\?form=[^"]+)"/.exec(await owner().text('/settings'))?.[1] ?? '';
    const reader = { authority: 'middlesbrough', recipient: 'assistant-director@middlesbrough.example.org' };
    const fields = { authority: 'middlesbrough', role: 'assistant-director' };
    expect((await owner().send(await button(), { ...fields, wanted: 'no' })).status).toBe(303);
    expect(await board().register.isUnsubscribed(reader)).toBe(true);
    expect(await owner().text('/settings')).toContain('They are stopped');
    await owner().send(await button(), { ...fields, wanted: 'yes' });
    expect(await board().register.isUnsubscribed(reader)).toBe(false);
    expect((await owner().send(await button(), { ...fields, role: HEAD, wanted: 'no' })).status).toBe(404);
    expect(board().errors).toEqual([]);
  });
});

// The last, since a start keeps the council's file as the inspection's own file has it.
test('a leaver’s work in several inspections goes to another in each, where that is wanted', async () => {
  const second = await board().start('examples/middlesbrough-2016.yaml', { reference: 'second' });
  const from = 'virtual-school-head';
  const path = `${HOME}/pass-on/${from}`;
  const page = await administrator().text(path);
  expect(page).toContain('name="in-second"');
  const action = /<form method="post" action="([^"]+\?form=[^"]+)"/.exec(page)?.[1] ?? '';
  const sent = await administrator().send(action, { to: HEAD, 'in-second': 'head-of-performance' });
  const check = await administrator().text(sent.headers.get('Location') ?? '');
  expect(check).toMatch(/second<\/span>: to <span dir="auto">Head of Performance and Data/);
  expect(check).toMatch(
    /Head of Performance and Data<\/span>: told that it changed hands, about .*second<\/span>, by mail/,
  );
  const done = await confirmedOn(administrator(), sent.headers.get('Location') ?? '');
  expect(done.headers.get('Location')).toBe(`${HOME}/people?done=pass-on&told=2&left=0`);
  const owners = async (ref: InspectionRef) =>
    new Set((await board().engine.view(ref)).milestones.map(({ owner }) => owner));
  expect([(await owners(id)).has(from), (await owners(second)).has(from)]).toEqual([false, false]);
  expect((await owners(second)).has('head-of-performance')).toBe(true);
});
