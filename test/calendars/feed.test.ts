import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFeed } from '../../activities/calendars/read-feed.ts';
import { watchBankHolidays } from '../../activities/calendars/watch.ts';
import { divisions } from '../../domain/calendar/calendar-data.ts';
import { ownRegister } from '../register/support.ts';
import { feed } from '../support/facts.ts';

/** What GOV.UK publishes: the years 2019 to 2028. */
const published = (until = '2029') =>
  Object.fromEntries(
    divisions.map((division) => [
      division,
      { division, events: feed[division].events.filter(({ date }) => date >= '2019' && date < until) },
    ]),
  );
const GOOD = JSON.stringify(published());
const AT = '2026-11-23T06:45:00.000Z';
const LATER = '2026-11-24T06:45:00.000Z';

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/bank-holidays.json`;
}

const answering = (status: number, body: string) =>
  serving((_request, response) => response.writeHead(status).end(body));

test('a feed is read from a web address and from a file, the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-feed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'feed.json'), GOOD);
  const fromFile = await readFeed(join(folder, 'feed.json'));
  expect(await readFeed(await answering(200, GOOD))).toEqual(fromFile);
  expect(fromFile.scotland.events.length).toBeGreaterThan(80);
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
    ['another list', 200, '{"england-and-wales":{"events":[]}}', /does not hold bank holidays/],
    ['more than a list can be', 200, `"${'x'.repeat(3 * 1024 * 1024)}"`, /longer than a list of bank holidays can be$/],
  ])('%s', async (_what, status, body, message) => {
    const before = await readFeed(await answering(200, GOOD));
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
  expect(await watchBankHolidays(source, register, AT)).toEqual({ status: 'changed', problem: null });
  expect(await watchBankHolidays(source, register, AT)).toEqual({ status: 'unchanged', problem: null });
  const good = (await register.keptFeed())?.content;

  answer = [503, 'down'];
  expect(await watchBankHolidays(source, register, LATER)).toMatchObject({ status: 'refused' });
  expect(await watchBankHolidays(source, register, '2026-11-25T06:45:00.000Z')).toMatchObject({ status: 'refused' });
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
  expect(await watchBankHolidays(source, register, '2026-11-26T06:45:00.000Z')).toMatchObject({ status: 'changed' });
  expect(await register.keptFeed()).toMatchObject({ problem: null, problemSince: null });
});
