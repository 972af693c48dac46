import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { divisions } from '../../domain/calendar/calendar-data.ts';
import { feed } from '../support/facts.ts';

/** What GOV.UK publishes: the years 2019 to 2028. */
export const published = (until = '2029') =>
  Object.fromEntries(
    divisions.map((division) => [
      division,
      { division, events: feed[division].events.filter(({ date }) => date >= '2019' && date < until) },
    ]),
  );
export const GOOD = JSON.stringify(published());

/** A web server of a test's own; gives its address. */
export async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/bank-holidays.json`;
}

export const answering = (status: number, body: string) =>
  serving((_request, response) => response.writeHead(status).end(body));
