import { lookup } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addressKind } from '../../platform/outside/address-kinds.ts';
import type { DownloadOptions } from '../../activities/calendars/download.ts';
import { readFeed } from '../../activities/calendars/read-feed.ts';
import { answering, GOOD, serving } from './serving.ts';

describe('an address is', () => {
  test.each([
    ['loopback', ['127.0.0.1', '127.3.2.1', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['link-local', ['169.254.169.254', 'fe80::1', 'febf::1', '::ffff:169.254.1.1']],
    [
      'private',
      ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1'],
    ],
    [
      'private',
      ['255.255.255.255', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'],
    ],
    [
      'public',
      ['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.0.1', '2a00:1450::1', '::ffff:8.8.8.8', '223.255.0.1'],
    ],
  ])('%s: %j', (kind, addresses) => {
    expect(addresses.map(addressKind)).toEqual(addresses.map(() => kind));
  });
});

describe('a feed that leads on', () => {
  const to = (location: string, status = 302) =>
    serving((_request, response) => response.writeHead(status, { location }).end());
  /** A name server that says what somebody would like us to believe. */
  const saying = (address: string): DownloadOptions => ({
    lookup: (name, options, done) => lookup(name.endsWith('.example') ? address : name, options, done),
  });
  const barred = (host: string, what: string) =>
    new RegExp(
      `leads to ${host}[:\\d]*, an address ${what}: that is not followed unless DUECOURSE_BANK_HOLIDAYS_REDIRECTS`,
    );

  test.each([301, 302, 303, 307, 308])('by %i to its like is followed', async (status) => {
    expect(
      (await readFeed(await to(await answering(200, GOOD), status))).content.scotland.events.length,
    ).toBeGreaterThan(80);
  });

  test.each([
    ['a private address', 'http://10.255.255.1/x', '10\\.255\\.255\\.1', 'inside a private network'],
    [
      'a machine’s own metadata',
      'http://169.254.169.254/latest',
      '169\\.254\\.169\\.254',
      'of this machine’s neighbours',
    ],
    ['a private address in other digits', 'http://0xA.1/', '10\\.0\\.0\\.1', 'inside a private network'],
    ['one written as IPv6', 'http://[::ffff:10.0.0.1]/', '\\[::ffff:a00:1\\]', 'inside a private network'],
  ])('to %s is not followed', async (_what, location, host, what) => {
    await expect(readFeed(await to(location))).rejects.toThrow(barred(host, what));
  });

  test('by a public name that stands for a private address is not followed, unless that is set', async () => {
    const source = await to('http://holidays.example:1/');
    const lied = saying('10.255.255.1');
    await expect(readFeed(source, lied)).rejects.toThrow(barred('holidays\\.example', 'inside a private network'));
    // Who answers there, if anybody does, is another machine's affair: it was asked.
    await expect(readFeed(source, { ...lied, redirects: 'any', patienceMs: 300 })).rejects.toThrow(
      /did not answer within|can't be reached|answered \d+$/,
    );
  });

  test('to its like by a name is followed', async () => {
    const { port } = new URL(await answering(200, GOOD));
    const feedAt = await readFeed(await to(`http://holidays.example:${port}/`), saying('127.0.0.1'));
    expect(feedAt.notes).toEqual([]);
  });

  const [own] = Object.values(networkInterfaces()).flatMap((each = []) =>
    each.filter(
      ({ internal, family, address }) => !internal && family === 'IPv4' && addressKind(address) === 'private',
    ),
  );
  // Where this machine has an address in a private network.
  test.each(own === undefined ? [] : [own.address])('from %s into this machine is not followed', async (address) => {
    const inside = await answering(200, GOOD);
    const server = createServer((_request, response) => response.writeHead(302, { location: inside }).end());
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const source = `http://${address}:${port}/`;
    await expect(readFeed(source)).rejects.toThrow(barred('127\\.0\\.0\\.1', 'of this machine itself'));
    expect((await readFeed(source, { redirects: 'any' })).notes).toEqual([]);
  });

  test('in a circle, or to what is no web address, is refused', async () => {
    let here = '';
    here = await serving((_request, response) => response.writeHead(302, { location: here }).end());
    await expect(readFeed(here)).rejects.toThrow(/leads on more than 5 times$/);
    await expect(readFeed(await to('file:///etc/passwd'))).rejects.toThrow(
      /leads to something that is no web address$/,
    );
    await expect(readFeed(await to('http://'))).rejects.toThrow(/leads to something that is no web address$/);
  });

  test('has one time for all of it, and a drip is no answer', async () => {
    const slow = await serving((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await expect(readFeed(await to(slow), { patienceMs: 300 })).rejects.toThrow(/did not answer within 0\.3 seconds$/);
  });
});
