import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { webApp } from './app.ts';
import type { WebParts } from './parts.ts';

export interface WebServer {
  address: string;
  close(): Promise<void>;
}

/** The port is taken, or may not be used: for a person to mend. */
class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/**
 * Answers on a host and port; port 0 takes a free one.
 *
 * @throws CannotListen
 */
export function serveWeb(parts: WebParts, { host, port }: { host: string; port: number }): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: webApp(parts).fetch, hostname: host, port }, (info: AddressInfo) => {
      const shown = info.family === 'IPv6' ? `[${host}]` : host;
      resolve({
        address: `http://${shown}:${info.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'something else is listening there' : (error.code ?? error.message);
      reject(
        new CannotListen(
          `The pages can't be served on ${host}:${port}: ${why}. Set DUECOURSE_PORT (or DUECOURSE_HOST).`,
        ),
      );
    });
  });
}
