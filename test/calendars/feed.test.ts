import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFeed } from '../../activities/calendars/read-feed.ts';
import { watchBankHolidays } from '../../activities/calendars/watch.ts';
import { ownRegister } from '../register/support.ts';
import { answering, GOOD, published, serving } from './serving.ts';

const AT = '2026-11-23T06:45:00.000Z';
const LATER = '2026-11-24T06:45:00.000Z';

test('a feed is read from a web address and from a file, the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-feed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'feed.json'), GOOD);
  const fromFile = await readFeed(join(folder, 'feed.json'));
  expect(await readFeed(await answering(200, GOOD))).toEqual(fromFile);
  expect(fromFile.content.scotland.events.length).toBeGreaterThan(80);
});

describe('is refused, and said why:', () => {
  test.each([
    ['404', 404, 'not found', /answered 404$/],
    ['500 with a good body', 500, GOOD, /answered 500$/],
    ['an HTML page', 200, '<!DOCTYPE html><title>Sorry</title>', /does not hold JSON$/],
    [
      'a list that ends early',
      200,
      JSON.stringify(published('2028')),
      /ends in 2027; the one read before went to 2028/,
    ],
    ['half a feed', 200, GOOD.slice(0, 4000), /does not hold JSON$/],
    ['nothing', 200, '', /does not hold JSON$/],
    [
      'another list',
      200,
      '{"england-and-wales":{"events":[]}}',
      /does not hold bank holidays .*: england-and-wales\.events: it lists no bank holiday at all$/,
    ],
    [
      'days without dates',
      200,
      '{"england-and-wales":{"events":[{"title":"May"}]}}',
      /england-and-wales\.events\.0\.date: expected text$/,
    ],
    ['no list', 200, '[]', /does not hold bank holidays .*: expected a mapping$/],
    ['more than a list can be', 200, `"${'x'.repeat(3 * 1024 * 1024)}"`, /longer than a list of bank holidays can be$/],
  ])('%s', async (_what, status, body, message) => {
    const { content: before } = await readFeed(await answering(200, GOOD));
    await expect(readFeed(await answering(status, body), { before })).rejects.toThrow(message);
  });

  test('an address that nobody answers, or not in time', async () => {
    await expect(readFeed('http://127.0.0.1:1/bank-holidays.json')).rejects.toThrow(/can't be reached$/);
    const silent = await serving(() => undefined);
    await expect(readFeed(silent, { patienceMs: 200 })).rejects.toThrow(/did not answer within 0\.2 seconds$/);
  });

  test('a file that is not there', async () => {
    await expect(readFeed('/nowhere/feed.json')).rejects.toThrow("/nowhere/feed.json can't be read");
  });
});

test('the last good one stays when the source goes bad, and it is noted since when; then it is good again', async () => {
  const { register } = await ownRegister();
  let answer: [number, string] = [200, GOOD];
  const source = await serving((_request, response) => response.writeHead(answer[0]).end(answer[1]));
  expect(await watchBankHolidays({ address: source }, register, AT)).toEqual({
    status: 'changed',
    problem: null,
    notes: [],
  });
  expect(await watchBankHolidays({ address: source }, register, AT)).toMatchObject({
    status: 'unchanged',
    problem: null,
  });
  const good = (await register.keptFeed())?.content;

  answer = [503, 'down'];
  expect(await watchBankHolidays({ address: source }, register, LATER)).toMatchObject({ status: 'refused' });
  expect(await watchBankHolidays({ address: source }, register, '2026-11-25T06:45:00.000Z')).toMatchObject({
    status: 'refused',
  });
  expect(await register.keptFeed()).toMatchObject({
    content: good,
    readAt: AT,
    checkedAt: '2026-11-25T06:45:00.000Z',
    problem: expect.stringMatching(/answered 503$/) as string,
    problemSince: LATER,
  });

  const more = published() as Record<string, { events: { title: string; date: string }[] }>;
  more['scotland']?.events.push({ title: 'Bank Holiday for the World Cup', date: '2027-06-15' });
  answer = [200, JSON.stringify(more)];
  expect(await watchBankHolidays({ address: source }, register, '2026-11-26T06:45:00.000Z')).toMatchObject({
    status: 'changed',
  });
  expect(await register.keptFeed()).toMatchObject({ problem: null, problemSince: null });
});

type Events = { title: string; date: string }[];

/** What GOV.UK publishes, with one division's days changed. */
function changedFeed(change: (events: Events) => Events): string {
  const feeds = published();
  const wales = feeds['england-and-wales'];
  return JSON.stringify({ ...feeds, 'england-and-wales': { ...wales, events: change([...(wales?.events ?? [])]) } });
}

test('a day at a weekend is left out, and said; the rest counts', async () => {
  const { content, notes } = await readFeed(
    await answering(
      200,
      changedFeed((events) => [...events, { title: 'Coronation', date: '2027-05-08' }]),
    ),
  );
  expect(notes).toEqual(['england-and-wales: Coronation on Sat 8 May 2027 is at a weekend, and was left out.']);
  expect(content['england-and-wales'].events).toEqual(
    published()['england-and-wales']?.events.map(({ date, title }) => ({ title, date })),
  );
});

describe('a change that hardly ever happens waits for an administrator:', () => {
  const days = (year: string, dates: string[]) =>
    dates.map((date, index) => ({ title: `Day ${index}`, date: `${year}-${date}` }));
  const MARCH = ['03-01', '03-02', '03-03', '03-04', '03-05', '03-08', '03-09', '03-10'];
  test.each<[string, (events: Events) => Events, RegExp]>([
    [
      'six days moved into one week of March',
      (events) => {
        const year = events.filter(({ date }) => date.startsWith('2027')).slice(0, 6);
        return [...events.filter((each) => !year.includes(each)), ...days('2027', MARCH.slice(0, 6))];
      },
      /^implausible: england-and-wales: 6 bank holidays of 2027 change$/,
    ],
    [
      'a whole year of other days',
      (events) => [
        ...events.filter(({ date }) => !date.startsWith('2028')),
        ...days('2028', ['03-01', '03-02', '03-03', '03-06', '03-07', '03-08']),
      ],
      /no bank holiday of 2028 is the day it was; england-and-wales: \d bank holidays of 2028 change/,
    ],
    [
      'twelve new days',
      (events) => [...events, ...days('2027', [...MARCH, '03-11', '03-12', '03-15', '03-16'])],
      /^implausible: england-and-wales: 12 bank holidays of 2027 change$/,
    ],
    [
      'a day that has been, removed',
      (events) => events.filter(({ date }) => date !== '2026-08-31'),
      /^implausible: england-and-wales: Summer bank holiday \(Mon 31 August 2026\) has been, and is no bank holiday any more$/,
    ],
  ])('%s', async (_what, change, said) => {
    const { register } = await ownRegister();
    let answer = GOOD;
    const source = { address: await serving((_request, response) => response.writeHead(200).end(answer)) };
    await watchBankHolidays(source, register, AT);
    const good = await register.keptFeed();
    answer = changedFeed(change);
    for (const at of [LATER, '2026-11-25T06:45:00.000Z'])
      expect(await watchBankHolidays(source, register, at)).toMatchObject({
        status: 'implausible',
        problem: expect.stringMatching(said) as string,
      });
    const kept = await register.keptFeed();
    expect(kept).toMatchObject({ content: good?.content, readAt: AT, problem: null });
    expect(kept?.doubted?.doubts.length).toBeGreaterThan(0);
    expect(await register.saidByFeed()).toBe(answer);

    await register.believeFeed('2026-11-25T09:00:00.000Z');
    expect(await register.keptFeed()).toMatchObject({ content: kept?.doubted?.content, doubted: null });
    expect(await watchBankHolidays(source, register, '2026-11-26T06:45:00.000Z')).toMatchObject({
      status: 'unchanged',
    });
  });

  test('three days of one year more, or a day moved in a year to come, are ordinary', async () => {
    const { register } = await ownRegister();
    let answer = GOOD;
    const source = { address: await serving((_request, response) => response.writeHead(200).end(answer)) };
    await watchBankHolidays(source, register, AT);
    for (const change of [
      (events: Events) => [...events, ...days('2027', MARCH.slice(0, 3))],
      (events: Events) => [
        ...events.filter(({ date }) => date !== '2027-05-03'),
        { title: 'VE day', date: '2027-05-07' },
      ],
    ]) {
      answer = GOOD;
      await watchBankHolidays(source, register, AT);
      answer = changedFeed(change);
      expect(await watchBankHolidays(source, register, LATER)).toMatchObject({ status: 'changed', problem: null });
    }
  });

  test('a doubted feed is over when the source says what it said before; what it says now is kept to the letter', async () => {
    const { register } = await ownRegister();
    let answer = GOOD;
    const source = { address: await serving((_request, response) => response.writeHead(200).end(answer)) };
    await watchBankHolidays(source, register, AT);
    answer = changedFeed((events) => events.filter(({ date }) => date !== '2026-08-31'));
    await watchBankHolidays(source, register, LATER);
    answer = '<h1>Sorry\0</h1>';
    expect(await watchBankHolidays(source, register, LATER)).toMatchObject({ status: 'refused' });
    expect(await register.saidByFeed()).toBe('<h1>Sorry\uFFFD</h1>');
    expect((await register.keptFeed())?.doubted).not.toBeNull();
    answer = GOOD;
    expect(await watchBankHolidays(source, register, LATER)).toMatchObject({ status: 'unchanged' });
    expect((await register.keptFeed())?.doubted).toBeNull();
  });
});
