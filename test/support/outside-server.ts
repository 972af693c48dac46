import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { isIP, type AddressInfo, type LookupFunction } from 'node:net';
import type { Keep } from '../register/support.ts';
import { certificateFor } from './certificate.ts';

/** By this name the server is known outside; it proves it by `certificate`. */
export const NAME = 'calendar.example';
const { key: KEY, certificate } = certificateFor(NAME);
export const CERTIFICATE = certificate;

/** A name server that says what somebody would like us to believe, an answer for each time it is asked. */
export function saying(...answers: string[][]): { lookup: LookupFunction; asked: () => number } {
  let n = 0;
  return {
    asked: () => n,
    lookup(_name, options, done) {
      const found = (answers[n++] ?? answers.at(-1) ?? []).map((address) => ({ address, family: isIP(address) }));
      const [one] = found;
      if (options.all === true) done(null, found);
      else done(null, one?.address ?? '', one?.family);
    },
  };
}

/** A real HTTPS server on this machine; counts who connects to it. */
export async function outsideServer(keep: Keep, listener: RequestListener) {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, listener);
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keep(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, address: `https://${NAME}:${port}/meetings.ics`, connections: () => connections };
}
