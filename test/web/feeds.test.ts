import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { boardForAll, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';

let id = '';
let administrator: Visitor;
let stranger: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  await rig.start('examples/stockton-on-tees-2010.yaml');
  administrator = await rig.signedIn(ADMINISTRATOR);
  stranger = await rig.signedIn('democratic-services@stockton-on-tees.example.org');
});

describe('calendar feeds', () => {
  test.each(['person', 'authority:middlesbrough', 'body:middlesbrough:executive'])(
    'of %s: a calendar that a program can read, each duty on its day',
    async (subject) => {
      const path = await made(administrator, subject);
      expect(path).toMatch(/^\/feeds\/[\w-]{40,}\.ics$/);
      const answer = await board().visitor().get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
      const events = parsed(await answer.text());
      const listed = await board().register.milestones('middlesbrough', id.split('/')[1] ?? '');
      const duties = events.filter((each) => each.get('SUMMARY')?.match(/^(Due|Overdue): /));
      for (const event of duties) {
        const due = listed.find((each) => event.get('URL;VALUE=URI')?.endsWith(`/${each.milestone}`));
        expect(event.get('DTSTART;VALUE=DATE')).toBe(due?.due.replaceAll('-', ''));
        expect(event.get('UID')).toBeTruthy();
      }
      expect(new Set(events.map((each) => each.get('UID'))).size).toBe(events.length);
      if (subject.startsWith('authority')) {
        const open = listed.filter((each) => each.status === 'open' || each.status === 'held');
        expect(duties).toHaveLength(open.length);
        expect(open.length).toBeGreaterThan(20);
      }
      if (subject.startsWith('body'))
        expect(events.some((each) => each.get('SUMMARY') === 'Executive meets')).toBe(true);
    },
  );

  test('the address is shown once, and opens nothing once it is revoked', async () => {
    const path = await made(administrator, 'person');
    expect((await board().visitor().get(path)).status).toBe(200);
    const html = await administrator.text('/feeds');
    expect(html).not.toContain(path);
    const [, keyId = ''] = [...html.matchAll(/\/feeds\/revoke\/([^"]+)/g)].at(-1) ?? [];
    expect((await stranger.get(`/feeds/revoke/${keyId}`)).status).toBe(404);
    expect(await administrator.text(`/feeds/revoke/${keyId}`)).toMatch(
      /Revoke this feed\?<\/h1>[^]*It can’t be had back/,
    );
    expect((await stranger.send('/feeds/revoke', { id: keyId })).status).toBe(404);
    expect((await board().visitor().get(path)).status).toBe(200);
    expect((await administrator.send('/feeds/revoke', { id: keyId })).status).toBe(303);
    expect((await board().visitor().get(path)).status).toBe(404);
  });

  test('nobody makes one of another council’s work, nor reads it by their own', async () => {
    for (const subject of ['authority:middlesbrough', 'body:middlesbrough:executive'])
      expect((await stranger.send('/feeds', { subject })).status).toBe(404);
    const text = await (
      await board()
        .visitor()
        .get(await made(stranger, 'authority:stockton-on-tees'))
    ).text();
    expect(text).toContain('BEGIN:VEVENT');
    expect(text).not.toContain('middlesbrough');
  });

  test('guessing is slowed down', async () => {
    const statuses = new Set<number>();
    for (let turn = 0; turn < 40; turn++)
      statuses.add((await board().visitor().get(`/feeds/guess-${turn}.ics`)).status);
    expect(statuses).toEqual(new Set([404, 429]));
  });
});

describe('a feed that nobody has changed is the same', () => {
  const fetched = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await board().visitor().request(path, { headers });
    const text = await answer.text();
    return { status: answer.status, tag: answer.headers.get('ETag') ?? '', text };
  };
  const eventOf = (text: string, words: string) =>
    parsed(text).find((each) => each.get('SUMMARY')?.includes(words)) ?? new Map<string, string>();

  test.each(['person', 'authority:middlesbrough', 'body:middlesbrough:executive'])('%s', async (subject) => {
    const path = await made(administrator, subject);
    const first = await fetched(path);
    expect(first.tag).toMatch(/^"[0-9a-f]{32}"$/);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await fetched(path)).toEqual(first);
    for (const asked of [first.tag, `W/${first.tag}`, `"other", ${first.tag}`, '*'])
      expect(await fetched(path, { 'If-None-Match': asked })).toEqual({ status: 304, tag: first.tag, text: '' });
    expect((await fetched(path, { 'If-None-Match': '"other"' })).text).toBe(first.text);
  });

  test('what is changed is newer, and nothing else', async () => {
    const path = await made(administrator, 'authority:middlesbrough');
    const before = await fetched(path);
    const [authority = '', reference = ''] = id.split('/');
    const duty = (await board().register.milestones(authority, reference)).find(
      ({ strand, status }) => strand === 'improvement-actions' && status === 'open',
    );
    const payload = { milestone: duty?.milestone ?? '', to: '2030-03-04', reason: 'More time is needed.' };
    const by = { id: ADMINISTRATOR, role: 'executive-director' };
    const { seq } = await board().engine.command(id as never, 'extend', payload, by);
    await board().register.reached(authority, reference, seq, 10_000);
    const after = await fetched(path, { 'If-None-Match': before.tag });
    expect(after.status).toBe(200);
    const [was, is] = [before, after].map(({ text }) => eventOf(text, duty?.title ?? ''));
    expect(is?.get('DTSTART;VALUE=DATE')).toBe('20300304');
    expect(Number(is?.get('SEQUENCE'))).toBe(Number(was?.get('SEQUENCE')) + 1);
    expect(String(is?.get('DTSTAMP')) > String(was?.get('DTSTAMP'))).toBe(true);
    const others = ({ text }: { text: string }) =>
      parsed(text)
        .filter((each) => each.get('UID') !== is?.get('UID'))
        .map((each) => [...each]);
    expect(others(after)).toEqual(others(before));
  });

  test('a meeting that is cancelled is newer than it was, and stays under its id', async () => {
    const path = await made(administrator, 'body:middlesbrough:executive');
    const before = await fetched(path);
    const { register } = board();
    const kept = (await register.board.keptAuthority('middlesbrough'))?.authority;
    if (kept === undefined) throw new Error('no file is kept');
    const bodies = kept.bodies.map((body) => {
      const [first, ...rest] = body.meetings;
      if (body.id !== 'executive' || typeof first !== 'string') return body;
      return { ...body, meetings: [{ on: first, cancelled: 'no business' }, ...rest] };
    });
    await register.board.keepAuthority({ ...kept, bodies }, new Date().toISOString());
    await expect.poll(async () => (await fetched(path)).text, { timeout: 10_000 }).toContain('Cancelled: Executive');
    const cancelled = eventOf((await fetched(path)).text, 'Cancelled: Executive');
    const was = parsed(before.text).find((each) => each.get('UID') === cancelled.get('UID'));
    expect(cancelled.get('STATUS')).toBe('CANCELLED');
    expect(was?.get('STATUS')).toBe('CONFIRMED');
    expect(Number(cancelled.get('SEQUENCE'))).toBeGreaterThan(Number(was?.get('SEQUENCE')));
    expect(String(cancelled.get('DTSTAMP')) > String(was?.get('DTSTAMP'))).toBe(true);
  });

  test('a call-in window stands at its end, with its zone, on the day on which it ends', async () => {
    const [authority = '', reference = ''] = id.split('/');
    const today = new Date().toISOString().slice(0, 10);
    const by = { id: ADMINISTRATOR, role: 'democratic-services' };
    const decision = { id: 'd-feed', title: 'Adopt the plan', body: 'executive', takenOn: today, publishedOn: today };
    const { seq } = await board().engine.command(id as never, 'decide', decision as never, by);
    await board().register.reached(authority, reference, seq, 10_000);
    const window = (await board().register.milestones(authority, reference)).find(
      ({ milestone }) => milestone === 'call-in-window/d-feed',
    );
    const { text } = await fetched(await made(administrator, 'authority:middlesbrough'));
    const event = parsed(text).find((each) => each.get('URL;VALUE=URI')?.endsWith('call-in-window/d-feed'));
    const instant = (name: string) =>
      Date.parse(String(event?.get(name)).replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    expect(instant('DTEND')).toBe(Date.parse(window?.dueAt ?? ''));
    expect(instant('DTSTART')).toBe(Date.parse(window?.dueAt ?? '') - 1_800_000);
  });
});

test('a feed of more duties than are read at a time has each of them once', async () => {
  const { readFileSync } = await import('node:fs');
  const [before = ''] = readFileSync('examples/middlesbrough-2016.yaml', 'utf8').split(/^actions:/m);
  const actions = Array.from(
    { length: 450 },
    (_, n) => `  - { id: a${n}, title: Action ${n}, theme: so-1, due: { n: 6, unit: month } }`,
  );
  const file = `${before.replace('reference: 2016', 'reference: many')}actions:\n${actions.join('\n')}\n`;
  const key = await administrator.apiKey();
  const started = await administrator.request('/api/v1/inspections', {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ file }),
  });
  expect(started.status).toBe(201);
  await board().register.reached('middlesbrough', 'many', 1, 20_000);
  const answer = await board()
    .visitor()
    .get(await made(administrator, 'authority:middlesbrough'));
  const events = parsed(await answer.text());
  const titles = events.flatMap((each) => /Action \d+/.exec(each.get('SUMMARY') ?? '')?.[0] ?? []);
  expect(new Set(titles).size).toBe(450);
  expect(new Set(events.map((each) => each.get('UID'))).size).toBe(events.length);
}, 300_000);

async function made(who: Visitor, subject: string): Promise<string> {
  const html = await (await who.send('/feeds', { subject })).text();
  const path = /http:\/\/board\.example\.org(\/feeds\/[\w-]+\.ics)/.exec(html)?.[1];
  if (path === undefined) throw new Error('no feed was made');
  return path;
}

/** The events of a calendar: properties by name, lines unfolded (RFC 5545). */
function parsed(text: string): Map<string, string>[] {
  const read = new ICAL.Component(ICAL.parse(text) as string).getAllSubcomponents('vevent');
  expect(read.every((each) => new ICAL.Event(each).startDate.toJSDate() instanceof Date)).toBe(true);
  expect(read).toHaveLength(text.match(/^BEGIN:VEVENT/gm)?.length ?? 0);
  expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
  expect(text.trimEnd().endsWith('END:VCALENDAR')).toBe(true);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  return text
    .replaceAll(/\r\n[ \t]/g, '')
    .split('BEGIN:VEVENT\r\n')
    .slice(1)
    .map((event) => {
      const lines = (event.split('END:VEVENT')[0] ?? '').split('\r\n').filter((line) => line !== '');
      return new Map(lines.map((line) => [line.slice(0, line.search(/:/)), line.slice(line.search(/:/) + 1)]));
    });
}
