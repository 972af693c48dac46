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
    const [, keyId = ''] = [...html.matchAll(/name="id" value="([^"]+)"/g)].at(-1) ?? [];
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

async function made(who: Visitor, subject: string): Promise<string> {
  const html = await (await who.send('/feeds', { subject })).text();
  const path = /http:\/\/board\.example\.org(\/feeds\/[\w-]+\.ics)/.exec(html)?.[1];
  if (path === undefined) throw new Error('no feed was made');
  return path;
}

/** The events of a calendar: properties by name, lines unfolded (RFC 5545). */
function parsed(text: string): Map<string, string>[] {
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
