import { serve } from '@hono/node-server';
import { type AddressInfo, createServer } from 'node:net';
import { webApp } from './app.ts';
import { isLoopback, LOOPBACK_NAMES } from './hosts.ts';
import type { WebParts } from './parts.ts';

export interface WebServer {
  address: string;
  close(): Promise<void>;
}

/** The port is taken, or may not be used: for a person to mend. */
class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

const cannotListen = (host: string, port: number, { code, message }: NodeJS.ErrnoException): CannotListen => {
  const why = code === 'EADDRINUSE' ? 'something else is listening there' : (code ?? message);
  return new CannotListen(
    `The pages can't be served on ${host}:${port}: ${why}. Set DUECOURSE_PORT (or DUECOURSE_HOST).`,
  );
};

/**
 * Sees whether pages could be served, before everything behind them is brought up.
 *
 * @throws CannotListen
 */
export function mustBeFree({ host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(cannotListen(host, port, error)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

/** Where only this machine can ask, it may do so by its own name: as a proxy on it does. */
const ownNames = (host: string): string[] => (isLoopback(host) ? LOOPBACK_NAMES : []);

/**
 * Answers on a host and port; port 0 takes a free one.
 *
 * @throws CannotListen
 */
export function serveWeb(parts: WebParts, { host, port }: { host: string; port: number }): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: webApp({ ...parts, hosts: [...(parts.hosts ?? []), ...ownNames(host)] }).fetch, hostname: host, port },
      (info: AddressInfo) => {
        const shown = info.family === 'IPv6' ? `[${host}]` : host;
        resolve({
          address: `http://${shown}:${info.port}`,
          close: () =>
            new Promise((done) => {
              server.close(() => done());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.on('error', (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
  });
}
